import { afterEach, describe, expect, test } from "vitest";
import * as anthropic from "../support/vendors/anthropic.ts";
import { claudeCode } from "../support/vendors/claude-code.ts";
import * as openai from "../support/vendors/openai.ts";
import { startVendor, type VendorApi, type VendorServer } from "../support/vendors/server.ts";
import { type Files, filesIn, folderWith, overpace, type Setting } from "../support/world.ts";

const servers: VendorServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function start(api: VendorApi): Promise<VendorServer> {
  const server = await startVendor(api);
  servers.push(server);
  return server;
}

const env = { OPENAI_ADMIN_KEY: openai.adminKey, ANTHROPIC_ADMIN_KEY: anthropic.adminKey };

/** A repository with both vendors as sources; each answers from a server of its own. */
async function stage() {
  const [first, second] = [await start(openai.openai.api), await start(anthropic.anthropic.api)];
  const files: Files = {
    "config/overpace.yaml": `owners:
  engineering: { login: octocat }
  product: { login: hubot }
sources:
  - { type: openai, baseUrl: "${first.url}" }
  - { type: anthropic, baseUrl: "${second.url}" }
`,
  };
  const folder = folderWith(files);
  const run = (words: string, setting: Setting = {}) => overpace(folder, words.split(" "), { env, ...setting });
  return { folder, openai: first, anthropic: second, run };
}

/** Where the ranges of costs begin and end that OpenAI's server was asked for since it was last looked at. */
function askedOf({ asked }: VendorServer, from: number): string[] {
  const queries = asked.slice(from).flatMap(({ path, query }) => (path === "/organization/costs" ? [query] : []));
  const days = (name: string) => queries.map((query) => new Date(Number(query.get(name)) * 1000).toISOString().slice(0, 10));
  return [...new Set([...days("start_time"), ...days("end_time")])].sort();
}

function expectNoKey(texts: readonly string[]): void {
  for (const text of texts) for (const key of Object.values(env)) expect(text).not.toContain(key);
}

describe("a weekly review from vendors", () => {
  test("holds both, in the order of the configuration, without reading the clock or showing a key", async () => {
    const { folder, run } = await stage();
    const weekly = await run("weekly --as-of 2026-11-09 --json");
    expect(weekly).toMatchObject({ code: 0, err: "" });
    const { sources, last7 } = JSON.parse((await run("analyze --as-of 2026-11-09 --json --no-fetch")).out);
    expect(last7.total).toBe("3.01");
    expect(sources).toMatchObject([
      { name: "openai", settledThrough: "2026-11-07", problem: null },
      { name: "anthropic", settledThrough: "2026-11-07", problem: null },
    ]);
    expectNoKey([weekly.out, ...Object.values(filesIn(folder))]);
  });

  test("is the same a second time, which asks only for the last days", async () => {
    const { folder, run, ...vendor } = await stage();
    await run("weekly --as-of 2026-11-09");
    expect(askedOf(vendor.openai, 0)).toEqual(["2026-08-11", "2026-09-08", "2026-10-09", "2026-11-09"]);
    const [files, asked] = [filesIn(folder), vendor.openai.asked.length];
    expect((await run("weekly --as-of 2026-11-09")).code).toBe(0);
    expect(askedOf(vendor.openai, asked)).toEqual(["2026-11-02", "2026-11-09"]);
    expect(filesIn(folder)).toEqual(files);
  });

  test("stays final through days of which vendors answered that they cost nothing, where nothing is read", async () => {
    const { folder, run } = await stage();
    await run("weekly --as-of 2026-10-26");
    const files = filesIn(folder);
    expect(files["reviews/2026/2026-W43.md"]).toContain("final through 24 October 2026");
    await run("weekly --as-of 2026-10-26 --no-fetch");
    expect(filesIn(folder)).toEqual(files);
  });

  test("asks from the last known day on when reviews were left out", async () => {
    const { run, ...vendor } = await stage();
    await run("weekly --as-of 2026-10-26");
    const asked = vendor.openai.asked.length;
    await run("weekly --as-of 2026-11-09");
    // The last day with a charge is 2026-09-01, and seven days may have been restated since.
    expect(askedOf(vendor.openai, asked)).toEqual(["2026-08-26", "2026-09-08", "2026-10-09", "2026-11-09"]);
  });
});

describe("a bill beside the price list", () => {
  const use = { project: "proj_a", key: "key_1", model: "gpt-5.4", cached: 0, written: 0, output: 0, requests: 100 };
  const day = "2026-11-04";
  const organization = (value: string) => ({
    ...openai.openAiOrganization,
    costs: [
      { day, line: "gpt-5.4, input", project: "proj_a", key: "key_1", value },
      { day: "2026-11-08", line: "web search tool calls", project: "proj_a", key: null, value: 0.01 },
    ],
    uses: [{ ...use, day, input: 1_000_000 }],
  });

  test.each([
    ["2.0", "-20.00"],
    ["2.45", "-2.00"],
  ])("of %s is told in analyze (%s percent), and asked about in the review when it is far off", async (value, percent) => {
    const server = await start(openai.openAiApi(organization(value)));
    const config = `owners:\n  engineering: { login: octocat }\n  product: { login: hubot }\nsources:\n  - { type: openai, baseUrl: "${server.url}" }\n`;
    const folder = folderWith({ "config/overpace.yaml": config });
    const run = (words: string) => overpace(folder, words.split(" "), { env });
    await run("weekly --as-of 2026-11-09");
    const analyzed = JSON.parse((await run("analyze --as-of 2026-11-09 --json --no-fetch")).out);
    const billed = Number(value).toFixed(2);
    expect(analyzed.listPrices).toEqual([
      { source: "openai", provider: "OpenAI", currency: "USD", billed, list: "2.50", percent: Number(percent), unpriced: [] },
    ]);
    expect((await run("analyze --as-of 2026-11-09 --no-fetch")).out).toContain(`billed $${billed}, tokens at list price $2.50`);
    const { out } = await run("analyze --as-of 2026-11-09 --no-fetch --explain listPrices");
    expect(out).toMatch(/^listPrices\.openai\/openai\.list = 2\.50 USD\nformula: .* of genai-prices 0\.1\.8 of 2026-09-23;/);
    expect(out).toContain("rows:     1 charge of a day, together 2.5\n  2026-11-04  2.5  OpenAI · ");
    const review = filesIn(folder)["reviews/2026/2026-W45.md"] ?? "";
    expect(review.includes("for tokens that cost $2.50 at list price (-20.0 %; genai-prices 0.1.8 of 2026-09-23)")).toBe(value === "2.0");
    // What was compared is an input: the review is computed again without the list, and stays as it is.
    const { findings } = JSON.parse((await run("check --json")).out);
    expect(findings.filter(({ rule }: { rule: string }) => rule === "figures")).toEqual([]);
    const before = filesIn(folder);
    expect((await run("weekly --as-of 2026-11-09 --no-fetch")).code).toBe(0);
    expect((await run("weekly --as-of 2026-11-09")).code).toBe(0);
    expect(filesIn(folder)).toEqual(before);
  });
});

describe("a vendor that fails", () => {
  const broken = { status: 403, body: JSON.stringify({ error: { message: `no scope for ${openai.adminKey}` } }) };

  test("leaves the others and its own earlier days, and is named with its last good day", async () => {
    const { folder, run, ...vendor } = await stage();
    await run("weekly --as-of 2026-11-02");
    const before = Object.keys(filesIn(folder)).length;
    vendor.openai.failWith(() => broken);
    const { code, err } = await run("weekly --as-of 2026-11-09");
    expect(code).toBe(0);
    expect(err).toContain("source `openai` could not be read: OpenAI does not let this key read /organization/costs (403;");
    expect(err).toContain("https://platform.openai.com/settings/organization/admin-keys");
    const files = filesIn(folder);
    expect(Object.keys(files).length).toBeGreaterThan(before);
    const review = files["reviews/2026/2026-W45.md"] ?? "";
    expect(review).toMatch(/No data from openai since 30 October 2026/);
    const { monthToDate } = JSON.parse((await run("analyze --as-of 2026-11-02 --json --no-fetch")).out);
    expect(monthToDate.total).not.toBe("0");
    expectNoKey([err, ...Object.values(files)]);
    vendor.openai.failWith(() => null);
    expect((await run("weekly --as-of 2026-11-09")).err).toBe("");
  });

  test("has failed for a run that reads nothing as well: not a byte changes, and figures are those of the review", async () => {
    const { folder, run, ...vendor } = await stage();
    await run("weekly --as-of 2026-11-02");
    vendor.openai.failWith(() => broken);
    await run("weekly --as-of 2026-11-09");
    const files = filesIn(folder);
    expect(await run("weekly --as-of 2026-11-09 --no-fetch --json")).toMatchObject({ code: 0, err: "" });
    expect(filesIn(folder)).toEqual(files);
    const { settledThrough, sources } = JSON.parse((await run("analyze --as-of 2026-11-09 --no-fetch --json")).out);
    expect(settledThrough).toBe("2026-11-07");
    expect(sources[0].problem).toContain("403");
    vendor.openai.failWith(() => null);
    await run("weekly --as-of 2026-11-09");
    expect(JSON.parse((await run("analyze --as-of 2026-11-09 --no-fetch --json")).out).sources[0].problem).toBe(null);
  });

  test("ends the run with 3 when all fail, and with 2 when none has a key; nothing is written", async () => {
    const { folder, run, ...vendor } = await stage();
    for (const server of [vendor.openai, vendor.anthropic]) server.failWith(() => broken);
    const failed = await run("weekly --as-of 2026-11-09");
    expect(failed.code).toBe(3);
    expect(failed.err.match(/^error: /gm)).toHaveLength(2);
    expectNoKey([failed.err]);
    const keyless = await run("weekly --as-of 2026-11-09", { env: {} });
    expect(keyless.code).toBe(2);
    expect(keyless.err).toMatch(
      /error: source `openai`: OPENAI_ADMIN_KEY is not set\n[^]*error: source `anthropic`: ANTHROPIC_ADMIN_KEY is not set\n/,
    );
    expect(Object.keys(filesIn(folder))).toEqual(["config/overpace.yaml"]);
  });
});

test("Claude Code beside the bill says whose costs it is: no total changes, and nobody's address is written", async () => {
  const { api } = anthropic.anthropic;
  const server = await start({ ...api, routes: [...api.routes, ...claudeCode.api.routes] });
  const weekly = async (more: string) => {
    const config = `owners:\n  engineering: { login: octocat }\n  product: { login: hubot }\nsources:\n  - { type: anthropic, baseUrl: "${server.url}" }\n`;
    const folder = folderWith({ "config/overpace.yaml": config + more });
    const run = (words: string) => overpace(folder, words.split(" "), { env });
    expect(await run("weekly --as-of 2026-11-09")).toMatchObject({ code: 0, err: "" });
    const { last7, monthToDate } = JSON.parse((await run("analyze --as-of 2026-11-09 --json --no-fetch")).out);
    return { folder, totals: [last7.total, monthToDate.total] };
  };
  const { totals } = await weekly("");
  const both = await weekly(`  - { type: anthropic, name: claude-code, report: claude-code, baseUrl: "${server.url}" }\n`);
  expect(both.totals).toEqual(totals);
  const ledger = filesIn(both.folder)["reviews/ledger/2026-11-09.2026-W45.csv"] ?? "";
  expect(ledger).toMatch(/^2026-10-30,.*Claude subscription.*claude-code/m);
  expect(Object.values(filesIn(both.folder)).join()).not.toContain("@example.com");
});

describe("a first connect that breaks off", () => {
  const costs = ["2026-08-15", "2026-09-07", "2026-09-20", "2026-10-12", "2026-10-30", "2026-11-08"].map((day, index) => ({
    day,
    line: "gpt-5.4, input",
    project: "proj_a",
    key: "key_1",
    value: `${index + 1}.25`,
  }));

  /** A repository whose only source is a vendor with costs in each piece, and in the last days before a piece begins. */
  async function connect() {
    const server = await start(openai.openAiApi({ ...openai.openAiOrganization, costs, uses: [] }));
    const config = `owners:\n  engineering: { login: octocat }\n  product: { login: hubot }\nsources:\n  - { type: openai, baseUrl: "${server.url}" }\n`;
    const folder = folderWith({ "config/overpace.yaml": config });
    const run = () => overpace(folder, ["weekly", "--as-of", "2026-11-09"], { env });
    const ledger = () => filesIn(folder)["reviews/ledger/2026-11-09.2026-W45.csv"] ?? "";
    return { server, folder, run, ledger };
  }

  // Each piece takes two questions for costs: in groups, and as a whole.
  test.each([
    [1, null, ["2026-08-11", "2026-09-08", "2026-10-09", "2026-11-09"]],
    [2, null, ["2026-08-11", "2026-09-08", "2026-10-09", "2026-11-09"]],
    [3, "7 September 2026", ["2026-09-01", "2026-09-08", "2026-10-09", "2026-11-09"]],
    [4, "7 September 2026", ["2026-09-01", "2026-09-08", "2026-10-09", "2026-11-09"]],
    [5, "20 September 2026", ["2026-09-14", "2026-10-09", "2026-11-09"]],
    [6, "20 September 2026", ["2026-09-14", "2026-10-09", "2026-11-09"]],
  ])("at question %d holds what came before, names the fault, and goes on", async (point, lastDay, ranges) => {
    const { server, folder, run, ledger } = await connect();
    let count = 0;
    server.failWith((_, { path }) => (path === "/organization/costs" && ++count === point ? { status: 400, body: "{}" } : null));
    const first = await run();
    const review = filesIn(folder)["reviews/2026/2026-W45.md"] ?? "";
    expect(first.err).toContain("OpenAI refused");
    if (lastDay === null) expect([first.code, Object.keys(filesIn(folder))]).toEqual([3, ["config/overpace.yaml"]]);
    else {
      expect(first.code).toBe(0);
      expect(first.err).toContain("the next run goes on from there");
      expect(review).toContain(`No data from openai since ${lastDay}`);
    }
    const asked = server.asked.length;
    expect(await run()).toMatchObject({ code: 0, err: "" });
    expect(askedOf(server, asked)).toEqual(ranges);
    const whole = await connect();
    expect((await whole.run()).code).toBe(0);
    expect(ledger()).toBe(whole.ledger());
    expect(ledger()).toContain("2026-10-12");
  });
});

test("progress is shown on a terminal only, on standard error", async () => {
  const { run } = await stage();
  const { err } = await run("analyze --as-of 2026-11-09 --json", { isTerminal: true });
  const lines = err.replaceAll("\r\u001B[K", "").split("\n");
  expect(lines.filter((line) => line.includes("openai"))).toEqual([
    "reading openai …",
    "openai: 2026-08-11 to 2026-09-07, piece 1 of 3",
    "openai: 2026-09-08 to 2026-10-08, piece 2 of 3",
    "openai: 2026-10-09 to 2026-11-08, piece 3 of 3",
    "openai: 5 charges",
  ]);
  expect(lines).toContain("anthropic: 29 charges");
  expect((await run("analyze --as-of 2026-11-09 --json")).err).toBe("");
});

test("a key in the configuration is refused with its place, before anything is asked", async () => {
  const { folder, ...vendor } = await stage();
  const config = `owners: { engineering: { login: octocat }, product: { login: hubot } }
sources:
  - { type: openai, baseUrl: "https://user:sk-admin-abcdefgh@api.openai.com/v1" }
  - { type: anthropic, tokenEnv: sk-ant-admin01-abcdefgh }
`;
  const { code, err } = await overpace(folderWith({ "config/overpace.yaml": config }), ["analyze", "--as-of", "2026-11-09"], { env });
  expect(code).toBe(2);
  expect(err).toContain("overpace.yaml:3:");
  expect(err).toContain("overpace.yaml:4:");
  expect(err).not.toMatch(/sk-(admin|ant)-\w*abcdefgh/);
  expect(vendor.openai.asked).toEqual([]);
});
