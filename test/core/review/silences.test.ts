import { describe, expect, test } from "vitest";
import { type Day, addDays, eachDay } from "../../../src/core/day.ts";
import { silentProviders } from "../../../src/core/review/data/arrivals.ts";
import { endingsOf } from "../../../src/core/review/data/ended.ts";
import type { Slice } from "../../../src/core/slices/slice.ts";
import { source, units } from "../../support/charges.ts";

/** A provider with a cost on each day through 15 November 2026, but for what is stated. */
const slice = (costs: Readonly<Record<Day, number>> = {}, part: Partial<Slice> = {}): Slice => {
  const usual = eachDay({ start: "2026-10-01", end: "2026-11-16" }).map((day) => [day, 10] as const);
  return {
    dimension: "provider",
    path: ["OpenAI"],
    id: "openai",
    key: "OpenAI",
    sources: new Set(["focus"]),
    providers: new Map([["OpenAI", "2026-11-15"]]),
    estimated: new Map(),
    days: new Map(Object.entries({ ...Object.fromEntries(usual), ...costs }).map(([day, cost]) => [day, units(cost)])),
    ...part,
  };
};
const silent = { provider: "OpenAI", lastDay: "2026-11-15", days: 7, usualDay: units(10) };
const on = (days: readonly Day[], cost: number) => Object.fromEntries(days.map((day) => [day, cost]));

describe("a provider has fallen silent", () => {
  test.each<[string, Slice, Day | null, unknown[]]>([
    ["after its last day", slice(), "2026-11-22", [silent]],
    ["two final days ago", slice(), "2026-11-17", [{ ...silent, days: 2 }]],
    ["not yet after one", slice(), "2026-11-16", []],
    ["fourteen of them ago", slice(), "2026-11-29", [{ ...silent, days: 14 }]],
    ["not any more after fifteen", slice(), "2026-11-30", []],
    ["whatever days that are not final hold", slice({ "2026-11-23": 99 }), "2026-11-22", [silent]],
    ["not where the last final day holds any", slice({ "2026-11-22": 1 }), "2026-11-22", []],
    ["whatever days hold that cost nothing", slice({ "2026-11-17": 0, "2026-11-22": 0 }), "2026-11-22", [silent]],
    ["not where nothing is final", slice(), null, []],
    ["not a service of it", slice({}, { dimension: "service", path: ["OpenAI", "Inference"] }), "2026-11-22", []],
    [
      "with what a day cost over the fourteen before",
      slice({ ...on(["2026-11-02"], 24), ...on(["2026-11-01"], 99) }),
      "2026-11-22",
      [{ ...silent, usualDay: units(11) }],
    ],
    [
      "with twelve days of use among these",
      slice(on(["2026-11-03", "2026-11-06"], 0)),
      "2026-11-22",
      [{ ...silent, usualDay: 8_571_429n }],
    ],
    ["not with eleven", slice(on(["2026-11-02", "2026-11-03", "2026-11-06"], 0)), "2026-11-22", []],
    [
      "nor with one more that is not final",
      slice({ ...on(["2026-11-02", "2026-11-03", "2026-11-06"], 0), "2026-11-23": 9 }),
      "2026-11-22",
      [],
    ],
    ["not where it faded: two days at less than half of the week before", slice(on(["2026-11-13", "2026-11-14"], 4.99)), "2026-11-22", []],
    ["but at half of it", slice(on(["2026-11-13", "2026-11-14"], 5)), "2026-11-22", [{ ...silent, usualDay: 9_285_714n }]],
    [
      "whatever its last day cost, and the day before these two",
      slice(on(["2026-11-12", "2026-11-15"], 1)),
      "2026-11-22",
      [{ ...silent, usualDay: 8_714_286n }],
    ],
  ])("%s", (_, one, through, expected) => expect(silentProviders([one], () => through)).toEqual(expected));
});

describe("the end of a source takes away", () => {
  const until = "2026-11-19";
  const ended = { ...source("2026-11-18", "old"), until };
  const bills = (name: string, provider: string, day: Day = "2026-11-18") => ({ source: name, provider, day });
  const away = (charges: readonly ReturnType<typeof bills>[], ...others: { name: string; until?: Day }[]) =>
    endingsOf([ended, ...others], charges)
      .filter(({ name }) => name === "end of source old")
      .map(({ scope, start, end, effect }) => [scope?.provider, start, end, effect?.percent]);
  const whole = (provider: string) => [provider, until, addDays(until, 1), -100];
  const going = { name: "new" };
  test.each<[string, ReturnType<typeof bills>[], { name: string; until?: Day }[], unknown[]]>([
    ["its providers, in their order", [bills("old", "OpenAI"), bills("old", "Anthropic")], [], [whole("Anthropic"), whole("OpenAI")]],
    ["not what another source goes on to bill", [bills("old", "OpenAI"), bills("new", "OpenAI")], [going], []],
    ["nor billed a week before", [bills("old", "OpenAI"), bills("new", "OpenAI", "2026-11-12")], [going], []],
    ["but what another billed before that", [bills("old", "OpenAI"), bills("new", "OpenAI", "2026-11-11")], [going], [whole("OpenAI")]],
    ["and another that ends with it", [bills("old", "OpenAI"), bills("new", "OpenAI")], [{ ...going, until }], [whole("OpenAI")]],
    ["not one that ends later", [bills("old", "OpenAI"), bills("new", "OpenAI")], [{ ...going, until: "2026-11-20" }], []],
    ["not what it left a week before", [bills("old", "OpenAI", "2026-11-11")], [], []],
    ["nor what has no name", [bills("old", "")], [], []],
  ])("%s", (_, charges, others, expected) => expect(away(charges, ...others)).toEqual(expected));
});
