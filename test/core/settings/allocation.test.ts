import { describe, expect, it } from "vitest";
import type { Charge } from "../../../src/core/ledger/charge.ts";
import { allocationSchema, allocator, defaultAllocation, tagKeysOf } from "../../../src/core/settings/allocation.ts";
import { charge } from "../../support/charges.ts";

const allocate = (rules: readonly unknown[], part: Partial<Charge>) => allocator(allocationSchema.parse({ rules }))(charge(part));
const tags = (values: Record<string, string>) => JSON.stringify(values);

describe("allocator", () => {
  it("for each target the first rule that sets it counts", () => {
    const rules = [
      { match: { model: "gpt-5*" }, feature: "chat" },
      { match: { provider: "OpenAI" }, feature: "late", team: "ml" },
      { match: {}, customer: "all", team: "none" },
    ];
    expect(allocate(rules, { model: "gpt-5-mini" })).toEqual({ feature: "chat", customer: "all", team: "ml" });
    expect(allocate(rules, { model: "o3" })).toEqual({ feature: "late", customer: "all", team: "ml" });
    expect(allocate(rules, { provider: "AWS" })).toEqual({ feature: "", customer: "all", team: "none" });
  });

  it("a tag that a charge lacks leaves the target to the next rule", () => {
    const rules = [
      { match: {}, feature: { tag: "feature" } },
      { match: {}, feature: "rest" },
    ];
    expect(allocate(rules, { tags: tags({ feature: "search" }) }).feature).toBe("search");
    expect(allocate(rules, { tags: tags({ feature: "" }) }).feature).toBe("rest");
    expect(allocate(rules, {}).feature).toBe("rest");
    expect(allocate([{ match: {}, feature: { tag: "toString" } }], { tags: tags({ a: "b" }) }).feature).toBe("");
  });

  it.each([
    ["every attribute must fit", { provider: "open*", model: "gpt-*" }, { model: "claude" }, false],
    ["case does not matter", { provider: "OPENAI" }, {}, true],
    ["* asks for something known", { model: "*" }, { model: "" }, false],
    ["* takes anything known", { model: "*" }, { model: "x" }, true],
    ["account", { account: "1?" }, { account: "12" }, false],
    ["project", { project: "pro*" }, { project: "prod" }, true],
    ["key", { apiKey: "*-dev" }, { apiKey: "k-dev" }, true],
    ["a tag with a glob", { tags: { env: "prod-*" } }, { tags: tags({ env: "prod-eu" }) }, true],
    ["another value of a tag", { tags: { env: "prod-*" } }, { tags: tags({ env: "test" }) }, false],
    ["a tag that is not there", { tags: { env: "*" } }, { tags: tags({ other: "x" }) }, false],
    ["no regular expression", { model: "gpt.5" }, { model: "gpt-5" }, false],
  ])("%s", (_, match, part, fits) => expect(allocate([{ match, feature: "hit" }], part).feature).toBe(fits ? "hit" : ""));

  it("two of one name are told apart by their ids", () => {
    const allocated = allocator(allocationSchema.parse({ rules: [{ match: { project: "proj_1" }, feature: "hit" }] }));
    const named = (id: string) => charge({ project: "Support", otherNames: { project: [id] } });
    expect([named("proj_1"), named("proj_2"), named("proj_1")].map((one) => allocated(one).feature)).toEqual(["hit", "", "hit"]);
  });

  it.each(["feature", "customer", "team"])("a rule may set a %s alone", (name) => {
    expect(allocationSchema.safeParse({ rules: [{ match: {}, [name]: "x" }] }).success).toBe(true);
  });

  it("without a file the tags feature, customer and team mean what they say", () => {
    const found = allocator(defaultAllocation)(charge({ tags: tags({ feature: "f", customer: "c", other: "x" }) }));
    expect(found).toEqual({ feature: "f", customer: "c", team: "" });
    expect(tagKeysOf(defaultAllocation)).toEqual(["customer", "feature", "team"]);
  });

  it("the tag keys that rules read are those of matches and of values", () => {
    const rules = [{ match: { tags: { env: "*", b: "x" } }, team: { tag: "squad" } }];
    expect(tagKeysOf(allocationSchema.parse({ rules }))).toEqual(["b", "env", "squad"]);
  });

  it.each([
    ["a rule that sets nothing", { match: {} }],
    ["an unknown attribute", { match: { modle: "x" }, feature: "y" }],
    ["an empty glob", { match: { model: "" }, feature: "y" }],
    ["an unknown target", { match: {}, feature: "y", squad: "z" }],
  ])("%s is refused", (_, rule) => expect(allocationSchema.safeParse({ rules: [rule] }).success).toBe(false));
});
