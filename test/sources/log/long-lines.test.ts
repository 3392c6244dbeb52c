import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { explainMemory } from "../../../src/sources/log/lines.ts";
import { type Entry, folderWith, readEntry, refusalOf } from "../support.ts";

/** A line may hold a prompt of any length, and a list in one piece is one line. */

const fields = { time: "ts", cost: "cost", model: "model", currency: { constant: "USD" }, provider: { constant: "Gateway" } };
const row = (prompt: number) => `${JSON.stringify({ ts: "2026-11-16T08:00:00Z", cost: 0.5, model: "m", prompt: "x".repeat(prompt) })}\n`;
const mb = 1024 ** 2;
const read = (name: string, content: string | Uint8Array) =>
  readEntry(folderWith({ [name]: content }), { type: "log", path: name, fields } as Entry);

describe("a line that is longer than there is memory for is refused with its place", () => {
  const text = `${row(1)}\r\n\n${row(33 * mb)}${row(1)}`;
  test.each([
    ["a.jsonl", text],
    ["a.jsonl.gz", gzipSync(text, { level: 1 })],
  ])("in %s", async (name, content) => {
    const { message, remedy, place } = await refusalOf(read(name, content));
    expect(message).toBe("The line is longer than 32 MB, and there is not enough memory for it.");
    expect(remedy).toContain("Write one JSON object on each line");
    expect(place).toEqual({ file: name, line: 4 });
  });

  test("a list in one piece too, with the way out", async () => {
    const { remedy, place } = await refusalOf(read("a.jsonl", `[${`${row(mb).trim()},`.repeat(33)}{}]\n`));
    expect(remedy).toContain("jq -c '.[]'");
    expect(place).toEqual({ file: "a.jsonl", line: 1 });
  });
});

test("one of several megabytes is read", async () => {
  const { charges } = await read("a.jsonl", `${row(1)}${row(8 * mb)}`);
  expect(charges).toMatchObject([{ requests: 2, effective: 1_000_000n }]);
});

test("where memory ran out, the first line that may be the reason is named; other errors are none of length", async () => {
  const root = folderWith({ "a.jsonl": row(mb), "b.jsonl": `${row(1)}${row(5 * mb)}` });
  const files = ["a.jsonl", "b.jsonl"].map((name) => ({ name, path: join(root, name) }));
  const { message, place } = await refusalOf(explainMemory(new Error("Out of Memory Error: failed to allocate"), files));
  expect(message).toBe("The line is longer than 4 MB, and there is not enough memory for it.");
  expect(place).toEqual({ file: "b.jsonl", line: 2 });
  await explainMemory(new Error("IO Error: no such file"), files);
  await explainMemory(new Error("Out of Memory Error: failed to allocate"), files.slice(0, 1));
});
