import { describe, expect, test } from "vitest";
import { attributed } from "../../../src/core/attribution/attribution.ts";
import type { CountingSource } from "../../../src/core/attribution/roles.ts";
import type { Charge } from "../../../src/core/ledger/charge.ts";
import { allocator, defaultAllocation } from "../../../src/core/settings/allocation.ts";
import { charge, type ChargePart, units } from "../../support/charges.ts";

const bill = (part: ChargePart) => charge({ source: "openai", model: "gpt-5.4", ...part });
const share = (cost: number, part: ChargePart) =>
  charge({ source: "litellm", provider: "openai", model: "gpt-5.4", estimated: true, cost: units(cost), ...part });

describe("what is said of a bill lies first where the bill says the same, and last where it says otherwise", () => {
  const team = (name: string, feature?: string) => JSON.stringify(feature === undefined ? { team: name } : { feature, team: name });
  const known: CountingSource[] = [{ name: "openai" }, { name: "code", counts: "attribution" }, { name: "litellm" }];
  const code = (cost: number, name = "core", part: ChargePart = {}) => share(cost, { source: "code", tags: team(name), ...part });
  const gateway = (cost: number, name = "support", part: ChargePart = {}) => share(cost, { tags: team(name, "chat"), ...part });
  /** A bill of a key whose team is known from its name, and one of the gateway's key, which everybody uses. */
  const own = (cost: number, name = "core", part: ChargePart = {}) => bill({ cost: units(cost), tags: team(name), ...part });
  const open = (cost: number, part: ChargePart = {}) => bill({ cost: units(cost), ...part });

  test.each<[string, Charge[], Record<string, number>]>([
    ["two sources that each saw a part of the use", [open(100), code(60), gateway(40)], { "core ": 60, "support chat": 40 }],
    ["a key of its own on the bill", [own(60), open(40), code(60), gateway(40)], { "core ": 60, "support chat": 40 }],
    ["that key alone", [own(60), open(40), gateway(40)], { "core ": 60, "support chat": 40 }],
    ["more was seen of a team than its key was billed", [own(50), open(50), code(60), gateway(40)], { "core ": 60, "support chat": 40 }],
    ["of less the rest stays with nobody", [own(50), open(50), gateway(20)], { "core ": 50, "support chat": 20, " ": 30 }],
    [
      "features of keys of two teams",
      [own(30, "a"), own(70, "b"), gateway(70, "b"), gateway(15, "a")],
      { "a chat": 15, "a ": 15, "b chat": 70 },
    ],
    ["where there is no other", [own(80), open(20), gateway(60)], { "core chat": 40, "core ": 40, "support chat": 20 }],
    [
      "by tokens",
      [
        own(60, "core", { inputTokens: 900 }),
        open(40, { inputTokens: 100 }),
        code(1, "core", { inputTokens: 900 }),
        gateway(9, "support", { inputTokens: 100 }),
      ],
      { "core ": 60, "support chat": 40 },
    ],
    [
      "a line of the bill that counts no tokens is divided as all of it",
      [own(60, "core", { inputTokens: 900 }), open(40, { inputTokens: 100 }), own(10, "x"), gateway(9, "support", { inputTokens: 100 })],
      { "core ": 60, "support chat": 40, "x chat": 1, "x ": 9 },
    ],
    [
      "the same team with another feature says otherwise",
      [bill({ cost: units(40), tags: team("core", "search") }), open(40), gateway(40, "core")],
      { "core search": 40, "core chat": 40 },
    ],
    [
      "a bill with a refund is divided as all of it",
      [own(80), open(40), own(-20, "x"), gateway(50)],
      { "core chat": 40, "core ": 40, "support chat": 20, " ": 20, "x chat": -10, "x ": -10 },
    ],
  ])("%s", (_, charges, expected) => {
    const { parts, allocate } = attributed(charges, known, allocator(defaultAllocation), "effective");
    const found: Record<string, number> = {};
    for (const part of parts) {
      const { team: name, feature } = allocate(part);
      found[`${name} ${feature}`] = (found[`${name} ${feature}`] ?? 0) + Number(part.effective) / 1e6;
    }
    expect(found).toEqual(expected);
  });
});
