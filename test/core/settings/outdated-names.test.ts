import { expect, test } from "vitest";
import { allocationSchema } from "../../../src/core/settings/allocation.ts";
import { outdatedNames } from "../../../src/core/settings/outdated-names.ts";
import { charge } from "../../support/charges.ts";

const charges = [
  charge({ project: "Customer care", otherNames: { project: ["proj_1", "Support"] } }),
  charge({ day: "2026-11-17", project: "Customer care", otherNames: { project: ["proj_1", "Support"] } }),
  charge({ apiKey: "k-new", otherNames: { apiKey: ["key_1", "k-old"] } }),
  charge({ project: "Support team" }),
];
const said = (matches: readonly object[], list = charges) =>
  outdatedNames(list, allocationSchema.parse({ rules: matches.map((match) => ({ match, feature: "f" })) })).map(
    (text) => text.split(":")[0],
  );

const project = "allocation.yaml says project Support, which was renamed to Customer care";
test.each([
  ["an earlier name, however many days bore it", [{ project: "Support" }], [project]],
  ["an earlier name in other letters", [{ project: "SUPPORT" }], [project.replace("Support", "SUPPORT")]],
  ["a key's", [{ apiKey: "k-old" }], ["allocation.yaml says API key k-old, which was renamed to k-new"]],
  ["a name in two rules, once", [{ project: "Support" }, { project: "Support", model: "gpt-5" }], [project]],
  ["not the present name", [{ project: "Customer care" }], []],
  ["not the id", [{ project: "proj_1" }], []],
  ["not a glob", [{ project: "Supp*" }], []],
  ["not the name of something else", [{ account: "Support" }], []],
])("said is %s", (_, matches, expected) => expect(said(matches)).toEqual(expected));

test("nothing is said where nothing was renamed", () => {
  expect(said([{ project: "Support" }], [charge({ project: "Customer care" })])).toEqual([]);
});
