import { rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { asOf, config, project, review, twoSources, weekly } from "../scenarios/project.ts";
import { daily, focusCsv } from "../support/focus.ts";
import { overpace, write } from "../support/world.ts";

/** Following the numbers of a review that stands, after its sources, its ledger or its settings went on. */

const days = (provider: string, count: number) => focusCsv(daily("2026-11-02", provider, "Inference", Array<number>(count).fill(10_000)));

const analyzed = (folder: string, ...words: string[]) => overpace(folder, ["analyze", ...asOf, "--no-fetch", ...words]);

describe("a review of a week in which a source could not be read", () => {
  async function failedOnce(): Promise<string> {
    const folder = project({ "config/overpace.yaml": twoSources, "costs/all.csv": null, "costs/a.csv": days("OpenAI", 21) });
    write(folder, { "costs/b.csv": days("AWS", 14) });
    expect((await overpace(folder, ["weekly", "--as-of", "2026-11-16"])).code).toBe(0);
    rmSync(join(folder, "costs/b.csv"));
    expect((await overpace(folder, weekly)).err).toContain("source `b` could not be read");
    write(folder, { "costs/b.csv": days("AWS", 21) });
    return folder;
  }

  test("is followed with how far its sources were final then", async () => {
    const folder = await failedOnce();
    expect(review(folder)).toContain('monthToDate: "3500.00"');
    const { out, err } = await analyzed(folder, "--explain", "monthToDate");
    expect({ total: out.split("\n")[0], err }).toEqual({ total: "monthToDate.total = 3500.00 USD", err: "" });
    const figures = JSON.parse((await analyzed(folder, "--json")).out) as { sources: { name: string; problem: string | null }[] };
    expect(figures.sources.find(({ name }) => name === "b")?.problem).not.toBeNull();
  });

  test("says nothing of that once settings tell that the source had ended", async () => {
    const folder = await failedOnce();
    write(folder, { "config/overpace.yaml": twoSources.replace("path: costs/b.csv", "path: costs/b.csv\n    until: 2026-11-16") });
    const figures = JSON.parse((await analyzed(folder, "--json")).out) as { sources: object[] };
    expect(figures.sources).toContainEqual({ name: "b", settledThrough: "2026-11-22", until: "2026-11-16", problem: null });
  });

  test("is told apart from what the sources deliver today", async () => {
    const folder = await failedOnce();
    const { out, err } = await overpace(folder, ["analyze", ...asOf, "--explain", "last7"]);
    expect(out).toContain("last7.total = 1400.00 USD\n");
    expect(err).toContain(
      "warning: these are not the figures of reviews/2026/2026-W47.md (there → here): Last 7 days: $700.00 → $1,400.00, ",
    );
    expect(err).toContain("--no-fetch");
    expect((await overpace(folder, ["analyze", ...asOf])).err).toBe("");
  });
});

test("a review whose ledger file is gone is not followed in silence", async () => {
  const folder = project();
  await overpace(folder, ["weekly", "--as-of", "2026-11-16"]);
  await overpace(folder, weekly);
  expect((await analyzed(folder, "--explain", "last7")).err).toBe("");
  rmSync(join(folder, "reviews/ledger/2026-11-23.2026-W47.csv"));
  const { out, err } = await analyzed(folder, "--explain", "last7");
  expect(out).toContain("last7.total = 0.00 USD\n");
  expect(err).toMatch(
    /^warning: these are not the figures of \S+W47\.md \(there → here\): Last 7 days: \$700\.00 → \$0\.00, .*overpace check/,
  );
});

test("how far a source was final then gives way to settings by which fewer days are final", async () => {
  const folder = project();
  await overpace(folder, weekly);
  const settledIn = async () => (JSON.parse((await analyzed(folder, "--json")).out) as { settledThrough: string }).settledThrough;
  expect(await settledIn()).toBe("2026-11-22");
  write(folder, { "config/overpace.yaml": config.replace("path: costs/*.csv", "path: costs/*.csv\n    settlingDays: 2") });
  expect(await settledIn()).toBe("2026-11-20");
});
