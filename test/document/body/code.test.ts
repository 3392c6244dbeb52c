import fc from "fast-check";
import remarkParse from "remark-parse";
import { unified } from "unified";
import { expect, test } from "vitest";
import { codeReader } from "../../../src/document/body/code.ts";
import { propertyTime, runs } from "../../support/properties.ts";

const isBlank = (line: string) => line.trim() === "";

/** The lines of fenced code by our reader, from 1; blank ones, which nobody sees, left out. */
function read(lines: readonly string[]): number[] {
  const see = codeReader();
  return lines.flatMap((line, index) => (["opens", "code", "closes"].includes(see(line)) && !isBlank(line) ? [index + 1] : []));
}

interface Node {
  readonly type: string;
  readonly children?: readonly Node[];
  readonly position?: { readonly start: Place; readonly end: Place } | undefined;
}
interface Place {
  readonly line: number;
  readonly column: number;
}

/** The same by a CommonMark parser. */
function parsed(lines: readonly string[]): number[] {
  const linesIn = (node: Node): number[] => {
    if (node.children) return node.children.flatMap(linesIn);
    if (node.type !== "code" || !node.position) return [];
    const { start, end } = node.position;
    const isFenced = /^(?:`{3}|~{3})/.test(lines[start.line - 1]?.slice(start.column - 1) ?? "");
    return lines.flatMap((line, index) => {
      const isWithin = index + 1 >= start.line && (end.column === 1 ? index + 1 < end.line : index < end.line);
      return isFenced && isWithin && !isBlank(line) ? [index + 1] : [];
    });
  };
  return linesIn(unified().use(remarkParse).parse(lines.join("\n")));
}

/** Items with nothing behind their marker, and code by indentation, are left out: these are not followed to the letter. */
const pieces = ["- a", "  - b", "* c", "1. x", "2) z", "text", "  text", "   text", "", "# h", "***"];
const fences = ["```", "  ```", "   ````", "- a\n    ```", "~~~", "- ```", "1. ~~~ js", "  - ```", "- a\n  - b\n      ```", "````  "];

test(
  "fenced code is where CommonMark has it, in lists and out of them",
  () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces, ...fences), { maxLength: 9 }), (parts) => {
        const lines = parts.join("\n").split("\n");
        expect(read(lines)).toEqual(parsed(lines));
      }),
      runs(2000),
    );
  },
  propertyTime,
);
