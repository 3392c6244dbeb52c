const longest = 40;

/** The word of a list that a text means when case, spaces for dashes and a full stop are let pass; null for the word itself too. */
export function respelled(text: string, words: readonly string[]): string | null {
  if (text.length > longest) return null;
  const bare = (word: string) =>
    word
      .trim()
      .toLowerCase()
      .replace(/\.$/, "")
      .replace(/[\s_-]+/g, "-");
  const meant = words.find((word) => bare(word) === bare(text));
  return meant === undefined || meant === text ? null : meant;
}

/** Words that stand where a login is expected and are nobody's. */
const nobody = new Set(
  (
    "all anybody anyone backend customer customers data design dev developers devops engineering everybody everyone finance founders frontend " +
    "group infra infrastructure leadership management marketing me na nobody none null onboarding ops owner owners platform product " +
    "sales security someone sre staff support tba tbd team teams todo unknown us we"
  ).split(" "),
);

/** Whether a text is a login as GitHub has them, and neither a group nor a placeholder. */
export function isLogin(text: string): boolean {
  return /^[A-Za-z0-9](?:-?[A-Za-z0-9]){0,38}$/.test(text) && !nobody.has(text.toLowerCase()) && !/team$/i.test(text);
}
