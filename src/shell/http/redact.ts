/** Shapes of keys and tokens that vendors use, and of addresses of people: none of them belongs into a message. */
const tokenShapes = [
  /\b(?:Bearer|Basic)\s+[A-Za-z0-9+/=._~-]{8,}/gi,
  /\b(?:sk|pk|rk|key|vck|pcsk|xox[a-z])[-_][A-Za-z0-9*._-]{6,}/g,
  /\b(?:gh[a-z]|github_pat)_[A-Za-z0-9._-]+/g,
  /\b(?:AKIA|ASIA)[A-Z0-9]{8,}/g,
  /\bya29\.[A-Za-z0-9._-]+/g,
  /\beyJ[A-Za-z0-9_-]+\.[A-Za-z0-9._-]+/g,
  /[^\s@"'<>]+@[^\s@"'<>]+\.[A-Za-z]{2,}/g,
];
/** A part of a secret of this length or more is a secret too. */
const shortestPart = 8;
const longestExcerpt = 200;

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** The forms in which a server may send a secret back: as it is, in an address, in JSON, in Base64. */
function formsOf(secret: string): string[] {
  const base64 = btoa(unescape(encodeURIComponent(secret))).replace(/=+$/, "");
  return [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1), base64];
}

/** Takes the secrets out of a text, in each form in which they may stand there. Nothing else changes. */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  const forms = [...new Set(secrets.filter((secret) => secret.length >= 6).flatMap(formsOf))].sort((a, b) => b.length - a.length);
  return forms.length === 0 ? text : text.replace(new RegExp(forms.map(escaped).join("|"), "gi"), "***");
}

/**
 * Words of a server fit for a message: one line of at most 200 letters, without the secrets, parts of them, or anything that looks like
 * a key or an address.
 */
export function excerptOf(text: string, secrets: readonly string[]): string {
  // Controls go first: one within a secret would hide it.
  const flat = text
    .slice(0, 16_384)
    .replace(/\p{Cf}|(?![\n\r\t])\p{Cc}/gu, "")
    .replace(/\s+/g, " ")
    .trim();
  const safe = tokenShapes.reduce((rest, shape) => rest.replace(shape, "***"), withoutSecrets(flat, secrets));
  const words = safe.replace(/[A-Za-z0-9+/=._~-]{8,}/g, (word) =>
    secrets.some((secret) => word.length >= shortestPart && secret.includes(word)) ? "***" : word,
  );
  return words.length > longestExcerpt ? `${words.slice(0, longestExcerpt - 1)}…` : words;
}
