import { isDay } from "../../core/day.ts";
import { withSeconds } from "../focus/query/values.ts";

/** How a file writes its days: `any` is ISO or Unix time, which cannot be taken for one another. */
export type TimeFormat = "iso" | "us" | "eu" | "unix" | "any";

/** A day, or a time with or without seconds, with or without a zone (BigQuery writes ` UTC`); UTC where it names none. */
const isoPattern = "\\d{4}-\\d{2}-\\d{2}([T ]\\d{2}:\\d{2}(:\\d{2}(\\.\\d+)?(Z| UTC|[+-]\\d{2}(:?\\d{2})?)?|Z|[+-]\\d{2}:?\\d{2})?)?";
const clock = "([T ]\\d{1,2}:\\d{2}(:\\d{2})?( ?[AaPp][Mm])?)?";
const numberedPattern = `(\\d{1,2})[/.-](\\d{1,2})[/.-](\\d{4})${clock}`;
/** Between 1973 and 5138, seconds and milliseconds do not overlap. */
const unixLimits = { seconds: 1e8, milliseconds: 1e11, end: 1e14 };

/** `2026-11-16T00:00:00Z` and `2026-11-16T00:00:00.000Z`, which most programs write, by their lengths: comparing a pattern takes far longer. */
function isUsualSql(text: string): string {
  return `suffix(${text}, 'Z') AND (strlen(${text}) = 24 AND strpos(${text}, '.') = 20 OR strlen(${text}) = 20 AND strpos(${text}, '.') = 0)`;
}

/** The day of a text, null when it is none in this format. */
export function daySql(text: string, format: TimeFormat): string {
  const iso = `CASE WHEN ${text} LIKE '____-__-__T__:__:__%Z' OR ${text} LIKE '____-__-__' THEN CAST(TRY_CAST(${text} AS TIMESTAMP) AS DATE)
    WHEN regexp_full_match(${text}, '${isoPattern}') THEN CAST(CAST(TRY_CAST(${withSeconds(text)} AS TIMESTAMPTZ) AS TIMESTAMP) AS DATE) END`;
  if (format === "iso") return iso;
  if (format === "unix") return unixSql(text);
  if (format === "any")
    return `CASE WHEN ${isUsualSql(text)} THEN CAST(TRY_CAST(${text} AS TIMESTAMP) AS DATE) WHEN ${text} LIKE '____-%' THEN ${iso} ELSE ${unixSql(text)} END`;
  const part = (group: number) => `lpad(regexp_extract(${text}, '^${numberedPattern}$', ${group}), 2, '0')`;
  const [month, day] = format === "us" ? [part(1), part(2)] : [part(2), part(1)];
  return `TRY_CAST(regexp_extract(${text}, '^${numberedPattern}$', 3) || '-' || ${month} || '-' || ${day} AS DATE)`;
}

function unixSql(text: string): string {
  const number = `TRY_CAST(${text} AS DOUBLE)`;
  const { seconds, milliseconds, end } = unixLimits;
  return `CASE WHEN ${number} >= ${seconds} AND ${number} < ${milliseconds} THEN CAST(make_timestamp(CAST(floor(${number}) AS BIGINT) * 1000000) AS DATE)
    WHEN ${number} >= ${milliseconds} AND ${number} < ${end} THEN CAST(make_timestamp(CAST(floor(${number}) AS BIGINT) * 1000) AS DATE) END`;
}

const forms = {
  iso: "an ISO day or time such as 2026-11-16T00:00:00Z",
  us: "month/day/year such as 11/16/2026",
  eu: "day.month.year such as 16.11.2026",
  unix: "Unix time in seconds or milliseconds such as 1794787200",
  any: "an ISO time such as 2026-11-16T00:00:00Z or Unix time such as 1794787200",
} as const satisfies Record<TimeFormat, string>;

/** What a text should have been. */
export function formOf(format: TimeFormat): string {
  return forms[format];
}

function isIsoTime(text: string): boolean {
  if (!new RegExp(`^${isoPattern}$`).test(text) || !isDay(text.slice(0, 10))) return false;
  const [, time = "00:00", zone = "Z"] = /^.{11}(\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(.*)$/.exec(text) ?? [];
  const [, hours, minutes = "00"] = /^([+-]\d{2}):?(\d{2})?$/.exec(zone) ?? [];
  return !Number.isNaN(Date.parse(`${text.slice(0, 10)}T${time}${hours === undefined ? "Z" : `${hours}:${minutes}`}`));
}

function isUnixTime(text: string): boolean {
  return /^\s*\d+(\.\d+)?([eE]\+?\d+)?\s*$/.test(text) && Number(text) >= unixLimits.seconds && Number(text) < unixLimits.end;
}

function isNumberedDay(text: string, format: "us" | "eu"): boolean {
  const [, first = "", second = "", year = ""] = new RegExp(`^${numberedPattern}$`).exec(text) ?? [];
  const [month, day] = format === "us" ? [first, second] : [second, first];
  return isDay(`${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`);
}

/** True for a text that `daySql` reads. */
export function isTime(text: string, format: TimeFormat): boolean {
  if (format === "iso") return isIsoTime(text);
  if (format === "unix") return isUnixTime(text);
  if (format === "any") return isIsoTime(text) || isUnixTime(text);
  return isNumberedDay(text, format);
}
