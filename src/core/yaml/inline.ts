import { type CreateNodeOptions, Document, type DocumentOptions, type ToStringOptions, visit } from "yaml";

type Style = DocumentOptions & CreateNodeOptions & ToStringOptions;

/** A value as YAML on one line, whatever line breaks its texts hold. */
export function inlineYaml(value: unknown, style: Style = {}): string {
  const document = new Document(value, style);
  visit(document, {
    Scalar: (_, node) => {
      if (typeof node.value === "string" && /[\r\n]/.test(node.value)) node.type = "QUOTE_DOUBLE";
    },
  });
  return document.toString({ collectionStyle: "flow", lineWidth: 0, doubleQuotedMinMultiLineLength: Infinity, ...style }).trimEnd();
}
