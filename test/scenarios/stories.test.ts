import Papa from "papaparse";
import { describe, expect, test } from "vitest";
import { cents, sumOf } from "../support/sums.ts";
import { type Golden, goldenOf } from "./scenario.ts";

/** What the golden files of single scenarios must say, whoever rewrites them; sums are made by other means than the program's. */

const ledgerOf = ({ files }: Golden, name: string) =>
  Papa.parse<Record<string, string>>((files[`reviews/ledger/${name}`] ?? "").trim(), { header: true }).data;
const delta = ({ figures }: Golden, id: string) => figures.deltas.find((candidate) => candidate.id === id);

describe("worked-example", () => {
  test("the stated figures, recomputed", () => {
    const result = goldenOf("worked-example");
    expect(result.figures).toMatchObject({
      id: "2027-W07",
      settledThrough: "2027-02-21",
      verdict: "investigate",
      triggers: [],
      last7: { total: "4820.00" },
      prior7: { total: "3950.00" },
      change: { amount: "870.00", percent: 22.03 },
      monthToDate: { total: "14200.00", plan: "12000.00", percent: 18.33 },
      forecast: { plan: "16000.00", pace: { total: "19020.00", percent: 18.88 } },
      reconciliation: { listed: "830.00", other: "40.00", total: "870.00" },
    });
    expect(delta(result, "openai/inference")).toMatchObject({ listed: true, change: "650.00", percent: 28.02 });
    expect(delta(result, "aws/amazon-ec2")).toMatchObject({ listed: true, change: "180.00", percent: 12 });
    expect(result.figures.deltas.filter(({ listed }) => listed)).toHaveLength(2);
  });

  test("most of the gap is older than the week that is said to explain it", () => {
    const { figures, review } = goldenOf("worked-example");
    expect(figures.gap).toMatchObject({ amount: "2200.00", older: "1380.00", onset: "2027-02-01" });
    expect(review).toContain("62.7 % of the $2,200.00 gap is older than this week");
  });

  test("one odd run from Tuesday to Friday, which has passed", () => {
    const { figures } = goldenOf("worked-example");
    expect(figures.anomalies).toEqual([
      expect.objectContaining({ slice: "OpenAI · Inference", start: "2027-02-16", end: "2027-02-20", direction: "up", class: "spike" }),
    ]);
  });
});

describe("edges of the calendar", () => {
  test.each([
    ["month-start", "2026-W49", "2026-12-02", "December 2026 to date (2 of 31 days)"],
    ["month-end", "2026-W49", "2026-11-30", "November 2026 to date (30 of 30 days)"],
    ["leap-february", "2028-W08", "2028-02-27", "February 2028 to date (27 of 29 days)"],
    ["week-53", "2026-W53", "2027-01-03", "January 2027 to date (3 of 31 days)"],
  ])("%s is %s, settled through %s", (name, id, settled, text) => {
    const { figures, files, review } = goldenOf(name);
    expect(figures).toMatchObject({ id, settledThrough: settled });
    expect(files).toHaveProperty([`reviews/${id.slice(0, 4)}/${id}.md`]);
    expect(review).toContain(text);
  });

  test("a complete month ends at what it cost", () => {
    const { figures } = goldenOf("month-end");
    expect(figures.forecast.pace.total).toBe(figures.monthToDate.total);
  });

  test("the plan lies on working days where it says so: 2 of 23 in December 2026", () => {
    expect(goldenOf("month-start").figures.monthToDate.plan).toBe("1330.43");
  });
});

describe("verdicts", () => {
  test.each([
    ["flat-week", "good", []],
    ["no-plan", "investigate", []],
    ["below-plan", "check-data", []],
    ["escalate", "escalate", ["forecast"]],
  ])("%s: %s", (name, verdict, triggers) => {
    expect(goldenOf(name).figures).toMatchObject({ verdict, triggers });
  });

  test("without a plan the figures say null", () => {
    expect(goldenOf("no-plan").figures).toMatchObject({
      monthToDate: { plan: null, percent: null },
      forecast: { plan: null, pace: { percent: null } },
    });
  });

  test("an escalation asks for its answer", () => {
    expect(goldenOf("escalate").review).toMatch(/^## Escalations\n\n- `forecast`: /m);
  });

  test("an unallocated share is always printed", () => {
    for (const name of ["flat-week", "sprints-and-allocation", "euro"])
      expect(goldenOf(name).review).toMatch(/^Not allocated this week: feature \d+\.\d %/m);
  });
});

describe("late and lost data", () => {
  test("a provider that stops is named with its last day", () => {
    expect(goldenOf("silent-provider").review).toContain("**No data from Anthropic since 18 November 2026**");
  });

  test("a source that fails is a warning; its slice says since when there is no data", () => {
    const { figures, said, review } = goldenOf("late-source");
    expect(said).toMatch(/^warning: source `anthropic` could not be read: .*\$1,500\.00/m);
    expect(review).toContain("no data from anthropic since 15 November 2026");
    expect(figures.sources).toEqual([
      { name: "models", settledThrough: "2026-11-22", problem: null },
      { name: "anthropic", settledThrough: "2026-11-15", problem: expect.stringContaining("$1,500.00") },
    ]);
    expect(figures.settledThrough).toBe("2026-11-22");
  });

  test("the failed source's days stay in the ledger", () => {
    const result = goldenOf("late-source");
    const anthropic = (name: string) => ledgerOf(result, name).filter((row) => row["x_Source"] === "anthropic");
    expect(anthropic("2026-11-16.2026-W46.csv")).toHaveLength(42);
    expect(anthropic("2026-11-23.2026-W47.csv")).toEqual([]);
  });

  test("earlier days that changed are restated; an emptied day is a row of its own", () => {
    const result = goldenOf("restated");
    expect(result.review).toContain(
      "**Restated since an earlier review:** Anthropic, Tue 10 Nov, Thu 12 Nov: $304.35 → $265.00 (-$39.35).",
    );
    const rows = ledgerOf(result, "2026-11-23.2026-W47.csv");
    const on = (day: string) => rows.filter((row) => row["ChargePeriodStart"] === day);
    expect(new Set(rows.map((row) => row["ChargePeriodStart"]))).toEqual(
      new Set(["2026-11-10", "2026-11-12", "2026-11-13", ...Array.from({ length: 7 }, (_, index) => `2026-11-${16 + index}`)]),
    );
    expect(Object.fromEntries(Object.entries(on("2026-11-12")[0] ?? {}).filter(([, value]) => value !== ""))).toEqual({
      ChargePeriodStart: "2026-11-12",
      BilledCost: "0",
      EffectiveCost: "0",
      x_Source: "focus",
    });
    expect(on("2026-11-12")).toHaveLength(1);
    expect(on("2026-11-10")).toHaveLength(3);
  });
});

describe("money that is not daily use", () => {
  test("seats of a month and purchases of a year are spread over their days", () => {
    const result = goldenOf("monthly-fees");
    expect(delta(result, "cursor/seats")).toMatchObject({ last7: "93.33", prior7: "93.33" });
    expect(result.figures.categories).toEqual([
      { category: "Purchase", last7: "70.00", prior7: "70.00" },
      { category: "Tax", last7: "123.45", prior7: "0.00" },
    ]);
    expect(result.review).toContain("By billed cost the last 7 days are $4,803.11.");
  });

  test("the pace leaves recurring and one-time charges out of the days to come", () => {
    const { figures } = goldenOf("monthly-fees");
    const usual = goldenOf("euro");
    // The same small product and a tax of 123.45 in seven days; fees count in month to date alone.
    const toCome = ((Number(usual.figures.last7.total) + 123.45) / 7) * 8;
    expect(Number(figures.forecast.pace.total)).toBeCloseTo(Number(figures.monthToDate.total) + toCome, 1);
  });

  test("credits alone give negative figures and no listed delta", () => {
    const { figures } = goldenOf("credits-only");
    expect(figures).toMatchObject({
      last7: { total: "-700.00" },
      prior7: { total: "-700.00" },
      monthToDate: { total: "-2200.00" },
      deltas: [],
      verdict: "check-data",
    });
  });

  test("credits that cover everything hide no rise", () => {
    const result = goldenOf("covered-by-credits");
    expect(result.figures).toMatchObject({
      last7: { total: "0.00" },
      reconciliation: { listed: "280.00", other: "-280.00", total: "0.00" },
    });
  });
});

describe("corrections", () => {
  test("of an earlier month count in month to date alone, on a line of their own", () => {
    const { figures, review, costs } = goldenOf("corrections");
    const late = (row: Readonly<Record<string, string>>) =>
      row["ChargeClass"] === "Correction" && (row["ChargePeriodStart"] ?? "") < "2026-11";
    const sum = (start: string, where: (row: Readonly<Record<string, string>>) => boolean) =>
      sumOf(costs, { start, end: "2026-11-23", where });
    expect(cents(sum("2026-10-01", late))).toBe("-110.00");
    expect(figures.monthToDate).toMatchObject({
      total: cents(sum("2026-11-01", () => true) + sum("2026-10-01", late)),
      corrections: "-110.00",
    });
    expect(figures.last7.total).toBe(cents(sum("2026-11-16", () => true)));
    expect(review).toContain("**Corrections of earlier months** billed in November 2026: -$110.00");
  });

  test("the trend of earlier weeks is the same without them", () => {
    const trend = (name: string) => /\*\*Trend:\*\* (.*) →/.exec(goldenOf(name).review)?.[1];
    expect(trend("corrections")).toBe(trend("below-plan"));
  });
});

describe("days that are not settled", () => {
  test("before the month both month to date and plan to date are 0, the week is whole", () => {
    const { figures, costs } = goldenOf("settling-days");
    expect(figures).toMatchObject({ settledThrough: "2026-11-29", monthToDate: { total: "0.00", plan: "0.00", percent: null } });
    expect(figures.last7.total).toBe(cents(sumOf(costs, figures.last7)));
  });
});

describe("names", () => {
  test("each name that collides keeps an id of its own", () => {
    const ids = goldenOf("hostile-names")
      .figures.deltas.filter(({ dimension }) => dimension === "service")
      .map(({ id }) => id.replace(/~[0-9a-f]{6}/g, "~"));
    expect(ids).toEqual(expect.arrayContaining(["openai/in-ference~", "open-ai~/inference", "openai/-~", "-unnamed-/-unnamed-"]));
    expect(ids).toHaveLength(13);
  });

  test("no cell of the ledger begins like a formula", () => {
    const { files } = goldenOf("hostile-names");
    const { data } = Papa.parse<string[]>(files["reviews/ledger/2026-11-23.2026-W47.csv"] ?? "");
    expect(data.flat().filter((cell) => /^[=+@\t\r]|^-\D/.test(cell))).toEqual([]);
  });

  test("forty providers that move a little are all counted and none is listed", () => {
    const { figures } = goldenOf("forty-providers");
    expect(figures.deltas.filter(({ dimension }) => dimension === "provider")).toHaveLength(40);
    expect(figures.reconciliation).toMatchObject({ listed: "0.00", other: figures.change.amount });
  });

  test("rules allocate by project, key, tag and account, the first that sets a target", () => {
    const result = goldenOf("sprints-and-allocation");
    const amounts = Object.fromEntries(
      [
        "feature:search",
        "feature:reports",
        "feature:support-assistant",
        "feature:workspaces",
        "customer:acme",
        "customer:globex",
        "team:support",
        "team:platform",
      ].map((id) => [id, delta(result, id)?.last7]),
    );
    expect(amounts).toEqual({
      "feature:search": "595.00",
      "feature:reports": "350.00",
      "feature:support-assistant": "903.00",
      "feature:workspaces": "602.00",
      "customer:acme": "392.00",
      "customer:globex": "210.00",
      "team:support": "903.00",
      "team:platform": "672.00",
    });
  });
});
