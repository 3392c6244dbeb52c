import { describe, expect, test } from "vitest";
import type { ReviewInput } from "../../../src/core/review/input.ts";
import { type Review, reviewOf } from "../../../src/core/review/review.ts";
import { draftsOf } from "../../../src/document/drafts.ts";
import { anomaliesSection } from "../../../src/document/sections/anomalies/anomalies.ts";
import { contextOf } from "../../../src/document/sections/context.ts";
import { deltasSection } from "../../../src/document/sections/deltas/deltas.ts";
import { pacingSection } from "../../../src/document/sections/pacing/pacing.ts";
import { banner } from "../../../src/document/sections/summary/banner.ts";
import { summarySection } from "../../../src/document/sections/summary/summary.ts";
import { type ChargePart, daily, reviewInput, source, units } from "../../support/charges.ts";
import { openAction } from "../support.ts";

/** Days on which one of several providers has nothing, though it had something on nearly every day before, are missing, not free. */

const [start, asOf] = ["2026-08-31", "2026-11-23"];
const openai = daily({ start, end: asOf }, { cost: units(100) });
const aws = (from: string, to: string, part: ChargePart = {}) =>
  daily({ start: from, end: to }, { provider: "AWS", service: "Compute", cost: units(50), ...part });
const of = (charges: ReviewInput["charges"], part: Partial<ReviewInput> = {}): Review =>
  reviewOf(reviewInput({ charges, plan: { currency: "USD", months: { "2026-11": units(4_600) } }, ...part }));
const summaryOf = (review: Review) => summarySection(contextOf(review)).head?.text ?? "";
const pacingOf = (review: Review) => pacingSection(contextOf(review)).head?.text ?? "";
const holesOf = (charges: ReviewInput["charges"], part: Partial<ReviewInput> = {}) => of(charges, part).providerHoles;

describe("in the week under review", () => {
  const holed = of([...openai, ...aws(start, "2026-11-17"), ...aws("2026-11-21", asOf)]);
  const deltas = deltasSection(contextOf(holed));
  test("they are named, and the week is not all there", () => {
    expect(holed.providerHoles).toEqual([{ provider: "AWS", source: "focus", period: { start: "2026-11-17", end: "2026-11-21" } }]);
    expect(holed.holes).toEqual([]);
    expect(holed.incomplete).toBe(true);
    expect(summaryOf(holed)).toContain(
      "**No usage of AWS for 17–20 November 2026** (4 days), while others have some: check the export that focus reads;",
    );
    expect(banner(holed)).toContain("Data of this week are missing");
  });

  test("no fall is told, and no cause of one asked for", () => {
    expect(deltas.head?.text).toContain("Not all in the data: AWS.");
    expect(deltas.items[0]?.zone.text).toContain("### AWS · Compute: no data from AWS for 17–20 November 2026");
    expect(deltas.items[0]?.zone.text).toMatch(/^\n### [^\n]*: no data from [^\n]*\n\nWhat arrived of/);
    expect(deltas.items[0]?.zone.text).toContain("What arrived of the last 7 days (3 days) is $150.00; the prior 7 days cost $350.00.");
    expect(deltas.items[0]?.zone.text).toMatch(/By day: Mon 16 \$50\.00 · Sat 21 \$50\.00 · Sun 22 \$50\.00\.$/);
    expect(anomaliesSection(contextOf(holed)).items).toEqual([]);
    expect(draftsOf(contextOf(holed)).map(({ title }) => title)).toEqual(["Get the missing costs of AWS in and run overpace weekly again"]);
  });

  test("one action asks for all services of the provider, and none where an open one does", () => {
    const storage = (from: string, to: string) => aws(from, to, { service: "Storage", cost: units(30) });
    const more = [
      ...openai,
      ...aws(start, "2026-11-17"),
      ...aws("2026-11-21", asOf),
      ...storage(start, "2026-11-17"),
      ...storage("2026-11-21", asOf),
    ];
    const [draft, ...others] = draftsOf(contextOf(of(more)));
    expect(draft).toMatchObject({ about: "aws", title: "Get the missing costs of AWS in and run overpace weekly again" });
    expect(others).toEqual([]);
    const open = openAction({ about: "aws", title: draft?.title ?? "" });
    expect(draftsOf(contextOf(of(more), { previous: [open] }))).toEqual([]);
  });

  test("the forecast takes them to cost what such days do", () => {
    expect(pacingOf(holed)).toContain(
      "**Likely month end:** $4,500.00 by weekday and recent level, of which $200.00 for days without data",
    );
  });
});

describe("features, customers and teams that lack days of a provider", () => {
  const whose = (name: string) => ({ tags: JSON.stringify({ feature: name, customer: `${name} inc`, team: `${name} team` }) });
  const search = daily({ start, end: asOf }, { cost: units(100), ...whose("search") });
  const fallen = search.map((one) => (one.day < "2026-11-16" ? one : { ...one, effective: units(60) }));
  const rowsOf = (charges: ReviewInput["charges"]) => deltasSection(contextOf(of(charges))).head?.text ?? "";
  const hole = [...aws(start, "2026-11-17", whose("mail")), ...aws("2026-11-21", asOf, whose("mail"))];
  const silence = aws(start, "2026-11-19", whose("mail"));
  test.each([
    ["in a hole", hole, "$150.00"],
    ["since it fell silent", silence, "$150.00"],
  ])("did not fall %s", (_, missing, arrived) => {
    const text = rowsOf([...fallen, ...missing, ...daily({ start, end: asOf }, { cost: units(20), ...whose("mail") })]);
    const week = `$${(Number(arrived.slice(1)) + 140).toFixed(2)}`;
    expect(text).toContain(`| mail | ${week} | $490.00 | data missing |`);
    expect(text).toContain(`| mail inc | ${week} | $490.00 | data missing |`);
    // What is all there fell.
    expect(text).toContain("| search | $420.00 | $700.00 | -$280.00 (-40.0 %) |");
    expect(text).toContain("| search inc | $420.00 | $700.00 | -$280.00 (-40.0 %) |");
    expect(text).toContain("Teams that moved most: search team -$280.00 (-40.0 %).");
  });

  test("are not those that left it before both weeks", () => {
    const moved = aws(start, "2026-11-09", { ...whose("search"), cost: units(5) });
    expect(rowsOf([...fallen, ...moved, ...hole])).toContain("| search | $420.00 | $700.00 | -$280.00 (-40.0 %) |");
    const stays = aws("2026-11-09", "2026-11-10", { ...whose("search"), cost: units(5) });
    expect(rowsOf([...fallen, ...moved, ...stays, ...hole])).toContain("| search | $420.00 | $705.00 | data missing |");
  });

  test("show nothing of an action in such a week", () => {
    const action = {
      id: "2026-W45-1",
      title: "Cap it",
      about: "feature:mail",
      effect: { cost: -10 },
      decided: "2026-11-02",
      due: "2026-11-02",
    };
    const doneIn = (charges: ReviewInput["charges"]) => pacingSection(contextOf(of(charges), { past: [action] })).end ?? "";
    expect(doneIn([...search, ...aws(start, asOf, whose("mail"))])).toContain("mail moved by $0.00 a week over 2 weeks");
    const [before, after] = [aws(start, "2026-11-12", whose("mail")), aws("2026-11-15", asOf, whose("mail"))];
    const silent = aws(start, "2026-11-15", whose("mail"));
    for (const missing of [[...before, ...after], silent])
      expect(doneIn([...search, ...missing])).toContain("mail moved by $0.00 a week over 1 week");
  });
});

test("what another source brings of the same provider is all there", () => {
  const storage = aws(start, asOf, { service: "Storage", source: "cloud", cost: units(40) });
  const risen = storage.map((one) => (one.day < "2026-11-16" ? one : { ...one, effective: units(60) }));
  const holed = of([...openai, ...aws(start, "2026-11-17"), ...aws("2026-11-21", asOf), ...risen], {
    sources: [source("2026-11-22"), source("2026-11-22", "cloud")],
  });
  const texts = deltasSection(contextOf(holed)).items.map(({ zone }) => zone.text);
  expect(texts.some((text) => text.includes("### AWS · Storage: +$140.00 (+50.0 %)"))).toBe(true);
  expect(texts.some((text) => text.includes("### AWS · Compute: no data from AWS"))).toBe(true);
});

test("two holes a few days apart are both filled, beside days that nobody has", () => {
  const others = openai.filter(({ day }) => day !== "2026-11-12" && day !== "2026-11-13");
  const holed = of([...others, ...aws(start, "2026-11-02"), ...aws("2026-11-04", "2026-11-10"), ...aws("2026-11-15", asOf)]);
  expect(holed.holes).toEqual([{ start: "2026-11-12", end: "2026-11-14" }]);
  expect(holed.providerHoles.map(({ period }) => period)).toEqual([
    { start: "2026-11-02", end: "2026-11-04" },
    { start: "2026-11-10", end: "2026-11-15" },
  ]);
  expect(holed.month.model).toMatchObject({ total: 450_000n, missing: 55_000n });
});

describe("after an action that is done", () => {
  const action = {
    id: "2026-W44-1",
    title: "Cap it",
    about: "aws/compute",
    effect: { cost: -10 },
    decided: "2026-11-02",
    due: "2026-11-02",
  };
  const doneIn = (review: Review) => pacingSection({ ...contextOf(review), past: [action] }).end;
  const moved = (part: string) => expect.stringContaining(`AWS · Compute moved by ${part}`);
  test("a week that lacks days of its provider is not measured", () => {
    expect(doneIn(of([...openai, ...aws(start, asOf)]))).toEqual(moved("$0.00 a week over 2 weeks"));
    expect(doneIn(of([...openai, ...aws(start, "2026-11-12"), ...aws("2026-11-15", asOf)]))).toEqual(moved("$0.00 a week over 1 week"));
    expect(doneIn(of([...openai, ...aws(start, "2026-11-15")]))).toEqual(moved("$0.00 a week over 1 week"));
  });

  test("a week that lacks days of another is", () => {
    const holed = of([...openai.filter(({ day }) => day < "2026-11-12" || day > "2026-11-14"), ...aws(start, asOf)]);
    expect(holed.providerHoles).toHaveLength(1);
    expect(doneIn(holed)).toEqual(moved("$0.00 a week over 2 weeks"));
  });

  test("nothing is measured against a week before that lacks days", () => {
    expect(doneIn(of([...openai, ...aws(start, "2026-10-28"), ...aws("2026-10-31", asOf)]))).toBe("");
  });
});

test("in the week before they are named, and the rise is the way back", () => {
  const holed = of([...openai, ...aws(start, "2026-11-10", { source: "cloud" }), ...aws("2026-11-14", asOf, { source: "cloud" })], {
    sources: [source("2026-11-22"), source("2026-11-22", "cloud")],
  });
  expect(holed.incomplete).toBe(false);
  expect(summaryOf(holed)).toContain(
    "**No usage of AWS for 10–13 November 2026** (4 days), while others have some: check the export that cloud",
  );
  expect(banner(holed)).toContain("Most of the rise is the way back from a fall in the week before: AWS · Compute.");
  expect(holed.month.model).toMatchObject({ total: 450_000n, missing: 20_000n });
});

test("requests did not grow where days of the week before are missing", () => {
  const counted = { model: "large", requests: 100, inputTokens: 1_000 };
  const asked = daily({ start, end: asOf }, { cost: units(100), ...counted });
  const row = (to: string, from: string) => pacingOf(of([...asked, ...aws(start, to, counted), ...aws(from, asOf, counted)]));
  expect(row("2026-11-10", "2026-11-10")).toContain("| 1,400 (0.0 %) |");
  expect(row("2026-11-10", "2026-11-14")).toContain("| 1,400 |");
  expect(row("2026-11-10", "2026-11-14")).toContain("Days of the week before are missing in it, in costs as in requests.");
  expect(row("2026-11-17", "2026-11-21")).toContain("| 1,000 |");
});

describe("no hole of a provider", () => {
  const gap = (part: ChargePart = {}) => [...aws(start, "2026-11-17", part), ...aws("2026-11-21", asOf, part)];
  const holiday = (provider: string) => ({
    events: [{ name: "Closed", kind: "holiday", start: "2026-11-16", end: "2026-11-23", scope: { provider } } as const],
  });
  const launch = { name: "Move", kind: "migration", start: "2026-11-16", end: "2026-11-23" } as const;
  test.each<[string, ReviewInput["charges"], Partial<ReviewInput>]>([
    ["is a single day", [...openai, ...aws(start, "2026-11-17"), ...aws("2026-11-18", asOf)], {}],
    ["is where nothing came after", [...openai, ...aws(start, "2026-11-17")], {}],
    ["is what costs less than a hundredth", [...openai, ...gap({ cost: units(0.9) })], {}],
    ["are days that came and cost nothing", [...openai, ...gap(), ...aws("2026-11-17", "2026-11-21", { cost: 0n })], {}],
    ["are days of an event that is about it", [...openai, ...gap()], holiday("AWS")],
    ["are days that nobody has", [...openai.filter(({ day }) => day < "2026-11-17" || day > "2026-11-20"), ...gap()], {}],
    [
      "is what was not there on nearly every day before",
      [...openai, ...gap().filter(({ day }) => !["2026-11-04", "2026-11-07", "2026-11-10"].includes(day))],
      {},
    ],
  ])("%s", (_, charges, part) => expect(holesOf(charges, part)).toEqual([]));

  test.each<[string, ReviewInput["charges"], Partial<ReviewInput>]>([
    ["where it costs a hundredth", [...openai, ...gap({ cost: units(1.02) })], {}],
    ["where the event is about another", [...openai, ...gap()], holiday("OpenAI")],
    ["where a migration moves costs", [...openai, ...gap()], { events: [launch] }],
    ["where it was there on all but two days", [...openai, ...gap().filter(({ day }) => !["2026-11-04", "2026-11-07"].includes(day))], {}],
  ])("but one %s", (_, charges, part) => expect(holesOf(charges, part)).toHaveLength(1));
});
