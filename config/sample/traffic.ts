import { events, firstDay, lastDay } from "./events.ts";
import type { Event, Follow, Line, TokenLine, TokenType } from "./model.ts";
/** How much of each line a day has: level × real shapes × growth × events × a little seeded noise. */
import file from "./shapes.json" with { type: "json" };
import { jitter, weeklyGrowth } from "./story.ts";

type Named = Pick<Line, "id">;

const shapes: Readonly<Record<string, { readonly values: readonly number[] }>> = file.shapes;
const dayMs = 86_400_000;

/** Days from the first day of the data; its weekday, Monday, is 0 as in the shapes. */
const indexOf = (day: string): number => (Date.parse(day) - Date.parse(firstDay)) / dayMs;

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

export const addDays = (day: string, count: number): string => new Date(Date.parse(day) + count * dayMs).toISOString().slice(0, 10);

export const allDays: readonly string[] = Array.from({ length: indexOf(lastDay) + 1 }, (_, i) => addDays(firstDay, i));

function followed({ shape, week, noise, shift }: Follow, index: number): number {
  const values = shapes[shape]?.values;
  if (!values) throw new Error(`shapes.json has no shape "${shape}"`);
  const at = (index + 7 * shift) % values.length;
  const weekday = mean(values.filter((_, i) => i % 7 === index % 7));
  return weekday ** week * ((values[at] ?? 1) / weekday) ** noise;
}

/** A number from -1 to 1 that depends on its text alone (FNV-1a, then one round of mixing). */
function noiseOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const char of text) hash = Math.imul(hash ^ char.charCodeAt(0), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return ((hash ^ (hash >>> 12)) >>> 0) / 0x7fffffff - 1;
}

const eventsOf = (line: Named, day: string): readonly Event[] =>
  events.filter(({ lines, from, until }) => lines.includes(line.id) && day >= from && (!until || day < until));

function eventVolume({ from, volume = 1 }: Event, day: string): number {
  if (typeof volume === "number") return volume;
  return volume[Math.min(indexOf(day) - indexOf(from), volume.length - 1)] ?? 1;
}

/** Factor on the level of what follows real shapes, around 1. */
export function volumeOn(line: Named & Pick<Line, "follows">, day: string): number {
  const index = indexOf(day);
  const shape = line.follows.reduce((product, follow) => product * followed(follow, index), 1);
  const growth = (1 + weeklyGrowth) ** (index / 7);
  const happened = eventsOf(line, day).reduce((product, event) => product * eventVolume(event, day), 1);
  return shape * growth * happened * (1 + jitter * noiseOf(`${line.id} ${day}`));
}

/** Factor on the tokens of one type per request, around 1. */
export function lengthOn(line: TokenLine, type: TokenType, day: string): number {
  const happened = eventsOf(line, day).reduce((product, event) => product * (event.perRequest?.[type] ?? 1), 1);
  if (!line.lengths) return happened;
  const { client, noise, shift } = line.lengths;
  const shape = `${client} ${type === "output" ? "output" : "input"} length`;
  return happened * followed({ shape, week: noise, noise, shift }, indexOf(day));
}
