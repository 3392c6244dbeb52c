import { expect, test } from "vitest";
import { type Day, eachDay } from "../../src/core/day.ts";
import { charge, focusCsv } from "../support/focus.ts";
import { filesIn, folderWith, overpace, write } from "../support/world.ts";

/** A bill ended, and a gateway still sees its provider used: what it estimates was a share of the bill, and is money again from then on. */

const period = (end: Day) => eachDay({ start: "2026-09-28", end });
const bill = (provider: string, end: Day, cents: number) => focusCsv(period(end).map((day) => charge(day, provider, "Inference", cents)));
const log = (end: Day) =>
  period(end)
    .map((day) => `${JSON.stringify({ at: `${day}T10:00:00Z`, cost: 38.5, model: "gpt-6", feature: "search" })}\n`)
    .join("");
const gateway = `fields: { time: at, cost: cost, model: model, feature: feature, service: { constant: Inference }, provider: { constant: OpenAI }, currency: { constant: USD } }`;
const settings = (until: string) => `owners: { engineering: { login: octocat }, product: { login: hubot } }
sources:
  - { type: focus, name: cloud, path: cloud.csv }
  - { type: focus, name: bill, path: bill.csv${until} }
  - { type: log, name: gateway, path: gateway.jsonl, estimated: true, ${gateway} }
`;

interface Figures {
  readonly last7: { readonly total: string };
  readonly restatements: readonly unknown[];
  readonly events: readonly unknown[];
  readonly estimated?: { readonly last7: string };
}

function stage(until: string) {
  const folder = folderWith({
    "config/overpace.yaml": settings(until),
    "cloud.csv": bill("AWS", "2026-11-30", 10_000),
    "bill.csv": bill("OpenAI", "2026-11-18", 4_000),
    "gateway.jsonl": log("2026-11-30"),
  });
  const run = (words: string) => overpace(folder, words.split(" "));
  const figures = async (asOf: string): Promise<Figures> => JSON.parse((await run(`analyze --as-of ${asOf} --json --no-fetch`)).out);
  const wrong = async () => {
    const { out } = await run("check --json");
    return (JSON.parse(out) as { findings: { rule: string }[] }).findings.filter(({ rule }) => rule === "figures");
  };
  return { folder, run, figures, wrong };
}

test("it counts from the end on, once, and the fall of the bill is no fall of the provider", async () => {
  const { folder, run, figures, wrong } = stage(", until: 2026-11-18");
  for (const asOf of ["2026-11-16", "2026-11-23", "2026-11-30"])
    expect(await run(`weekly --as-of ${asOf}`)).toMatchObject({ code: 0, err: "" });
  // 7 × 100 and 7 × 40; then two days of 40.00 on the bill and five of 38.50; then seven of these.
  expect((await figures("2026-11-16")).last7.total).toBe("980.00");
  expect(await figures("2026-11-23")).toMatchObject({ last7: { total: "972.50" }, estimated: { last7: "192.50" }, events: [] });
  expect(await figures("2026-11-30")).toMatchObject({ last7: { total: "969.50" }, estimated: { last7: "269.50" }, restatements: [] });
  expect(await wrong()).toEqual([]);
  const files = filesIn(folder);
  // The word of the gateway is held against the days that were billed.
  expect(files["reviews/2026/2026-W47.md"]).toContain("| OpenAI | $80.00 | $77.00 (96.3 %) | $77.00 (-$3.00, -3.8 %) |");
  expect(files["reviews/2026/2026-W48.md"]).not.toContain("Attribution only");
  const costs = (day: Day) =>
    files["reviews/ledger/2026-11-23.2026-W47.csv"]?.match(new RegExp(`^${day},.*,USD,([^,]*),.*,gateway,`, "m"))?.[1];
  expect([costs("2026-11-17"), costs("2026-11-18")]).toEqual(["0", "38.5"]);
});

test("written late, it makes them money in the next review, and earlier ones stay as they are", async () => {
  const { folder, run, figures, wrong } = stage("");
  await run("weekly --as-of 2026-11-23");
  const before = filesIn(folder)["reviews/2026/2026-W47.md"];
  write(folder, { "config/overpace.yaml": settings(", until: 2026-11-18") });
  expect((await run("weekly --as-of 2026-11-30")).code).toBe(0);
  expect((await figures("2026-11-30")).last7.total).toBe("969.50");
  expect(filesIn(folder)["reviews/2026/2026-W47.md"]).toBe(before);
  expect(await wrong()).toEqual([]);
});

test("an `until` that the data contradict changes nothing of it", async () => {
  const { run, figures } = stage(", until: 2026-11-20");
  await run("weekly --as-of 2026-11-23");
  expect((await figures("2026-11-23")).last7.total).toBe("780.00");
});
