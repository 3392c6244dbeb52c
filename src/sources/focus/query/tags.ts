import { literal } from "../../engine/literal.ts";

/**
 * Tags: a JSON object as text; native Azure exports leave out the outer braces; labels of Google Cloud are a list of keys and values, which
 * BigQuery wraps as `{"list":[{"element":…}]}` in Parquet. Source: reference of the FOCUS column Tags, exports as seen.
 */

/**
 * A query over distinct texts (`tagKey`, `tagText`) that takes each apart once: `tagKey`, `tags` (JSON object of the kept keys, sorted, values as
 * text; null when there are none) and `badTags` (true when the text is no JSON object).
 */
export function tagTextsSql(keys: readonly string[], texts: string): string {
  if (keys.length === 0) return "SELECT NULL AS tagKey, NULL AS tags, NULL AS badTags LIMIT 0";
  const sorted = [...new Set(keys)].toSorted();
  // JSON pointers: the only paths in which a key may hold any character.
  const pointers = sorted.map((key) => literal(`/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`));
  const pairs = sorted.map(
    (key, index) =>
      `CASE WHEN found[${index + 1}] IS NOT NULL THEN ${literal(`${JSON.stringify(key)}:`)} || CAST(to_json(found[${index + 1}]) AS VARCHAR) END`,
  );
  return `SELECT tagKey, CASE WHEN json_valid(object) THEN json_extract_string(object, [${pointers.join(", ")}]) END AS found,
    nullif('{' || concat_ws(',', ${pairs.join(", ")}) || '}', '{}') AS tags, NOT coalesce(json_valid(object), false) AS badTags
    FROM (SELECT tagKey, CASE WHEN labels IS NOT NULL THEN ${fromLabels} WHEN ltrim(tagText) LIKE '{%' THEN tagText ELSE '{' || tagText || '}' END AS object
      FROM (SELECT tagKey, tagText, ${labelsSql} AS labels FROM (${texts}) WHERE tagText IS NOT NULL))`;
}

/** A list of keys and values as JSON text; null for any other text. */
const labelsSql = `CASE WHEN starts_with(tagText, '[{') THEN tagText
  WHEN starts_with(tagText, '{"list":[{"element":{') THEN CAST(to_json(json_extract(tagText, '$.list[*].element')) AS VARCHAR) END`;

/** The object that a list of keys and values stands for; null when an item has neither, or a key comes twice. */
const fromLabels = `TRY(CAST(to_json(map_from_entries(list_transform(from_json(labels, '[{"key":"VARCHAR","value":"VARCHAR"}]'),
  lambda label: struct_pack(k := label.key, v := label.value)))) AS VARCHAR))`;
