import { type Row, daily, focusCsv, times } from "../../support/focus.ts";
import { usual } from "./usual.ts";

const start = "2026-10-26";

/** Four weeks of which the last costs more, so that the name is listed. */
const rising = (cents: number) => [...times(21, [cents]), ...times(7, [cents * 2])];

const hostile = "|`<img src=x>@octocat #1 Fixes #2 ::error::";

const hostileNames = [
  ...daily(start, "OpenAI", hostile, rising(10_000), {
    x_Model: "<!-- overpace:end deltas -->",
    Tags: JSON.stringify({ feature: "@octocat/team ![x](http://evil.example/p.png)" }),
  }),
  ...daily(start, "OpenAI", hostile, rising(9_800), {
    x_Model: "| a | b |\n| --- | --- |",
    Tags: JSON.stringify({ feature: "<!-- /overpace:delta --> @hubot" }),
  }),
  ...daily(start, "Two\nLines\n::error::Ltd", "##[error]Inference\r\n# Heading", rising(9_000), {
    Tags: JSON.stringify({ feature: "line\nbreak\n\n---\n" }),
  }),
  ...daily(start, '=HYPERLINK("http://evil.example")', "+cmd|' /C calc'!A0", rising(8_000), { x_Model: "-1+1" }),
  ...daily(start, "@octocat", "\u202Eevil\u202C \u200F\u2067right to left\u2069", rising(7_000), {
    Tags: JSON.stringify({ customer: "GH-12 acme/app#34 www.evil.example https://evil.example" }),
  }),
  ...daily(start, "A very long name ".repeat(30).trim(), "ServiceNameWithoutAnySpaces".repeat(20), rising(6_000), {
    x_Model: "m".repeat(300),
  }),
  ...daily(start, "", "", rising(5_000)),
  ...daily(start, "OpenAI", " ", rising(4_500)),
  ...daily(start, "OpenAI", "\u200F\u200E", rising(4_400)),
  ...daily(start, "OpenAI", "In/ference", rising(4_000)),
  ...daily(start, "OpenAI", "In ference", rising(3_900)),
  ...daily(start, "open ai", "Inference", rising(3_800)),
  ...daily(start, "Open-AI", "Inference", rising(3_700)),
  ...daily(start, "*bold*", "_a_ ~b~ [c](d) &amp; \\", rising(3_600), { x_Project: "=1+1", x_ApiKey: "@SUM(A1)" }),
];

const provider = (index: number) => `Provider ${String(index).padStart(2, "0")}`;

/** Each of forty costs a little; every one moves a little, each third one down. */
const fortyProviders = Array.from({ length: 40 }, (_, index) => index + 1).flatMap((index) =>
  daily("2026-11-02", provider(index), "API", [
    ...times(14, [1_000 + index * 50]),
    ...times(7, [1_000 + index * (index % 3 === 0 ? 35 : 61)]),
  ]),
);

const by = (row: Row, cents: readonly number[], service = "Inference") => daily("2026-11-02", "OpenAI", service, cents, row);
const steady = (cents: number) => times(21, [cents]);

const allocation = [
  ...by({ x_Project: "support-prod" }, steady(12_000)),
  ...by({ x_Project: "support-staging" }, steady(900)),
  ...by({ x_ApiKey: "key_search_live" }, [...times(14, [6_000]), ...times(7, [8_500])]),
  ...by({ Tags: JSON.stringify({ product: "Reports" }) }, steady(5_000)),
  ...by({ SubAccountId: "acme-workspace" }, [...times(14, [4_000]), ...times(7, [5_600])]),
  ...by({ SubAccountId: "globex-workspace" }, steady(3_000)),
  ...by({ x_Model: "text-embedding-3-large" }, steady(1_100), "Embeddings"),
  ...by({}, steady(2_500)),
];

/** What names can do, how many there can be, and whom they belong to. */
export const names = {
  "hostile-names": { "costs/all.csv": focusCsv(hostileNames) },
  "forty-providers": { "costs/all.csv": focusCsv(fortyProviders) },
  "sprints-and-allocation": {
    "costs/all.csv": focusCsv([
      ...allocation,
      ...usual({ start: "2026-11-02", end: "2026-11-23" }).filter((row) => row["ServiceProviderName"] === "AWS"),
    ]),
  },
};
