import fc from "fast-check";
import { expect, it } from "vitest";
import { byNames } from "../../../src/core/ledger/by-names.ts";
import type { Charge } from "../../../src/core/ledger/charge.ts";
import { charge } from "../../support/charges.ts";

const name = fc.constantFrom("a", "b");
const maybe = fc.constantFrom(
  {},
  { accountId: "a" },
  { accountId: "b" },
  { projectId: "a" },
  { projectId: "b" },
  { apiKeyId: "a" },
  { otherNames: { account: ["a"] } },
  { otherNames: { account: ["b"] } },
);
const charges = fc.array(
  fc
    .tuple(fc.record({ provider: name, service: name, model: name, account: name, project: name, apiKey: name, tags: name }), maybe)
    .map(([names, more]): Charge => ({ ...charge({ cost: 1n }), ...names, ...more })),
  { maxLength: 40 },
);
const namesIn = ({ provider, service, model, account, project, apiKey, tags, accountId, projectId, apiKeyId, otherNames }: Charge) =>
  JSON.stringify([provider, service, model, account, project, apiKey, tags, accountId, projectId, apiKeyId, otherNames]);

it("finds once for the same names and ids, and never for others, in whatever order charges come", () => {
  fc.assert(
    fc.property(charges, fc.nat({ max: 3 }), (list, repeats) => {
      const asked: string[] = [];
      const find = byNames((one) => {
        asked.push(namesIn(one));
        return { names: namesIn(one) };
      });
      const days = Array.from({ length: repeats + 1 }, () => list).flat();
      const found = days.map((one) => find(one));
      expect(found.map(({ names }) => names)).toEqual(days.map(namesIn));
      expect(asked.toSorted()).toEqual([...new Set(days.map(namesIn))].toSorted());
    }),
  );
});
