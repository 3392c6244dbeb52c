import { describe, expect, test } from "vitest";
import { metricProject } from "../metrics/project.ts";
import { asOf, config, project, refusedOnce } from "../scenarios/project.ts";
import { daily, focusCsv } from "../support/focus.ts";
import { overpace, write } from "../support/world.ts";

const figures = async (folder: string, words: readonly string[], now?: string) =>
  JSON.parse((await overpace(folder, ["analyze", "--json", ...words], now === undefined ? {} : { now })).out) as Record<string, unknown>;

test("without --as-of the figures are those of the latest scheduled review date", async () => {
  const now = "2026-11-26T08:00:00Z";
  expect(await figures(project(), [], now)).toMatchObject({ asOf: "2026-11-23", id: "2026-W47" });
  expect(await figures(project(), ["--as-of", "2026-11-16"])).toMatchObject({ asOf: "2026-11-16", id: "2026-W46" });
});

/** Tickets fall by a fifth from 16 November on. */
function counted(): string {
  const days = Array.from({ length: 28 }, (_, index) => new Date(Date.UTC(2026, 9, 26 + index)).toISOString().slice(0, 10));
  const folder = metricProject([{ name: "tickets", type: "csv", path: "tickets.csv" }], { growth: "tickets" });
  write(folder, { "tickets.csv": `date,value\n${days.map((day) => `${day},${day < "2026-11-16" ? 100 : 80}`).join("\n")}\n` });
  return folder;
}

test("metrics of a review are taken for its own period alone, not for another one of the same week", async () => {
  const folder = counted();
  await overpace(folder, ["weekly", "--as-of", "2026-11-20"]);
  const growth = async (day: string) => figures(folder, ["--no-fetch", "--as-of", day]);
  expect(await growth("2026-11-20")).toMatchObject({ id: "2026-W47", growth: { percent: expect.any(Number) as number } });
  expect(await growth("2026-11-23")).toMatchObject({ id: "2026-W47", growth: { percent: null } });
});

describe("--explain", () => {
  const taxed = project({
    "costs/tax.csv": focusCsv(daily("2026-11-18", "OpenAI", "Inference", [2_000]).map((row) => ({ ...row, ChargeCategory: "Tax" }))),
  });
  const explained = async (...words: string[]) => (await overpace(taxed, ["analyze", ...asOf, "--explain", ...words])).out;

  test("names the category of a row that is no usage", async () => {
    expect(await explained("categories.Tax")).toContain("  2026-11-18  20  OpenAI · Inference · Tax  focus");
    expect(await explained("last7")).toMatch(/ {2}2026-11-18 {2}100 {2}OpenAI · Inference {2,}focus/);
  });

  test("gives programs requests and tokens of rows that tell them", async () => {
    const columns =
      "{ day: day, cost: cost, currency: { constant: USD }, provider: { constant: OpenAI }, service: { constant: API }, requests: n, inputTokens: in }";
    const folder = project({
      "config/overpace.yaml": config.replace("type: focus", `type: csv\n    columns: ${columns}`),
      "costs/all.csv": "day,cost,n,in\n2026-11-10,1,,\n2026-11-16,2,3,400\n2026-11-17,5,,\n",
    });
    const { out } = await overpace(folder, ["analyze", ...asOf, "--explain", "last7", "--json"]);
    const { rows } = JSON.parse(out) as { rows: { day: string }[] };
    expect(rows.find(({ day }) => day === "2026-11-16")).toMatchObject({ requests: 3, inputTokens: 400 });
    expect(Object.keys(rows.find(({ day }) => day === "2026-11-17") ?? {})).not.toContain("requests");
  });

  test("gives no sum for a figure that rests on no charge", async () => {
    const { out } = await overpace(counted(), ["analyze", ...asOf, "--explain", "metrics.tickets", "--json"]);
    expect(JSON.parse(out)).toMatchObject({ exact: null, rows: [] });
  });

  test("without a name lists every figure with its value", async () => {
    for (const words of [[], ["--no-fetch"]]) {
      const folder = project();
      await overpace(folder, ["weekly", ...asOf]);
      const { code, out } = await overpace(folder, ["analyze", ...asOf, "--explain", ...words]);
      expect([code, out.split("\n")[0]]).toEqual([0, expect.stringContaining("the figures of 2026-W47")]);
      expect(out).toMatch(/^last7\.total {2,}700\.00 USD$/m);
      expect(out).toMatch(/^openai\/inference {2,}0\.00 USD$/m);
      expect(out).not.toContain("candidates.");
    }
    const { figures } = JSON.parse(await explained("--json")) as { figures: { figure: string; value: string }[] };
    expect(figures).toContainEqual({ figure: "last7.total", value: "720.00" });
  });

  test.each([
    ["forecast.pase", /^name one such as forecast\.p/],
    ["pase", /\bforecast\.pace\.total\b/],
    ["openai/inferense", /^name one such as openai\/inference, /],
    ["monthtodate", /\bmonthToDate\.total\b/],
  ])("%s is told names like it, the likest first", async (name, remedy) => {
    expect((await refusedOnce(project(), ["analyze", ...asOf, "--explain", name], 2)).remedy).toMatch(remedy);
  });

  test("a name like none that there is gets the first names of all", async () => {
    const { remedy } = await refusedOnce(project(), ["analyze", ...asOf, "--explain", "quux"], 2);
    expect(remedy).toMatch(/^name one such as (?:[^,]+, ){11}[^,]+$/);
    expect(remedy).toContain("last7.total");
    expect((await refusedOnce(project(), ["analyze", ...asOf, "--explain", ".x"], 2)).remedy).toBe(remedy);
  });
});
