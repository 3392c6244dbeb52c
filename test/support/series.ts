import { randomFrom } from "./properties.ts";

/** A business week, Sunday first: quiet weekends. */
export const businessWeek = [0.5, 1.1, 1.15, 1.15, 1.1, 1.05, 0.55];

interface Form {
  readonly days?: number;
  readonly level?: number;
  /** Standard deviation of the logarithm of a day. */
  readonly noise?: number;
  readonly week?: readonly number[];
}

/** Seeded daily costs that begin on a Sunday: level × weekday × noise. */
export function noisySeries(seed: number, { days = 98, level = 100, noise = 0.1, week = businessWeek }: Form = {}): number[] {
  const random = randomFrom(seed);
  const normal = () => Math.sqrt(-2 * Math.log(random() + Number.EPSILON)) * Math.cos(2 * Math.PI * random());
  return Array.from({ length: days }, (_, index) => level * (week[index % 7] ?? 1) * Math.exp(noise * normal()));
}

/** How many of the seeds 1 to `count` pass. */
export function shareOf(count: number, passes: (seed: number) => boolean): number {
  return Array.from({ length: count }, (_, index) => index + 1).filter(passes).length / count;
}
