import { describe, expect, test } from "vitest";
import { microsText, sum } from "../../../src/core/money.ts";
import { modelOf } from "../../../src/sources/azure-cost/model.ts";
import { subscriptionId } from "../../support/vendors/azure-cost.ts";
import type { VendorServer } from "../../support/vendors/server.ts";
import { refusalOf } from "../support.ts";
import { linesOf, read, start } from "./azure-cost.ts";

const bodiesOf = ({ asked }: VendorServer) => asked.map(({ body }) => JSON.parse(body));
const resource = `/subscriptions/${subscriptionId}/resourceGroups/Support-Bot/providers/Microsoft.CognitiveServices/accounts/support`;

describe("money", () => {
  test("is billed as invoices have it, and effective with commitments spread: one charge holds both", async () => {
    const { charges } = await read(await start());
    const usage = charges.filter(({ category }) => category === "Usage");
    expect(charges.filter(({ category }) => category === "Purchase")).toMatchObject([
      { day: "2026-09-01", service: "Azure OpenAI", billed: 300_000_000n, effective: 0n, frequency: "One-Time" },
    ]);
    expect(usage.filter(({ day }) => day === "2026-10-15")).toMatchObject([
      { billed: 0n, effective: 10_000_000n, frequency: "Usage-Based" },
    ]);
    expect(usage.filter(({ day }) => day === "2026-08-11")).toMatchObject([{ billed: 2_500_000n, effective: 2_500_000n }]);
    expect(microsText(sum(charges.map(({ effective }) => effective)))).toBe("321.750001");
  });

  test("for commitments that nothing used is usage; taxes and refunds are not", async () => {
    const kinds = ["Usage", "UnusedReservation", "Tax", "Refund", "RoundingAdjustment"].map((chargeType) => ({ chargeType }));
    const { charges } = await linesOf(kinds);
    expect(charges.map(({ category, frequency, billed }) => [category, frequency, billed])).toEqual([
      ["Adjustment", "One-Time", 2_000_000n],
      ["Tax", "One-Time", 1_000_000n],
      ["Usage", "Usage-Based", 2_000_000n],
    ]);
  });

  test("comes in the currency of its rows, and in two is refused", async () => {
    expect((await linesOf([{ currency: "EUR" }])).charges).toMatchObject([{ currency: "EUR" }]);
    expect((await refusalOf(linesOf([{}, { currency: "EUR" }]))).message).toBe(
      "Azure answered with amounts in EUR and USD; expected one currency",
    );
  });

  test.each([
    ["the kinds of charge", 1],
    ["the whole", 2],
    ["services and owners", 3],
    ["meters", 4],
  ])("that does not add up in %s is not taken", async (_, n) => {
    const server = await start([{}]);
    const whole = await fetchedRows(server, n);
    server.failWith((count) => (count === n ? { body: whole.replace(/,1\]/, ",2]") } : null));
    expect((await refusalOf(read(server))).message).toMatch(/^Azure gives \d for 2026-09-01 in groups, but \d in total$/);
  });
});

/** What the server answers to the nth request of a reading. */
async function fetchedRows(server: VendorServer, n: number): Promise<string> {
  await read(server);
  const { body = "", path = "", query, headers } = server.asked[n - 1] ?? {};
  const answer = await fetch(`${server.url}${path}?${query}`, {
    method: "POST",
    body,
    headers: { authorization: headers?.authorization ?? "" },
  });
  return answer.text();
}

describe("questions", () => {
  test("group by two things at most, in steps; the last day is part of the range", async () => {
    const server = await start();
    await read(server);
    const asked = bodiesOf(server);
    const groups = asked.map(({ type, dataset }) => [type, ...dataset.grouping.map(({ name }: { name: string }) => name)].join(" "));
    const steps = ["ChargeType ServiceName", "", "ServiceName ResourceGroupName", "Meter ResourceGroupName"];
    expect(groups).toEqual(["ActualCost", "AmortizedCost"].flatMap((type) => steps.map((step) => `${type} ${step}`.trim())));
    expect(asked[0].timePeriod).toEqual({ from: "2026-08-11T00:00:00Z", to: "2026-11-08T23:59:59Z" });
    expect(server.asked.every(({ query }) => query.get("api-version") === "2025-03-01")).toBe(true);
    expect(server.asked[0]?.headers["clienttype"]).toBe("overpace");
  });

  test("are asked again, with the same body, for each further page", async () => {
    const server = await start(undefined, 10);
    expect(microsText(sum((await read(server)).charges.map(({ billed }) => billed)))).toBe("311.750001");
    const pages = server.asked.filter(({ query }) => query.has("$skiptoken"));
    expect(pages.length).toBeGreaterThan(10);
    expect(pages.every(({ method, body }) => method === "POST" && body !== "")).toBe(true);
  });

  test("a page on another host is not asked for", async () => {
    const server = await start(undefined, 10);
    const answer = JSON.parse(await fetchedRows(server, 1));
    answer.properties.nextLink = "http://127.0.0.2:9/subscriptions/x?api-version=2025-03-01";
    server.failWith((count) => (count === 1 ? { body: JSON.stringify(answer) } : null));
    expect((await refusalOf(read(server))).message).toContain("another host");
  });

  test("span 92 days at most, however far back the ledger ends", async () => {
    const server = await start();
    const { ranges } = await read(server, {}, { lastDay: "2026-01-10" });
    const spans = new Set(bodiesOf(server).map(({ timePeriod }) => timePeriod.from.slice(0, 10)));
    expect(spans).toEqual(new Set(["2025-11-10", "2026-02-10", "2026-05-13", "2026-08-13"]));
    expect(ranges).toEqual([{ start: "2025-11-10", end: "2026-11-09" }]);
  });

  test.each(["qpu", "entity", "tenant", "client", "clienttype"])("wait as long as the header for %s asks", async (name) => {
    const server = await start([{}]);
    const header = `x-ms-ratelimit-microsoft.costmanagement-${name}-retry-after`;
    server.failWith((n) => (n === 1 ? { status: 429, headers: { [header]: "121", "retry-after": "1" } } : null));
    const problem = await refusalOf(read(server));
    expect(problem.message).toContain("the tenant's quota for cost queries is used up (429;");
    expect(server.asked).toHaveLength(1);
    server.failWith((n) => (n === 1 ? { status: 429, headers: { [header]: "20", "retry-after": "1" } } : null));
    expect((await read(server)).charges.length).toBeGreaterThan(0);
  });
});

describe("days", () => {
  test("without a row cost nothing, those that may not have arrived yet are not known", async () => {
    const { ranges, settledThrough, warnings } = await linesOf([{ day: "2026-09-01" }]);
    expect(ranges).toEqual([{ start: "2026-08-11", end: "2026-11-06" }]);
    expect(settledThrough).toBe("2026-11-02");
    expect(warnings).toEqual([]);
  });

  test("of a subscription without any costs are said to have none, with a warning", async () => {
    const { charges, ranges, warnings } = await linesOf([]);
    expect(charges).toEqual([]);
    expect(ranges).toEqual([{ start: "2026-08-11", end: "2026-11-06" }]);
    expect(warnings).toEqual([
      `source \`azure-cost\`: Azure has no costs at subscriptions/${subscriptionId} from 2026-08-11 on; check its scope if that cannot be`,
    ]);
  });

  test.each(["20260230", "1700000000", "null", '"soon"'])("a day %s is not taken", async (day) => {
    const server = await start([{}]);
    const answer = (await fetchedRows(server, 1)).replace("20260901", day);
    server.failWith((count) => (count === 1 ? { body: answer } : null));
    expect((await refusalOf(read(server))).message).toBe("Azure answered with a row whose UsageDate overpace does not understand");
  });
});

describe("attribution", () => {
  test.each([
    ["resource-group", { account: subscriptionId, project: "support-bot", tags: "" }],
    ["subscription", { account: "Production", project: "", tags: "" }],
    ["resource", { account: subscriptionId, project: "support-bot/support", tags: "" }],
    [{ tag: "team" }, { account: subscriptionId, project: "", tags: '{"team":"search"}' }],
  ])("by %j", async (splitBy, expected) => {
    const { charges } = await linesOf([{ tags: { team: "search" } }], { splitBy });
    expect(charges).toMatchObject([{ provider: "Microsoft Azure", service: "Azure OpenAI", model: "gpt-4o-0806", ...expected }]);
  });

  test("what has no tag, or is spelled otherwise, is one charge", async () => {
    expect((await linesOf([{ tags: {} }], { splitBy: { tag: "team" } })).charges).toMatchObject([{ tags: "" }]);
    const { charges } = await linesOf([{}, { resource: resource.toUpperCase().replace("SUBSCRIPTIONS", "subscriptions") }]);
    expect(charges).toMatchObject([{ project: "support-bot", billed: 2_000_000n }]);
  });

  test("meters are asked for where they name models, and nowhere else", async () => {
    const { charges } = await read(await start());
    expect(charges.filter(({ day }) => day === "2026-09-01").map(({ service, model }) => `${service}: ${model}`)).toEqual([
      "Azure OpenAI: ",
      "Azure OpenAI: gpt-4.1-mini",
      "Azure OpenAI: gpt-4o-0806",
      "Storage: ",
    ]);
  });

  test.each([
    ["gpt 4o 0806 Inp glbl Tokens", "gpt-4o-0806"],
    ["gpt-4.1-mini-Outp-regnl Tokens", "gpt-4.1-mini"],
    ["gpt4omini cached Inp Data Zone", "gpt4omini cached Inp Data Zone"],
    ["gpt 5 mini cached inp glbl 1M Tokens", "gpt-5-mini"],
    ["o3 mini 0131 input glbl", "o3-mini-0131"],
    ["o1 Inp glbl Tokens", "o1"],
    ["text embedding ada 002 glbl Tokens", "text-embedding-ada-002"],
    ["text-embedding-3-large-glbl Tokens", "text-embedding-3-large"],
    ["DeepSeek R1 Outp glbl Tokens", "deepseek-r1"],
    ["Claude Opus 4.5 Input", "claude-opus-4.5"],
    ["Llama 3.3 70B Instruct Input", "llama-3.3-70b-instruct"],
    ["Provisioned Managed", "Provisioned Managed"],
    ["S1 Transactions", "S1 Transactions"],
  ])("the model of %s is %s", (meter, model) => {
    expect(modelOf(meter)).toBe(model);
  });
});
