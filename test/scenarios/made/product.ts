import { type Day, addDays, eachDay, weekdayOf } from "../../../src/core/day.ts";
import { type Row, charge, focusCsv } from "../../support/focus.ts";

const autumn = eachDay({ start: "2026-10-05", end: "2026-11-23" });
const week = "2026-11-16";
const isWeekend = (day: Day) => weekdayOf(day) % 6 === 0;

interface Traffic {
  readonly model: string;
  readonly customer: string;
  /** On a working day; a third of it on the weekend. */
  readonly requests: number;
  readonly input: number;
  readonly cached: number;
  readonly output: number;
}

/** Millionths of a dollar for a token. */
const prices = {
  "gpt-5": { input: 1.25, "cached input": 0.125, output: 10 },
  "gpt-5-mini": { input: 0.25, "cached input": 0.025, output: 2 },
} as const;

/** One row for each token type, as a vendor bills them; the requests stand on the input. */
function rows(day: Day, { model, customer, requests, input, cached, output }: Traffic): Row[] {
  const price = model === "gpt-5" ? prices["gpt-5"] : prices["gpt-5-mini"];
  const count = Math.round(isWeekend(day) ? requests / 3 : requests);
  const tags = JSON.stringify({ feature: "assistant", ...(customer === "" ? {} : { customer }) });
  const tokens = { input: count * input, "cached input": count * cached, output: count * output } as const;
  return (["input", "cached input", "output"] as const).map((type) => ({
    ...charge(day, "OpenAI", "OpenAI API", Math.round((tokens[type] * price[type]) / 10_000), { Tags: tags }),
    x_Model: model,
    x_TokenType: type,
    ConsumedQuantity: String(tokens[type]),
    ConsumedUnit: "Tokens",
    x_RequestCount: type === "input" ? String(count) : "",
  }));
}

/** Customers of a support product; in the last week prompts grow, the cache serves less and each ticket takes more requests. */
function traffic(day: Day): Traffic[] {
  const late = day >= week;
  const prompt = late ? { input: 6_200, cached: 1_400 } : { input: 3_800, cached: 2_600 };
  const customers = [
    ["acme", 9_000],
    ["globex", 6_000],
    ["initech", 3_000],
    ["hooli", 2_000],
    ["umbrella", 1_500],
    ["stark", 900],
    ["wayne", 600],
    ["", 1_200],
  ] as const;
  const large = customers.map(([customer, requests], index) => ({
    model: "gpt-5",
    customer,
    requests: late ? requests * 1.25 : requests,
    output: 250 + 12 * index,
    ...prompt,
  }));
  const small = { model: "gpt-5-mini", customer: "" } as const;
  return [
    ...large,
    { ...small, requests: 20_000, input: 900, cached: 300, output: 90 },
    { ...small, customer: "acme", requests: 8_000, input: 1_400, cached: 100, output: 60 },
    { ...small, customer: "globex", requests: 5_000, input: 500, cached: 900, output: 120 },
  ];
}

/** The export of tickets ends on Friday; the weekend is not known yet. */
const tickets = ["day,closed", ...autumn.filter((day) => day < addDays(week, 5)).map((day) => `${day},${isWeekend(day) ? 900 : 2_500}`)];
const revenue = [
  "day,account,amount",
  ...autumn.flatMap((day) => [
    `${day},acme,310.50`,
    `${day},globex,180`,
    `${day},initech,95.25`,
    `${day},hooli,20`,
    `${day},umbrella,60`,
    `${day},stark,45`,
  ]),
];

/** What cost buys: metrics, customers, possible savings. */
export const product = {
  "product-metrics": {
    "costs/all.csv": focusCsv(autumn.flatMap((day) => traffic(day).flatMap((one) => rows(day, one)))),
    "metrics/tickets.csv": `${tickets.join("\n")}\n`,
    "metrics/revenue.csv": `${revenue.join("\n")}\n`,
  },
};
