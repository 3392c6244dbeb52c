import { describe, expect, test } from "vitest";
import type { ReviewInput } from "../../../src/core/review/input.ts";
import { type Review, reviewOf } from "../../../src/core/review/review.ts";
import { eventSchema } from "../../../src/core/settings/events.ts";
import { draftsOf } from "../../../src/document/drafts.ts";
import { anomaliesSection } from "../../../src/document/sections/anomalies/anomalies.ts";
import { contextOf } from "../../../src/document/sections/context.ts";
import { deltasSection } from "../../../src/document/sections/deltas/deltas.ts";
import { pacingSection } from "../../../src/document/sections/pacing/pacing.ts";
import { banner } from "../../../src/document/sections/summary/banner.ts";
import { type ChargePart, charge, daily, reviewInput, source, units } from "../../support/charges.ts";
import { metric, twoWeeksOf } from "../../support/metrics.ts";

/** What a review tells of weeks whose first impression misleads. */

const [start, week, asOf] = ["2026-09-07", "2026-11-16", "2026-11-23"];
const usage = (start: string, cost: number, part: ChargePart = {}, end = asOf) => daily({ start, end }, { cost: units(cost), ...part });
const of = (charges: ReviewInput["charges"], part: Partial<ReviewInput> = {}): Review => reviewOf(reviewInput({ charges, ...part }));
const planned = (amount: number) => ({ plan: { currency: "USD", months: { "2026-11": units(amount) } } });
const pacingIn = (review: Review) => pacingSection(contextOf(review)).head?.text ?? "";
const anomaliesIn = (review: Review) => anomaliesSection(contextOf(review)).head?.text ?? "";
const itemsIn = (review: Review) =>
  [deltasSection, anomaliesSection].flatMap((section) => section(contextOf(review)).items.map(({ zone }) => zone.text));
const headIn = (review: Review) => deltasSection(contextOf(review)).head?.text ?? "";
const counted = (cost: number, requests: number, tokens: number, model = "gpt-5"): ChargePart => ({
  cost: units(cost),
  model,
  requests,
  inputTokens: tokens,
  outputTokens: 0,
});

describe("the first thing to discuss", () => {
  const rising = [...usage(start, 100, {}, week), ...usage(week, 130)];
  test("is pacing from the threshold on, not from a little over plan", () => {
    expect(of(rising, planned(3_400)).month.pace.percent).toBe(1.47);
    expect(banner(of(rising, planned(3_400)))).toContain("What rose this week is the first thing to discuss.");
    expect(banner(of(rising, planned(3_100)))).toContain("Pacing is the first thing to discuss.");
  });

  test("comes with a purchase that is most of the rise, far over plan too", () => {
    const one = { category: "Purchase", frequency: "One-Time", cost: units(9_000) } as const;
    const bought = charge({ day: "2026-11-18", provider: "Datadog", service: "Annual plan", ...one });
    const review = of([...usage(start, 100), bought], planned(3_000));
    expect(review.verdict).toBe("escalate");
    expect(banner(review)).toContain(
      "(see Escalations). Most of the rise is no usage: Purchase $0.00 → $9,000.00 (Datadog · Annual plan +$9,000.00).",
    );
    expect(deltasSection(contextOf(review)).end).toContain("not usage: Purchase $0.00 → $9,000.00 (Datadog · Annual plan +$9,000.00).");
    expect(pacingIn(review)).toContain("$9,000.00 of what came since is no usage (Purchase).");
    expect(pacingIn(review)).toContain(
      "What is recurring or one-time ($9,000.00 in these days) counts where it fell and is not carried on.",
    );
  });

  test("is no rise that was planned, or that is the way back from a holiday", () => {
    const event = (part: object) => ({ events: [eventSchema.parse({ name: "Break", kind: "holiday", start: week, end: asOf, ...part })] });
    const launch = event({ name: "Chat", kind: "launch", scope: { provider: "OpenAI" }, effect: { percent: 40 } });
    const launched = [...usage(start, 100, {}, week), ...usage(week, 140)];
    expect(banner(of(launched, launch))).toContain("Most of the rise was planned or is ignored (see Anomalies).");
    const back = [...usage(start, 100, {}, "2026-11-09"), ...usage("2026-11-09", 50, {}, week), ...usage(week, 100)];
    const before = event({ start: "2026-11-09", end: week });
    expect(banner(of(back, before))).toContain("The week before held holiday Break: part of the rise is the way back.");
    expect(draftsOf(contextOf(of(back, before)))).toEqual([]);
    expect(banner(of(back))).toContain("Most of the rise is the way back from a fall in the week before: OpenAI · Inference.");
  });
});

describe("what is apart from the pace", () => {
  const fee = (from: string, cost: number, category: "Purchase" | "Credit" = "Purchase") =>
    daily({ start: from, end: asOf }, { category, frequency: "One-Time", cost: units(cost) });
  const note = (more: ReviewInput["charges"]) => /not carried on.*$/m.exec(pacingIn(of([...usage(start, 100), ...more])))?.[0];
  test.each([
    ["a purchase spread over its days", fee("2026-11-18", 33.335), "; $33.34 a day of it still runs, and if that goes on it is $3,433.36."],
    ["a credit of every day", fee("2026-11-01", -50, "Credit"), "; -$50.00 a day of it still runs, and if that goes on it is $1,500.00."],
    ["a lump", [charge({ day: "2026-11-18", category: "Purchase", frequency: "One-Time", cost: units(200) })], "."],
    ["two days of it", fee("2026-11-21", 40), "."],
  ])("is told with what it comes to while it runs: %s", (_, more, words) => expect(note(more)).toBe(`not carried on${words}`));
  test("is not told where there is none", () => expect(note([])).toBeUndefined());
});

describe("far below plan", () => {
  test("a refund of earlier months and a service that fell explain it", () => {
    const refund = charge({ day: "2026-10-14", billingPeriod: "2026-11-01", correction: true, cost: units(-600) });
    const refunded = of([...usage(start, 100), refund], planned(3_000));
    expect([refunded.verdict, banner(refunded)]).toEqual([
      "check-data",
      expect.stringContaining("Corrections of earlier months (-$600.00) are half"),
    ]);
    const fallen = of([...usage(start, 100, {}, "2026-11-12"), ...usage("2026-11-12", 30)], planned(3_000));
    expect(banner(fallen)).toContain("OpenAI · Inference has cost less since 12 November 2026 (see Anomalies)");
    const back = [...usage(start, 100, {}, "2026-11-13"), ...usage("2026-11-13", 30, {}, "2026-11-22"), ...usage("2026-11-22", 100)];
    expect(banner(of(back, planned(3_000)))).toContain(
      "OpenAI · Inference cost less from Fri 13 Nov to Sat 21 Nov (see Anomalies) and stands out no longer: the pace carries these days on and may be too low.",
    );
  });

  test("a pace that carries a jump of the last day on, too", () => {
    const jumped = [...usage(start, 100), charge({ day: "2026-11-22", cost: units(400) })];
    expect(banner(of(jumped, planned(3_000)))).toMatch(
      /The pace carries a jump on that may not last: .* \$3,4\d\d\.\d\d is likelier, 1\d\.\d % over\./,
    );
  });

  test("a pace that carries a holiday on stands beside what is likelier", () => {
    const events = [eventSchema.parse({ name: "Break", kind: "holiday", start: week, end: "2026-11-21" })];
    const resting = [...usage(start, 100, {}, week), ...usage(week, 20, {}, "2026-11-21"), ...usage("2026-11-21", 100)];
    expect(banner(of(resting, { ...planned(2_900), events }))).toMatch(
      /The pace carries days of holiday Break on: .* is likelier, 1[0-9]\.\d % under\./,
    );
  });
});

describe("a week before that is not all in the data", () => {
  const begun = of(usage("2026-11-11", 0, counted(100, 1_000, 5_000)));
  test("is compared on the weekdays that both weeks hold", () => {
    expect(begun.sameDays).toMatchObject({ days: 5, percent: 0 });
    expect(banner(begun)).toContain("on the 5 weekdays that both weeks hold, cost is the same.");
    const [item = ""] = itemsIn(begun);
    expect(item).toContain("$500.00 → $700.00. On the 5 weekdays that both weeks hold: $500.00 → $500.00 (0.0 %).");
    expect(item).not.toContain("more requests");
  });

  test("is too short to tell odd days", () => {
    expect(anomaliesIn(begun)).toContain("The data reach back less than two weeks");
    expect(anomaliesIn(of(usage(start, 100)))).toContain("No service or provider departed");
  });

  test("its days before the first are not shown as free", () => {
    const [item = ""] = itemsIn(of(usage("2026-11-20", 100)));
    expect(item).toContain("By day: Fri 20 $100.00 · Sat 21 $100.00 · Sun 22 $100.00.");
  });
});

describe("what began this week", () => {
  const began = of([...usage(start, 100), ...usage("2026-11-18", 0, { ...counted(40, 2_000, 9_000), provider: "Groq" })]);
  test("is told by its counts, without a split that says so again", () => {
    const item = itemsIn(began).find((text) => text.includes("Groq")) ?? "";
    expect(item).toContain("$0.00 → $200.00. 10,000 requests, 1,000 of them at $20.00.");
    expect(item).not.toMatch(/new models|Requests new/);
  });

  test("has no odd days yet", () => {
    expect(anomaliesIn(began)).toContain("Of what began within two weeks no odd day can be told yet: Groq · Inference.");
  });

  test("is asked about once, where its provider departed with it", () => {
    const inside = [
      ...usage(start, 100, { provider: "AWS", service: "EC2" }),
      ...usage("2026-11-18", 90, { provider: "AWS", service: "Bedrock" }),
    ];
    const review = of(inside);
    expect(draftsOf(contextOf(review)).map(({ about }) => about)).toEqual(["aws@2026-11-18"]);
    expect(itemsIn(review).at(-1)).toContain("In it this week: Bedrock +$450.00 (new).");
  });
});

test("what ended is not told day by day, nor a week below zero as a fall by more than all of it", () => {
  const [ended = ""] = itemsIn(of([...usage(start, 100), ...usage(start, 40, { service: "Batch" }, week)]));
  expect(ended).toContain("### OpenAI · Batch: -$280.00 (-100.0 %)");
  expect(ended).not.toContain("By day");
  const refunded = of([...usage(start, 100), charge({ day: "2026-11-18", cost: units(-1_000) })], planned(3_000));
  expect(banner(refunded)).toContain(", and the week came to -$300.00, after $700.00 in the week before. ");
});

test("a split of one part does not say its amount again", () => {
  const dearer = [...usage(start, 0, counted(100, 10, 50), week), ...usage(week, 0, counted(150, 10, 50))];
  expect(itemsIn(of(dearer))[0]).toContain("\n\nAll of it is a higher mean price per token.\n\n");
});

test("a split names what lies within a model where there are several", () => {
  const both = (gpt: number, mini: number, from: string, to: string) => [
    ...usage(from, 0, counted(gpt, 1_000, 5_000), to),
    ...usage(from, 0, counted(mini, 1_000, 4_000, "gpt-5-mini"), to),
  ];
  expect(itemsIn(of([...both(100, 10, start, week), ...both(150, 10, week, asOf)]))[0]).toContain("price per token (same model)");
  expect(itemsIn(of([...usage(start, 0, counted(100, 10, 50), week), ...usage(week, 0, counted(150, 10, 50))]))[0]).not.toContain(
    "same model",
  );
});

describe("what comes once a month", () => {
  const seats = (amounts: readonly number[], service = "Seats") =>
    ["2026-09-19", "2026-10-19", "2026-11-19"].map((day, index) =>
      charge({ day, provider: "GitHub", service, cost: units(amounts[index] ?? 0) }),
    );
  const withSeats = (amounts: readonly number[]) => of([...usage(start, 100), ...seats(amounts)]);
  test("is told, and drafted only where it grew", () => {
    expect(itemsIn(withSeats([500, 500, 520]))[0]).toContain(
      "It comes once a month: $500.00 on Sat 19 Sep, $500.00 on Mon 19 Oct, $520.00 on Thu 19 Nov.",
    );
    expect(banner(withSeats([500, 500, 520]))).toMatch(/Investigate.* Most of the rise comes once a month: GitHub · Seats\.$/s);
    expect(draftsOf(contextOf(withSeats([500, 500, 520])))).toEqual([]);
    expect(draftsOf(contextOf(withSeats([500, 500, 900])))).toHaveLength(1);
    expect(itemsIn(of([...usage(start, 100), ...seats([0, 0, 500])]))[0]).not.toContain("once a month");
  });
});

describe("nothing twice, and nothing of nothing", () => {
  test("the only service of a provider that is named is not named again", () => {
    const moved = [
      ...usage(start, 1_000, {}, week),
      ...usage(week, 1_004),
      ...usage(start, 200, { provider: "AWS" }, week),
      ...usage(week, 203, { provider: "AWS" }),
    ];
    expect(headIn(of(moved))).toContain(
      "Rose most: OpenAI +$28.00 (+0.4 %).\n\nNo service moved enough to be listed. The next largest moves: AWS · Inference +$21.00 (+1.5 %).",
    );
    expect(headIn(of(usage(start, 100)))).toMatch(/No service moved enough to be listed\.$/m);
  });

  test("a provider whose data are missing did not fall", () => {
    const late = usage(start, 100, { provider: "Groq", source: "groq" }, "2026-11-20");
    const sources = [source("2026-11-22"), source("2026-11-19", "groq")];
    const head = headIn(of([...usage(start, 100), ...late], { sources }));
    expect(head).toContain("Not all in the data: Groq.");
    expect(head).not.toMatch(/Fell most|All services together/);
  });

  test("a customer that is the only one more has a row of its own", () => {
    const named = (count: number) =>
      Array.from({ length: count }, (_, index) => usage(start, 10 + index, { tags: JSON.stringify({ customer: `c${index}` }) })).flat();
    expect(headIn(of(named(6)))).toMatch(/\| c0 \|/);
    expect(headIn(of(named(6)))).not.toContain("more customer");
    expect(headIn(of(named(7)))).toContain("| 2 more customers |");
  });

  test("a day over plan at the start of a good month is no onset", () => {
    const one = { asOf: "2026-12-02", sources: [source("2026-12-01")] };
    const december = { plan: { currency: "USD", months: { "2026-12": units(2_900) } } };
    const review = of(usage(start, 100, {}, "2026-12-02"), { ...one, ...december });
    expect([review.verdict, review.gap?.amount]).toEqual(["good", expect.any(BigInt)]);
    expect(pacingIn(review)).not.toContain("Onset");
  });
});

test("neither a level two weeks old nor what followed a holiday is a peak", () => {
  const grown = (cost: number, day: string) => charge({ day, cost: units(cost) });
  const risen = [...usage(start, 100, {}, "2026-11-04"), ...usage("2026-11-04", 500), grown(60, "2026-11-17")];
  expect(of(risen).peak).toBeNull();
  const rested = [
    ...usage(start, 100, {}, "2026-11-02"),
    ...usage("2026-11-02", 40, {}, week),
    ...usage(week, 100),
    grown(9, "2026-11-19"),
  ];
  const events = [eventSchema.parse({ name: "Break", kind: "holiday", start: "2026-11-02", end: week })];
  expect(of(rested, { events }).peak).toMatchObject({ day: "2026-11-19", usual: units(100) });
});

test("requests that cost more than the week, for credits, have no share of it", () => {
  const credited = [...usage(start, 0, counted(100, 1_000, 5_000)), ...usage(start, -60, { category: "Credit" })];
  expect(pacingIn(of(credited))).toContain("Requests are set against their own cost, before credits and refunds take from the week.");
});

test("a cost below nothing is named as the refund that it is", () => {
  const refunded = of([...usage(start, 100), charge({ day: "2026-11-18", cost: units(-160) })]);
  expect(itemsIn(refunded).at(-1)).toContain("A cost below zero is a refund that came as usage.");
});

test("days right after a planned holiday point to its end", () => {
  const events = [eventSchema.parse({ name: "Break", kind: "holiday", start: "2026-11-12", end: "2026-11-18" })];
  const resting = [...usage(start, 100, {}, "2026-11-12"), ...usage("2026-11-12", 20, {}, "2026-11-20"), ...usage("2026-11-20", 100)];
  const review = of([...resting, ...resting.map((one) => ({ ...one, provider: "Groq" }))], { events });
  const hint = "It begins right after holiday Break: if that went on, move its `end` in overpace.yaml.";
  expect(itemsIn(review).filter((text) => text.includes(hint))).toHaveLength(2);
  expect(draftsOf(contextOf(review))).toHaveLength(1);
});

test("the last settled day is held against the new level once odd days have become one", () => {
  const risen = of([...usage(start, 100, {}, "2026-11-04"), ...usage("2026-11-04", 300)]);
  expect(risen.yesterday?.expected).toBe(units(300));
  const rising = of([...usage(start, 100, {}, "2026-11-14"), ...usage("2026-11-14", 300)]);
  expect(rising.yesterday?.expected).toBe(units(100));
});

test("growth of a metric of which days are missing tells what one of them costs on the days that are known", () => {
  const bought = charge({ day: "2026-11-19", category: "Purchase", cost: units(300) });
  const tickets = metric(twoWeeksOf(100, 110).map((value, index) => (index === 10 ? null : value)));
  const review = of([...usage(start, 100), bought], { growth: { metric: "tickets" }, metrics: [tickets] });
  expect(pacingIn(review)).toContain("| tickets, each | $0.91 | $1.00 | -9.1 % |");
  expect(pacingIn(review)).toContain(
    "**Growth:** on the 6 weekdays that both weeks know, cost moved 0.0 %, tickets +10.0 %: what one of them costs did not rise.",
  );
  const revenue = { ...tickets, name: "revenue", kind: "revenue" as const, currency: "USD" };
  const earned = of([...usage(start, 100), bought], { growth: { metric: "revenue" }, metrics: [revenue] });
  expect(pacingIn(earned)).toContain(
    "on the 6 weekdays that both weeks know, cost moved 0.0 %, revenue +10.0 %: cost as a share of it did not rise.",
  );
});

test("growth is not compared with a week of which data are missing", () => {
  const read = (settled: string, to: string) => {
    const aws = usage(start, 50, { provider: "AWS", service: "EC2", source: "aws" }, to);
    return pacingIn(of([...usage(start, 100), ...aws], { growth: 2, sources: [source("2026-11-22"), source(settled, "aws")] }));
  };
  expect(read("2026-11-17", "2026-11-18")).toContain("**Growth:** not compared, as data of this week are missing.");
  expect(read("2026-11-22", asOf)).toContain("**Growth:** the week moved 0.0 %, within the expected product growth of +2.0 % a week.");
});
