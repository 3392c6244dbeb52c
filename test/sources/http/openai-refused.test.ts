import { describe, expect, test } from "vitest";
import { microsText, sum } from "../../../src/core/money.ts";
import { openAiOrganization, type Use } from "../../support/vendors/openai.ts";
import { refusalOf, totalOf } from "../support.ts";
import { cost, read, start } from "./openai.ts";

describe("refused", () => {
  test("groups that do not add up to the whole", async () => {
    const server = await start({ costs: [cost], uses: [] });
    const whole = (value: string) =>
      JSON.stringify({
        data: [{ start_time: 1_793_577_600, results: [{ amount: { value, currency: "usd" } }] }],
        has_more: false,
        next_page: null,
      });
    server.failWith((n) => (n === 2 ? { body: whole("1.009") } : null));
    expect(microsText(sum((await read(server)).charges.map(({ billed }) => billed)))).toBe("1");
    server.failWith((n) => (n === 2 ? { body: whole("1.02") } : null));
    expect((await refusalOf(read(server))).message).toBe("OpenAI gives 1 for 2026-11-02 in groups, but 1.02 in total");
  });

  test("a cursor that comes again", async () => {
    const server = await start();
    server.failWith(() => ({ body: JSON.stringify({ data: [], has_more: true, next_page: "again" }) }));
    expect((await refusalOf(read(server))).message).toContain("the same page twice");
  });

  test("a second currency, and what is none", async () => {
    const two = await start({ costs: [cost, { ...cost, line: "b, input", currency: "eur" }] });
    expect((await refusalOf(read(two))).message).toContain("amounts in EUR and USD");
    const none = await start({ costs: [{ ...cost, currency: "credits" }] });
    expect((await refusalOf(read(none))).message).toContain("no currency");
    const unsaid = await start({ costs: [cost], uses: [] });
    unsaid.failWith((_, { path }) =>
      path.includes("costs")
        ? { body: '{"data":[{"start_time":1793577600,"results":[{"amount":{"value":"1"}}]}],"has_more":false}' }
        : null,
    );
    expect((await refusalOf(read(unsaid))).message).toContain('amounts in "", which is no currency');
  });

  test("lines of cost of which none has an amount where amounts are looked for", async () => {
    const server = await start();
    const answer = (results: unknown[]) => ({
      body: JSON.stringify({ data: [{ start_time: 1_793_577_600, results }], has_more: false, next_page: null }),
    });
    const moved = { cost: { value: "1", currency: "usd" }, line_item: "gpt-5.4, input", project_id: "proj_a", api_key_id: "key_1" };
    server.failWith((_, { path }) => (path.includes("costs") ? answer([moved, moved]) : null));
    const problem = await refusalOf(read(server));
    expect(problem.message).toBe(
      "OpenAI answered /organization/costs in a shape that overpace does not know: none of 2 lines of cost has an amount",
    );
    expect(problem.remedy).toContain("Nothing of this source was read.");
    const known = { ...moved, amount: { value: "1", currency: "usd" } };
    server.failWith((_, { path }) => (path.includes("costs") ? answer([known, moved]) : null));
    expect(totalOf((await read(server)).charges, ({ billed }) => Number(billed))).toBe(1e6);
    // A day without spend may have a result without an amount.
    server.failWith((_, { path }) => (path.includes("costs") ? answer([{ line_item: null }]) : null));
    expect((await read(server)).ranges).toEqual([{ start: "2026-11-02", end: "2026-11-03" }]);
  });

  test.each(["0E-6176", "0e-10", "-0.00E+3"])("%s is an amount of nothing", async (value) => {
    const { charges } = await read(await start({ costs: [cost, { ...cost, project: "proj_b", value }], uses: [] }));
    expect(charges.map(({ billed }) => billed)).toEqual([1_000_000n]);
  });

  test("an amount that is no number, by its field", async () => {
    const server = await start({ costs: [{ ...cost, day: "2026-08-11", value: "1e5" }], uses: [] });
    expect(microsText(sum((await read(server)).charges.map(({ billed }) => billed)))).toBe("100000");
    server.failWith(() => ({
      body: '{"data":[{"start_time":0,"results":[{"amount":{"value":"1,5","currency":"usd"}}]}],"has_more":false}',
    }));
    expect((await refusalOf(read(server))).message).toContain("data[0].results[0].amount.value is not a decimal number");
  });

  test("a run without a key, with the whole way to one", async () => {
    const problem = await refusalOf(read(await start(), { env: {} }));
    expect([problem.message, problem.remedy]).toEqual([
      "OPENAI_ADMIN_KEY is not set",
      "Put the key of OpenAI there: an organization admin key (sk-admin-…), or a key with the scope api.usage.read. It is made at https://platform.openai.com/settings/organization/admin-keys; in a workflow it stands under env:, from a secret.",
    ]);
  });

  test("the key of a project, with the role that is needed", async () => {
    const problem = await refusalOf(read(await start(), { env: { OPENAI_ADMIN_KEY: "sk-proj-abcdefghijkl" } }));
    expect(problem.message).toContain("Missing scopes: api.usage.read");
    expect(problem.remedy).toContain("https://platform.openai.com/settings/organization/admin-keys");
  });
});

test("days that are left out of the answer stay as the ledger has them, and are named", async () => {
  // Tokens of every day do not make days free of which nothing is said.
  const uses = [2, 3, 4, 5, 6].map((day) => ({ ...openAiOrganization.uses[0], day: `2026-11-0${day}` }) as Use);
  const server = await start({ costs: [cost], uses });
  server.failWith((_, { path }) => {
    const bucket = (day: string) => ({ start_time: Date.parse(day) / 1000, results: [] });
    const data = [bucket("2026-11-02"), bucket("2026-11-03"), bucket("2026-11-05")];
    return path.includes("costs") ? { body: JSON.stringify({ data, has_more: false }) } : null;
  });
  const { charges, ranges, warnings, settledThrough } = await read(server, { lastDay: "2026-11-08" });
  expect([...new Set(charges.map(({ day }) => day))]).toEqual(["2026-11-02", "2026-11-03", "2026-11-05"]);
  expect(ranges).toEqual([
    { start: "2026-11-02", end: "2026-11-04" },
    { start: "2026-11-05", end: "2026-11-06" },
  ]);
  expect(warnings).toContain(
    "source `openai` says nothing of 2026-11-04, 2026-11-06 to 2026-11-08: these days stay as the ledger has them",
  );
  expect(settledThrough).toBe("2026-11-04");
});
