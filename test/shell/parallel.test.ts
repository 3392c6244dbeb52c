import { expect, test } from "vitest";
import { inParallel } from "../../src/shell/parallel.ts";

test("does at most so many things at a time, and gives results in the order of the items", async () => {
  let [running, most] = [0, 0];
  const started: number[] = [];
  const release: (() => void)[] = [];
  const done = inParallel([0, 1, 2, 3, 4, 5], 3, async (item) => {
    started.push(item);
    running += 1;
    most = Math.max(most, running);
    await new Promise<void>((resolve) => release.push(resolve));
    running -= 1;
    return item * 10;
  });
  // The last to begin is the first to end.
  while (started.length < 6 || release.length > 0) {
    release.pop()?.();
    await Promise.resolve();
  }
  expect(await done).toEqual([0, 10, 20, 30, 40, 50]);
  expect(most).toBe(3);
});

test("fails with the first failure, and does nothing for no item", async () => {
  await expect(inParallel([1, 2], 2, (item) => Promise.reject(new Error(`no ${item}`)))).rejects.toThrow("no 1");
  expect(await inParallel([], 4, (item) => Promise.resolve(item))).toEqual([]);
});
