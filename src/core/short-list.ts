/** `a, b, c and 5 more`: the first `most` of a list of words, and how many others there are, of what `kind`. */
export function shortList(words: readonly string[], most = 3, kind = ""): string {
  const more = words.length - most;
  return more > 0 ? `${words.slice(0, most).join(", ")} and ${more} more${kind && ` ${kind}`}` : words.join(", ");
}
