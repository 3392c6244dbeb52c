import { type Day, type Period, daysBetween, eachDay, weekdayOf } from "../../../src/core/day.ts";
import { type Row, charge } from "../../support/focus.ts";

/** A small product: what its services cost on a working day and on a day of the weekend, in cents. */
const services = [
  { provider: "OpenAI", service: "Inference", weekday: 30_000, weekend: 16_000, tags: "assistant" },
  { provider: "Anthropic", service: "Claude API", weekday: 15_000, weekend: 9_000, tags: "agent" },
  { provider: "AWS", service: "Amazon EC2", weekday: 10_000, weekend: 10_000, tags: "" },
] as const;

/** Two per cent up and down, the same for every run; weeks apart by a multiple of 7 differ too. */
const wobble = (index: number) => 1000 + ((index * 7919) % 41) - 20;

interface Usual {
  /** How a day's amount is changed, in thousandths; 1000 leaves it. */
  readonly scale?: (day: Day, provider: string) => number;
  /** False for the same amount on the same weekday, to the cent. */
  readonly wobbles?: boolean;
  readonly other?: Row;
}

/** Daily charges of the small product: about 3,450 a week. */
export function usual(period: Period, { scale = () => 1000, wobbles = true, other = {} }: Usual = {}): Row[] {
  return eachDay(period).flatMap((day) =>
    services.map(({ provider, service, weekday, weekend, tags }, position) => {
      const plain = weekdayOf(day) % 6 === 0 ? weekend : weekday;
      const index = daysBetween("2020-01-01", day) * 3 + position;
      const cents = Math.round((plain * (wobbles ? wobble(index) : 1000) * scale(day, provider)) / 1_000_000);
      return charge(day, provider, service, cents, { Tags: tags === "" ? "" : JSON.stringify({ feature: tags }), ...other });
    }),
  );
}
