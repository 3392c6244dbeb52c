import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays } from "../../../src/core/day.ts";
import { type Charge, chargeCategories } from "../../../src/core/ledger/charge.ts";
import { absolute, sum } from "../../../src/core/money.ts";
import { type Review, reviewOf } from "../../../src/core/review/review.ts";
import { charge, reviewInput, thresholds, units } from "../../support/charges.ts";
import { runs } from "../../support/properties.ts";

const [last, prior] = ["2026-11-16", "2026-11-09"];
/** A service with an amount in each week. */
const service = (name: string, before: bigint, after: bigint, part: Partial<Charge> = {}) => [
  charge({ ...part, service: name, day: prior, cost: before }),
  charge({ ...part, service: name, day: last, cost: after }),
];
const listed = (charges: readonly Charge[], own = thresholds) =>
  reviewOf(reviewInput({ charges, thresholds: own })).listed.map(({ delta }) => delta.slice.id);

describe("listed deltas", () => {
  const base = service("base", units(1000), units(1000));
  it.each([
    ["a rise of exactly 2 % of the prior week", units(20), ["openai/x"]],
    ["a micro-unit less", units(20) - 1n, []],
    ["a fall of exactly 2 %", units(-20), ["openai/x"]],
    ["a micro-unit less of a fall", units(-20) + 1n, []],
  ])("%s", (_, change, expected) => expect(listed([...base, ...service("x", 0n, change)])).toEqual(expected));

  it("the prior week's total holds every category", () => {
    const tax = charge({ category: "Tax", day: prior, cost: units(1000) });
    expect(listed([...base, ...service("x", 0n, units(20)), tax])).toEqual([]);
    expect(listed([...base, ...service("x", 0n, units(40)), tax])).toEqual(["openai/x"]);
  });

  it("largest first, at most six, ties by id", () => {
    const charges = ["g", "f", "e", "d", "c", "b", "a"].flatMap((name, index) => service(name, 0n, units(index < 2 ? 50 : -60 - index)));
    expect(listed([...base, ...charges])).toEqual(["a", "b", "c", "d", "e", "f"].map((name) => `openai/${name}`));
    expect(listed([...base, ...service("b", 0n, units(50)), ...service("a", units(50), 0n)], { ...thresholds, listedMost: 1 })).toEqual([
      "openai/a",
    ]);
  });

  it("the share is configurable, to a tenth", () => {
    const charges = [...base, ...service("x", 0n, units(25))];
    expect([2.5, 2.6].map((share) => listed(charges, { ...thresholds, listed: share }))).toEqual([["openai/x"], []]);
  });

  it("without a prior week everything that changed is listed", () => expect(listed([charge({ cost: 1n })])).toEqual(["openai/inference"]));
  it("what did not change is not listed, even where credits left nothing of the week before", () => {
    const credit = charge({ category: "Credit", day: prior, cost: units(-1000) });
    expect(listed([...base, credit, ...service("x", 0n, 1n)])).toEqual(["openai/x"]);
  });

  it("only services are listed and only usage makes a delta", () => {
    const charges = [
      ...base,
      charge({ category: "Purchase", service: "fee", cost: units(500) }),
      charge({ model: "m", tags: '{"feature":"f"}', cost: units(90) }),
    ];
    expect(listed(charges)).toEqual(["openai/inference"]);
  });
});

describe("deltas", () => {
  it("a slice is there unless it cost nothing in both weeks", () => {
    const old = charge({ service: "old", day: addDays(prior, -1), cost: units(5) });
    const zero = [charge({ service: "zero", cost: 5n }), charge({ service: "zero", cost: -5n })];
    const { deltas } = reviewOf(reviewInput({ charges: [...service("one", 1n, 0n), ...service("same", 7n, 7n), old, ...zero] }));
    expect(deltas.filter(({ slice }) => slice.dimension === "service").map(({ slice }) => slice.key)).toEqual(["one", "same"]);
  });

  it("a team of the name of a provider moves no cent of its services", () => {
    const thirds = ["a", "b", "c"].map((name) => charge({ service: name, cost: 3_333n, tags: '{"team":"Core"}' }));
    const named = charge({ provider: "AWS", service: "d", cost: units(7.004), tags: '{"team":"OpenAI"}' });
    const { deltas } = reviewOf(reviewInput({ charges: [...thirds, named] }));
    const cents = (id: string) => deltas.find(({ slice }) => slice.id === id)?.last7;
    expect(["openai", "team:openai"].map(cents)).toEqual([1n, 700n]);
    expect(sum(["a", "b", "c"].map((name) => cents(`openai/${name}`) ?? 0n))).toBe(1n);
  });

  it("a new slice has no percentage, a gone one −100", () => {
    const { deltas } = reviewOf(reviewInput({ charges: [...service("new", 0n, units(5)), ...service("gone", units(4), 0n)] }));
    expect(deltas.filter(({ slice }) => slice.dimension === "service").map(({ slice, percent }) => [slice.key, percent])).toEqual([
      ["new", null],
      ["gone", -100],
    ]);
  });
});

const names = (...list: string[]) => fc.constantFrom(...list);
const anyCharge = fc
  .record({
    day: fc.integer({ min: 0, max: 20 }).map((back) => addDays("2026-11-22", -back)),
    provider: names("OpenAI", "open ai", "OPEN AI", "AWS", ""),
    service: names("a", "b", "A", ""),
    model: names("", "m", "n", "m "),
    tags: names("", '{"feature":"x"}', '{"feature":"y","customer":"c"}', '{"team":"t"}'),
    category: fc.constantFrom("Usage" as const, "Usage" as const, "Usage" as const, ...chargeCategories),
    cost: fc.oneof(
      fc.bigInt({ min: -20_000n, max: 20_000n }),
      fc.bigInt({ min: -(10n ** 9n), max: 10n ** 10n }),
      fc.constantFrom(5_000n, -5_000n, 1n),
    ),
    correction: fc.constantFrom(false, false, false, true),
  })
  .map((part) => charge({ ...part, billingPeriod: "2026-11-01" }));

/** What must add up to what, each week on its own. */
function expectSums(review: Review): void {
  const part = (name: "last7" | "prior7") => {
    const of = (dimension: string) => review.deltas.filter(({ slice }) => slice.dimension === dimension);
    for (const dimension of ["provider", "feature", "customer", "team"])
      expect(sum(of(dimension).map((delta) => delta[name]))).toBe(review.usage[name]);
    for (const [outer, inner] of [
      ["provider", "service"],
      ["service", "model"],
    ] as const) {
      for (const { slice, ...amounts } of of(outer)) {
        const children = of(inner).filter((child) => slice.path.every((step, depth) => child.slice.path[depth] === step));
        const rest = amounts.exact[name] - sum(children.map((child) => child.exact[name]));
        const left = amounts[name] - sum(children.map((child) => child[name]));
        if (outer === "provider") expect(left).toBe(0n);
        expect(absolute(left * 10_000n - rest) < 10_000n).toBe(true);
      }
    }
    for (const delta of review.deltas) expect(absolute(delta[name] * 10_000n - delta.exact[name]) <= 20_000n).toBe(true);
    expect(sum([review.usage, ...review.otherCategories.map(({ amounts }) => amounts)].map((amounts) => amounts[name]))).toBe(
      review.total[name],
    );
  };
  part("last7");
  part("prior7");
}

describe("cents", () => {
  it("services add up to providers, providers and features to usage, usage and the rest to the total, listed and other to the change", () => {
    fc.assert(
      fc.property(fc.array(anyCharge, { minLength: 1, maxLength: 60 }), fc.integer({ min: 0, max: 6 }), (charges, most) => {
        const review = reviewOf(reviewInput({ charges, thresholds: { ...thresholds, listedMost: most } }));
        expectSums(review);
        const { listed: shown, other, total } = review.reconciliation;
        expect(shown + other).toBe(total);
        expect(total).toBe(review.total.change);
        expect(sum(review.deltas.filter((delta) => delta.listed).map(({ change }) => change))).toBe(shown);
        expect(review.deltas.every((delta) => delta.change === delta.last7 - delta.prior7)).toBe(true);
        expect(sum([review.gross.up, review.gross.down])).toBe(review.usage.change);
        for (const { delta, drivers } of review.listed) {
          expect(sum(drivers.days.map(({ cost }) => cost))).toBe(delta.last7);
          for (const part of [drivers.models, drivers.features]) {
            expect(sum(part.map(({ amounts }) => amounts.last7))).toBe(delta.last7);
            expect(sum(part.map(({ amounts }) => amounts.prior7))).toBe(delta.prior7);
          }
        }
      }),
      runs(250),
    );
  });

  it("the order of the charges makes no difference", () => {
    fc.assert(
      fc.property(fc.array(anyCharge, { minLength: 2, maxLength: 30 }), (charges) => {
        const shown = (list: readonly Charge[]) => {
          const { deltas, reconciliation, total, month } = reviewOf(reviewInput({ charges: list }));
          return {
            deltas: deltas.map(({ slice, last7, prior7, listed: on }) => [slice.id, last7, prior7, on]),
            reconciliation,
            total,
            month,
          };
        };
        expect(shown([...charges].reverse())).toEqual(shown(charges));
      }),
      runs(60),
    );
  });
});
