import { describe, expect, test } from "vitest";
import { earlierOf } from "../../src/commands/analyze/explain.ts";
import type { Call } from "../../src/commands/command.ts";
import { gather } from "../../src/commands/figures/gather.ts";
import { listPriceFigures } from "../../src/core/economics/list-price.ts";
import { figuresOf } from "../../src/core/review/figures/figures.ts";
import { splitDocument } from "../../src/document/front-matter/split.ts";
import { readSettings } from "../../src/shell/config.ts";
import { sourceSchemaFor } from "../../src/sources/index.ts";
import { notToldIn, notToldOf } from "../support/followed.ts";
import { overpace } from "../support/world.ts";
import { deliver, goldenOf, prepare, scenarioNamed } from "./scenario.ts";

/** Every number of whole reviews, and of all that `analyze --json` prints, can be followed with `--explain`. */

async function factsOf(name: string) {
  const scenario = scenarioNamed(name);
  const folder = prepare(scenario);
  const earlier = scenario.runs.slice(0, -1);
  for (const run of earlier) {
    deliver(folder, run);
    expect(await overpace(folder, ["weekly", "--as-of", run.asOf])).toMatchObject({ code: 0 });
  }
  const last = scenario.runs.at(-1) ?? expect.fail("no run");
  deliver(folder, last);
  const nothing = () => {};
  const world = { cwd: folder, env: {}, isTerminal: false, second: 0, fetch, now: () => new Date(0), write: nothing, log: nothing };
  const flags = { fetch: true, dryRun: false, fix: false, explain: null, publish: "folder", format: "text", files: [] } as const;
  const call: Call = { ...flags, world, asOf: last.asOf, config: "config", reviews: "reviews" };
  const { input, review, listPrices } = await gather(call, await readSettings(folder, call.config, sourceSchemaFor), last.asOf);
  return { input, review, listPrices, earlier: await earlierOf(call, review) };
}

const chosen = [
  "escalate",
  "estimated-usage",
  "first-week-ever",
  "gateway-and-bill",
  "monthly-fees",
  "planned-events",
  "product-metrics",
  "renamed",
  "restated",
];

describe.each(chosen)("%s", (name) => {
  test("each amount and percentage that the review prints, and each number of analyze --json, is in an explanation", async () => {
    const facts = await factsOf(name);
    const { review } = goldenOf(name);
    expect(notToldIn(review.slice(splitDocument(review, "review.md").bodyStart), facts)).toEqual([]);
    expect(notToldOf({ ...figuresOf(facts.review), ...listPriceFigures(facts.listPrices) }, facts)).toEqual([]);
  });
});
