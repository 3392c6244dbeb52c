import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import * as z from "zod";
import { judge } from "../../src/rules/wording/judge.ts";
import { processorMs } from "../support/processor.ts";

/** What people write, in a file of its own; the held-out part was written before the word lists and is never tuned on. */
const phrasings = z.strictObject({ good: z.array(z.string()), bad: z.array(z.string()) });
const kinds = ["title", "explanation", "cause", "resolution", "tactic", "owner"] as const;
const table = z
  .record(z.enum(kinds), z.strictObject({ "held-out": phrasings, tuned: phrasings }))
  .parse(parse(readFileSync(new URL("phrasings.yaml", import.meta.url), "utf8")));

const rows = kinds.flatMap((kind) =>
  (["held-out", "tuned"] as const).flatMap((part) =>
    (["good", "bad"] as const).flatMap((verdict) => table[kind][part][verdict].map((text) => ({ kind, part, verdict, text }))),
  ),
);

function rates(chosen: typeof rows) {
  const share = (verdict: "good" | "bad") => {
    const of = chosen.filter((row) => row.verdict === verdict);
    const remarked = of.filter(({ text, kind }) => judge(text, kind) !== null);
    return { of: of.length, remarked: remarked.length, percent: (100 * remarked.length) / of.length };
  };
  return { hits: share("bad"), alarms: share("good") };
}

function line(name: string, { hits, alarms }: ReturnType<typeof rates>): string {
  const part = ({ of, remarked, percent }: typeof hits) => `${remarked} of ${of} (${percent.toFixed(1)} %)`;
  return `${name.padEnd(12)} hits ${part(hits)}, false alarms ${part(alarms)}`;
}

describe("wording", () => {
  const all = rates(rows);
  const heldOut = rates(rows.filter(({ part }) => part === "held-out"));

  it("prints its hit rate and its false-alarm rate", () => {
    const lines = kinds.map((kind) => line(kind, rates(rows.filter((row) => row.kind === kind))));
    const wrong = rows.filter(({ text, kind, verdict }) => (judge(text, kind) !== null) !== (verdict === "bad"));
    const misses = wrong.map(
      ({ kind, part, verdict, text }) => `  ${verdict === "bad" ? "missed" : "false alarm"} (${kind}, ${part}): ${text}`,
    );
    console.log([line("all", all), line("held-out", heldOut), ...lines, ...misses].join("\n"));
    expect(all.hits.percent).toBeGreaterThanOrEqual(97);
    expect(heldOut.hits.percent).toBeGreaterThanOrEqual(92);
    expect([all.alarms.remarked, heldOut.alarms.remarked]).toEqual([0, 0]);
  });

  it("a third of the phrasings is held out, and none stands twice", () => {
    expect(rows.length).toBeGreaterThanOrEqual(500);
    expect(rows.filter(({ part }) => part === "held-out").length * 3).toBeGreaterThanOrEqual(rows.length);
    expect(new Set(rows.map(({ kind, text }) => `${kind} ${text}`)).size).toBe(rows.length);
  });

  it.each(kinds)("what has no words to judge is no false alarm for a %s, and nothing throws", (kind) => {
    for (const text of [
      "",
      " ",
      "…",
      "新しい顧客",
      "\u0000\u202E",
      "#".repeat(5000),
      "@".repeat(5000),
      "```",
      "<!-- -->",
      "__proto__",
      "constructor",
    ])
      expect(() => judge(text, kind)).not.toThrow();
    if (kind !== "owner") expect(judge("月曜日に要約機能を公開した", kind)).toBeNull();
  });

  it("what is judged of a text is bounded: a megabyte takes no longer than a page", () => {
    const hostile = [
      "a ".repeat(500_000),
      "https://".repeat(125_000),
      ": a".repeat(300_000),
      " ,".repeat(500_000),
      "@a,".repeat(300_000),
      "-".repeat(1_000_000),
    ];
    const took = processorMs(() => hostile.forEach((text) => kinds.forEach((kind) => judge(text, kind))));
    expect(took).toBeLessThan(1_500);
  });
});
