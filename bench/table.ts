import type { Pair, Run } from "./measure.ts";

const fixed = (value: number, digits = 2) => value.toFixed(digits);
const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |\n`;

/** A heading and the head of a table of ratios, ours to the peer's. */
export function tableHead(title: string): string {
  return `\n${title}\n\n${line(["Measured", "against", "wall ratio", "CPU ratio", "peak ratio", "wall", "peak"])}${line(["---", "---", "---:", "---:", "---:", "---:", "---:"])}`;
}

function row(what: readonly [string, string], ratios: Pick<Run, "wall" | "cpu" | "peak">, a: Run, b: Run): string {
  return line([
    ...what,
    fixed(ratios.wall),
    fixed(ratios.cpu),
    fixed(ratios.peak),
    `${fixed(a.wall, 3)} / ${fixed(b.wall, 3)} s`,
    `${fixed(a.peak, 0)} / ${fixed(b.peak, 0)} MiB`,
  ]);
}

/** Medians of pairs. */
export function pairRow(name: string, against: string, { a, b, ...ratios }: Pair): string {
  return row([name, against], ratios, a, b);
}

/** One run of a slow peer beside our median. */
export function singleRow(name: string, against: string, ours: Run, peer: Run): string {
  return row([name, against], { wall: ours.wall / peer.wall, cpu: ours.cpu / peer.cpu, peak: ours.peak / peer.peak }, ours, peer);
}
