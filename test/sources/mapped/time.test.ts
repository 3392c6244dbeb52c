import { tmpdir } from "node:os";
import fc from "fast-check";
import { expect, test } from "vitest";
import { withEngine } from "../../../src/sources/engine/duckdb.ts";
import { literal } from "../../../src/sources/engine/literal.ts";
import { daySql, isTime, type TimeFormat } from "../../../src/sources/mapped/time.ts";

const formats: readonly TimeFormat[] = ["iso", "us", "eu", "unix", "any"];
const texts = [
  "2026-11-16",
  "2026-11-16T08:15:30.123Z",
  "2026-11-16T08:15:30.123456",
  "2026-11-16 23:15:30+02:00",
  "2026-11-16T23:15:30-0500",
  "2026-11-16T23:15:30-05",
  "2026-11-16T23:15",
  "2026-11-16T23:15Z",
  "2026-11-16 23:15+02",
  "2026-11-16T08:15:30+02:00Z",
  "2026-11-16 08:15:30 UTC",
  "2026-11-16T08:15:30 Z",
  "2026-11-16T08:15:60Z",
  "2026-11-16T25:00:00Z",
  "2026-02-30",
  "2026-02-30T00:00:00Z",
  "2026-1-6",
  "infinity",
  "11/16/2026",
  "16.11.2026",
  "1/2/2026 3:04 pm",
  "1-2-2026",
  "13/13/2026",
  "4/1/26",
  "1794787200",
  "1794787200.5",
  "1.7947872e9",
  "1794787200000",
  "20261116",
  "99999999",
  "100000000000000",
  "-1794787200",
  "",
  "x",
];

const piece = fc.constantFrom(
  "2026",
  "11",
  "16",
  "1",
  "31",
  "-",
  "/",
  ".",
  ":",
  "T",
  " ",
  "Z",
  "+02:00",
  "08:15:30",
  "1794787200",
  "PM",
  "2026-11-16",
);
const random = fc.sample(
  fc.array(piece, { minLength: 1, maxLength: 8 }).map((pieces) => pieces.join("")),
  { numRuns: 400, seed: 7 },
);

test("the engine and the search for faults agree which texts are days", async () => {
  const all = [...new Set([...texts, ...random])];
  await withEngine(tmpdir(), async ({ query }) => {
    for (const format of formats) {
      const values = all.map((text) => `(${literal(text)})`).join(", ");
      const rows = await query(`SELECT t, CAST(${daySql("t", format)} AS VARCHAR) AS day FROM (VALUES ${values}) AS v(t)`);
      const differing = rows.filter(([text, day]) => isTime(text ?? "", format) !== (day !== null)).map((row) => [format, ...row]);
      expect(differing).toEqual([]);
    }
  });
});
