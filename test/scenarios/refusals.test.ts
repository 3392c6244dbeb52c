import { describe, expect, test } from "vitest";
import { ledgerColumns } from "../../src/core/ledger/columns.ts";
import { splitDocument } from "../../src/document/front-matter/split.ts";
import { type Row, charge, daily, focusCsv } from "../support/focus.ts";
import { nodesOf, reference, treeOf } from "../support/markdown.ts";
import { filesIn, overpace } from "../support/world.ts";
import { asOf, config, project, refused, refusedOnce, reviewsOf, rows, twoSources, weekly } from "./project.ts";

/** Calls and inputs that are refused: exact exit code, nothing written, and each message says what, where and what to do. */

describe("calls", () => {
  test.each([
    [[], "no command given", "--help"],
    [["weakly"], "there is no command `weakly`", "weekly, analyze, check"],
    [["constructor"], "there is no command `constructor`", "weekly, analyze, check"],
    [["weekly", "--asof", "2026-11-23"], "'--asof'", "--help"],
    [["weekly", "--as-of"], "'--as-of <value>' argument missing", "--help"],
    [["weekly", "--as-of", "2026-02-30"], "--as-of 2026-02-30 is not a day", "2026-11-23"],
    [["weekly", "--as-of", "23.11.2026"], "--as-of 23.11.2026 is not a day", "YYYY-MM-DD"],
    [[...weekly, "--format", "xml"], "--format xml", "text, json"],
    [["analyze", ...asOf, "--format", "sarif"], "--format sarif", "text, json"],
    [[...weekly, "--publish", "nowhere"], "--publish nowhere", "folder"],
    [[...weekly, "reviews/2026/2026-W47.md"], "reviews/2026/2026-W47.md", "--help"],
  ])("%j", async (words, what, remedy) => {
    const refusal = await refusedOnce(project(), words, 2);
    expect(refusal.what).toContain(what);
    expect(refusal.remedy).toContain(remedy);
  });

  test("a file to check that does not exist", async () => {
    const refusal = await refusedOnce(project(), ["check", "reviews/2026/2026-W01.md"], 2);
    expect(refusal).toMatchObject({ what: "there is no such file", at: "reviews/2026/2026-W01.md" });
  });
});

describe("configuration", () => {
  test("no folder, and a folder without overpace.yaml", async () => {
    expect(await refusedOnce(project(), [...weekly, "--config", "nowhere"], 2)).toMatchObject({
      what: "there is no configuration",
      at: "nowhere/overpace.yaml",
      remedy: expect.stringContaining("--config"),
    });
    expect(await refusedOnce(project({ "config/overpace.yaml": null }), weekly, 2)).toMatchObject({
      what: "there is no configuration",
      at: "config/overpace.yaml",
    });
  });

  test("planned events and ignored findings are refused where they stand", async () => {
    const folder = project({
      "config/overpace.yaml": `${config.trimEnd()}
events:
  - { name: Launch, kind: launch, start: 2026-11-16, end: 2026-11-16 }
  - name: Holiday
    kind: hollyday
    start: 2026-12-24
    end: 2026-12-27
ignore:
  - { scope: { provider: OpenAI }, reason: backfill of the archive }
`,
    });
    const refusals = await refused(folder, weekly, 2);
    const line = config.trimEnd().split("\n").length;
    expect(refusals.map(({ at, what }) => [at, what.slice(0, 16)])).toEqual([
      [`config/overpace.yaml:${line + 2}:59`, "`events[0].end`:"],
      [`config/overpace.yaml:${line + 4}:11`, "`events[1].kind`"],
      [`config/overpace.yaml:${line + 8}:5`, "`ignore[0].until"],
    ]);
  });

  test("faults of all four files are reported at once, each with line and column", async () => {
    const folder = project({
      "config/overpace.yaml": "owners:\n  engineering: octocat\nsources:\n  - type: focos\n    path: x\ncostbasis: billed\n",
      "config/plan.yaml": 'currency: usd\nmonths:\n  "2026-13": 5\n  "2026-11": -4\n',
      "config/allocation.yaml": "rules:\n  - match: { projekt: x }\n    feature: y\n",
      "config/prices.yaml": "prices:\n  - model: acme-*\n    input: cheap\n  - { model: x, output: 1, until: someday }\n",
    });
    const refusals = await refused(folder, weekly, 2);
    expect(refusals.map(({ at }) => at)).toEqual([
      "config/overpace.yaml:2:16",
      "config/overpace.yaml:2:3",
      "config/overpace.yaml:4:11",
      "config/overpace.yaml:6:12",
      "config/plan.yaml:1:11",
      "config/plan.yaml:3:14",
      "config/plan.yaml:4:14",
      "config/allocation.yaml:2:23",
      "config/prices.yaml:3:12",
      "config/prices.yaml:4:35",
    ]);
    expect(refusals.map(({ what }) => /`([^`]+)`/.exec(what)?.[1])).toEqual([
      "owners.engineering",
      "owners.product",
      "sources[0].type",
      "costbasis",
      "currency",
      "months.2026-13",
      "months.2026-11",
      "rules[0].match.projekt",
      "prices[0].input",
      "prices[1].until",
    ]);
    for (const { remedy } of refusals) expect(remedy).toContain("docs/config.md");
  });

  test("what is no YAML, in all three files at once", async () => {
    const folder = project({
      "config/overpace.yaml": "owners: {\n",
      "config/plan.yaml": "currency: USD\ncurrency: EUR\n",
      "config/allocation.yaml": "rules: *x\n",
    });
    expect((await refused(folder, weekly, 2)).map(({ at }) => at)).toEqual([
      "config/overpace.yaml:2:1",
      "config/plan.yaml:2:1",
      "config/allocation.yaml:1:8",
    ]);
  });

  test("two sources of one name", async () => {
    const refusal = await refusedOnce(project({ "config/overpace.yaml": `${config}  - type: focus\n    path: costs/b.csv\n` }), weekly, 2);
    expect(refusal).toMatchObject({ what: "two sources are called `focus`", remedy: expect.stringContaining("name") });
    expect(refusal.at).toMatch(/^config\/overpace\.yaml/);
  });

  test("a time zone that does not exist", async () => {
    const folder = project({ "config/overpace.yaml": `${config}schedule:\n  timezone: Mars/Olympus\n` });
    const [refusal] = await refused(folder, ["weekly"], 2, { now: "2026-11-23T08:00:00Z" });
    expect(refusal).toMatchObject({ what: expect.stringContaining("`schedule.timezone`"), at: "config/overpace.yaml:8:13" });
  });
});

const with_ = (row: Row) => ({ "costs/all.csv": focusCsv([...rows, charge("2026-11-20", "OpenAI", "Inference", 500, row)]) });

describe("costs", () => {
  test.each([
    ["an empty file", { "costs/all.csv": "" }, "is empty", "costs/all.csv:1"],
    ["a file with a header only", { "costs/all.csv": focusCsv([]) }, "no rows", "costs/all.csv"],
    ["money with a currency sign", with_({ BilledCost: "$10,000.00" }), 'BilledCost is "$10,000.00"', "costs/all.csv:23"],
    ["a date as in the US", with_({ ChargePeriodStart: "11/20/2026" }), 'ChargePeriodStart is "11/20/2026"', "costs/all.csv:23"],
    [
      "a second currency in a file",
      with_({ BillingCurrency: "EUR" }),
      '"EUR" at costs/all.csv:23, but "USD" at costs/all.csv:2',
      "costs/all.csv:23",
    ],
    [
      "a second currency in a second file",
      { "costs/b.csv": focusCsv([charge("2026-11-20", "A", "B", 5, { BillingCurrency: "EUR" })]) },
      '"EUR" at costs/b.csv:2, but "USD" at costs/all.csv:2',
      "costs/b.csv:2",
    ],
  ])("%s", async (_, files, what, at) => {
    const refusal = await refusedOnce(project(files), weekly, 3);
    expect(refusal.what).toContain(what);
    expect(refusal.at).toBe(at);
  });

  test("a plan in another currency is a fault of the configuration", async () => {
    const files = { "config/plan.yaml": 'currency: EUR\nmonths:\n  "2026-11": 3000\n' };
    const refusal = await refusedOnce(project(files), weekly, 2);
    expect(refusal.what).toContain("the plan is in EUR, the costs are in USD");
    expect(refusal.at).toBe("config/plan.yaml:1:11");
  });

  test("no file matches", async () => {
    const refusal = await refusedOnce(project({ "config/overpace.yaml": config.replace("costs/*", "bills/*") }), weekly, 3);
    expect(refusal.what).toContain('No file matches "bills/*.csv"');
    expect(refusal.remedy).toContain("config/overpace.yaml");
  });

  test("a second currency in a second source", async () => {
    const euros = focusCsv([charge("2026-11-20", "A", "B", 5, { BillingCurrency: "EUR" })]);
    const refusal = await refusedOnce(
      project({ "config/overpace.yaml": twoSources, "costs/a.csv": focusCsv(rows), "costs/b.csv": euros }),
      weekly,
      3,
    );
    expect(refusal.what).toBe("two currencies: EUR from source `b` and USD from source `a`");
  });

  test("all sources fail: each is named, nothing is written", async () => {
    const refusals = await refused(project({ "config/overpace.yaml": twoSources, "costs/a.csv": "" }), weekly, 3);
    expect(refusals.map(({ what }) => what)).toEqual([
      expect.stringContaining("costs/a.csv is empty"),
      expect.stringContaining('"costs/b.csv"'),
    ]);
  });

  test("no charge before the review date, and no ledger to go by", async () => {
    expect((await refusedOnce(project(), ["weekly", "--as-of", "2026-11-02"], 3)).what).toBe("there is no charge before 2026-11-02");
    expect((await refusedOnce(project(), [...weekly, "--no-fetch"], 3)).remedy).toContain("--no-fetch");
    const files = { "config/overpace.yaml": twoSources, "costs/a.csv": "", "costs/b.csv": focusCsv(rows) };
    expect(await refused(project(files), ["weekly", "--as-of", "2026-11-02"], 3)).toMatchObject([
      { what: "there is no charge before 2026-11-02" },
      { what: expect.stringContaining("costs/a.csv is empty") },
    ]);
  });
});

describe("the ledger", () => {
  const name = "reviews/ledger/2026-11-16.2026-W46.csv";
  const row = (values: Readonly<Record<string, string>>) => ledgerColumns.map((column) => values[column] ?? "").join(",");
  const good = {
    ChargePeriodStart: "2026-11-01",
    BillingPeriodStart: "2026-11-01",
    ChargeCategory: "Usage",
    BillingCurrency: "USD",
    BilledCost: "1",
    EffectiveCost: "1",
    x_Source: "focus",
  };
  const file = (values: Readonly<Record<string, string>>) => `${ledgerColumns.join(",")}\n${row(good)}\n${row({ ...good, ...values })}\n`;

  test.each([
    ["another file", "foo,bar\n1,2\n", "not a ledger file", `${name}:1`],
    ["a merge conflict", `<<<<<<< HEAD\n${file({})}`, "not a ledger file", `${name}:1`],
    ["an amount that is none", file({ BilledCost: "1.0x" }), 'BilledCost "1.0x"', `${name}:3:9`],
    ["a day that is none", file({ ChargePeriodStart: "2026-02-30" }), 'ChargePeriodStart "2026-02-30"', `${name}:3:1`],
    ["a row without a source", file({ x_Source: "" }), 'x_Source ""', `${name}:3:21`],
  ])("damaged by %s", async (_, text, what, at) => {
    const refusal = await refusedOnce(project({ [name]: text }), weekly, 3);
    expect(refusal).toMatchObject({ what: expect.stringContaining(what), at, remedy: expect.stringContaining("git") });
  });

  test("days of a source that is not configured are a warning with both remedies", async () => {
    const folder = project({ [name]: file({ x_Source: "old" }) });
    const { code, err } = await overpace(folder, weekly);
    expect(code).toBe(0);
    expect(err).toMatch(/^warning: .*`old`.*add the source, or write `formerly: \[old\]`.*\n$/);
  });
});

describe("what is no refusal", () => {
  test("one source of two fails: a warning, and a review", async () => {
    const folder = project({ "config/overpace.yaml": twoSources, "costs/a.csv": focusCsv(rows) });
    const { code, err } = await overpace(folder, weekly);
    expect({ code, err }).toEqual({
      code: 0,
      err: expect.stringMatching(/^warning: source `b` could not be read: .*"costs\/b\.csv".*\n$/),
    });
    expect(filesIn(folder)["reviews/2026/2026-W47.md"]).toMatch(/no data from b at all/i);
  });

  test("what a broken file holds is quoted as plain text", async () => {
    const cost = "::error::@octocat|<img src=x> #1 ![x](y)";
    const broken = focusCsv([charge("2026-11-20", "A", "B", 5, { BilledCost: cost })]);
    const folder = project({ "config/overpace.yaml": twoSources, "costs/a.csv": focusCsv(rows), "costs/b.csv": broken });
    const { code, err } = await overpace(folder, weekly);
    expect({ code, lines: err.split("\n").length }).toEqual({ code: 0, lines: 2 });
    expect(err).not.toContain("::error");
    const text = filesIn(folder)["reviews/2026/2026-W47.md"] ?? "";
    const nodes = [...nodesOf(treeOf(text.slice(splitDocument(text, "review.md").bodyStart)))];
    expect(nodes.flatMap((node) => (node.type === "text" && reference.test(node.value) ? [node.value] : []))).toEqual([]);
    expect(nodes.filter((node) => node.type === "html" && !node.value.startsWith("<!-- "))).toEqual([]);
    expect(nodes.filter((node) => node.type === "image" && node.url !== "2026-W47.svg")).toEqual([]);
  });

  test("--dry-run writes nothing and says what would be done", async () => {
    const folder = project();
    const before = filesIn(folder);
    const result = await overpace(folder, [...weekly, "--dry-run"]);
    expect(result).toMatchObject({ code: 0, err: "", out: expect.stringContaining("reviews/2026/2026-W47.md (would be created)") });
    expect(filesIn(folder)).toEqual(before);
    expect(JSON.parse((await overpace(folder, [...weekly, "--dry-run", "--json"])).out)).toMatchObject({
      id: "2026-W47",
      state: "created",
      path: "reviews/2026/2026-W47.md",
      pr: null,
    });
    await overpace(folder, weekly);
    const written = filesIn(folder);
    await overpace(project(), [...weekly, "--dry-run"]);
    expect((await overpace(folder, [...weekly, "--dry-run"])).out).toContain("would be unchanged");
    expect(filesIn(folder)).toEqual(written);
  });

  test("the same call gives the same bytes in another folder", async () => {
    const [one, two] = [project(), project()];
    await overpace(one, weekly);
    await overpace(two, weekly);
    expect(reviewsOf(two)).toEqual(reviewsOf(one));
  });

  test("charges on or after the review date are left out", async () => {
    const later = project({ "costs/all.csv": focusCsv([...rows, ...daily("2026-11-23", "OpenAI", "Inference", [99_900, 99_900])]) });
    const plain = project();
    await overpace(later, weekly);
    await overpace(plain, weekly);
    expect(reviewsOf(later)).toEqual(reviewsOf(plain));
  });

  test("--help and --version", async () => {
    expect(await overpace(project(), ["--help"])).toMatchObject({
      code: 0,
      err: "",
      out: expect.stringContaining("Usage: overpace <command> [flags]"),
    });
    expect(await overpace(project(), ["--version"])).toMatchObject({ code: 0, err: "", out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) });
  });
});
