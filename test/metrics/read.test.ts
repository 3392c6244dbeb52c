import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { weekOf } from "../../src/core/metrics/metric.ts";
import { microsText } from "../../src/core/money.ts";
import { placeText } from "../../src/core/problem.ts";
import { metricsSchema } from "../../src/core/settings/metrics.ts";
import type { World } from "../../src/core/world.ts";
import { readMetrics } from "../../src/metrics/index.ts";
import { folderWith } from "../support/world.ts";

/** Reads one metric: its weeks, and the refusal with its place. */
async function read(entry: Record<string, unknown>, files: Record<string, string> = {}, env: Record<string, string> = {}) {
  const root = folderWith(files);
  const configs = metricsSchema.parse([{ name: "tickets", ...entry }]);
  const world = worldOf(root, { PATH: process.env["PATH"] ?? "", ...env });
  const [one] = await readMetrics(configs, [], { world, root, asOf: "2026-11-23" });
  if (one === undefined) throw new Error("nothing was read");
  const { metric, problem } = one;
  const week = (which: "last7" | "prior7") => {
    const { value, known } = weekOf(metric, which);
    return { value: microsText(value), days: known };
  };
  const err = problem === null ? "" : `${problem.place ? `${placeText(problem.place)}: ` : ""}${problem.message}`;
  return { metric: { last7: week("last7"), prior7: week("prior7"), through: metric.through, problem: metric.problem }, err };
}

function worldOf(cwd: string, env: Record<string, string>): World {
  const unused = () => expect.fail("not asked for");
  return { env, cwd, now: unused, write: unused, log: unused, isTerminal: false, fetch: globalThis.fetch, second: 0 };
}
const csv = (text: string, more: Record<string, unknown> = {}) => read({ type: "csv", path: "m.csv", ...more }, { "m.csv": text });

describe("csv", () => {
  test("days and times in UTC, quotes, a byte order mark, CRLF; an empty value is not known", async () => {
    const { metric, err } = await csv(
      '\uFEFF"date",note,value\r\n2026-11-16,"a,\nb",1.5\r\n2026-11-17T23:30:00-05:00,,2\r\n2026-11-20,,\r\n2026-11-23,,9\r\n',
    );
    expect(metric).toMatchObject({
      last7: { value: "3.5", days: 2 },
      prior7: { value: "0", days: 0 },
      through: "2026-11-18",
      problem: null,
    });
    expect(err).toBe("");
  });

  test.each([
    ["date,value\n2026-11-16,5\n16.11.2026,5\n", 'm.csv:3: date is "16.11.2026", expected a UTC day'],
    ["date,value\n2026-02-30,5\n", 'm.csv:2: date is "2026-02-30"'],
    ['date,value,n\n2026-11-16,5,"a\nb"\n2026-11-17,"1,5",\n', 'm.csv:4: value is "1,5", expected a plain number'],
    ["date,value\n2026-11-16,-5\n", 'm.csv:2: value is "-5", expected zero or more'],
    ["date,value\n2026-11-16,5,6\n", "m.csv:2: has 3 cells, expected 2"],
    ["day,value\n2026-11-16,5\n", "m.csv:1: has no column date; its columns are day, value"],
    ["date,value,value\n2026-11-16,5,5\n", "m.csv:1: has the column value more than once"],
    ['date,value\n2026-11-16,"5\n', "m.csv:2: has a quote that is misplaced or never closed"],
    ["", "m.csv:1: has no column date, value; its columns are none"],
  ])("refused with file and line, and the review goes on: %j", async (text, message) => {
    const { metric, err } = await csv(text);
    expect(err).toContain(message);
    expect(metric?.problem).not.toBeNull();
    expect(metric?.through).toBeNull();
  });

  test("a missing file is named", async () => {
    expect((await read({ type: "csv", path: "m.csv" })).err).toContain("m.csv: there is no such file");
  });

  test("revenue may be negative, as refunds are", async () => {
    const { metric } = await csv("date,value\n2026-11-16,-5\n2026-11-16,12\n", { kind: "revenue", currency: "USD" });
    expect(metric?.last7).toEqual({ value: "7", days: 1 });
  });
});

describe("command", () => {
  const run = (script: string, more: Record<string, unknown> = {}, env = {}) =>
    read({ type: "command", run: [process.execPath, "m.mjs"], ...more }, { "m.mjs": script }, env);

  test("CSV, or JSON lines with dotted fields and exact numbers; the days it is asked for stand in its environment", async () => {
    const lines =
      'console.log(`{"at":{"day":"${process.env.OVERPACE_END.slice(0, 8)}16"},"value":0.100000}\n{"at":{"day":"2026-11-16"},"value":"2"}`)';
    expect((await run(lines, { date: "at.day" })).metric?.last7).toEqual({ value: "2.1", days: 1 });
    expect((await run('console.log("date,value\\n2026-11-22,4")')).metric).toMatchObject({
      last7: { value: "4", days: 1 },
      through: "2026-11-22",
    });
  });

  test.each([
    ["process.exit(3)", "ended with exit code 3"],
    ['console.log("{oops")', 'output of tickets:1: the line is no JSON: "{oops"'],
    ['console.log(\'{"date":"2026-11-16"}\')', "output of tickets:1: value is not there, expected a plain number"],
  ])("refused: %s", async (script, message) => {
    expect((await run(script)).err).toContain(message);
  });

  test("a secret that it is given stands in no message", async () => {
    const { err, metric } = await run("console.error(process.env.KEY);process.exit(1)", { env: ["KEY"] }, { KEY: "s3cret-value" });
    expect(err).toContain("It wrote: ***");
    expect(`${err}${metric?.problem}`).not.toContain("s3cret-value");
  });
});

describe("http", () => {
  const asked: { url: string; authorization: string | undefined }[] = [];
  const server = createServer((request, response) => {
    asked.push({ url: request.url ?? "", authorization: request.headers.authorization });
    const path = (request.url ?? "").split("?")[0];
    if (path === "/key") return void response.writeHead(401).end(JSON.stringify({ error: `bad ${request.headers.authorization}` }));
    if (path === "/page") return void response.end("<html>");
    const rows = [
      { d: "2026-11-16", n: 12.5, of: { name: "acme" } },
      { d: "2026-11-17", n: "3" },
      { d: "2026-11-18", n: null },
    ];
    response.end(JSON.stringify(path === "/list" ? rows : { data: { items: rows } }));
  });
  beforeAll(() => new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve)));
  afterAll(() => void server.close());
  const ask = (path: string, more: Record<string, unknown> = {}) =>
    read(
      { type: "http", url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, date: "d", value: "n", ...more },
      {},
      { BI_TOKEN: "bi-token-0123456789" },
    );

  test("rows at a path, or the answer itself; days stand in the address, the token in a header", async () => {
    expect((await ask("/deep?from={start}&to={end}", { rows: "data.items", bearerEnv: "BI_TOKEN" })).metric?.last7).toEqual({
      value: "15.5",
      days: 2,
    });
    expect(asked.at(-1)).toEqual({ url: "/deep?from=2026-10-26&to=2026-11-23", authorization: "Bearer bi-token-0123456789" });
    expect((await ask("/list")).metric?.last7).toEqual({ value: "15.5", days: 2 });
    expect(asked.at(-1)?.authorization).toBeUndefined();
  });

  test.each([
    ["/deep", {}, "answered without a list at the top"],
    ["/list", { value: "m" }, "rows of tickets:1: m is not there, expected a plain number"],
    ["/page", {}, "which is not JSON"],
    ["/list", { bearerEnv: "NONE" }, "bearerEnv names NONE, which is not set in the environment"],
  ])("refused: %s %j", async (path, more, message) => {
    expect((await ask(path, more)).err).toContain(message);
  });

  test("a refused token is not shown, also where the server sends it back", async () => {
    const { err } = await ask("/key", { bearerEnv: "BI_TOKEN" });
    expect(err).toContain("does not accept the key");
    expect(err).not.toContain("bi-token");
  });
});
