import { plainMap } from "./plain.ts";
import { type YamlText, parseWhole } from "./whole.ts";

/**
 * Reads one YAML text by the rules for text from outside: YAML 1.2 core types, no aliases, no directives, no tags, each key once.
 * `firstLine` is the line of the file on which the text begins. Most texts are plain: their value is known without a YAML parser, which
 * only who asks for a place or for the document needs.
 * @throws Problem with the place of the first fault.
 */
export function parseYaml(text: string, file: string, firstLine = 1): YamlText {
  const value = text.includes("\r") ? null : plainMap(text.split("\n"), 0);
  if (value === null || Object.keys(value).length === 0) return parseWhole(text, file, firstLine);
  let parsed: YamlText | undefined;
  const whole = () => (parsed ??= parseWhole(text, file, firstLine));
  return {
    value,
    get document() {
      return whole().document;
    },
    placeOf: (path) => whole().placeOf(path),
  };
}
