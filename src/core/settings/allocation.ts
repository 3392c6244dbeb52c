import * as z from "zod/mini";
import { matchesGlob } from "../glob.ts";
import { type Charge, namesOf } from "../ledger/charge.ts";
import { text } from "./values.ts";

/** What cost is allocated to. */
export const allocationTargets = ["feature", "customer", "team"] as const;
export type AllocationTarget = (typeof allocationTargets)[number];

const glob = z.string("expected text, * stands for anything").check(z.minLength(1, "is empty; use * for anything that is known"));
const target = z.union([text, z.strictObject({ tag: text })], "expected a name, or { tag: <key> } to take the value of a tag");

const ruleSchema = z
  .strictObject({
    match: z.strictObject({
      provider: z.optional(glob),
      service: z.optional(glob),
      model: z.optional(glob),
      account: z.optional(glob),
      project: z.optional(glob),
      apiKey: z.optional(glob),
      tags: z.optional(z.record(z.string(), glob)),
    }),
    feature: z.optional(target),
    customer: z.optional(target),
    team: z.optional(target),
  })
  .check(z.refine((rule) => rule.feature ?? rule.customer ?? rule.team, "sets nothing; name a feature, customer or team"));

/** `config/allocation.yaml`: ordered rules; for each of feature, customer and team the first matching rule that sets it counts. */
export const allocationSchema = z.strictObject({ rules: z.array(ruleSchema) });
export type Allocation = z.infer<typeof allocationSchema>;
type Rule = Allocation["rules"][number];

/** Without `allocation.yaml`: the tags `feature`, `customer` and `team` mean what they say. */
export const defaultAllocation: Allocation = {
  rules: allocationTargets.map((name) => ({ match: {}, [name]: { tag: name } })),
};

/** The tag keys that the rules read, sorted. */
export function tagKeysOf(allocation: Allocation): string[] {
  const keys = allocation.rules.flatMap((rule) => [
    ...Object.keys(rule.match.tags ?? {}),
    ...allocationTargets.flatMap((name) => {
      const value = rule[name];
      return typeof value === "object" ? [value.tag] : [];
    }),
  ]);
  return [...new Set(keys)].sort();
}

type Tags = Readonly<Record<string, string>>;

function matches(rule: Rule, charge: Charge, tags: Tags): boolean {
  const { tags: wanted, ...attributes } = rule.match;
  for (const [name, pattern] of Object.entries(attributes)) {
    const names = namesOf(charge, name as keyof typeof attributes);
    if (pattern !== undefined && !names.some((value) => value !== "" && matchesGlob(pattern, value))) return false;
  }
  return Object.entries(wanted ?? {}).every(([key, pattern]) => Object.hasOwn(tags, key) && matchesGlob(pattern, tags[key] ?? ""));
}

function valueOf(setting: Rule[AllocationTarget], tags: Tags): string {
  if (typeof setting === "string") return setting;
  return setting && Object.hasOwn(tags, setting.tag) ? (tags[setting.tag] ?? "") : "";
}

/** Where a charge belongs; empty text = unallocated. */
export type Allocated = Readonly<Record<AllocationTarget, string>>;

const attributes = ["provider", "service", "model", "account", "project", "apiKey"] as const;

/** All names of an attribute as one text. */
function namesText(charge: Charge, name: (typeof attributes)[number]): string {
  return charge.otherNames === undefined ? charge[name] : namesOf(charge, name).join("\u0001");
}

/** Makes the function that allocates charges; it remembers each distinct combination of the attributes that rules look at. */
export function allocator(allocation: Allocation): (charge: Charge) => Allocated {
  const known = new Map<string, Allocated>();
  const asked = attributes.filter((name) => allocation.rules.some(({ match }) => match[name] !== undefined));
  return (charge) => {
    const key = asked.reduce((text, name) => `${text}\0${namesText(charge, name)}`, charge.tags);
    let found = known.get(key);
    if (!found) {
      const tags: Tags = charge.tags === "" ? {} : (JSON.parse(charge.tags) as Tags);
      const rules = allocation.rules.filter((rule) => matches(rule, charge, tags));
      const pick = (name: AllocationTarget) => rules.map((rule) => valueOf(rule[name], tags)).find((value) => value !== "") ?? "";
      found = { feature: pick("feature"), customer: pick("customer"), team: pick("team") };
      known.set(key, found);
    }
    return found;
  };
}
