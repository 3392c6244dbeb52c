/** True when `text` matches `pattern`, where `*` stands for any run of characters; case does not matter. Steps: pattern × text at most. */
export function matchesGlob(pattern: string, text: string): boolean {
  const parts = pattern.toLowerCase().split("*");
  const target = text.toLowerCase();
  const first = parts[0] ?? "";
  const last = parts.at(-1) ?? "";
  if (parts.length === 1) return target === first;
  if (target.length < first.length + last.length || !target.startsWith(first) || !target.endsWith(last)) return false;
  let position = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = target.indexOf(part, position);
    if (found < 0 || found + part.length > target.length - last.length) return false;
    position = found + part.length;
  }
  return true;
}
