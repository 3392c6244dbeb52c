import { describe, expect, test } from "vitest";
import { type Day, addDays, eachDay, weekdayOf } from "../../../src/core/day.ts";
import { costOf } from "../../../src/core/ledger/charge.ts";
import { holesOf } from "../../../src/core/review/data/holes.ts";
import { eventSchema } from "../../../src/core/settings/events.ts";
import { charge, type ChargePart, units } from "../../support/charges.ts";

/** Usage of a provider from 5 October through 22 November but for some days. */
const usage = (isOff: (day: Day) => boolean, part: ChargePart = {}) =>
  eachDay({ start: "2026-10-05", end: "2026-11-23" })
    .filter((day) => !isOff(day))
    .map((day) => charge({ day, cost: units(10), ...part }));
const off = (start: Day, end: Day) => (day: Day) => day >= start && day < end;
const isWeekend = (day: Day) => [0, 6].includes(weekdayOf(day));
const event = (kind: string, start: Day, end: Day, provider?: string) =>
  eventSchema.parse({ name: "x", kind, start, end, ...(provider === undefined ? {} : { scope: { provider } }) });
const found = (charges: ReturnType<typeof usage>, ...events: ReturnType<typeof event>[]) =>
  holesOf(charges, (one) => costOf(one, "effective"), events);
const hole = { start: "2026-11-10", end: "2026-11-13" };

describe("days on which nobody has any usage", () => {
  const three = usage(off(hole.start, hole.end));
  const holiday = (start: Day, end: Day, provider?: string) => event("holiday", start, end, provider);
  test.each<[string, ReturnType<typeof usage>, ReturnType<typeof event>[], unknown[]]>([
    ["are a hole", three, [], [hole]],
    ["whatever order charges come in", three.toReversed(), [], [hole]],
    ["and whatever fees stand on them", [...three, charge({ day: "2026-11-11", frequency: "Recurring", cost: units(9) })], [], [hole]],
    ["two of them, too", usage(off("2026-11-10", "2026-11-12")), [], [{ start: "2026-11-10", end: "2026-11-12" }]],
    ["not one", usage(off("2026-11-10", "2026-11-11")), [], []],
    ["not those since the last of all", usage(off("2026-11-10", "2026-11-30")), [], []],
    ["not weekends", usage(isWeekend), [], []],
    ["nor twice as many", usage((day) => isWeekend(day) || off("2026-11-12", "2026-11-14")(day)), [], []],
    [
      "but more than that",
      usage((day) => isWeekend(day) || off("2026-11-11", "2026-11-14")(day)),
      [],
      [{ start: "2026-11-11", end: "2026-11-16" }],
    ],
    [
      "whatever gap was more than four weeks before",
      usage((day) => off("2026-10-08", "2026-10-12")(day) || off(hole.start, hole.end)(day)),
      [],
      [hole],
    ],
    ["not days of a holiday", three, [holiday("2026-11-10", "2026-11-13")], []],
    ["nor what one leaves of them, a day", three, [holiday("2026-11-10", "2026-11-12")], []],
    ["but two", three, [holiday("2026-11-10", "2026-11-11")], [hole]],
    ["whatever holiday one of the providers has", three, [holiday("2026-11-10", "2026-11-13", "AWS")], [hole]],
    ["and whatever launch is planned", three, [event("launch", "2026-11-10", "2026-11-13")], [hole]],
    [
      "not where less than eight days of the four weeks before have any",
      usage((day) => day < "2026-11-03" || off(hole.start, hole.end)(day)),
      [],
      [],
    ],
    ["but where eight have", usage((day) => day < "2026-11-02" || off(hole.start, hole.end)(day)), [], [hole]],
  ])("%s", (_, charges, events, holes) => expect(found(charges, ...events)).toEqual({ holes, providerHoles: [] }));
});

describe("days on which a provider has none", () => {
  const own = { provider: "OpenAI", source: "focus", period: hole };
  const aws = (cost = 10) => usage(() => false, { provider: "AWS", cost: units(cost) });
  const three = usage(off(hole.start, hole.end));
  const more = (missing: readonly Day[]) => usage((day) => off(hole.start, hole.end)(day) || missing.includes(day));
  test.each<[string, ReturnType<typeof usage>, ReturnType<typeof event>[], unknown[]]>([
    ["are a hole of it", [...three, ...aws()], [], [own]],
    ["at the source that brings them", [...three, ...usage(() => false, { source: "other" })], [], [own]],
    ["with at least a hundredth of all cost", [...three, ...aws(990)], [], [own]],
    ["not with less", [...three, ...aws(991)], [], []],
    ["with usage on twelve of the fourteen days before", [...more(["2026-11-01", "2026-11-05"]), ...aws()], [], [own]],
    ["not on eleven", [...more(["2026-11-01", "2026-11-05", "2026-11-08"]), ...aws()], [], []],
    ["whatever was before these", [...more(["2026-10-26"]), ...more(["2026-10-24"]), ...aws()], [], [own]],
    ["not on a holiday of it", [...three, ...aws()], [event("holiday", "2026-11-10", "2026-11-13", "OpenAI")], []],
    ["but on one of another", [...three, ...aws()], [event("holiday", "2026-11-10", "2026-11-13", "AWS")], [own]],
    ["and on days of a launch", [...three, ...aws()], [event("launch", "2026-11-10", "2026-11-13", "OpenAI")], [own]],
    ["not where it has no name", [...three.map((one) => ({ ...one, provider: "" })), ...aws()], [], []],
  ])("%s", (_, charges, events, providerHoles) => expect(found(charges, ...events)).toEqual({ holes: [], providerHoles }));

  test("are told where they reach beyond those of all, by provider", () => {
    const late = usage(off("2026-11-10", "2026-11-14"), { provider: "Anthropic" });
    const within = usage(off(hole.start, hole.end), { provider: "AWS" });
    expect(found([...three, ...late, ...within])).toEqual({
      holes: [hole],
      providerHoles: [{ provider: "Anthropic", source: "focus", period: { start: hole.start, end: addDays(hole.end, 1) } }],
    });
  });
});
