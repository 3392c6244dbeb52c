import { readFileSync, readdirSync } from "node:fs";
import Papa from "papaparse";
import { describe, expect, it } from "vitest";
import { events } from "../../../../config/sample/events.ts";
import { type Day, addDays, eachDay, weekdayOf } from "../../../../src/core/day.ts";
import type { Charge } from "../../../../src/core/ledger/charge.ts";
import { parseMicros } from "../../../../src/core/money.ts";
import { reviewOf } from "../../../../src/core/review/review.ts";
import { type ChargePart, charge, daily, reviewInput, source, units } from "../../../support/charges.ts";
import { noisySeries } from "../../../support/series.ts";

const asOf = "2026-11-23";
const start = "2026-08-17";
const steady = (part: ChargePart = {}, from = start) => daily({ start: from, end: asOf }, { cost: units(100), ...part });
const review = (charges: readonly Charge[], settled: Day = "2026-11-22") => reviewOf(reviewInput({ charges, sources: [source(settled)] }));
const seen = (charges: readonly Charge[], settled?: Day) =>
  review(charges, settled).anomalies.map((found) => [found.id, found.direction, found.period.end]);
const without = (charges: readonly Charge[], days: readonly Day[]) => charges.filter(({ day }) => !days.includes(day));

describe("anomalies of a review", () => {
  it("a spike is found with its slice and day, its amounts are sums over the run", () => {
    const { anomalies } = review([
      ...steady(),
      charge({ day: "2026-11-18", cost: units(200) }),
      charge({ day: "2026-11-19", cost: units(200) }),
    ]);
    expect(anomalies).toMatchObject([
      {
        id: "openai/inference@2026-11-18",
        name: "OpenAI · Inference",
        actual: units(600),
        expected: units(200),
        direction: "up",
        class: "spike",
      },
    ]);
  });

  it("the usual range of what is refunded every day holds what is expected", () => {
    const refunds = (from: string, to: string, cost: number) => daily({ start: from, end: to }, { cost: units(cost) });
    const found = review([...refunds(start, "2026-11-22", -10), ...refunds("2026-11-22", asOf, -30)]);
    const { expected = 0n, low = 0n, high = 0n } = found.yesterday ?? {};
    expect([low <= expected, expected <= high, expected]).toEqual([true, true, units(-10)]);
    expect(found.anomalies).toMatchObject([{ actual: units(-30), expected: units(-10) }]);
    const [odd] = found.anomalies;
    expect((odd?.low ?? 0n) <= units(-10) && units(-10) <= (odd?.high ?? 0n)).toBe(true);
  });

  it("an outage is found as down", () =>
    expect(seen(without(steady(), ["2026-11-18"]))).toEqual([["openai/inference@2026-11-18", "down", "2026-11-19"]]));

  it("a run that began before the week keeps its first day, one that ended before it is not shown", () => {
    const up = (from: Day, end: Day) => daily({ start: from, end }, { cost: units(200) });
    expect(seen([...steady(), ...up("2026-11-13", "2026-11-18")])).toEqual([["openai/inference@2026-11-13", "up", "2026-11-18"]]);
    expect(seen([...steady(), ...up("2026-11-13", "2026-11-16")])).toEqual([]);
  });

  // From Friday on it costs twice the usual, which is a fifth on weekends.
  it.each<[string, number, number, boolean]>([
    ["as far as before", 2, 2, false],
    ["half as far again", 2, 2.5, false],
    ["farther", 2, 2.51, true],
    ["less far", 2, 1.6, false],
    ["a fall, farther", 0.5, 0.2, true],
  ])("a run whose days of the week depart %s", (_, before, now, grown) => {
    const usual = (day: Day) => (weekdayOf(day) % 6 === 0 ? 20 : 100);
    const charges = eachDay({ start, end: asOf }).map((day) =>
      charge({ day, cost: units(usual(day) * (day < "2026-11-13" ? 1 : day < "2026-11-16" ? before : now)) }),
    );
    expect(review(charges).anomalies).toMatchObject([{ id: "openai/inference@2026-11-13", grown }]);
  });

  it.each([
    ["half as far again", 75, false],
    ["farther", 76, true],
  ])("of a service that usually costs nothing the days of the week depart %s", (_, now, grown) => {
    const job = (from: Day, end: Day, cost: number) => daily({ start: from, end }, { service: "Job", cost: units(cost) });
    const charges = [...steady(), ...job(start, "2026-08-18", 1), ...job("2026-11-14", "2026-11-16", 50), ...job("2026-11-16", asOf, now)];
    expect(review(charges).anomalies).toMatchObject([{ id: "openai/job@2026-11-14", grown }]);
  });

  it("a run that begins in the week has not grown", () => {
    const charges = [...steady(), charge({ day: "2026-11-18", cost: units(100) }), charge({ day: "2026-11-19", cost: units(900) })];
    expect(review(charges).anomalies).toMatchObject([{ grown: false }]);
  });

  it("a rise of working days is one finding over the weekend, whose usual days count as its own", () => {
    const up = (from: Day, end: Day) => daily({ start: from, end }, { cost: units(100) });
    const { anomalies } = review([...steady(), ...up("2026-11-12", "2026-11-14"), ...up("2026-11-16", "2026-11-21")]);
    expect(anomalies).toMatchObject([
      { id: "openai/inference@2026-11-12", period: { end: "2026-11-21" }, class: "shift", actual: units(1600), expected: units(900) },
    ]);
  });

  it.each([
    ["a new service of a new provider", [...steady(), ...steady({ provider: "New", cost: units(900) }, "2026-11-16")]],
    ["a small new service of a known one", [...steady(), ...steady({ service: "New", cost: units(9) }, "2026-11-16")]],
    ["13 days of history", [...steady({}, "2026-11-09"), charge({ day: "2026-11-22", cost: units(900) })]],
    [
      "an amount under the floor",
      [...steady(), ...steady({ service: "Small", cost: units(1) }), charge({ service: "Small", day: "2026-11-18", cost: units(0.9) })],
    ],
    ["a fee that is no usage", [...steady(), charge({ category: "Purchase", day: "2026-11-18", cost: units(900) })]],
    ["days that are not settled", without(steady(), ["2026-11-21", "2026-11-22"]), "2026-11-20"],
  ] as const)("%s is none", (_, charges, settled?: Day) => expect(seen(charges, settled)).toEqual([]));

  it("a new service that lifts a known provider far is named at the provider", () => {
    expect(seen([...steady(), ...steady({ service: "New", cost: units(900) }, "2026-11-16")])).toEqual([
      ["openai@2026-11-16", "up", "2026-11-23"],
    ]);
  });

  it("an amount above the floor is one: 2 % of a mean day", () => {
    const small = [
      ...steady(),
      ...steady({ service: "Small", cost: units(1) }),
      charge({ service: "Small", day: "2026-11-18", cost: units(2.1) }),
    ];
    expect(seen(small)).toEqual([["openai/small@2026-11-18", "up", "2026-11-19"]]);
  });

  it.each([
    ["one unit of the currency", 0.99, []],
    ["one unit of the currency and no less", 1.01, [["openai/inference@2026-11-18", "up", "2026-11-19"]]],
  ])("of a small bill an amount counts from %s on", (_, more, found) => {
    expect(seen([...steady({ cost: units(0.5) }), charge({ day: "2026-11-18", cost: units(more) })])).toEqual(found);
  });

  it("what matters is measured by the last four weeks", () => {
    const small = [...steady({ cost: units(5) }), charge({ day: "2026-11-18", cost: units(3) })];
    const large = (from: Day, end: Day) => daily({ start: from, end }, { service: "Gone", cost: units(5_000) });
    const isTold = (end: Day) => seen([...small, ...large("2026-09-14", end)]).some(([id]) => id === "openai/inference@2026-11-18");
    expect([isTold("2026-10-26"), isTold("2026-10-27")]).toEqual([true, false]);
  });

  it("a provider is named only where none of its services explains it, the largest comes first", () => {
    const many = Array.from({ length: 12 }, (_, index) => steady({ provider: "AWS", service: `s${index}`, cost: units(8) })).flat();
    const rise = Array.from({ length: 12 }, (_, index) =>
      charge({ provider: "AWS", service: `s${index}`, day: "2026-11-18", cost: units(3.4) }),
    );
    expect(seen([...steady({ cost: units(150) }), charge({ day: "2026-11-18", cost: units(400) }), ...many, ...rise])).toEqual([
      ["openai/inference@2026-11-18", "up", "2026-11-19"],
      ["aws@2026-11-18", "up", "2026-11-19"],
    ]);
  });

  it("weeks of noise and growth bring few alarms", () => {
    const days = eachDay({ start, end: asOf });
    const alarms = Array.from({ length: 30 }, (_, seed) => {
      const values = noisySeries(seed + 1, { noise: 0.12, days: days.length });
      return seen(days.map((day, index) => charge({ day, cost: units(values[(index + 1) % values.length] ?? 0) }))).length;
    });
    expect(alarms.reduce((a, b) => a + b, 0)).toBeLessThanOrEqual(2);
  });

  it("no charge, a charge alone and a source without a settled day bring none", () => {
    expect(seen([])).toEqual([]);
    expect(seen([charge({ cost: units(5) })])).toEqual([]);
    expect(reviewOf(reviewInput({ charges: steady(), sources: [source(null)] })).anomalies).toEqual([]);
  });
});

describe("yesterday", () => {
  it("is the last settled day against the days before it", () => {
    expect(review([...steady(), charge({ day: "2026-11-22", cost: units(50) })]).yesterday).toMatchObject({
      day: "2026-11-22",
      actual: units(150),
      expected: units(100),
      low: units(96.078_944),
      high: units(104),
    });
    expect(review([...steady()], "2026-11-20").yesterday?.day).toBe("2026-11-20");
  });
  it("is unknown with 14 days or fewer", () => {
    expect(review(steady({}, "2026-11-09")).yesterday).toBeNull();
    expect(review(steady({}, "2026-11-08")).yesterday).not.toBeNull();
  });
  it("is unknown where what a source costs that failed is missing in it", () => {
    const aws = daily({ start, end: "2026-11-20" }, { provider: "AWS", source: "aws", cost: units(40) });
    const read = (problem: string | null, settled: Day) =>
      reviewOf(reviewInput({ charges: [...steady(), ...aws], sources: [source("2026-11-22"), source(settled, "aws", problem)] }));
    expect(read("refused", "2026-11-19").yesterday).toBeNull();
    expect(read(null, "2026-11-19").yesterday).toMatchObject({ day: "2026-11-19", actual: units(140) });
    expect(read("refused", "2026-11-22").yesterday).toMatchObject({ day: "2026-11-22", actual: units(100) });
  });
});

describe("a provider that fell silent", () => {
  const silent = (end: Day, from = start) =>
    review([...steady(), ...daily({ start: from, end }, { provider: "AWS", cost: units(7) })]).silences;
  it.each([
    ["one day may be late", "2026-11-22", start, []],
    ["two days are told", "2026-11-21", start, [{ provider: "AWS", lastDay: "2026-11-20", days: 2, usualDay: units(7) }]],
    ["after two weeks it is gone", "2026-11-08", start, []],
    ["one that was there for a few days only is none", "2026-11-15", "2026-11-08", []],
  ])("%s", (_, end, from, expected) => expect(silent(end, from)).toEqual(expected));

  const aws = (day: Day, cost: number) => charge({ day, provider: "AWS", cost: units(cost) });
  it("is none that faded out, but one whose last day was cut off", () => {
    const days = eachDay({ start: "2026-10-19", end: "2026-11-19" });
    const faded = days.map((day, index) => aws(day, Math.max(1, 60 - 2 * index)));
    expect(review([...steady(), ...faded]).silences).toEqual([]);
    const cut = days.map((day) => aws(day, day === "2026-11-18" ? 1 : 60));
    expect(review([...steady(), ...cut]).silences).toMatchObject([{ provider: "AWS", lastDay: "2026-11-18" }]);
  });
});

/** Usage of the sample as daily charges. */
function sampleCharges(): Charge[] {
  const folder = "config/sample/costs";
  const rows = readdirSync(folder).flatMap(
    (name) => Papa.parse<Record<string, string>>(readFileSync(`${folder}/${name}`, "utf8"), { header: true, skipEmptyLines: true }).data,
  );
  return rows
    .filter((row) => row["ChargeCategory"] === "Usage")
    .map((row) =>
      charge({
        day: (row["ChargePeriodStart"] ?? "").slice(0, 10),
        provider: row["ServiceProviderName"] ?? "",
        service: row["ServiceName"] ?? "",
        cost: parseMicros(row["EffectiveCost"] ?? "") ?? 0n,
      }),
    );
}

describe("the sample data", () => {
  const charges = sampleCharges();
  const weeks = Array.from({ length: 8 }, (_, index) => addDays("2026-10-05", 7 * index));
  const alarms = weeks.flatMap((date) => {
    const known = charges.filter(({ day }) => day < date);
    return reviewOf(reviewInput({ asOf: date, charges: known, sources: [source(addDays(date, -1))] })).anomalies.map((found) => [
      date,
      found.id,
      found.class,
    ]);
  });

  it("eight weeks bring the two loops, the launch and the rise of Bedrock, each with its class, and nothing else", () => {
    expect(alarms).toEqual([
      ["2026-11-02", "anthropic/claude-api@2026-10-27", "spike"],
      ["2026-11-23", "openai/openai-api@2026-11-16", "shift"],
      ["2026-11-23", "anthropic/claude-api@2026-11-18", "spike"],
      ["2026-11-23", "aws/amazon-bedrock@2026-11-19", "shift"],
    ]);
  });
  it("each of them begins on a day of the story", () => {
    const days = new Set(events.map(({ from }) => from));
    expect(alarms.every(([, id]) => days.has((id ?? "").slice(-10)))).toBe(true);
  });
});
