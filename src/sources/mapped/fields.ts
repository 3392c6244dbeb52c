import * as z from "zod/mini";
import { categoryOf, chargeCategories, chargeFrequencies, frequencyOf } from "../../core/ledger/charge.ts";
import { counterFields } from "../../core/ledger/delivery.ts";
import { isCurrency } from "../currency.ts";
import { objectKeys } from "../objects/settings.ts";

/** The texts of a charge that a file may state, or that the configuration fixes, in the order in which charges are sorted. */
const textFields = ["provider", "service", "category", "frequency", "currency", "model", "account", "project", "apiKey"] as const;
export type TextField = (typeof textFields)[number];
export type CounterField = (typeof counterFields)[number];

/** The name of a column or the path of a field. */
export const place = z.string("expected a name as it stands in the file").check(z.minLength(1, "expected a name as it stands in the file"));
const filled = z.string().check(z.minLength(1));
const text = z.union(
  [place, z.strictObject({ constant: filled })],
  "expected a name as it stands in the file, or { constant: text } for one that all rows share",
);
const currency = z.union(
  [place, z.strictObject({ constant: filled.check(z.refine(isCurrency, "expected a currency of ISO 4217 such as USD")) })],
  "expected a name as it stands in the file, or { constant: USD } for a currency that all rows share",
);
/** A text that is one of a few words of FOCUS, whatever its casing. */
const word = (words: readonly string[], isWord: (text: string) => boolean) =>
  z.union(
    [place, z.strictObject({ constant: filled.check(z.refine(isWord, `expected one of ${words.join(", ")}`)) })],
    `expected a name as it stands in the file, or { constant: ${words[0]} } for one that all rows share`,
  );
const count = z.union([place, z.array(place).check(z.minLength(1))], "expected a name as it stands in the file, or a list of those to add");

/** What `columns` of a csv source and `fields` of a log source may say besides the time. */
export const fieldKeys = {
  cost: z.optional(place),
  currency: z.optional(currency),
  provider: z.optional(text),
  service: z.optional(text),
  model: z.optional(text),
  account: z.optional(text),
  project: z.optional(text),
  apiKey: z.optional(text),
  category: z.optional(word(chargeCategories, (text) => categoryOf(text) !== null)),
  frequency: z.optional(word(chargeFrequencies, (text) => frequencyOf(text) !== null)),
  feature: z.optional(place),
  customer: z.optional(place),
  team: z.optional(place),
  tags: z.optional(z.record(filled, place)),
  requests: z.optional(count),
  inputTokens: z.optional(count),
  cacheReadTokens: z.optional(count),
  cacheWriteTokens: z.optional(count),
  outputTokens: z.optional(count),
};

/** What both source types may say beside their fields. */
export const mappedKeys = {
  path: z.union(
    [filled, z.array(filled).check(z.minLength(1))],
    "expected a file or glob such as costs/* or s3://bucket/costs/*, or a list of them",
  ),
  ...objectKeys,
  emptyCost: z.optional(z.enum(["refuse", "zero", "estimate"], "expected refuse, zero or estimate")),
  inputIncludesCached: z.optional(z.boolean("expected true or false")),
  scale: z.optional(z.enum(["units", "cents"], "expected units or cents")),
  estimated: z.optional(z.boolean("expected true or false")),
};

const shape = z.strictObject(fieldKeys);
/** The fields as they are configured. */
export type Fields = z.infer<typeof shape>;
/** The options as they are configured. */
export type Options = Pick<z.infer<z.ZodMiniObject<typeof mappedKeys>>, "emptyCost" | "inputIncludesCached" | "scale" | "estimated">;

/** A mapping that comes with overpace: what a known export or log is made of. */
export interface ReadyMapping extends Options {
  readonly time: string;
  readonly fields: Fields;
  /** Each row is a request, where no field counts them. */
  readonly rowsAreRequests?: true;
  /** Names that some versions of the export lack. */
  readonly optional?: readonly string[];
  /** The model is the text before the last comma. */
  readonly modelBeforeComma?: true;
  /** What to say of a file that lacks a column and holds this one: it is the wrong one of two exports. */
  readonly mistaken?: { readonly column: string; readonly sentence: string };
}

/** Where each field of a charge comes from. */
export interface Mapping {
  readonly time: string;
  /** Empty where the source states none. */
  readonly cost: string;
  /** Names in the file. */
  readonly texts: ReadonlyMap<TextField, string>;
  readonly constants: ReadonlyMap<TextField, string>;
  readonly tags: ReadonlyMap<string, string>;
  /** Names in the file whose numbers are added. */
  readonly counters: ReadonlyMap<CounterField, readonly string[]>;
  readonly optional: ReadonlySet<string>;
  readonly modelBeforeComma: boolean;
  readonly mistaken: NonNullable<ReadyMapping["mistaken"]> | null;
  /** What becomes of a row without a cost. */
  readonly emptyCost: "refuse" | "zero" | "estimate";
  /** The input tokens contain those read from and written to a cache. */
  readonly inputIncludesCached: boolean;
  /** How many decimals the unit of amounts lies below the currency: 2 for cents. */
  readonly scale: number;
  readonly estimated: boolean;
  readonly rowsAreRequests: boolean;
}

/** Who says which field: the configured ones go before those of the ready mapping. */
export function mappingOf(time: string | undefined, fields: Fields | undefined, options: Options, ready?: ReadyMapping): Mapping {
  const all: Fields = { ...ready?.fields, ...fields };
  const texts = textFields.flatMap((field) => (typeof all[field] === "string" ? [[field, all[field]] as const] : []));
  const constants = textFields.flatMap((field) => (typeof all[field] === "object" ? [[field, all[field].constant] as const] : []));
  const { feature, customer, team } = all;
  const tags = Object.entries({ feature, customer, team, ...all.tags });
  const counters = counterFields.flatMap((field) => (all[field] === undefined ? [] : [[field, [all[field]].flat()] as const]));
  return {
    time: time ?? ready?.time ?? "",
    cost: all.cost ?? "",
    texts: new Map(texts),
    constants: new Map(constants),
    tags: new Map(tags.flatMap(([key, name]) => (name === undefined ? [] : [[key, name] as const]))),
    counters: new Map(counters),
    optional: new Set(ready?.optional),
    modelBeforeComma: fields?.model === undefined && ready?.modelBeforeComma === true,
    mistaken: ready?.mistaken ?? null,
    emptyCost: options.emptyCost ?? ready?.emptyCost ?? "refuse",
    inputIncludesCached: options.inputIncludesCached ?? ready?.inputIncludesCached ?? false,
    scale: (options.scale ?? ready?.scale) === "cents" ? 2 : 0,
    estimated: options.estimated ?? ready?.estimated ?? false,
    rowsAreRequests: ready?.rowsAreRequests === true && !counters.some(([field]) => field === "requests"),
  };
}

/** The fields without which no charge can be made that a configured entry leaves out; where costs are estimated, tokens stand for one. */
export function missingFields(fields: Fields | undefined, { emptyCost }: Options, ready: ReadyMapping | undefined): string[] {
  const all: Fields = { ...ready?.fields, ...fields };
  const needed = emptyCost === "estimate" ? (["model", "inputTokens", "outputTokens"] as const) : (["cost"] as const);
  return [...needed, "currency" as const, "provider" as const].filter((field) => all[field] === undefined);
}

/** Every name that is read from the files. */
export function placesOf(mapping: Mapping): string[] {
  const { time, cost, texts, tags, counters } = mapping;
  return [...new Set([time, ...(cost === "" ? [] : [cost]), ...texts.values(), ...tags.values(), ...[...counters.values()].flat()])];
}
