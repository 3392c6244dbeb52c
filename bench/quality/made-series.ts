import { randomFrom } from "../random.ts";

/** Seeded daily series with what public daily series have: weekdays, growth, seasons, steps, decaying bursts, holidays, noise that lingers. */
export interface MadeSeries {
  readonly name: string;
  readonly start: string;
  readonly values: number[];
}

export function normalFrom(random: () => number): () => number {
  return () => Math.sqrt(-2 * Math.log(random() + Number.EPSILON)) * Math.cos(2 * Math.PI * random());
}

/** Logarithms that are added day by day; calm and restless months take turns. */
function wandering(days: number, wild: number, random: () => number): number[] {
  const normal = normalFrom(random);
  const [drift, lingers, fade] = [0.0012 * normal(), 0.2 + 0.5 * random(), 0.3 + 0.5 * random()];
  const [year, phase] = [0.25 * random(), 2 * Math.PI * random()];
  let [level, rest, burst, mood] = [0, 0, 0, 1];
  return Array.from({ length: days }, (_, day) => {
    if (random() < 1 / 90) mood = Math.exp(0.8 * normal());
    const now = wild * mood;
    level += drift + (0.002 + 0.02 * now) * normal();
    if (random() < (0.3 + 2 * now) / 365) level += (random() < 0.5 ? -1 : 1) * (0.1 + 0.9 * Math.min(1, now) * random());
    burst *= fade;
    if (random() < (1 + 14 * now) / 365) burst += now * Math.min(12, random() ** -0.9);
    rest = lingers * rest + (0.03 + 0.25 * now) * Math.sqrt(1 - lingers ** 2) * normal();
    return level + rest + Math.log1p(burst) + year * Math.sin((2 * Math.PI * day) / 365.25 + phase);
  });
}

export function madeSeries(seed: number): MadeSeries {
  const random = randomFrom(seed * 7919);
  const normal = normalFrom(random);
  const days = 215 + Math.floor(885 * random() ** 2);
  const weekend = random() < 0.25 ? 1 : 0.2 + 0.9 * random();
  const week = Array.from({ length: 7 }, (_, day) => (day === 0 || day === 6 ? weekend : 1) * Math.exp(0.05 * normal()));
  const level = Math.exp(2 + 8 * random());
  const quiet = 0.4 + 0.6 * random();
  const start = `${2015 + Math.floor(8 * random())}-0${1 + Math.floor(9 * random())}-01`;
  const first = Date.parse(`${start}T00:00:00Z`);
  const values = wandering(days, 0.08 + 1.1 * random() ** 2, random).map((log, index) => {
    const date = new Date(first + index * 86_400_000);
    const holiday = date.getUTCMonth() === 11 && date.getUTCDate() >= 24 ? quiet : 1;
    return Math.round(level * Math.exp(log) * (week[date.getUTCDay()] ?? 1) * holiday * 100) / 100;
  });
  return { name: `made-${seed}`, start, values };
}
