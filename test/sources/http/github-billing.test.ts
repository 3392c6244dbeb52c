import fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import { microsText, sum } from "../../../src/core/money.ts";
import { isCopilotUse, splitByModel } from "../../../src/sources/github-billing/models.ts";
import { serviceOf } from "../../../src/sources/github-billing/read.ts";
import { sourceSchema } from "../../../src/sources/index.ts";
import { runs } from "../../support/properties.ts";
import { acmeBill, actions, type Bill, billingToken, copilot, githubBillingApi } from "../../support/vendors/github-billing.ts";
import { startVendor, type VendorServer } from "../../support/vendors/server.ts";
import { readEntry, refusalOf, type Setting } from "../support.ts";

const servers: VendorServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function start(bill: Partial<Bill> = {}): Promise<VendorServer> {
  const server = await startVendor(githubBillingApi({ ...acmeBill, ...bill }));
  servers.push(server);
  return server;
}

/** Reads the last week but for what the setting says. */
const read = (server: VendorServer, entry: object = { organization: "acme" }, { env, ...setting }: Setting = {}) =>
  readEntry(
    "/",
    { type: "github-billing", baseUrl: server.url, ...entry },
    { asOf: "2026-11-09", lastDay: "2026-11-07", env: { GH_BILLING_TOKEN: billingToken, ...env }, ...setting },
  );
const classic = { GH_BILLING_TOKEN: "ghp_5Rt9Yb2NdVx7Qz3Wm1Kc8L" };
const day = "2026-11-05";
const shown = ({ charges }: Awaited<ReturnType<typeof read>>) =>
  charges.map(({ service, model, billed }) => [service, model, microsText(billed)]);

test.each([
  [{}, false],
  [{ organization: "acme" }, true],
  [{ organization: "acme", enterprise: "acme" }, false],
  [{ user: "../orgs/acme" }, false],
  [{ user: "octocat_acme" }, true],
])("whose bill it is: %o is taken: %o", (entry, taken) => {
  expect(sourceSchema().safeParse({ type: "github-billing", ...entry }).success).toBe(taken);
});

test.each([
  ["Actions", "Actions"],
  ["actions", "Actions"],
  ["git_lfs", "Git lfs"],
  ["Copilot", "Copilot"],
  [" GIT-LFS ", "Git lfs"],
])("the product %o is the service %o", (product, service) => {
  expect(serviceOf(product)).toBe(service);
});

test.each([
  ["copilot", "copilot_ai_credit", "ai-credits", true],
  ["Copilot AI Credits", "AI Credit", "ai-credits", true],
  ["Copilot", "Copilot Premium Request", "requests", true],
  ["Copilot", "Copilot Business", "user-months", false],
  ["Actions", "Actions Linux", "minutes", false],
  ["Marketplace", "Prepaid credits", "credits", false],
  ["Spark", "Spark Premium Request", "requests", true],
])("%s, %s, %s is Copilot's use: %o", (product, sku, unitType, is) => {
  expect(isCopilotUse({ product, sku, unitType })).toBe(is);
});

describe("money", () => {
  test("what is payable is counted, not what it would have cost without allowances", async () => {
    const items = [{ ...actions, date: day, gross: 12, net: 0.5 }];
    const { charges, warnings } = await read(await start({ items }));
    expect(charges).toMatchObject([{ service: "Actions", model: "Actions Linux", project: "acme/app", account: "acme", billed: 500_000n }]);
    expect(charges[0]?.effective).toBe(500_000n);
    expect(warnings).toEqual([]);
  });

  test("a bill with nothing payable says so, and one without a line says who may pay", async () => {
    const { charges, warnings } = await read(await start({ items: [{ ...actions, date: day, gross: 12.5, net: 0 }] }));
    expect(charges).toEqual([]);
    expect(warnings).toEqual([
      "source `github-billing`: usage of 12.5 USD is within what is included or free (2026-11-01 to 2026-11-08); nothing is payable",
    ]);
    expect((await read(await start({ items: [] }))).warnings).toEqual([
      "source `github-billing`: GitHub's bill of the organization acme has no line for 2026-11-01 to 2026-11-08; an enterprise may pay for it",
    ]);
  });

  test("a bill of which one line is payable is not said to be free, nor one with nothing on it but lines of nothing", async () => {
    const items = [
      { ...actions, date: day, gross: 12, net: 0 },
      { ...actions, date: day, net: 0.5 },
    ];
    expect((await read(await start({ items }))).warnings).toEqual([]);
    expect((await read(await start({ items: [{ ...actions, date: day, gross: 0, net: 0 }] }))).warnings).toEqual([]);
  });

  test("the bill of a person has no organization", async () => {
    const { charges } = await read(await start({ items: [{ ...actions, date: day }] }), { user: "acme" });
    expect(charges).toMatchObject([{ account: "", project: "acme/app", billed: 500_000n }]);
  });
});

describe("Copilot by model", () => {
  const items = [
    { ...copilot, date: day, net: 1, repository: "acme/a" },
    { ...copilot, date: day, net: 2, repository: "acme/b" },
  ];

  test("the lines keep their sums, and no money is added", async () => {
    const credits = [
      { date: day, model: "GPT-5", net: 2 },
      { date: day, model: "Claude Opus 5.5", net: 1 },
    ];
    const { charges, warnings } = await read(await start({ items, credits }));
    expect(charges.map(({ model, project, billed }) => [model, project, microsText(billed)])).toEqual([
      ["Claude Opus 5.5", "acme/a", "0.333333"],
      ["Claude Opus 5.5", "acme/b", "0.666667"],
      ["GPT-5", "acme/a", "0.666667"],
      ["GPT-5", "acme/b", "1.333333"],
    ]);
    expect(warnings).toEqual([]);
  });

  test("whatever the amounts, each line keeps its sum exactly, and no share is negative", () => {
    const cents = fc.array(fc.integer({ min: 0, max: 100_000 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(cents, cents, (weights, amounts) => {
        const total = amounts.reduce((sum, cent) => sum + cent, 0);
        // The report by model, brought to the sum of the lines.
        const rest = total - weights.slice(1).reduce((sum, cent) => sum + cent, 0);
        fc.pre(total > 0 && rest >= 0);
        const netOf = (cent: number) => ({ units: BigInt(cent), scale: 2 });
        const lines = amounts.map((cent) => ({
          date: day,
          product: "Copilot",
          sku: "credits",
          unitType: "credits",
          organizationName: "acme",
          repositoryName: "",
          grossAmount: netOf(cent),
          netAmount: netOf(cent),
        }));
        const models = [rest, ...weights.slice(1)].map((cent, n) => ({ model: `m${n}`, netAmount: netOf(cent) }));
        const shares = splitByModel(lines, models) ?? [];
        expect(shares.every(({ net }) => net.units >= 0n)).toBe(true);
        for (const line of lines) {
          const own = sum(shares.filter((share) => share.line === line).map(({ net }) => net.units));
          expect(own).toBe(line.netAmount.units * 10n ** 10n);
        }
      }),
      runs(100),
    );
  });

  test("a report that does not agree to the cent leaves the lines whole, and is said", async () => {
    const delivery = await read(await start({ items, credits: [{ date: day, model: "GPT-5", net: 3.02 }] }));
    expect(shown(delivery)).toEqual([
      ["Copilot", "copilot_ai_credit", "1"],
      ["Copilot", "copilot_ai_credit", "2"],
    ]);
    expect(delivery.warnings).toEqual([
      "source `github-billing` shows no models of Copilot on 2026-11-05: GitHub's report by model does not agree with the bill",
    ]);
  });

  test("a report that is refused leaves the lines whole, and is said", async () => {
    const server = await start({ items, credits: [] });
    server.failWith((_, { path }) => (path.includes("ai_credit") ? { status: 403, body: '{"message":"Forbidden"}' } : null));
    const delivery = await read(server);
    expect(sum(delivery.charges.map(({ billed }) => billed))).toBe(3_000_000n);
    expect(delivery.warnings[0]).toContain("does not let this key read");
  });

  test("days before June 2026 are in the report on premium requests", async () => {
    const date = "2026-05-30";
    const bill = { items: [{ ...copilot, date, net: 3 }], credits: [{ date, model: "GPT-5", net: 3 }] };
    const delivery = await read(await start(bill), undefined, { asOf: "2026-06-03", lastDay: "2026-06-01" });
    expect(shown(delivery)).toEqual([["Copilot", "GPT-5", "3"]]);
  });
});

describe("an enterprise", () => {
  const items = [
    { ...actions, date: day, net: 1 },
    { ...actions, date: day, net: 2, center: "cc-1" },
    { ...copilot, date: day, net: 4, center: "cc-1" },
  ];
  const bill = { items, credits: [{ date: day, model: "GPT-5", net: 4, center: "cc-1" }], centers: { "cc-1": "Research" } };
  const enterprise = { enterprise: "acme" };

  test("is read with each cost center, which the report leaves out unless it is asked for", async () => {
    const delivery = await read(await start(bill), enterprise, { env: classic, tagKeys: ["cost_center"] });
    expect(delivery.charges.map(({ model, tags, billed }) => [model, tags, microsText(billed)])).toEqual([
      ["Actions Linux", "", "1"],
      ["Actions Linux", '{"cost_center":"Research"}', "2"],
      ["GPT-5", '{"cost_center":"Research"}', "4"],
    ]);
    expect(shown(await read(await start(bill), enterprise, { env: classic }))).toHaveLength(2);
  });

  test("has a report by model for each cost center, and one for what belongs to none", async () => {
    const both = [
      { ...copilot, date: day, net: 4, center: "cc-1" },
      { ...copilot, date: day, net: 2 },
    ];
    const credits = [...bill.credits, { date: day, model: "Claude Opus 5.5", net: 2 }];
    const { charges, warnings } = await read(await start({ ...bill, items: both, credits }), enterprise, { env: classic });
    expect(charges.map(({ model, billed }) => [model, microsText(billed)])).toEqual([
      ["Claude Opus 5.5", "2"],
      ["GPT-5", "4"],
    ]);
    expect(warnings).toEqual([]);
  });

  test("of which nothing can be seen is named, as the bill of a person is", async () => {
    for (const [entry, name] of [
      [{ enterprise: "hubot" }, "enterprise hubot"],
      [{ user: "hubot" }, "user hubot"],
    ] as const)
      expect((await refusalOf(read(await start(), entry, { env: classic }))).message).toBe(
        `GitHub shows this token no bill of the ${name} (404)`,
      );
  });

  test("a fine-grained token is refused with the kind that is needed", async () => {
    const problem = await refusalOf(read(await start(bill), enterprise));
    expect(problem.message).toContain("Resource not accessible by personal access token");
    expect(problem.remedy).toContain("of an enterprise: a classic token");
  });
});

describe("asked and refused", () => {
  test("each day by itself, with year, month and day", async () => {
    const server = await start();
    await read(server);
    expect(server.asked.map(({ query }) => String(query)).sort()).toEqual(
      Array.from({ length: 8 }, (_, n) => `year=2026&month=11&day=${n + 1}`),
    );
  });

  test("a server that answers for more than the day is not counted", async () => {
    const server = await start();
    server.failWith((_, { query }) => ({
      body: JSON.stringify({
        usageItems: [
          {
            date: `2026-11-0${query.get("day") === "3" ? 4 : query.get("day")}`,
            product: "a",
            sku: "b",
            unitType: "c",
            grossAmount: 1,
            netAmount: 1,
          },
        ],
      }),
    }));
    expect((await refusalOf(read(server))).message).toBe("GitHub was asked for 2026-11-03 and answered with a line of 2026-11-04");
  });

  test("404 may mean no permission, too", async () => {
    const problem = await refusalOf(read(await start(), { organization: "hubot" }));
    expect(problem.message).toBe("GitHub shows this token no bill of the organization hubot (404)");
    expect(problem.remedy).toContain("enhanced billing platform");
  });

  test("the token of a workflow is refused with the one that is needed", async () => {
    const problem = await refusalOf(read(await start(), undefined, { env: { GH_BILLING_TOKEN: "ghs_7Qz3Wm1Kc8L5Rt9Yb2Nd" } }));
    expect(problem.message).toContain("Resource not accessible by integration");
    expect(problem.remedy).toContain("not the workflow's GITHUB_TOKEN");
  });

  test("a rate limit is waited for, and is not taken for a missing permission", async () => {
    const server = await start();
    const limit = { status: 403, body: '{"message":"You have exceeded a secondary rate limit."}' };
    server.failWith((n) => (n === 1 ? { ...limit, headers: { "retry-after": "1" } } : null));
    expect((await read(server)).charges).toHaveLength(1);
    server.failWith(() => limit);
    expect((await refusalOf(read(server))).message).toContain("its rate limit is used up");
  });
});
