/** How many letters must be put in, left out or replaced to make one text of the other. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}

const longest = 60;

/** The texts of a list that are most like one, the likest first. */
export function nearest(text: string, list: readonly string[], most: number): string[] {
  const wanted = text.slice(0, longest).toLowerCase();
  return list
    .map((candidate) => ({ candidate, steps: distance(wanted, candidate.slice(0, longest).toLowerCase()) }))
    .sort((a, b) => a.steps - b.steps || (a.candidate < b.candidate ? -1 : 1))
    .slice(0, most)
    .map(({ candidate }) => candidate);
}

/** Whether one text is another but for a slip: about one letter in four. */
export function isSlipOf(text: string, other: string): boolean {
  return distance(text.slice(0, longest), other.slice(0, longest)) <= Math.ceil(text.length / 4);
}
