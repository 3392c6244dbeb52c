import { describe, expect, it } from "vitest";
import { addDays, monthOf } from "../../../src/core/day.ts";
import { daysLeft } from "../../../src/core/review/month/track-record.ts";
import { committedForecast } from "../../../src/document/front-matter/committed.ts";
import { frontMatterSchema } from "../../../src/document/front-matter/schema.ts";
import { splitDocument } from "../../../src/document/front-matter/split.ts";
import { filesOf, scenarios } from "../../scenarios/scenario.ts";

const reviews = scenarios.flatMap((scenario) =>
  Object.entries(filesOf(scenario)).filter(([name]) => /expected\/reviews\/.*\.md$/.test(name)),
);
const textOf = (cents: bigint | undefined) => (cents === undefined ? null : Number(cents) / 100);
const dayOf = (value: unknown) => (typeof value === "string" ? value : null);
const numberOf = (value: unknown) => (value === null ? null : Number(value));

describe("the forecast that a review committed", () => {
  it("is read line by line as a YAML parser reads it", () => {
    expect(reviews.length).toBeGreaterThan(20);
    for (const [name, text] of reviews) {
      const { period, figures } = frontMatterSchema.parse(splitDocument(text, name).data);
      const basis = { currency: String(figures["currency"]), costBasis: String(figures["costBasis"]) };
      for (const form of [text, text.replaceAll("\n", "\r\n"), text.replaceAll('"', "'")]) {
        const found = committedForecast(form, basis);
        expect(found?.month, name).toBe(monthOf(addDays(period.end, -1)));
        expect(found?.daysToCome, name).toBe(daysLeft(monthOf(addDays(period.end, -1)), dayOf(figures["settledThrough"])));
        expect(textOf(found?.pace), name).toBe(numberOf(figures["pace"]));
        expect(textOf(found?.model?.low80), name).toBe(numberOf(figures["forecastLow80"]));
        expect(textOf(found?.model?.high80), name).toBe(numberOf(figures["forecastHigh80"]));
        expect(textOf(found?.model?.total), name).toBe(numberOf(figures["forecast"]));
      }
    }
  });

  it("has no range where a part of it is not stated", () => {
    const [text = ""] = reviews.flatMap(([name, text]) => (name.endsWith("2026-W47.md") && /forecastLow80: "/.test(text) ? [text] : []));
    const found = ["", "Low80", "High80"].map((part) =>
      committedForecast(text.replace(new RegExp(`  forecast${part}: .*`), `  forecast${part}: null`), {
        currency: "USD",
        costBasis: "effective",
      }),
    );
    expect(found).toMatchObject([{ model: null }, { model: null }, { model: null }]);
  });

  it.each([
    ["in another currency", "currency: USD", "currency: EUR"],
    ["on the other basis of cost", "costBasis: effective", "costBasis: billed"],
    ["of no amount", /pace: ".*"/, "pace: much"],
    ["of no period", /period: .*/, "period: last week"],
    ["in no front matter", /^---/, ""],
    ["without figures", "figures:", "numbers:"],
  ])("%s is none", (_, from, to) => {
    const text = reviews.find(([name]) => name.endsWith("2026-W47.md"))?.[1].replace(from, to) ?? "";
    expect(committedForecast(text.startsWith("---") ? text : "x", { currency: "USD", costBasis: "effective" })).toBeNull();
  });
});
