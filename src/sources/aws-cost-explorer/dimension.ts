/** What costs can be grouped and filtered by, as Cost Explorer names it. */
export interface Dimension {
  readonly Type: "DIMENSION" | "TAG" | "COST_CATEGORY";
  readonly Key: string;
}

const attribute = (Key: string): Dimension => ({ Type: "DIMENSION", Key });
export const service = attribute("SERVICE");
export const usageType = attribute("USAGE_TYPE");
export const recordType = attribute("RECORD_TYPE");
export const account = attribute("LINKED_ACCOUNT");

/** The values that one dimension may have. An empty one stands for costs without the tag or category. */
export interface Condition {
  readonly dimension: Dimension;
  readonly values: readonly string[];
}

/** Conditions as the expression that Cost Explorer takes, all of which must hold; undefined for none. */
export function expressionOf(conditions: readonly Condition[]): object | undefined {
  const parts = conditions.map(({ dimension: { Type, Key }, values }) => {
    const match = values.join("") === "" ? { Key, MatchOptions: ["ABSENT"] } : { Key, Values: values };
    if (Type === "DIMENSION") return { Dimensions: match };
    return Type === "TAG" ? { Tags: match } : { CostCategories: match };
  });
  return parts.length > 1 ? { And: parts } : parts[0];
}

/** The value in a key of a group: those of tags and categories are `key$value`. */
export function valueOf({ Type, Key }: Dimension, key: string): string {
  return Type !== "DIMENSION" && key.startsWith(`${Key}$`) ? key.slice(Key.length + 1) : key;
}
