import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { splitDocument } from "../../src/document/front-matter/split.ts";
import { figureDifferences } from "../../src/document/verify/figures.ts";
import { copyOf } from "../support/world.ts";
import { bend, checked, freshReview, ledgerPath, reviewPath, textIn } from "./bending.ts";

let made = "";
beforeAll(async () => {
  made = await freshReview();
});

/** A copy of the project with its review. */
const copy = () => copyOf(made);

const figuresIn = (text: string) => (splitDocument(text, "").data as { figures: Record<string, unknown> }).figures;

const lineOf = (text: string, start: string) => text.split("\n").findIndex((line) => line.startsWith(start)) + 1;

/** Another value of the same kind. */
function other(value: unknown): unknown {
  if (typeof value === "string" && /^-?\d+\.\d+$/.test(value)) return (Number(value) + 0.01).toFixed(2);
  if (typeof value === "number") return value + 0.01;
  if (value === null) return "1.00";
  return Array.isArray(value) ? [...(value as unknown[]), "bent"] : "bent";
}

test("an untouched review has no finding", async () => {
  const { findings } = await checked(copy());
  expect(findings.filter(({ severity }) => severity !== "todo")).toEqual([]);
});

describe("a bent figure is named with both values and its place", () => {
  const keys = [
    "verdict",
    "currency",
    "costBasis",
    "settledThrough",
    "last7",
    "prior7",
    "monthToDate",
    "planToDate",
    "plan",
    "pace",
    "pacePercent",
    "paceMethod",
    "forecast",
    "forecastLow80",
    "forecastHigh80",
    "forecastMethod",
    "triggers",
  ];

  test("the list holds every figure", () => {
    expect(Object.keys(figuresIn(textIn(made)))).toEqual(["generator", ...keys, "deltas", "sources", "inputs", "zones"]);
  });

  test.each(keys)("%s", async (key) => {
    const folder = copy();
    const text = textIn(folder);
    const value = figuresIn(text)[key];
    const bent = other(value);
    bend(folder, reviewPath, new RegExp(`^  ${key}: .*$`, "m"), `  ${key}: ${JSON.stringify(bent)}`);
    const { figures } = await checked(folder);
    expect(figures).toHaveLength(1);
    expect(figures[0]).toMatchObject({ severity: "error", file: reviewPath, line: lineOf(text, `  ${key}: `) });
    expect(figures[0]?.column).toBeGreaterThan(key.length + 3);
    const said = figures[0]?.message ?? "";
    expect(said).toContain(`figures.${key}`);
    if (!Array.isArray(value)) for (const part of [value, bent]) expect(said).toContain(String(part));
  });

  test.each([0, 1])("delta %d", async (index) => {
    const folder = copy();
    const [id, amount] = Object.entries(figuresIn(textIn(folder))["deltas"] as Record<string, string>)[index] ?? [];
    bend(folder, reviewPath, `${id}: "${amount}"`, `${id}: "1.23"`);
    const { figures } = await checked(folder);
    expect(figures.map(({ message }) => message)).toEqual([`\`figures.deltas.${id}\` says \`1.23\`; computed again it is \`${amount}\``]);
  });

  test("one taken out", async () => {
    const folder = copy();
    bend(folder, reviewPath, /^ {2}pace: .*\n/m, "");
    const { figures } = await checked(folder);
    expect(figures.map(({ message }) => message)).toEqual([expect.stringMatching(/^`figures\.pace` is missing; computed again it is `\d/)]);
  });

  test.each(["  bonus: 5\n", "  constructor: 1\n"])("one smuggled in: %s", async (line) => {
    const folder = copy();
    bend(folder, reviewPath, "  verdict:", `${line}  verdict:`);
    const { findings, code } = await checked(folder);
    expect(code).toBe(1);
    expect(findings.filter(({ severity }) => severity === "error")).toHaveLength(1);
  });

  test("a delta smuggled in, an input smuggled in, a source renamed", async () => {
    const folder = copy();
    bend(folder, reviewPath, /^ {2}deltas: \{/m, '  deltas: { aws/none: "1.00",');
    bend(folder, reviewPath, /^ {2}inputs: \{/m, "  inputs: { rates: 1,");
    bend(folder, reviewPath, /^ {2}sources: \[ \{ name: \w+/m, "  sources: [ { name: other");
    const names = (await checked(folder)).figures.map(({ message }) => /`figures\.([^`]+)`/.exec(message)?.[1]);
    expect(names).toEqual(expect.arrayContaining(["deltas.aws/none", "inputs.rates", "sources.0.name"]));
  });

  test.each([
    ["inputs", /^ {2}inputs: .*$/m, "  inputs: {}"],
    ["sources", /^ {2}sources: .*$/m, "  sources: none"],
    ["a ledger file outside the ledger", /ledger: \{ [^:]+:/, "ledger: { ../../secret.csv:"],
  ])("%s damaged, so that nothing can be computed again", async (_, from, to) => {
    const folder = copy();
    bend(folder, reviewPath, from, to);
    expect((await checked(folder)).figures.map(({ message }) => message)).toEqual([expect.stringContaining("cannot be computed again")]);
  });
});

describe("spelling and order are no difference", () => {
  test.each([
    ["a number without quotes", /^ {2}last7: "(.*)"$/m, "  last7: 4820.00"],
    ["more digits", /^ {2}last7: "(.*)"$/m, '  last7: "4820.000"'],
    ["other quotes", /^ {2}last7: "(.*)"$/m, "  last7: '4820.00'"],
    ["a sign and zeros before it", /^ {2}last7: "(.*)"$/m, '  last7: "+004820.0"'],
  ])("%s", async (_, from, to) => {
    const folder = copy();
    bend(folder, reviewPath, from, to);
    expect((await checked(folder)).figures).toEqual([]);
  });

  test("the figures in another order", async () => {
    const folder = copy();
    const lines = /^figures:\n((?: {2}.*\n)+)/m.exec(textIn(folder))?.[1] ?? "";
    bend(folder, reviewPath, lines, lines.split("\n").slice(0, -1).toReversed().join("\n").concat("\n"));
    expect((await checked(folder)).figures).toEqual([]);
  });

  test("line breaks of Windows", async () => {
    const folder = copy();
    for (const path of [reviewPath, ledgerPath, reviewPath.replace(".md", ".svg")])
      writeFileSync(join(folder, path), textIn(folder, path).replaceAll("\n", "\r\n"));
    const { figures, zones } = await checked(folder);
    expect([...figures, ...zones]).toEqual([]);
  });

  test.each([
    ["4178.02", 4178.02, true],
    ["4178.020", "4178.02", true],
    ["-0.00", "0.00", true],
    [0, "0.00", true],
    ["1e3", "1000.00", false],
    ["4178.02 ", "4178.02", true],
    ["4,178.02", "4178.02", false],
    ["", "0.00", false],
    [null, "0.00", false],
    [true, "1.00", false],
    [["4178.02"], "4178.02", false],
    [{ a: 1 }, "1.00", false],
    ["12345678901234567890.01", "12345678901234567890.02", false],
  ])("%j is %j: %s", (stated, computed, same) => {
    expect(figureDifferences(stated, computed)).toHaveLength(same ? 0 : 1);
  });
});
