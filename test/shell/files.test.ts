import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { writeTexts } from "../../src/shell/files.ts";
import { withFolder } from "../../src/shell/temporary.ts";
import { folderWith, refusalOf } from "../sources/support.ts";

test("a file in the place of a folder is said, with nothing written", async () => {
  const root = folderWith({ ledger: "mine" });
  mkdirSync(join(root, "2026"));
  const [review, ledger] = [join(root, "2026/2026-W47.md"), join(root, "ledger/2026-11-23.2026-W47.csv")];
  const problem = await refusalOf(
    writeTexts([
      { path: review, text: "a" },
      { path: ledger, text: "b" },
    ]),
  );
  expect(problem.message).toMatch(/^cannot write \(E/);
  expect(problem.place).toEqual({ file: ledger });
  expect(readdirSync(join(root, "2026"))).toEqual([]);
  expect(readFileSync(join(root, "ledger"), "utf8")).toBe("mine");
});

test("all files are written, and one without a text is removed", async () => {
  const root = folderWith({ old: "x" });
  writeFileSync(join(root, "b"), "before");
  await writeTexts([
    { path: join(root, "a/a"), text: "1" },
    { path: join(root, "b"), text: "2" },
    { path: join(root, "old"), text: null },
  ]);
  expect(readdirSync(root, { recursive: true }).toSorted()).toEqual(["a", "a/a", "b"]);
  expect(readFileSync(join(root, "b"), "utf8")).toBe("2");
});

test("a folder for temporary files that is not there is named", async () => {
  const problem = await refusalOf(withFolder({ env: { RUNNER_TEMP: "/nowhere/at/all" } }, async () => {}));
  expect(problem.message).toBe("no folder for temporary files can be made");
  expect(problem.place).toEqual({ file: "/nowhere/at/all" });
});
