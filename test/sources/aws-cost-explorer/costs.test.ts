import fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import { microsText, sum } from "../../../src/core/money.ts";
import { runs } from "../../support/properties.ts";
import { awsCostExplorer, bedrockItem } from "../../support/vendors/aws-cost-explorer.ts";
import type { Item } from "../../support/vendors/aws/items.ts";
import { claude, questions, read, start, stopAll } from "./support.ts";

afterEach(stopAll);
const { asOf } = awsCostExplorer;

describe("charges", () => {
  test("both schemes of names are models of one service, with accounts by name", async () => {
    const { charges } = await read(await start());
    const models = charges
      .filter(({ service, category }) => service === "Amazon Bedrock" && category === "Usage")
      .map(({ model, account, billed, outputTokens }) => [model, account, microsText(billed), outputTokens]);
    expect(models).toEqual([
      ["NovaPro", "Support", "0.0008", null],
      ["Claude Sonnet 4.6", "Search", "15", null],
      ["Claude Sonnet 4.6", "Support", "3.3", null],
      ["NovaPro", "Support", "0.64", 400_000],
      ["Guardrail-TextUnits", "Support", "0.15", null],
    ]);
  });

  test("credits, refunds and taxes stand beside the usage, which stays gross", async () => {
    const items = [
      { ...claude, cost: "10" },
      { ...claude, recordType: "Credit", cost: "-10" },
      { ...claude, recordType: "Refund", cost: "-1" },
      { ...bedrockItem, recordType: "Tax", service: "Tax", cost: "0.5" },
    ];
    const { charges } = await read(await start({ items }));
    expect(charges.map(({ category, billed, model }) => [category, microsText(billed), model])).toEqual([
      ["Adjustment", "-1", ""],
      ["Credit", "-10", ""],
      ["Usage", "10", "Claude Sonnet 4.6"],
      ["Tax", "0.5", ""],
    ]);
  });

  test("what a model of the marketplace is credited and discounted stands on the service of its usage", async () => {
    const items = ["Usage", "Credit", "EdpDiscount"].map((recordType) => ({
      ...claude,
      recordType,
      cost: recordType === "Usage" ? "10" : "-1",
    }));
    const { charges } = await read(await start({ items }));
    expect(charges.map(({ category, service }) => [category, service])).toEqual([
      ["Adjustment", "Amazon Bedrock"],
      ["Credit", "Amazon Bedrock"],
      ["Usage", "Amazon Bedrock"],
    ]);
  });

  test("a type that is not known is an adjustment, and named", async () => {
    const { charges, warnings } = await read(await start({ items: [{ ...bedrockItem, recordType: "Moon Phase" }, bedrockItem] }));
    expect(charges).toMatchObject([{ category: "Adjustment", frequency: null, billed: 1_000_000n }, { category: "Usage" }]);
    expect(warnings).toEqual([
      "source `aws-cost-explorer` has charges of types that overpace does not know, counted as adjustments: Moon Phase",
    ]);
  });

  test("what was paid ahead is billed on its day and effective on the days of its use", async () => {
    const items = [
      { ...bedrockItem, day: "2026-10-01", service: "Amazon RDS", recordType: "Fee", cost: "90", amortized: "0" },
      { ...bedrockItem, day: "2026-10-02", service: "Amazon RDS", recordType: "DiscountedUsage", cost: "0", amortized: "3" },
    ];
    const { charges } = await read(await start({ items }));
    expect(charges.map(({ day, category, billed, effective }) => [day, category, billed, effective])).toEqual([
      ["2026-10-01", "Purchase", 90_000_000n, 0n],
      ["2026-10-02", "Usage", 0n, 3_000_000n],
    ]);
  });

  test("use of a model that was paid ahead is effective by model, too", async () => {
    const { charges } = await read(await start({ items: [{ ...claude, recordType: "DiscountedUsage", cost: "0", amortized: "3" }] }));
    expect(charges).toMatchObject([{ model: "Claude Sonnet 4.6", billed: 0n, effective: 3_000_000n }]);
  });

  test("`net` asks for both kinds of money with private discounts inside the lines", async () => {
    const items = [
      { ...bedrockItem, cost: "10", net: "9" },
      { ...bedrockItem, recordType: "EdpDiscount", cost: "-1", net: "0" },
    ];
    const server = await start({ items });
    const [gross, net] = [await read(server), await read(server, { net: true })];
    expect(gross.charges.map(({ category, billed }) => [category, billed])).toEqual(
      [
        ["Usage", 10_000_000n],
        ["Adjustment", -1_000_000n],
      ].sort(),
    );
    expect(net.charges.map(({ category, billed, effective }) => [category, billed, effective])).toEqual([
      ["Usage", 9_000_000n, 9_000_000n],
    ]);
    expect(questions(server).at(-1)?.Metrics).toEqual(["NetUnblendedCost", "NetAmortizedCost", "UsageQuantity"]);
  });

  test("before the bill is closed are no prices that somebody computed: the ledger's mark of estimates stays off", async () => {
    const items = ["2026-10-30", "2026-11-02"].map((day) => ({ ...bedrockItem, day }));
    const { charges, settledThrough } = await read(await start({ items }));
    expect(charges.map(({ day, estimated }) => [day, estimated])).toEqual([
      ["2026-10-30", false],
      ["2026-11-02", false],
    ]);
    expect(settledThrough).toBe("2026-11-06");
  });

  test("are in the currency that AWS names", async () => {
    const { charges } = await read(await start({ currency: "CNY" }));
    expect(new Set(charges.map(({ currency }) => currency))).toEqual(new Set(["CNY"]));
  });

  test("an account without costs answers for every day", async () => {
    const server = await start({ items: [] });
    const { charges, ranges, warnings } = await read(server);
    expect([charges, ranges, warnings]).toEqual([[], [{ start: "2026-08-11", end: asOf }], []]);
    expect(questions(server).map(({ GroupBy = [] }) => GroupBy.map(({ Key }) => Key).join(" "))).toEqual(["", "SERVICE RECORD_TYPE"]);
  });
});

describe("groups", () => {
  const items: readonly Item[] = [
    { ...claude, tags: { feature: "search" }, cost: "1" },
    { ...claude, tags: { feature: "search" }, account: "444455556666", cost: "2" },
    { ...claude, cost: "4", categories: { Team: "support" } },
    { ...bedrockItem, tags: { feature: "chat" }, cost: "8" },
    { ...bedrockItem, service: "AWS Lambda", usageType: "Request", tags: { feature: "chat$x" }, cost: "16" },
  ];
  const organization = { items };

  test.each([
    [
      [],
      3,
      [
        ["", "", "7"],
        ["", "", "8"],
        ["", "", "16"],
      ],
    ],
    [
      ["account"],
      5,
      [
        ["Search", "", "2"],
        ["Support", "", "5"],
        ["Support", "", "8"],
        ["Support", "", "16"],
      ],
    ],
    [
      [{ tag: "feature" }],
      5,
      [
        ["", "", "4"],
        ["", '{"feature":"search"}', "3"],
        ["", '{"feature":"chat"}', "8"],
        ["", '{"feature":"chat$x"}', "16"],
      ],
    ],
    [
      [{ category: "Team" }],
      5,
      [
        ["", "", "3"],
        ["", '{"Team":"support"}', "4"],
        ["", "", "8"],
        ["", "", "16"],
      ],
    ],
  ])("%j takes %i requests", async (groupBy, requests, expected) => {
    const server = await start(organization);
    const { charges } = await read(server, { groupBy });
    const found = charges.map(({ account, tags, billed }) => [account, tags, microsText(billed)]);
    expect(found.toSorted()).toEqual(expected.toSorted());
    expect(server.asked).toHaveLength(requests);
  });

  test("account and tag together tell both apart on each line", async () => {
    const server = await start(organization);
    const { charges } = await read(server, { groupBy: ["account", { tag: "feature" }] });
    expect(charges.map(({ account, tags, model, billed }) => [account, tags, model, microsText(billed)]).toSorted()).toEqual(
      [
        ["Search", '{"feature":"search"}', "Claude Sonnet 4.6", "2"],
        ["Support", "", "Claude Sonnet 4.6", "4"],
        ["Support", '{"feature":"chat"}', "NovaPro", "8"],
        ["Support", '{"feature":"chat$x"}', "", "16"],
        ["Support", '{"feature":"search"}', "Claude Sonnet 4.6", "1"],
      ].toSorted(),
    );
  });

  test("account and two tags need no more than two groups a request", async () => {
    const server = await start(organization);
    const { charges } = await read(server, { groupBy: ["account", { tag: "feature" }, { category: "Team" }] });
    expect(microsText(sum(charges.map(({ billed }) => billed)))).toBe("31");
    expect(Math.max(...questions(server).map(({ GroupBy = [] }) => GroupBy.length))).toBe(2);
  });

  const item = fc.record({
    service: fc.constantFrom("Amazon Bedrock", "Claude Opus 5.5 (Amazon Bedrock Edition)", "AWS Lambda"),
    usageType: fc.constantFrom("USE1-NovaPro-input-tokens", "USE1-NovaLite-output-tokens", "x"),
    recordType: fc.constantFrom("Usage", "Credit", "SavingsPlanCoveredUsage"),
    account: fc.constantFrom("111122223333", "444455556666", "777788889999"),
    tags: fc.constantFrom({}, { feature: "a" }, { feature: "b" }),
    categories: fc.constantFrom({}, { Team: "t" }),
    cost: fc.integer({ min: -900, max: 90_000 }).map((cents) => String(cents / 100)),
  });
  const grouping = fc.shuffledSubarray(["account", { tag: "feature" }, { category: "Team" }]);

  test("any grouping of any costs keeps each total", async () => {
    const all: Item[] = [];
    const server = await start({ items: all });
    await fc.assert(
      fc.asyncProperty(fc.array(item, { maxLength: 12 }), grouping, async (items, groupBy) => {
        all.splice(0, all.length, ...items.map((one) => ({ ...bedrockItem, ...one })));
        const { charges } = await read(server, { groupBy, mostRequests: 200 }, { lastDay: "2026-11-08" });
        const sumWhere = (of: (charge: (typeof charges)[number]) => boolean) => sum(charges.filter(of).map(({ billed }) => billed));
        const sumItems = (of: (item: (typeof items)[number]) => boolean) =>
          sum(items.filter(of).map(({ cost }) => BigInt(Math.round(Number(cost) * 1e6))));
        expect(sumWhere(() => true)).toBe(sumItems(() => true));
        expect(sumWhere(({ model }) => model === "Claude Opus 5.5")).toBe(
          sumItems(({ service, recordType }) => service.startsWith("Claude") && recordType !== "Credit"),
        );
        if (groupBy.includes("account"))
          expect(sumWhere(({ account }) => account === "Search")).toBe(
            sumItems(({ account, recordType }) => account === "444455556666" && recordType !== "Credit"),
          );
      }),
      runs(15),
    );
  });
});
