import { daysBetween, eachDay, weekdayOf } from "../../../src/core/day.ts";
import { type Row, focusCsv } from "../../support/focus.ts";
import { usual } from "./usual.ts";

const autumn = { start: "2026-10-05", end: "2026-11-23" };
const dayOf = (row: Row) => row["ChargePeriodStart"]?.slice(0, 10) ?? "";

/** AWS renames a service on a Wednesday; OpenAI renamed a project in October, which `aliases` say. */
const renamed = usual(autumn).map((row): Row => {
  if (row["ServiceProviderName"] === "AWS") return dayOf(row) < "2026-11-18" ? row : { ...row, ServiceName: "Elastic Compute" };
  if (row["ServiceProviderName"] === "OpenAI") return { ...row, x_Project: dayOf(row) < "2026-10-21" ? "Support (old)" : "Support" };
  return row;
});

/** Tokens of two models of a gateway by day: one that the price list knows, and one that runs on machines of one's own. */
const usage = eachDay(autumn).flatMap((day) => {
  const requests = weekdayOf(day) % 6 === 0 ? 400 : 900 + (daysBetween(autumn.start, day) % 7) * 10;
  return [
    [day, "groq", "llama-3.3-70b-versatile", requests, requests * 41_000, requests * 2_100],
    [day, "acme", "acme-7b", requests, requests * 900, requests * 120],
  ];
});
const header = ["day", "vendor", "model", "requests", "input", "output"];

/** What is called otherwise, and what has no price of its own. */
export const renames = {
  renamed: { "costs/all.csv": focusCsv(renamed) },
  "estimated-usage": {
    "costs/bill.csv": focusCsv(usual(autumn)),
    "costs/usage.csv": `${[header, ...usage].map((row) => row.join(",")).join("\n")}\n`,
  },
};
