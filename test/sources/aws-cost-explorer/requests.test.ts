import { afterEach, describe, expect, test } from "vitest";
import { microsText, sum } from "../../../src/core/money.ts";
import { noPrices } from "../../../src/core/settings/prices.ts";
import { readSource } from "../../../src/sources/index.ts";
import { awsCostExplorer, bedrockItem } from "../../support/vendors/aws-cost-explorer.ts";
import { refusalOf } from "../support.ts";
import { claude, read, start, stopAll } from "./support.ts";

afterEach(stopAll);
const { asOf, env } = awsCostExplorer;

describe("requests", () => {
  test("are made for every page, with the same question", async () => {
    const server = await start({ pageSize: 20 });
    expect(microsText(sum((await read(server)).charges.map(({ billed }) => billed)))).toBe(awsCostExplorer.total);
    expect(server.asked.length).toBeGreaterThan(10);
  });

  test("are not made for what cost nothing", async () => {
    const free = { ...claude, cost: "0", account: "444455556666" };
    const server = await start({
      items: [{ ...bedrockItem, cost: "1" }, free, { ...free, service: "Claude Haiku 4.5 (Amazon Bedrock Edition)" }],
    });
    const { charges } = await read(server);
    expect(charges.map(({ model }) => model)).toEqual(["NovaPro"]);
    expect(server.asked).toHaveLength(4);
  });

  test("beyond mostRequests are refused before they are paid for", async () => {
    const server = await start();
    const problem = await refusalOf(read(server, { mostRequests: 4 }));
    expect(problem.message).toBe("AWS Cost Explorer would need more than 4 requests, at $0.01 each, for what this source asks for");
    expect(problem.remedy).toContain("mostRequests");
    expect(server.asked).toHaveLength(3);
  });

  test("of further pages are refused, too, where they are one too many", async () => {
    const server = await start({ pageSize: 1 });
    const problem = await refusalOf(read(server, { mostRequests: 3 }));
    expect(problem.message).toContain("would need more than 3 requests");
    expect(server.asked).toHaveLength(3);
  });

  test("are counted on a terminal, with what they cost", async () => {
    const server = await start();
    const said: string[] = [];
    const world = {
      env,
      cwd: "/",
      now: () => new Date(0),
      write: () => {},
      log: (text: string) => void said.push(text),
      isTerminal: true,
      fetch: globalThis.fetch,
      second: 0,
    };
    const config = { type: "aws-cost-explorer", baseUrl: server.url, name: "aws", formerly: [], settlingDays: 2 };
    await readSource(config, { world, root: "/", asOf, tagKeys: [], lastDay: null, prices: noPrices });
    expect(said).toEqual(["aws: 5 requests of AWS Cost Explorer, $0.05\n"]);
  });

  test("for a long time ago begin with the oldest day that AWS keeps", async () => {
    const server = await start();
    const { ranges } = await read(server, {}, { lastDay: "2024-01-01" });
    expect(ranges).toEqual([{ start: "2025-10-12", end: asOf }]);
  });
});

describe("refused", () => {
  const answering = async (type: string, message: string, status = 400) => {
    const server = await start();
    server.failWith(() => ({ status, body: JSON.stringify({ __type: type, Message: message }) }));
    return { server, problem: await refusalOf(read(server)) };
  };

  test.each([
    [
      "AccessDeniedException",
      "User: arn:aws:sts::1:assumed-role/r/s is not authorized to perform: ce:GetCostAndUsage",
      "does not let these credentials read costs",
      "ce:GetCostAndUsage",
    ],
    [
      "AccessDeniedException",
      "User not enabled for cost explorer access",
      "is not switched on for this account",
      "https://console.aws.amazon.com/costmanagement/home",
    ],
    [
      "ExpiredTokenException",
      "The security token included in the request is expired",
      "says that the credentials have expired",
      "aws sso login",
    ],
    [
      "UnrecognizedClientException",
      "The security token included in the request is invalid.",
      "does not accept the credentials",
      "AWS_SECRET_ACCESS_KEY",
    ],
    ["DataUnavailableException", "The requested data is unavailable.", "has no data to answer from", "tomorrow"],
    [
      "com.amazon.coral#LimitExceededException",
      "You made too many calls in a short period of time.",
      "asks to wait: too many requests in a short time",
      "Run again later",
    ],
    ["BillExpirationException", "The requested report expired.", "changed its data between two pages", "Run again"],
    ["ValidationException", "You haven't enabled historical data beyond 14 months", "has no data of days that long ago", "14 months"],
    ["ValidationException", "Group Definition tag is invalid", "refused the request", "groupBy"],
  ])("%s: %s", async (type, message, means, remedy) => {
    const { problem } = await answering(type, message);
    expect(problem.message).toContain(`AWS Cost Explorer ${means} (400; it said "`);
    expect(problem.remedy).toContain(remedy);
  });

  test("a limit that AWS says with 400 is waited for", async () => {
    const server = await start();
    server.failWith((n) => (n < 4 ? { status: 400, body: '{"__type":"LimitExceededException","Message":"slow down"}' } : null));
    expect(microsText(sum((await read(server)).charges.map(({ billed }) => billed)))).toBe(awsCostExplorer.total);
  });

  test("a refusal of what was asked is not asked again", async () => {
    const { server } = await answering("AccessDeniedException", "no");
    expect(server.asked).toHaveLength(1);
  });

  test("groups that do not add up to the whole", async () => {
    const server = await start({ items: [bedrockItem] });
    const metric = { Amount: "2", Unit: "USD" };
    const total = { UnblendedCost: metric, AmortizedCost: metric };
    const body = JSON.stringify({ ResultsByTime: [{ TimePeriod: { Start: "2026-10-30", End: "2026-10-31" }, Total: total, Groups: [] }] });
    server.failWith((n) => (n === 1 ? { body } : null));
    expect((await refusalOf(read(server))).message).toBe("AWS Cost Explorer gives 1 for 2026-10-30 in groups, but 2 in total");
  });

  test.each([
    ["by account", 3],
    ["by usage type", 4],
  ])("groups %s that do not add up to the step before", async (_, step) => {
    const server = await start({ items: [claude] });
    server.failWith((n) => (n === step ? { body: '{"ResultsByTime":[]}' } : null));
    expect((await refusalOf(read(server))).message).toMatch(/gives 0 for .* in groups, but 1 in total/);
  });

  test("an answer's days that were not asked for are left out", async () => {
    const server = await start({ items: [] });
    const metric = { Amount: "2", Unit: "USD" };
    const metrics = { UnblendedCost: metric, AmortizedCost: metric };
    const result = (Start: string) => ({ TimePeriod: { Start }, Total: metrics, Groups: [{ Keys: ["Tax", "Tax"], Metrics: metrics }] });
    server.failWith(() => ({
      body: JSON.stringify({ ResultsByTime: [result("2026-11-08"), result("2026-11-09"), result("2026-01-01")] }),
    }));
    const { charges, ranges } = await read(server, { groupBy: [] }, { lastDay: "2026-11-08" });
    expect(charges.map(({ day, billed }) => [day, billed])).toEqual([["2026-11-08", 2_000_000n]]);
    expect(ranges).toEqual([{ start: "2026-11-08", end: asOf }]);
  });

  test("a metric that was asked for and is not there, and two currencies", async () => {
    const server = await start({ items: [bedrockItem] });
    const body = JSON.stringify({ ResultsByTime: [{ TimePeriod: { Start: "2026-10-30", End: "2026-10-31" }, Total: {}, Groups: [] }] });
    server.failWith(() => ({ body }));
    expect((await refusalOf(read(server))).message).toBe("AWS Cost Explorer answered without UnblendedCost, which it was asked for");
    const group = (key: string, Unit: string) => ({
      Keys: [key, "Usage"],
      Metrics: { UnblendedCost: { Amount: "0", Unit }, AmortizedCost: { Amount: "0", Unit } },
    });
    const mixed = {
      ResultsByTime: [
        {
          TimePeriod: { Start: "2026-10-30", End: "2026-10-31" },
          Total: group("", "USD").Metrics,
          Groups: [group("a", "USD"), group("b", "CNY")],
        },
      ],
    };
    server.failWith(() => ({ body: JSON.stringify(mixed) }));
    expect((await refusalOf(read(server, { groupBy: [] }))).message).toContain("amounts in CNY and USD; expected one currency");
  });
});
