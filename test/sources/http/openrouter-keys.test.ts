import fc from "fast-check";
import { expect, test } from "vitest";
import { decimalToMicros, sum } from "../../../src/core/money.ts";
import type { Activity } from "../../../src/sources/openrouter/activity.ts";
import { attributed } from "../../../src/sources/openrouter/keys.ts";
import { runs } from "../../support/properties.ts";

const zero = { units: 0n, scale: 0 };
const activity = (model: string, units: number, requests: number): Activity => ({
  date: "2026-10-30",
  model,
  model_permaslug: model,
  endpoint_id: "e",
  provider_name: "OpenAI",
  usage: { units: BigInt(units), scale: 6 },
  byok_usage_inference: zero,
  requests,
  prompt_tokens: requests * 10,
  completion_tokens: requests,
  workspace_id: "w",
});

const uses = fc.array(fc.tuple(fc.constantFrom("a", "b"), fc.nat(5_000_000), fc.nat(50)), { maxLength: 6 });

test("keys and what is left for none of them add up to the whole, in money and in requests", () => {
  fc.assert(
    fc.property(uses, uses, uses, (first, second, deleted) => {
      const of = (list: typeof first) => list.map(([model, units, requests]) => activity(model, units, requests));
      const all = Map.groupBy([...of(first), ...of(second), ...of(deleted)], ({ model }) => model);
      const whole = [...all].map(([model, list]) => {
        const units = list.reduce((total, { usage }) => total + Number(usage.units), 0);
        return activity(
          model,
          units,
          list.reduce((total, { requests }) => total + requests, 0),
        );
      });
      const found = attributed(
        whole,
        new Map([
          ["one", of(first)],
          ["two", of(second)],
        ]),
      );
      const money = (items: readonly Activity[]) => sum(items.map(({ usage }) => decimalToMicros(usage)));
      const requests = (items: readonly Activity[]) => items.reduce((total, item) => total + item.requests, 0);
      expect(found).not.toBeNull();
      expect(money(found ?? [])).toBe(money(whole));
      expect(requests(found ?? [])).toBe(requests(whole));
      expect(money((found ?? []).filter(({ key }) => key === ""))).toBe(money(of(deleted)));
    }),
    runs(100),
  );
});

test("keys that did more than all, or something that is not in the whole, are not taken", () => {
  const keys = (item: Activity) => new Map([["one", [item]]]);
  expect(attributed([activity("a", 100, 5)], keys(activity("a", 100, 6)))).toBeNull();
  expect(attributed([activity("a", 100, 5)], keys(activity("a", 20_000, 5)))).toBeNull();
  expect(attributed([activity("a", 100, 5)], keys(activity("b", 1, 1)))).toBeNull();
});

const others = {
  date: "2026-10-31",
  model: "b",
  model_permaslug: "b",
  endpoint_id: "f",
  provider_name: "Azure",
  workspace_id: "x",
};

test.each(Object.keys(others))("a key is charged with what it did itself: activity of another %s is another", (field) => {
  const one = activity("a", 100, 5);
  const other = { ...one, [field]: others[field as keyof typeof others] };
  const found = attributed([one, other], new Map([["one", [other]]]));
  expect(found).toEqual([
    { ...other, key: "one" },
    { ...one, key: "" },
  ]);
});

test("what is left for no key keeps what own keys cost, and requests and tokens that cost nothing", () => {
  const own = { units: 7n, scale: 0 };
  const whole = { ...activity("a", 100, 5), byok_usage_inference: own };
  const part = { ...activity("a", 100, 4), byok_usage_inference: { units: 3n, scale: 0 } };
  const [, left] = attributed([whole], new Map([["one", [part]]])) ?? [];
  expect(left).toMatchObject({ key: "", requests: 1, prompt_tokens: 10, byok_usage_inference: { units: 4n, scale: 0 } });
  const tokens = { ...part, requests: 5, prompt_tokens: 50, completion_tokens: 4 };
  expect(attributed([whole], new Map([["one", [tokens]]]))?.at(-1)).toMatchObject({ key: "", requests: 0, completion_tokens: 1 });
});

test.each(["requests", "prompt_tokens", "completion_tokens"] as const)(
  "one key with more %s than all is enough for none to be taken",
  (field) => {
    const [one, two] = [activity("a", 100, 5), activity("b", 100, 5)];
    expect(attributed([one, two], new Map([["one", [{ ...two, [field]: two[field] + 1 }]]]))).toBeNull();
  },
);
