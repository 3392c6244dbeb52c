import { literal } from "./literal.ts";

/**
 * Tags: a JSON object as text; native Azure exports leave out the outer braces. Source: reference of the FOCUS column Tags, Azure exports as seen.
 */

/**
 * A query over `grouped(tagText)` that takes each distinct text apart once: `tagText`, `tags` (JSON object of the kept keys, sorted, values as text;
 * null when there are none) and `badTags` (true when the text is no JSON object).
 */
export function tagTextsSql(keys: readonly string[]): string {
  if (keys.length === 0) return "SELECT NULL AS tagText, NULL AS tags, NULL AS badTags LIMIT 0";
  const sorted = [...new Set(keys)].toSorted();
  // JSON pointers: the only paths in which a key may hold any character.
  const pointers = sorted.map((key) => literal(`/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`));
  const pairs = sorted.map(
    (key, index) =>
      `CASE WHEN found[${index + 1}] IS NOT NULL THEN ${literal(`${JSON.stringify(key)}:`)} || CAST(to_json(found[${index + 1}]) AS VARCHAR) END`,
  );
  return `SELECT tagText, CASE WHEN json_valid(object) THEN json_extract_string(object, [${pointers.join(", ")}]) END AS found,
    nullif('{' || concat_ws(',', ${pairs.join(", ")}) || '}', '{}') AS tags, NOT json_valid(object) AS badTags
    FROM (SELECT DISTINCT tagText, CASE WHEN ltrim(tagText) LIKE '{%' THEN tagText ELSE '{' || tagText || '}' END AS object FROM grouped WHERE tagText IS NOT NULL)`;
}
