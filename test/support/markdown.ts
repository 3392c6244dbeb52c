import remarkGfm from "remark-gfm";
import remarkParse from "remark-parse";
import { unified } from "unified";

/** The body of a review as GitHub's Markdown understands it. */
export function treeOf(body: string) {
  return unified().use(remarkParse).use(remarkGfm).parse(body);
}

type Root = ReturnType<typeof treeOf>;
type Nodes = Root | Root["children"][number];

/** A node and all below it, in the order of the text. */
export function* nodesOf(node: Nodes): Generator<Nodes> {
  yield node;
  if ("children" in node) for (const child of node.children) yield* nodesOf(child);
}

/** The text that a reader sees in a node. */
export function textIn(node: Nodes): string {
  return [...nodesOf(node)].map((inner) => (inner.type === "text" || inner.type === "inlineCode" ? inner.value : "")).join("");
}

/** What GitHub makes a mention of somebody or a reference to something, in text that is no code. */
export const reference = /(?:^|[^\p{L}\p{N}_`])@[a-z0-9]|(?:^|[^\p{L}\p{N}_&])#\d|\bGH-\d|[\w.-]+\/[\w.-]+(?:#\d|@[0-9a-f]{7})/iu;

/** Cents of an amount as a review prints it: `+$1,234.50`, `-EUR 2.00`; null for any other text. */
export function centsIn(text: string): bigint | null {
  const [, sign, whole = "", fraction = ""] = /^([+-]?)(?:\$|[A-Z]{3} )([\d,]+)\.(\d\d)$/.exec(text) ?? [];
  if (sign === undefined) return null;
  const cents = BigInt(whole.replaceAll(",", "") + fraction);
  return sign === "-" ? -cents : cents;
}
