import { describe, expect, it } from "vitest";
import { addDays, eachDay } from "../../../src/core/day.ts";
import { explain } from "../../../src/core/explain/explain.ts";
import type { Facts } from "../../../src/core/explain/explanation.ts";
import type { ReviewInput } from "../../../src/core/review/input.ts";
import { reviewOf } from "../../../src/core/review/review.ts";
import { charge, reviewInput, source, units } from "../../support/charges.ts";

/** With the numbers that an explanation prints, and nothing else, anybody comes to the figure, to the cent. */

const asOf = "2026-11-13";

function costs(provider: string, name: string, perDay: number) {
  return eachDay({ start: addDays(asOf, -60), end: asOf }).map((day, index) =>
    charge({ day, provider, service: "API", source: name, cost: units(perDay + (index % 7) * 1.333333 + (index > 55 ? 4.777777 : 0)) }),
  );
}

const fee = eachDay({ start: "2026-11-01", end: asOf }).map((day) =>
  charge({ day, provider: "AWS", service: "Support", source: "a", frequency: "Recurring", category: "Purchase", cost: 3_333_333n }),
);
const input = reviewInput({
  asOf,
  charges: [...costs("OpenAI", "a", 31.333337), ...costs("AWS", "b", 17.111113), ...fee],
  sources: [source(addDays(asOf, -1), "a"), source(addDays(asOf, -3), "b")],
  plan: {
    currency: "USD",
    months: { "2026-11": { amount: units(1400.55), slices: { openai: units(800.33) }, versions: [] } },
    shape: "weekdays",
  },
});

function told(name: string, of: ReviewInput = input, past: Facts["earlier"]["past"] = []) {
  const facts: Facts = { input: of, review: reviewOf(of), earlier: { forecasts: [], actions: [], past }, listPrices: [] };
  const { value, terms } = explain(name, facts)?.explanation ?? expect.fail(`${name} is not explained`);
  const texts = new Map(terms.map((term) => [term.name, term.value]));
  const number = (term: string) => Number(texts.get(term) ?? expect.fail(`${name} names no ${term}`));
  const numbers = (term: string) =>
    (texts.get(term) ?? expect.fail(`${name} names no ${term}`)).match(/-?\d+(?:\.\d+)?/g)?.map(Number) ?? [];
  return { value, texts, number, numbers };
}

const inCents = (amount: number) => amount.toFixed(2);

describe("with the numbers printed", () => {
  it("the forecast at pace is its sources, each with its own mean", () => {
    const { value, numbers } = told("forecast.pace.total");
    const parts = [numbers("a, final through 2026-11-12"), numbers("b, final through 2026-11-10")];
    const totals = parts.map(([spent = 0, recent = 0, , days = 1, toCome = 0]) => spent + (recent / days) * toCome);
    expect(inCents(totals.reduce((sum, total) => sum + total))).toBe(value);
  });

  it("the forecast at pace with what still runs is that and its days to come", () => {
    const alike = { ...input, sources: input.sources.map(({ name }) => source(addDays(asOf, -1), name)) };
    const { value, number } = told("forecast.pace.total", alike);
    const running = number("a day of them that still run");
    expect(inCents(Number(value) + running * number("days still to come"))).toBe(inCents(number("at current pace with them")));
  });

  it("the movement of the forecast is its sources a week ago and now", () => {
    const { value, number, numbers } = told("forecast.movement");
    const at = (when: string) => ["a", "b"].map((name) => numbers(`${name}, ${when}`));
    const total = (sources: number[][]) => sources.reduce((sum, [spent = 0, perDay = 0, days = 0]) => sum + spent + perDay * days, 0);
    const [before, now] = [at("as of a week ago"), at("now")];
    expect(inCents(total(before))).toBe(inCents(number("weekAgo (as of a week ago)")));
    expect(inCents(total(now))).toBe(inCents(number("forecast.pace.total")));
    const counted = before.reduce((sum, [, perDay = 0, days = 0], index) => sum - perDay * (days - (now[index]?.[2] ?? 0)), 0);
    expect(inCents(counted)).toBe(inCents(number("elapsed (what was counted for them)")));
    expect(inCents(number("actuals (what the days since cost)") + counted + number("level (days still to come, at another pace)"))).toBe(
      value,
    );
  });

  it("what a part of the plan gives to the days so far is its amount and weights", () => {
    const { number } = told("monthToDate.slices.openai");
    const share = (number("its part of the plan") * number("weight of its days so far")) / number("weight of all its days");
    expect(inCents(share)).toBe(inCents(number("its plan to date, as monthToDate.plan")));
  });

  it.each(["monthToDate.percent", "forecast.pace.percent"])("%s is one of amounts that are exact", (name) => {
    const { value, number } = told(name);
    const [of, plan] = name.startsWith("month") ? ["monthToDate.total", "monthToDate.plan"] : ["forecast.pace.total", "forecast.plan"];
    const exact = (number(`${of}, exact`) / number(`${plan}, exact`) - 1) * 100;
    expect(value).toMatch(new RegExp(`^${Number(exact.toFixed(2))} %`));
  });

  it("the older part of the gap, what is no usage, and the service that rose most", () => {
    const { number } = told("gap.amount");
    const before = number("month to date on 2026-11-05, corrections left out") - number("plan to date on 2026-11-05");
    expect(inCents(before)).toBe(inCents(number("of it older than this week")));
    expect(inCents(number("what came since then") - number("of it usage"))).toBe(
      inCents(number("what came since then that is no usage: fees, taxes, credits, adjustments")),
    );
    const mean = number("aws/api on the 28 days before, from 2026-10-04") / 28;
    expect(inCents(number("aws/api since then") - mean * number("days since then"))).toBe(
      inCents(number("aws/api since then, above what it cost on a mean day of the 28 days before × these days")),
    );
  });

  it("what an action that is done changed, with its range", () => {
    const past = [
      { id: "2026-W42-1", title: "Cap retries", about: "openai/api", effect: { cost: -10 }, decided: "2026-10-19", due: "2026-10-21" },
    ];
    const { value, texts, number } = told("actions.2026-W42-1", input, past);
    const changes = [...texts].flatMap(([name, text]) => {
      const [before = "", after = ""] = text.split(" → mean of ");
      const since = after.split(", ").map(Number);
      return name.endsWith("the same weekday since") ? [since.reduce((sum, one) => sum + one) / since.length - Number(before)] : [];
    });
    expect(changes).toHaveLength(7);
    const total = changes.reduce((sum, one) => sum + one);
    const deviation = Math.sqrt(changes.reduce((sum, one) => sum + (one - total / 7) ** 2, 0) / 6);
    expect(inCents(total)).toBe(value);
    expect(inCents(total - 1.44 * deviation * Math.sqrt(7))).toBe(inCents(number("80 % range from")));
    expect(inCents(total + 1.44 * deviation * Math.sqrt(7))).toBe(inCents(number("to")));
  });
});
