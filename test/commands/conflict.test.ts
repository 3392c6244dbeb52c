import { beforeAll, expect, it } from "vitest";
import type { Finding } from "../../src/core/finding.ts";
import { reviewPath } from "../rules/bending.ts";
import { filesIn, overpace, write } from "../support/world.ts";
import { makeProject, project } from "./git.ts";

beforeAll(makeProject);

const both = (lines: string) => `<<<<<<< HEAD\n${lines}=======\nother\n>>>>>>> main\n`;
const bend = (folder: string, change: (text: string) => string): string => {
  const text = change(filesIn(folder)[reviewPath] ?? "");
  write(folder, { [reviewPath]: text });
  return text;
};
const found = async (folder: string) =>
  (JSON.parse((await overpace(folder, ["check", "--json"])).out) as { findings: readonly Finding[] }).findings;

it.each([
  ["the whole file", both],
  ["the front matter", (text: string) => text.replace(/^minutes:.*\n/m, both)],
  ["a zone", (text: string) => text.replace(/^<!-- overpace:deltas -->\n/m, both)],
  ["prose", (text: string) => text + both("mine\n")],
  ["prose with CRLF", (text: string) => (text + both("mine\n")).replaceAll("\n", "\r\n")],
])("in %s: check says so with its line and nothing else, and a refresh changes nothing", async (_, change) => {
  const folder = project();
  const text = bend(folder, change);
  const line = text.slice(0, text.indexOf("<<<<<<<")).split("\n").length;
  expect(await found(folder)).toMatchObject([
    { severity: "error", file: reviewPath, line, message: expect.stringContaining("merge conflict") },
  ]);
  const before = filesIn(folder);
  const { code, err } = await overpace(folder, ["weekly", "--as-of", "2027-02-22"]);
  expect([code, err]).toEqual([
    3,
    expect.stringContaining(`merge conflict that nobody resolved begins here\n  at: ${reviewPath}:${line}\n`),
  ]);
  expect(filesIn(folder)).toEqual(before);
});

it("shown as code is none", async () => {
  const folder = project();
  const plain = await found(folder);
  bend(folder, (text) => `${text}\`\`\`\n${both("mine\n")}\`\`\`\n`);
  expect(await found(folder)).toEqual(plain);
});

it.each([
  ["prose", (text: string) => `${text}mine\n>>>>>>> main\n`],
  ["the front matter", (text: string) => text.replace(/^minutes:.*\n/m, (line) => `${line}>>>>>>> overpace/2026-W47\n`)],
])("its last line alone, left in %s, is said and stops a refresh", async (_, change) => {
  const folder = project();
  const text = bend(folder, change);
  const line = text.slice(0, text.indexOf(">>>>>>>")).split("\n").length;
  expect(await found(folder)).toMatchObject([{ severity: "error", line, message: "a line of a merge conflict was left here" }]);
  expect(await overpace(folder, ["weekly", "--as-of", "2027-02-22"])).toMatchObject({ code: 3 });
  expect(filesIn(folder)[reviewPath]).toBe(text);
});

it("a quote within quotes is none", async () => {
  const folder = project();
  const plain = await found(folder);
  bend(folder, (text) => `${text}\n> > > > > > > deep\n\n>>>>>>>\n\n>>>>>>>> eight\n`);
  expect(await found(folder)).toEqual(plain);
});
