/** A line of the bill, as the vendor keeps it. */
export interface Item {
  readonly day: string;
  readonly service: string;
  readonly usageType: string;
  readonly recordType: string;
  readonly account: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly categories?: Readonly<Record<string, string>>;
  readonly cost: string;
  /** Where it differs from `cost`. */
  readonly amortized?: string;
  /** With private discounts, in both kinds of money, where they differ. */
  readonly net?: string;
  readonly quantity: string;
  readonly unit: string;
}

interface Match {
  readonly Key: string;
  readonly Values?: readonly string[];
  readonly MatchOptions?: readonly string[];
}

/** A filter, as far as this server knows them. */
export interface Expression {
  readonly And?: readonly Expression[];
  readonly Dimensions?: Match;
  readonly Tags?: Match;
  readonly CostCategories?: Match;
}

const attributes: Readonly<Record<string, (item: Item) => string>> = {
  SERVICE: ({ service }) => service,
  USAGE_TYPE: ({ usageType }) => usageType,
  RECORD_TYPE: ({ recordType }) => recordType,
  LINKED_ACCOUNT: ({ account }) => account,
};

function valueOf(item: Item, type: string, key: string): string | undefined {
  if (type === "TAG") return item.tags[key];
  return type === "COST_CATEGORY" ? item.categories?.[key] : attributes[key]?.(item);
}

/** The key of the group that an item is in; tags and categories with their name, nothing after it where there is none. */
export function keyOf(item: Item, { Type, Key }: { readonly Type: string; readonly Key: string }): string {
  const value = valueOf(item, Type, Key) ?? "";
  return Type === "DIMENSION" ? value : `${Key}$${value}`;
}

function holds(item: Item, type: string, { Key, Values = [], MatchOptions = ["EQUALS"] }: Match): boolean {
  const value = valueOf(item, type, Key);
  return MatchOptions.includes("ABSENT") ? value === undefined : value !== undefined && Values.includes(value);
}

export function matches(item: Item, { And, Dimensions, Tags, CostCategories, ...others }: Expression): boolean {
  if (Object.keys(others).length > 0) throw new Error("a filter that this server does not know");
  return (
    (And ?? []).every((part) => matches(item, part)) &&
    (Dimensions === undefined || holds(item, "DIMENSION", Dimensions)) &&
    (Tags === undefined || holds(item, "TAG", Tags)) &&
    (CostCategories === undefined || holds(item, "COST_CATEGORY", CostCategories))
  );
}
