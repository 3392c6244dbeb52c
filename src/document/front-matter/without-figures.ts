/**
 * A review's text with `figures` emptied: whoever looks back on what people decided needs no figures, and they are most of what there
 * is to parse. The text as it stands where `figures` is written in another way than overpace writes it.
 */
export function withoutFigures(text: string): string {
  const start = text.indexOf("\nfigures:\n") + 1;
  const fence = text.indexOf("\n---", 3);
  if (start === 0 || fence < start) return text;
  const length = text.slice(start, fence).search(/\n(?=[^ \t\r\n])/);
  return `${text.slice(0, start)}figures: { generator: none, zones: {} }${text.slice(length < 0 ? fence : start + length)}`;
}
