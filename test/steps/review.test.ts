import { describe, expect, it } from "vitest";
import { addDays, eachDay } from "../../src/core/day.ts";
import { charge, reviewInput, thresholds } from "../support/charges.ts";
import { stepCounter } from "../support/steps.ts";

/** Twice the charges take about twice the steps (sorting a little more); quadratic work would take four times. */
const most = 2.4;

// Counting begins before what is counted is loaded.
const steps = await stepCounter();
const { reviewOf } = await import("../../src/core/review/review.ts");

const days = eachDay({ start: addDays("2026-11-23", -140), end: "2026-11-23" });

function inputOf(aDay: number, part: (index: number) => Parameters<typeof charge>[0]) {
  const charges = days.flatMap((day, outer) =>
    Array.from({ length: aDay }, (_, inner) => charge({ day, cost: BigInt((inner * 7919) % 100_000), ...part(outer * aDay + inner) })),
  );
  return reviewInput({ charges, thresholds: { ...thresholds, listed: 0 } });
}

describe("the work of a review grows with its charges", () => {
  it.each([
    [
      "a usual mix",
      () => (index: number) => ({ service: `s${index % 12}`, model: `m${index % 40}`, tags: `{"feature":"f${index % 30}"}` }),
    ],
    ["a customer for each charge", () => (index: number) => ({ tags: `{"customer":"c${index}"}` })],
    ["services as they grow", (aDay: number) => (index: number) => ({ service: `s${index % (aDay * 10)}` })],
    [
      "keys that come and go each week",
      (aDay: number) => (index: number) => ({ apiKey: `k${index % aDay}-${Math.floor(index / aDay / 7)}` }),
    ],
    ["models of one service", (aDay: number) => (index: number) => ({ model: `m${index % (aDay * 10)}` })],
  ])("%s", async (_, partFor) => {
    const [small, large] = [20, 40].map((aDay) => inputOf(aDay, partFor(aDay)));
    if (!small || !large) return expect.fail("no input");
    for (const warm of [small, large]) reviewOf(warm);
    const ratio = (await steps(() => reviewOf(large))) / (await steps(() => reviewOf(small)));
    expect(ratio).toBeLessThan(most);
  });
});
