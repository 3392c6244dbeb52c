import { mkdirSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { replacePlainFile } from "../../src/shell/plain-file.ts";
import { folderWith, refusalOf } from "../sources/support.ts";

const refused = async (path: string) => {
  const { message, place } = await refusalOf(replacePlainFile(path, "reviews/x.md", "after"));
  expect(place).toEqual({ file: "reviews/x.md" });
  return message;
};

test("a file that cannot be replaced is as it was, and that is said", async () => {
  const root = folderWith({ "x.md": "before" });
  // Where the new text is to be written first there is a folder.
  mkdirSync(join(root, `.overpace-${process.pid}-x.md`));
  expect(await refused(join(root, "x.md"))).toBe("cannot write (EEXIST)");
  expect(readFileSync(join(root, "x.md"), "utf8")).toBe("before");
  expect(await refused(join(root, "gone.md"))).toBe("cannot write (ENOENT)");
});

test("what was written on the way is taken away again", async () => {
  const root = folderWith({});
  mkdirSync(join(root, "x.md"));
  expect(await refused(join(root, "x.md"))).toMatch(/^cannot write \(E/);
  expect(readdirSync(root)).toEqual(["x.md"]);
});
