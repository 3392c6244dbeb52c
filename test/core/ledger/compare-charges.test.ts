import { expect, test } from "vitest";
import { compareCharges, keyFields } from "../../../src/core/ledger/delivery.ts";
import { charge } from "../../support/charges.ts";

test("compareCharges looks at every field of the key, in the order of the list", () => {
  const base = { ...charge(), accountId: "a", projectId: "a", apiKeyId: "a" };
  const withField = (field: (typeof keyFields)[number], later: boolean) => ({
    ...base,
    [field]: field === "correction" || field === "estimated" ? later : later ? "b" : "a",
  });
  for (const [index, field] of keyFields.entries()) {
    expect(compareCharges(withField(field, false), withField(field, true)), field).toBe(-1);
    for (const lesser of keyFields.slice(index + 1)) {
      const [early, late] = [
        { ...withField(lesser, true), [field]: withField(field, false)[field] },
        { ...withField(lesser, false), [field]: withField(field, true)[field] },
      ];
      expect(compareCharges(early, late), `${field} before ${lesser}`).toBe(-1);
    }
  }
});

test("compareCharges orders by day first and by code units, not by locale", () => {
  const rows = [
    charge({ day: "2026-11-17", service: "A" }),
    charge({ service: "ä" }),
    charge({ service: "z" }),
    charge({ service: "Z" }),
    charge({ service: "a", estimated: true }),
    charge({ service: "a" }),
  ];
  expect(rows.toSorted(compareCharges).map(({ service, estimated, day }) => `${day} ${service} ${estimated}`)).toEqual([
    "2026-11-16 Z false",
    "2026-11-16 a false",
    "2026-11-16 a true",
    "2026-11-16 z false",
    "2026-11-16 ä false",
    "2026-11-17 A false",
  ]);
});
