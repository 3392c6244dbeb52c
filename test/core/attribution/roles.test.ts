import { describe, expect, test } from "vitest";
import { asMoney, asShare, type CountingSource, deliveredInRoles, inRoles, roleOf } from "../../../src/core/attribution/roles.ts";
import { charge, type ChargePart, units } from "../../support/charges.ts";

const bill = (part: ChargePart = {}) => charge({ source: "openai", cost: units(10), ...part });
const estimate = (part: ChargePart = {}) => charge({ source: "litellm", provider: "openai", estimated: true, cost: units(9), ...part });
const sources: CountingSource[] = [{ name: "openai" }, { name: "litellm" }];
const roles = (charges: readonly ReturnType<typeof charge>[], known: readonly CountingSource[] = sources) =>
  charges.map(roleOf(charges, known));

describe("an estimate", () => {
  test("is money where nobody bills the provider", () => {
    expect(roles([bill(), estimate({ provider: "Anthropic" })])).toEqual(["money", "money"]);
  });

  test("is a share of the bill from the first day of the bill on", () => {
    const charges = [bill({ day: "2026-11-10" }), ...["2026-11-09", "2026-11-10", "2026-11-20"].map((day) => estimate({ day }))];
    expect(roles(charges)).toEqual(["money", "money", "share", "share"]);
  });

  test("is a share from the first day of the bill on, whatever order the days come in", () => {
    expect(roles([bill({ day: "2026-11-20" }), bill({ day: "2026-11-10" }), estimate({ day: "2026-11-12" })]).at(-1)).toBe("share");
  });

  test("is money again from the end of the source that bills on", () => {
    const known: CountingSource[] = [{ name: "openai", ended: "2026-11-20" }, { name: "litellm" }];
    const charges = [bill({ day: "2026-11-10" }), ...["2026-11-19", "2026-11-20"].map((day) => estimate({ day }))];
    expect(roles(charges, known)).toEqual(["money", "share", "money"]);
  });

  test.each([
    ["billed", { billed: units(10), effective: 0n }],
    ["effective", { billed: 0n, effective: units(10) }],
  ])("is a share of a bill that has %s cost alone", (_, costs) => {
    expect(roles([bill(costs), estimate()])).toEqual(["money", "share"]);
  });

  test("of the source that bills is money beside its own bill", () => {
    expect(roles([bill(), estimate({ source: "openai" })])).toEqual(["money", "money"]);
  });

  test("is not displaced by a bill of nothing, by credits, or by another estimate", () => {
    const others = [bill({ cost: 0n }), bill({ category: "Credit", cost: units(-5) }), estimate({ source: "openai" })];
    expect(roles([...others, estimate()]).at(-1)).toBe("money");
  });
});

describe("the configuration", () => {
  test("counts: attribution makes a bill a share", () => {
    const known: CountingSource[] = [{ name: "openai", counts: "attribution" }, { name: "litellm" }];
    expect(roles([bill(), estimate()], known)).toEqual(["share", "money"]);
  });

  test("counts: money makes an estimate money, and a bill for others", () => {
    const known: CountingSource[] = [{ name: "litellm", counts: "money" }, { name: "log" }];
    expect(roles([estimate(), estimate({ source: "log" })], known)).toEqual(["money", "share"]);
  });
});

describe("what a router says of own keys", () => {
  const known: CountingSource[] = [{ name: "openai" }, { name: "router", type: "openrouter" }];
  const own = estimate({ source: "router", provider: "OpenAI" });
  const fee = charge({ source: "router", provider: "OpenRouter", cost: units(1) });
  test("is a share without any bill too, and with counts: money; what it charges is money", () => {
    expect(roles([own, fee], known)).toEqual(["share", "money"]);
    expect(roles([own, fee], [{ name: "router", type: "openrouter", counts: "money" }])).toEqual(["share", "money"]);
    expect(inRoles([asShare(own)], roleOf([own], known))).toEqual([asShare(own)]);
  });

  test("is no bill that would make others' estimates shares", () => {
    const counted: CountingSource[] = [{ name: "router", type: "openrouter", counts: "money" }, { name: "litellm" }];
    expect(roles([own, estimate()], counted)).toEqual(["share", "money"]);
  });
});

test("a share is money again, with what was computed, when nobody bills the provider any more", () => {
  const share = asShare(estimate({ requests: 3 }));
  expect(share).toMatchObject({ billed: 0n, effective: 0n, list: units(9), requests: 3 });
  expect(asMoney(share)).toEqual(estimate({ requests: 3 }));
  expect(inRoles([share], roleOf([share], sources))).toEqual([estimate({ requests: 3 })]);
});

describe("deliveries", () => {
  const delivery = (source: string, charges: readonly ReturnType<typeof charge>[]) => ({
    source,
    ranges: [],
    charges,
    settledThrough: null,
    warnings: [],
  });
  test("go into the ledger without cost where a bill of it stands in the ledger or comes with them", () => {
    const [known, fresh] = [new Map([["2026-11-16 openai", [bill()]]]), [delivery("litellm", [estimate()])]];
    expect(deliveredInRoles(fresh, known, sources)[0]?.charges).toEqual([asShare(estimate())]);
    expect(deliveredInRoles([delivery("openai", [bill()]), ...fresh], new Map(), sources)[1]?.charges).toEqual([asShare(estimate())]);
    expect(deliveredInRoles(fresh, new Map(), sources)[0]?.charges).toEqual([estimate()]);
    const fee = charge({ source: "litellm", provider: "LiteLLM", cost: units(1) });
    expect(deliveredInRoles([delivery("litellm", [estimate(), fee])], known, sources)[0]?.charges).toEqual([asShare(estimate()), fee]);
  });

  test("of a source that is said to attribute go into the ledger without cost, estimated or not", () => {
    const known: CountingSource[] = [{ name: "openai", counts: "attribution" }, { name: "other" }];
    expect(deliveredInRoles([delivery("openai", [bill()])], new Map(), known)).toEqual([delivery("openai", [asShare(bill())])]);
  });
});
