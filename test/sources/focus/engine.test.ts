import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { focusCsv, folderWith, readFiles, readFolder, refusalOf } from "./support.ts";

/** Quoted line breaks that look like rows, in a file larger than the reader's buffer: the parallel reader gives up on it. */
function misleading(rows: number): string {
  const [header = "", row = ""] = focusCsv([{ ChargeDescription: "x" }]).split("\n");
  const fake = row.replace(/^1,1/, "9,9");
  const text = Array.from(
    { length: rows },
    (_, index) => `${row.replace(/x$/, "")}"${Array.from({ length: 1 + ((index * 7) % 40) }, () => fake).join("\n")}"`,
  );
  return [header, ...text, ""].join("\n");
}

describe("the parallel reader", () => {
  test("a file on which it gives up is read on one thread", async () => {
    const { charges } = await readFiles({ "a.csv": misleading(12_000) });
    expect(charges.map((charge) => charge.effective)).toEqual([12_000_000_000n]);
  });

  test("a file that is cut off inside quotes is refused, though one thread would read it in part", async () => {
    const text = misleading(3);
    const problem = await refusalOf(readFiles({ "a.csv": text.slice(0, text.lastIndexOf('"')) }));
    expect(problem.message).toMatch(/misplaced or never closed/);
    expect(problem.place).toEqual({ file: "a.csv", line: 11 });
  });
});

describe("files and folders", () => {
  test.each(["it's [1] *.csv", "BILLING_PERIOD=2026-10/a?.csv", "sp ace/ü;$.csv"])("a file called %s", async (name) => {
    const root = folderWith({ [name]: focusCsv([{}]), "it's 1 x.csv": focusCsv([{}]), "BILLING_PERIOD=2026-10/ab.csv": focusCsv([{}]) });
    expect((await readFolder(root, { path: name })).charges.map((charge) => charge.effective)).toEqual([1_000_000n]);
  });

  test("it works in RUNNER_TEMP and leaves nothing behind, there or beside the files", async () => {
    const root = folderWith({ "a.csv": focusCsv([{}]) });
    const temporary = join(root, "runner");
    mkdirSync(temporary);
    await readFolder(root, { env: { RUNNER_TEMP: temporary } });
    expect(readdirSync(temporary)).toEqual([]);
    expect(readdirSync(root).toSorted()).toEqual(["a.csv", "runner"]);
    expect(existsSync(".tmp")).toBe(false);
  });
});
