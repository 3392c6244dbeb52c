import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { overpace } from "../../support/world.ts";
import { costByDay, type Files, folderWith, readEntry, refusalOf, type Setting } from "../support.ts";

const PATH = process.env["PATH"] ?? "";
const csv =
  "ChargePeriodStart,ChargePeriodEnd,BillingPeriodStart,BilledCost,EffectiveCost,BillingCurrency,ChargeCategory,ServiceName,ServiceProviderName,x_Model\n" +
  "2026-11-16T00:00:00Z,2026-11-17T00:00:00Z,2026-11-01T00:00:00Z,1.10,1.10,USD,Usage,API,Acme,m\n";
const row = {
  ChargePeriodStart: "2026-11-16T00:00:00Z",
  ChargePeriodEnd: "2026-11-17T00:00:00Z",
  BillingPeriodStart: "2026-11-01T00:00:00Z",
  BilledCost: 1.1,
  EffectiveCost: 1.1,
  BillingCurrency: "USD",
  ChargeCategory: "Usage",
  ServiceName: "API",
  ServiceProviderName: "Acme",
};

/** Reads a source whose program is this script. */
function run(script: string, more: Record<string, unknown> = {}, setting: Setting = {}, files: Files = {}) {
  const root = folderWith({ ...files, "costs.mjs": script });
  const { env = {}, ...rest } = setting;
  return readEntry(
    root,
    { type: "command", name: "costs", run: [process.execPath, "costs.mjs"], ...more },
    { asOf: "2026-11-23", env: { PATH, ...env }, ...rest },
  );
}
const printing = (text: string) => `process.stdout.write(${JSON.stringify(text)});`;
const jsonLines = (...rows: readonly object[]) => rows.map((one) => `${JSON.stringify(one)}\n`).join("");

describe("what a program prints is read", () => {
  test("FOCUS CSV, told by its header", async () => {
    const { charges, warnings, settledThrough, source } = await run(printing(csv));
    expect(charges).toMatchObject([{ day: "2026-11-16", provider: "Acme", model: "m", effective: 1_100_000n, source: "costs" }]);
    expect([warnings, settledThrough, source]).toEqual([[], "2026-11-16", "costs"]);
  });

  test("JSON lines, told by the first brace: drifting keys, tags as object, numbers with all their digits, line breaks in names", async () => {
    const exact = JSON.stringify({ ...row, ServiceName: "two\nlines" }).replaceAll("1.1", "0.10000000000000000000000001");
    const text = `${jsonLines({ ...row, Tags: { feature: "chat", n: 5 } })}\n${exact}\n${jsonLines({ ...row, x_InputTokens: 12, BilledCost: "0.30", EffectiveCost: "0.30" })}`;
    const { charges, warnings } = await run(printing(text), {}, { tagKeys: ["feature", "n"] });
    expect(costByDay(charges)).toEqual({ "2026-11-16": 1_500_000n });
    expect(charges.map(({ service, tags, inputTokens }) => [service, tags, inputTokens])).toEqual([
      ["API", "", 12],
      ["API", '{"feature":"chat","n":"5"}', null],
      ["two\nlines", "", null],
    ]);
    expect(warnings).toEqual([expect.stringMatching(/^Amounts in 1 rows have more than 24 decimals/)]);
  });

  test("JSON lines without costs are priced where the configuration says so; costs that are stated stay", async () => {
    const { BilledCost, EffectiveCost, ...bare } = row;
    const used = { ...bare, ServiceProviderName: "OpenAI", x_Model: "gpt-5.4", x_InputTokens: 1_000_000, x_Requests: 1000 };
    const text = jsonLines({ ...used, x_Model: "acme-7b" }, { ...used, BilledCost: 9, EffectiveCost: 9 }, used, {
      ...used,
      billed_cost: null,
    });
    const { charges, warnings, ranges } = await run(printing(text), { emptyCost: "estimate" });
    expect(charges.map(({ model, billed, estimated, requests }) => [model, billed, estimated, requests])).toEqual([
      ["acme-7b", 0n, true, 1000],
      ["gpt-5.4", 9_000_000n, false, 1000],
      ["gpt-5.4", 5_000_000n, true, 2000],
    ]);
    expect(warnings).toEqual([
      expect.stringMatching(/genai-prices 0\.1\.8/),
      expect.stringMatching(/^No price known for the model "acme-7b"/),
    ]);
    expect(ranges).toEqual([{ start: "2026-11-16", end: "2026-11-17" }]);
    expect((await refusalOf(run(printing(text)))).message).toContain("BilledCost");
  });

  test("a fault in a line without a cost is found on its line; CSV cannot be priced", async () => {
    const { BilledCost, EffectiveCost, ...bare } = row;
    const problem = await refusalOf(run(printing(jsonLines(row, row, { ...bare, ChargeCategory: "Fun" })), { emptyCost: "estimate" }));
    expect(problem.place).toEqual({ file: "output of costs", line: 3 });
    expect((await refusalOf(run(printing(csv), { emptyCost: "estimate" }))).message).toContain("needs JSON lines");
  });

  test("it gets the range of days, PATH, HOME and the named variables, and nothing else; it runs in the root", async () => {
    const script = `import { readFileSync } from "node:fs";
      const keys = Object.keys(process.env).filter((key) => !key.startsWith("__")).sort().join(" ");
      const name = [readFileSync("here.txt", "utf8"), keys, process.env.OVERPACE_START, process.env.OVERPACE_END].join("|");
      process.stdout.write(${JSON.stringify(csv)}.replace("API", name));`;
    const env = { HOME: "/home/x", COSTS_TOKEN: "t0ken", OTHER_SECRET: "hidden" };
    const { charges } = await run(script, { env: ["COSTS_TOKEN"], days: 10 }, { env }, { "here.txt": "here" });
    expect(charges[0]?.service).toBe("here|COSTS_TOKEN HOME OVERPACE_END OVERPACE_START PATH|2026-11-13|2026-11-23");
  });

  test("words are handed over as they are: no shell reads them", async () => {
    const script = `process.stdout.write(${JSON.stringify(csv)}.replace("API", process.argv[2]));`;
    const { charges } = await run(script, { run: [process.execPath, "costs.mjs", "$(echo x); `id` > y"] });
    expect(charges[0]?.service).toBe("$(echo x); `id` > y");
  });

  test("nothing stays behind", async () => {
    const temporary = folderWith({});
    await run(printing(csv), {}, { env: { RUNNER_TEMP: temporary } });
    await refusalOf(run("process.exit(3)", {}, { env: { RUNNER_TEMP: temporary } }));
    expect(readdirSync(temporary)).toEqual([]);
  });
});

test("check runs no program", async () => {
  const ran = folderWith({});
  const script = `require("node:fs").writeFileSync(${JSON.stringify(join(ran, "ran"))}, "")`;
  const source = JSON.stringify({ type: "command", run: [process.execPath, "-e", script] });
  const root = folderWith({
    "config/overpace.yaml": `owners: { engineering: { login: octocat }, product: { login: hubot } }\nsources: [${source}]\n`,
    "reviews/README.md": "",
  });
  expect((await overpace(root, ["check"])).code).toBe(0);
  expect(readdirSync(ran)).toEqual([]);
  await overpace(root, ["analyze", "--as-of", "2026-11-23"]);
  expect(readdirSync(ran)).toEqual(["ran"]);
});

describe("a program that fails is refused", () => {
  test.each<[string, string, RegExp, RegExp]>([
    ["an exit code", "console.error('no access'); process.exit(3)", /ended with exit code 3\. It wrote: no access$/, /Run it by hand/],
    ["silence", "", /printed nothing on standard output\. It wrote nothing to standard error\.$/, /FOCUS rows/],
    ["a signal", "process.kill(process.pid, 'SIGTERM'); setInterval(() => {}, 1000)", /was ended by SIGTERM/, /Run it by hand/],
    ["half a line", printing(csv.trimEnd()), /^The output ends within a line/, /line break after its last line/],
    ["a JSON list", printing('[{"a":1}]\n'), /^The output is a JSON list/, /on a line of its own/],
    ["a greeting", printing("Fetching costs …\n"), /^The output begins with "Fetching costs …", which is neither/, /standard error/],
    ["not UTF-8", "process.stdout.write(Buffer.from('caf\\u00e9,x\\n', 'latin1'))", /^The output is not UTF-8/, /print UTF-8/],
  ])("%s", async (_, script, message, remedy) => {
    const problem = await refusalOf(run(script));
    expect(problem.message).toMatch(message);
    expect(problem.remedy).toMatch(remedy);
  });

  test("it takes too long: it is ended, even if something it started holds its output open", async () => {
    const script = `import { spawn } from "node:child_process"; spawn("sleep", ["20"], { stdio: "inherit" }); console.error("waiting"); setInterval(() => {}, 1000);`;
    const start = performance.now();
    const problem = await refusalOf(run(script, { timeoutSeconds: 1 }));
    expect(problem.message).toMatch(/was ended after 1 seconds\. It wrote: waiting$/);
    expect(performance.now() - start).toBeLessThan(8000);
  });

  test("what went wrong is told from a stack of Node too", async () => {
    expect((await refusalOf(run("throw new Error('no access to the bill')"))).message).toMatch(/Error: no access to the bill/);
  });

  test("text that is not UTF-8 is named by its line", async () => {
    const script = `${printing(csv)} process.stdout.write(Buffer.from("caf\\u00e9\\n", "latin1"))`;
    expect((await refusalOf(run(script))).place).toEqual({ file: "output of costs", line: 3 });
  });

  test("no such program", async () => {
    const problem = await refusalOf(run("", { run: ["no-such-program-here", "x"] }));
    expect(problem.message).toMatch(/^"no-such-program-here x" could not be started: .*ENOENT/);
  });

  test("secrets that it was given are shown nowhere, long complaints are cut to their end", async () => {
    const script = `console.error("x".repeat(9000) + "\\n401 for token " + process.env.COSTS_TOKEN); process.exit(1)`;
    const problem = await refusalOf(run(script, { env: ["COSTS_TOKEN"] }, { env: { COSTS_TOKEN: "s3cr3t-value" } }));
    expect(problem.message).toMatch(/401 for token \*\*\*$/);
    expect(problem.message.length).toBeLessThan(600);
    const leaked = `process.stdout.write(${JSON.stringify(csv)}.replaceAll("1.10", process.env.COSTS_TOKEN))`;
    const other = await refusalOf(run(leaked, { env: ["COSTS_TOKEN"] }, { env: { COSTS_TOKEN: "s3cr3t-value" } }));
    expect(other.message).toMatch(/^BilledCost is "\*\*\*"/);
  });

  test("a named variable that is not set", async () => {
    expect((await refusalOf(run("", { env: ["COSTS_TOKEN"] }))).message).toBe(
      "env names COSTS_TOKEN, which is not set in the environment.",
    );
  });
});

describe("rows that cannot be counted are named by their line of the output", () => {
  test("in CSV", async () => {
    const problem = await refusalOf(run(printing(csv.replace("1.10,", "$1,"))));
    expect(problem.message).toMatch(/^BilledCost is "\$1"/);
    expect(problem.place).toEqual({ file: "output of costs", line: 2 });
  });

  test("in JSON lines, over blank lines and values with line breaks", async () => {
    const text = `${jsonLines({ ...row, ServiceName: "a\nb" })}\n${jsonLines(row, { ...row, BilledCost: "free" })}`;
    const problem = await refusalOf(run(printing(text)));
    expect(problem.message).toMatch(/^BilledCost is "free"/);
    expect(problem.place).toEqual({ file: "output of costs", line: 4 });
    const currencies = await refusalOf(run(printing(jsonLines(row, { ...row, BillingCurrency: "EUR" }))));
    expect(currencies.message).toMatch(/"EUR" at output of costs:2, but "USD" at output of costs:1/);
  });

  test("a line that is no JSON, a line that is no object, missing columns", async () => {
    const half = await refusalOf(run(printing(`${jsonLines(row)}{"ChargePeriod\n`)));
    expect(half.message).toMatch(/^The line is no JSON: /);
    expect(half.place).toEqual({ file: "output of costs", line: 2 });
    expect((await refusalOf(run(printing(`${jsonLines(row)}5\n`)))).message).toMatch(/^The line is JSON, but no object/);
    expect((await refusalOf(run(printing(jsonLines({ BilledCost: 1 }))))).message).toMatch(
      /^output of costs lacks the columns ChargePeriodStart/,
    );
  });
});
