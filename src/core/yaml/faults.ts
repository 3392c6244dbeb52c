import type { YAMLError } from "yaml";

const inQuotes = 'put the whole text in double quotes, such as title: "Cut the prompt: fewer examples"; a quote inside is written \\"';
const asPair = "write key: value, with a space behind the colon; a text goes on one line, or in double quotes";
const asAbove = "begin the line in the same column as the keys around it";
const closeQuote = "close the quote that a text above begins with";
const closeBracket = "close the bracket that is open in a line above";
const plain = "write plain YAML: no anchors or aliases, no tags, no %-directives, each key once";

/** What is to be done about a fault of each kind; texts that need quotes are by far the most frequent. */
const remedies = new Map<string, string>([
  ["BLOCK_AS_IMPLICIT_KEY", inQuotes],
  ["BLOCK_IN_FLOW", inQuotes],
  ["UNEXPECTED_TOKEN", inQuotes],
  ["TAG_RESOLVE_FAILED", inQuotes],
  ["BAD_ALIAS", inQuotes],
  ["MULTILINE_IMPLICIT_KEY", asPair],
  ["BAD_INDENT", asAbove],
]);

const nested = new Set<string>(["BLOCK_AS_IMPLICIT_KEY", "BLOCK_IN_FLOW"]);

function missingChar(message: string): string {
  if (message.startsWith("Missing closing")) return closeQuote;
  return message.startsWith("Implicit map keys") ? asPair : asAbove;
}

/** What the parser says, in words of the file where it speaks of its own grammar. */
function messageOf({ code, message, pos }: YAMLError, text: string): string {
  const said = message.split("\n")[0] ?? message;
  const line = text.slice(pos[0]).split("\n", 1)[0] ?? "";
  if (nested.has(code) && /^[^?\s].*?: /.test(line)) return '": " stands in a text without quotes';
  if (said === "Unexpected scalar at node end") return "text stands behind a quote or bracket that is closed already";
  return said;
}

function remedyOf({ code, message }: YAMLError): string {
  if (code === "MISSING_CHAR") return missingChar(message);
  return message.startsWith("Flow ") ? closeBracket : (remedies.get(code) ?? plain);
}

/** Says what is wrong with a text that the YAML parser refuses, and what to write instead. */
export function yamlFault(fault: YAMLError, text: string): { message: string; remedy: string } {
  if (fault.code === "BAD_SCALAR_START")
    return { message: `text cannot begin with ${text.charAt(fault.pos[0])} here`, remedy: 'put the text in quotes, such as "@octocat"' };
  if (fault.code === "TAB_AS_INDENT") return { message: "a tab stands in the indentation", remedy: "indent with spaces" };
  return { message: `not valid YAML: ${messageOf(fault, text)}`, remedy: remedyOf(fault) };
}
