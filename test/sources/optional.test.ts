import { expect, test } from "vitest";
import { loadOptional } from "../../src/sources/optional.ts";
import { refusalOf } from "./support.ts";

const failing = (code: string) => async () => {
  throw Object.assign(new Error("Cannot find package 'some-package' imported from /x/y.js"), { code });
};

test("a package that is not installed is named with the line to run", async () => {
  const problem = await refusalOf(loadOptional("Signing in to a cloud", "some-package", failing("ERR_MODULE_NOT_FOUND")));
  expect(problem).toMatchObject({
    kind: "usage",
    message: "Signing in to a cloud needs the package some-package, which is not installed",
    remedy: "Run: npm install some-package (beside overpace; in a workflow before it runs).",
  });
});

test("a package that fails in another way is a fault of its own", async () => {
  await expect(loadOptional("x", "y", failing("ERR_INVALID_ARG_TYPE"))).rejects.toThrow("Cannot find package");
});

test("one that is there is given", async () => {
  expect(await loadOptional("x", "y", async () => 7)).toBe(7);
});
