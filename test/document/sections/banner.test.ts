import { describe, expect, test } from "vitest";
import type { ReviewInput } from "../../../src/core/review/input.ts";
import { type Review, reviewOf } from "../../../src/core/review/review.ts";
import { eventSchema } from "../../../src/core/settings/events.ts";
import { draftsOf } from "../../../src/document/drafts.ts";
import { contextOf } from "../../../src/document/sections/context.ts";
import { deltasSection } from "../../../src/document/sections/deltas/deltas.ts";
import { pacingSection } from "../../../src/document/sections/pacing/pacing.ts";
import { banner } from "../../../src/document/sections/summary/banner.ts";
import { charge, daily, reviewInput, source, units } from "../../support/charges.ts";

/** What the first lines of a review tell somebody with half an hour, on weeks of very different kinds. */

const [start, week, asOf] = ["2026-09-07", "2026-11-16", "2026-11-23"];
const openai = (from: string, cost: number, to = asOf) => daily({ start: from, end: to }, { cost: units(cost) });
const other = (provider: string, from: string, cost: number, to = asOf) =>
  daily({ start: from, end: to }, { provider, service: "Inference", cost: units(cost) });
const planned = (amount: number) => ({ currency: "USD", months: { "2026-11": units(amount) } });
const of = (charges: ReviewInput["charges"], part: Partial<ReviewInput> = {}): Review => reviewOf(reviewInput({ charges, ...part }));
const swapped = [
  ...openai(start, 100, week),
  ...openai(week, 20),
  ...other("Anthropic", start, 40, week),
  ...other("Anthropic", week, 118),
];
const correction = (cost: number) => charge({ day: "2026-10-14", billingPeriod: "2026-11-01", correction: true, cost: units(cost) });
const late = [...swapped, ...daily({ start, end: "2026-11-20" }, { provider: "AWS", source: "late", cost: units(1) })];
const creeping = daily({ start, end: asOf }, {}).map((one, index) => charge({ day: one.day, cost: units(200 * 0.988 ** index) }));

describe("the banner", () => {
  test("names two large moves that hide behind their sum, but not a rename", () => {
    expect(banner(of(swapped))).toContain("Behind that services rose by $546.00 and fell by $560.00.");
    expect(banner(of([...openai(start, 100), ...other("Anthropic", start, 40)]))).not.toContain("Behind that");
    const renamed = [...openai(start, 100, week), ...other("OpenAI Ireland", week, 100), ...other("Anthropic", start, 40)];
    expect(of(renamed).renames).not.toEqual([]);
    expect(banner(of(renamed))).not.toContain("Behind that");
  });

  test.each<[string, Partial<ReviewInput>, ReviewInput["charges"]]>([
    ["lacks days, over plan", { plan: planned(1_000), sources: [source("2026-11-22"), source("2026-11-19", "late")] }, late],
    ["came after one that does", {}, swapped.filter(({ day }) => day >= "2026-11-11")],
  ])("names no moves behind the sum of a week that %s", (_, part, charges) =>
    expect(banner(of(charges, part))).not.toContain("Behind that"),
  );

  test("asks about pacing first where the forecast is above plan, else about what rose", () => {
    const rising = [...openai(start, 100, week), ...openai(week, 140)];
    expect(banner(of(rising, { plan: planned(3_200) }))).toMatch(/Investigate.*Pacing is the first thing/s);
    expect(banner(of(rising, { plan: planned(3_800) }))).toMatch(/Investigate.*What rose this week is the first thing/s);
    expect(banner(of(rising))).toMatch(/Investigate.*What rose this week is the first thing/s);
  });

  test.each([
    ["weeks differ", [...openai(start, 50, week), ...openai(week, 45.4)], "look first for a missing provider, a late export or a credit"],
    [
      "weeks differ by no more than a tenth",
      [...openai(start, 50, week), ...openai(week, 45.5)],
      "The last 6 weeks cost about the same, which no late export does: look for a provider that was never read and for a credit, and ask whether the plan still holds.",
    ],
    [
      "a service ended",
      [...openai(start, 50), ...daily({ start, end: "2026-11-11" }, { service: "Batch", cost: units(40) })],
      "OpenAI · Batch has cost nothing since 11 November 2026 (see Anomalies): if that is meant, ask whether the plan still holds, else its data are missing.",
    ],
    ["it fell week by week", creeping, "It fell week by week (see Anomalies), which no late export does"],
    ["the data begin in the middle of the month", openai(week, 100), "The days before 16 November 2026 are not in the data"],
    ["they begin a day late", openai("2026-11-02", 50), "look first for a missing provider"],
    ["the weeks of the data are four", openai("2026-10-26", 50), "The last 4 weeks cost about the same, which no late export does"],
    ["they are three", openai("2026-11-02", 50), "look first for a missing provider"],
    ["days are missing in one of the weeks", [...openai(start, 50, "2026-10-20"), ...openai("2026-10-24", 50)], "look first for a missing"],
    [
      "corrections are half of the difference",
      [...openai(start, 150), correction(-1_500)],
      "Corrections of earlier months (-$1,500.00) are half",
    ],
    ["corrections are less", [...openai(start, 150), correction(-1_499)], "The last 6 weeks cost about the same"],
    ["corrections add to the month", [...openai(start, 50), correction(2_000)], "The last 6 weeks cost about the same"],
    [
      "a service has another name",
      [...openai(start, 100, "2026-11-09"), ...other("OpenAI Ireland", "2026-11-09", 100), ...other("Anthropic", start, 40)],
      "The last 6 weeks cost about the same",
    ],
  ])("far below plan says why: %s", (_, charges, words) => {
    const review = of(charges, { plan: planned(6_000) });
    expect(review.verdict).toBe("check-data");
    expect(banner(review)).toContain(words);
  });

  test("far below plan does not send people to look for what is named as missing", () => {
    const gone = daily({ start, end: "2026-11-19" }, { provider: "Groq", cost: units(40) });
    const text = banner(of([...openai(start, 60), ...gone], { plan: planned(6_000) }));
    expect(text).toContain("Data of this week are missing (named below the table)");
    expect(text).not.toContain("look first for");
  });

  test("no plan is undercut by more than all of it", () => {
    const credits = daily({ start: "2026-11-01", end: asOf }, { category: "Credit", cost: units(-100) });
    expect(banner(of(credits, { plan: planned(1_000) }))).toMatch(/heading for -\$[\d,]+\.00, \$[\d,]+\.00 under the plan of \$1,000\.00/);
  });

  test("what credits covered is told, where nothing else can be judged", () => {
    const covered = [...openai(start, 100), ...daily({ start, end: asOf }, { category: "Credit", cost: units(-100) })];
    expect(banner(of(covered))).toContain("credits covered the week before: usage went from $700.00 to $700.00.");
    expect(banner(of(openai(week, 100)))).toContain("There is no plan and no cost of an earlier week to judge by.");
  });
});

describe("what makes a rise", () => {
  const first = "What rose this week is the first thing to discuss.";
  const rising = [...openai(start, 100, week), ...openai(week, 120)];
  const bought = (cost: number) => charge({ day: "2026-11-18", category: "Purchase", cost: units(cost) });
  const seats = (cost: number, now = cost) =>
    Object.entries({ "2026-09-19": cost, "2026-10-19": cost, "2026-11-19": now }).map(([day, one]) =>
      charge({ day, provider: "GitHub", service: "Seats", cost: units(one) }),
    );
  const back = (cost: number) => [
    ...openai(start, 100, "2026-11-11"),
    charge({ day: "2026-11-11", cost: units(20) }),
    ...openai("2026-11-12", 100, week),
    ...openai(week, cost),
  ];
  test.each<[string, ReviewInput["charges"], string]>([
    [
      "half of it a purchase",
      [...rising, bought(140)],
      "Most of the rise is no usage: Purchase $0.00 → $140.00 (OpenAI · Inference +$140.00).",
    ],
    ["less than half of it", [...rising, bought(139)], first],
    [
      "a purchase, beside a credit that came",
      [...openai(start, 100), bought(300), charge({ day: "2026-11-19", category: "Credit", cost: units(-100) })],
      "Most of the rise is no usage: Purchase $0.00 → $300.00 (OpenAI · Inference +$300.00).",
    ],
    ["half of it once a month", [...rising, ...seats(140)], "Most of the rise comes once a month: GitHub · Seats."],
    ["less than half of it", [...rising, ...seats(139)], first],
    ["once a month, a fifth more", [...openai(start, 100), ...seats(500, 600)], "Most of the rise comes once a month: GitHub · Seats."],
    ["once a month, but more than that", [...openai(start, 100), ...seats(500, 601)], first],
    ["half of it the way back", back(111), "Most of the rise is the way back from a fall in the week before: OpenAI · Inference."],
    ["less than half of it", back(125), first],
  ])("is named from half of it on: %s", (_, charges, words) => expect(banner(of(charges)).endsWith(` ${words}`)).toBe(true));

  test.each<[string, ReviewInput["charges"], Partial<ReviewInput>]>([
    ["what comes once a month", [...openai(start, 100, week), ...openai(week, 60), ...seats(40)], {}],
    [
      "a fall that came back",
      [...other("Groq", start, 20, "2026-11-11"), ...other("Groq", "2026-11-12", 20), ...openai(start, 100, week), ...openai(week, 60)],
      {},
    ],
    [
      "a holiday of the week before",
      [...openai(start, 100, week), ...openai(week, 60)],
      { events: [eventSchema.parse({ name: "Break", kind: "holiday", start: "2026-11-11", end: "2026-11-12" })] },
    ],
  ])("is none where the week fell: %s", (_, charges, part) => {
    const review = of(charges, { plan: planned(2_000), ...part });
    expect([review.paceOver, review.total.change < 0n]).toEqual([true, true]);
    expect(banner(review)).not.toMatch(/of the rise/);
  });

  test("is named behind a pace over plan, too", () =>
    expect(banner(of([...openai(start, 100), bought(400)], { plan: planned(3_400) }))).toContain(
      "Pacing is the first thing to discuss. Most of the rise is no usage: Purchase",
    ));

  test.each([
    [130, "up 30.0 %"],
    [70, "down 30.0 %"],
  ])("is told on the weekdays that both weeks hold: days of $%s", (cost, words) =>
    expect(banner(of([...openai("2026-11-12", 100, week), ...openai(week, cost)]))).toContain(
      `The week before is not all in the data: on the 4 weekdays that both weeks hold, cost is ${words}.`,
    ),
  );

  test.each([
    [20, 20, true],
    [20, 19.99, false],
    [19.99, 20, false],
  ])("of $%s a day beside a fall of $%s is told where each is a tenth of the week before", (up, down, isTold) => {
    const beside = [...other("Groq", start, 100, week), ...other("Groq", week, 100 - down)];
    expect(banner(of([...openai(start, 100, week), ...openai(week, 100 + up), ...beside])).includes("Behind that")).toBe(isTold);
  });
});

describe("what says nothing is not said", () => {
  const headOf = (review: Review) => deltasSection(contextOf(review)).head?.text ?? "";
  const pacingOf = (review: Review) => pacingSection(contextOf(review)).head?.text ?? "";

  test("moves of all services where there is one, of providers that print as nothing, and of a first week", () => {
    expect(headOf(of([...openai(start, 100, week), ...openai(week, 120)]))).toMatch(/^Rose most: OpenAI \+\$140\.00 \(\+20\.0 %\)\.$/m);
    const still = [...openai(start, 100, week), ...openai(week, 120), ...other("AWS", start, 100), charge({ provider: "AWS", cost: -1n })];
    expect(headOf(of(still))).not.toContain("Fell most");
    expect(headOf(of(openai(week, 100)))).not.toContain("Rose most");
  });

  test("a feature that is the whole week", () => {
    const tagged = (feature: string) => daily({ start, end: asOf }, { cost: units(50), tags: JSON.stringify({ feature }) });
    expect(headOf(of(tagged("chat")))).not.toContain("| chat |");
    expect(headOf(of([...tagged("chat"), ...tagged("search")]))).toContain("| chat |");
  });

  test("the highest day of a level; that of a peak is", () => {
    expect(pacingOf(of([...openai(start, 100, week), ...openai(week, 150)]))).not.toContain("Highest day");
    expect(pacingOf(of([...openai(start, 100), charge({ day: "2026-11-18", cost: units(60) })]))).toContain("Highest day:** Wed 18 Nov");
  });

  test("highest of a day that others cost more than", () => {
    // Saturdays cost 30, this one 80: far for a Saturday, and less than any other day.
    const saturdays = daily({ start, end: asOf }, {}).flatMap(({ day }) =>
      new Date(day).getUTCDay() === 6 ? [charge({ day, cost: units(day >= week ? -20 : -70) })] : [],
    );
    expect(pacingOf(of([...openai(start, 100), ...saturdays]))).toContain(
      "**Day furthest above its usual:** Sat 21 Nov cost $80.00 of usage, 166.7 % above its weekday's usual $30.00.",
    );
  });

  test("a service that rose by a small part of the gap is no explanation of it", () => {
    const line = (cost: number) => pacingOf(of([...openai(start, 100, week), ...openai(week, cost)], { plan: planned(2_400) }));
    expect(line(101)).toContain("No service alone explains a tenth of it: the plan may count on less than they cost before.");
    expect(line(100)).toContain("No service alone explains a tenth of it");
    expect(line(180)).toContain("OpenAI · Inference rose most above its own earlier level");
  });
});

describe("what moved without a service", () => {
  const fee = charge({ day: "2026-11-18", category: "Purchase", frequency: "Recurring", cost: units(400) });
  const pacingOf = (review: Review) => pacingSection(contextOf(review)).head?.text ?? "";

  test("a fee is named where it is most of the rise, and of the gap to plan", () => {
    const found = of([...openai(start, 100), fee], { plan: planned(3_400) });
    expect(banner(found)).toContain("Investigate.** November 2026 is heading for $3,400.00, 0.0 % over the plan of $3,400.00");
    expect(banner(found)).toContain("Most of the rise is no usage: Purchase $0.00 → $400.00 (OpenAI · Inference +$400.00).");
    expect(pacingOf(of([...openai(start, 100), fee], { plan: planned(3_000) }))).toContain("$400.00 of what came since is no usage");
    const both = [...openai(start, 100, week), ...openai(week, 200), fee];
    expect(banner(of(both))).toContain("What rose this week");
    expect(pacingOf(of(both, { plan: planned(3_000) }))).toContain("OpenAI · Inference rose most");
  });

  test("credits that pay most of the usage are named far below plan", () => {
    const credits = (part: number) => daily({ start, end: asOf }, { category: "Credit", cost: units(-part) });
    const below = (part: number) => banner(of([...openai(start, 100), ...credits(part)], { plan: planned(6_000) }));
    expect(below(50)).toContain("Credits of $350.00 stand against usage of $700.00 this week");
    expect(below(49)).toContain("look for a provider that was never read and for a credit");
  });

  test("a pace that counts on a spike stands beside what is likelier", () => {
    const spiked = [...openai(start, 100), charge({ day: "2026-11-18", cost: units(700) })];
    expect(banner(of(spiked, { plan: planned(3_500) }))).toMatch(
      /Escalate\.\*\* .* The pace counts on what was a spike: by weekday and recent level \$3,702\.04 is likelier, 5\.8 % over\./,
    );
    expect(banner(of([...openai(start, 100, week), ...openai(week, 140)], { plan: planned(3_200) }))).not.toContain("is likelier");
  });

  test.each<[string, number, number, RegExp | null]>([
    ["over plan too", 200, 2_950, / 16\.2 % over .*was a spike: by weekday and recent level \$3,202\.04 is likelier, 8\.5 % over\. Pacing/],
    ["under it, where the pace is over", 330, 3_340, / 11\.0 % over .* \$3,332\.04 is likelier, 0\.2 % under\. Pacing is the first thing/],
    ["near the pace", 100, 2_900, null],
  ])("what is likelier than a pace with a spike is %s", (_, cost, plan, words) => {
    const text = banner(of([...openai(start, 100), charge({ day: "2026-11-18", cost: units(cost) })], { plan: planned(plan) }));
    if (words === null) expect(text).not.toContain("is likelier");
    else expect(text).toMatch(words);
  });

  test("a prior week that is not all there tells no rise, and drafts no action", () => {
    const begun = of(openai("2026-11-13", 100));
    expect(banner(begun)).toContain("up 133.3 % on the 3 known days of the week before. The week before is not all in the data");
    expect(begun.listed).toHaveLength(1);
    expect(draftsOf(contextOf(begun))).toEqual([]);
  });

  test("a likely rename drafts no action, nor does what is small beside the usage that credits pay", () => {
    const renamed = of([...openai(start, 100, week), ...other("OpenAI Ireland", week, 100), ...other("Anthropic", start, 40)]);
    expect([renamed.renames.length, draftsOf(contextOf(renamed))]).toEqual([1, []]);
    const paid = of([
      ...openai(start, 100),
      ...daily({ start, end: asOf }, { category: "Credit", cost: units(-99) }),
      charge({ cost: units(5) }),
    ]);
    expect([paid.listed.length, draftsOf(contextOf(paid))]).toEqual([1, []]);
  });
});

describe("a draft asks for no cause of what was planned", () => {
  const launched = [...openai(start, 100), ...other("Google", "2026-11-17", 40)];
  const event = { name: "Video", kind: "launch", start: "2026-11-17", end: "2026-11-19" } as const;
  const titles = (part: object) =>
    draftsOf(contextOf(of(launched, { events: [eventSchema.parse({ ...event, ...part })] }))).map(({ title }) => title);
  const asked = ["Find the cause of the rise of Google Inference and say whether it stays"];
  test.each([
    ["of the service", { scope: { provider: "Google" } }, []],
    ["of another service", { scope: { provider: "AWS" } }, asked],
    ["that is to lower it", { scope: { provider: "Google" }, effect: { percent: -20 } }, asked],
    ["of all costs", {}, asked],
    ["that is still to come", { scope: { provider: "Google" }, start: "2026-11-24", end: "2026-11-26" }, asked],
  ])("an event %s", (_, part, expected) => expect(titles(part)).toEqual(expected));
});
