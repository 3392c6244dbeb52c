import { execFileSync, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import matter from "gray-matter";
import { describe, expect, it } from "vitest";
import { eachDay } from "../../src/core/day.ts";
import type { Finding } from "../../src/core/finding.ts";
import { goldenOf } from "../scenarios/scenario.ts";
import { charge, focusCsv } from "../support/focus.ts";
import { filesIn, folderWith, overpace } from "../support/world.ts";

/** Files that somebody wrote to do harm, checked with the command as a pull request would have it. */

const path = "reviews/2026/2026-W47.md";
const { review } = goldenOf("escalate");
const yamlOf = (yaml: string) => `---\n${yaml}\n---\nBody\n`;
/** The sound review with more lines at the end of its body. */
const withBody = (body: string) => `${review}${body}`;
/** The sound review with more lines at the end of its front matter. */
const withYaml = (yaml: string) => review.replace("\nfigures:", `\n${yaml}\nfigures:`);

/** Checks one file: it is refused in words with a place, nothing is thrown, and nothing but what `--fix` mends is written. */
async function findingsFor(text: string): Promise<Finding[]> {
  const folder = folderWith({ [path]: text });
  const before = filesIn(folder);
  const { code, out, err } = await overpace(folder, ["check", "--json"]);
  const { findings } = JSON.parse(out) as { findings: Finding[] };
  expect(code).toBe(1);
  expect(`${out}${err}`).not.toMatch(/\n\s+at .+:\d+:\d+|node:internal|RangeError|TypeError|call stack/);
  for (const { line, column, message, remedy } of findings) {
    expect(line).toBeGreaterThanOrEqual(1);
    expect(column).toBeGreaterThanOrEqual(1);
    expect(message).not.toBe("");
    expect(remedy).not.toBe("");
  }
  expect(filesIn(folder)).toEqual(before);
  expect((await overpace(folder, ["check", "--fix"])).code).toBe(1);
  expect(Object.keys(filesIn(folder))).toEqual(Object.keys(before));
  return findings;
}

const readable = (findings: readonly Finding[]) =>
  findings.filter(({ rule }) => rule === "readable").map(({ line, message }) => ({ line, message }));

describe("front matter that names a language", () => {
  const spellings = [
    "js",
    " js",
    "JS",
    "\tjs",
    "Js ",
    "javascript",
    " javascript",
    "JavaScript",
    " JAVASCRIPT",
    "js yaml",
    "js\u00A0",
    "js\uFEFF",
    "coffee",
    "coffeescript",
    "cson",
    "json",
    "JSON",
    "toml",
    "TOML",
    "yml",
    "YAML",
    "typescript",
    "node",
    "eval",
    "=js",
    "{js}",
    "constructor",
    "toString",
    "hasOwnProperty",
    "valueOf",
    "__proto__",
    "__defineGetter__",
    "isPrototypeOf",
    "prototype",
    "\0",
    "\u202Ejs",
  ];
  const attack = (marker: string) => {
    const write = `process.getBuiltinModule("node:fs").writeFileSync(${JSON.stringify(marker)}, process.env.OVERPACE_SECRET ?? "")`;
    return `{ ran: ${write}, secret: process.env.OVERPACE_SECRET, review: "2026-W47" }`;
  };

  it("the trap is real: gray-matter alone runs it", () => {
    const marker = join(folderWith(), "ran");
    matter(`---js\n${attack(marker)}\n---\n`, {});
    expect(existsSync(marker)).toBe(true);
  });

  it.each(spellings)("---%s is refused on line 1, the second time too", async (language) => {
    const folder = folderWith();
    const marker = join(folder, "ran");
    for (const text of [`---${language}\n${attack(marker)}\n---\nBody\n`, `\uFEFF---${language}\r\n${attack(marker)}\r\n---\r\n`]) {
      const findings = await findingsFor(text);
      expect(readable(findings)).toEqual([
        { line: 1, message: expect.stringMatching(/language other than YAML|no front matter/) as string },
      ]);
    }
    expect(filesIn(folder)).toEqual({});
  });

  it("a process of its own runs none of them and tells no secret, in any format, not in the body either", () => {
    const folder = folderWith();
    const marker = join(folder, "ran");
    const bodies = spellings.map((language) => `---${language}\n${attack(marker)}\n---\n`);
    const files = [...bodies, ...bodies.slice(0, 8).map((body) => `---\na: 1\n---\n${body}`), `---\n!!js/function 'x'\n---\n`];
    const names = files.map((text, index) => [`reviews/2026/2026-W${String(index + 10)}.md`, text] as const);
    const attacked = folderWith(Object.fromEntries(names));
    for (const format of ["text", "json", "github", "sarif"]) {
      const cli = join(import.meta.dirname, "../../src/cli.ts");
      const done = spawnSync(process.execPath, [cli, "check", "--format", format], {
        cwd: attacked,
        env: { ...process.env, OVERPACE_SECRET: "hunter2-secret" },
        encoding: "utf8",
      });
      expect(done.status).toBe(1);
      expect(`${done.stdout}${done.stderr}`).not.toContain("hunter2-secret");
      expect(done.stderr).not.toMatch(/\n\s+at /);
    }
    expect(existsSync(marker)).toBe(false);
    expect(filesIn(attacked)).toEqual(Object.fromEntries(names));
  }, 60_000);
});

describe("YAML that is more than plain", () => {
  const bomb = `a: &a [x,x]\n${[..."bcdefghij"].map((name, index) => `${name}: &${name} [${`*${"abcdefghi"[index]},`.repeat(9)}]`).join("\n")}`;
  it.each([
    ["an alias bomb", bomb, /anchor &a is not allowed/],
    ["an alias of itself", "a: &a [*a]", /anchor &a is not allowed/],
    ["120 harmless aliases", `a: &a 1\nb: [${"*a, ".repeat(120)}]`, /anchor/],
    ["a merge key", "a: &a { x: 1 }\nb: { <<: *a }", /anchor/],
    ["a %YAML directive", "%YAML 1.1\nno: no", /not valid YAML|directive/],
    ["a tag that asks for code", "a: !!js/function 'function () {}'", /tag|not valid YAML/],
    ["a tag of a type", "a: !!timestamp 2026-11-16", /tag|not valid YAML/],
    ["the same key twice", "a: 1\nb: 2\na: 3", /second time/],
    ["the same key twice, as number and text", '1: a\n"1": b', /second time/],
    ["the same key twice, deep", "a: [{ b: 1, b: 2 }]", /second time/],
    ["a key that is a map", "? { a: 1 }\n: 2", /key must be plain text/],
    ["10,000 open lists", `a: ${"[".repeat(10_000)}`, /nested deeper than 100 levels/],
    ["10,000 lists", `a: ${"[".repeat(10_000)}${"]".repeat(10_000)}`, /nested deeper than 100 levels/],
    ["10,000 maps", `a: ${"{a: ".repeat(10_000)}${"}".repeat(10_000)}`, /nested deeper than 100 levels/],
    ["10,000 dashes", `a:\n ${"- ".repeat(10_000)}x`, /nested deeper than 100 levels/],
    ["10,000 question marks", "? ".repeat(10_000), /nested deeper than 100 levels/],
    ["10,000 quotes", `a: ${'"'.repeat(10_000)}`, /not valid YAML/],
    ["a NUL", "a: \0", /./],
    ["no map at all", "- a\n- b", /./],
    ["a number", "5", /./],
  ])("%s", async (_, yaml, message) => {
    const findings = await findingsFor(yamlOf(yaml));
    expect(findings.map((finding) => finding.message).join("\n")).toMatch(message);
  });

  it.each([
    ["100 levels", 100, false],
    ["101 levels", 101, true],
  ])("%s of lists within the front matter", async (_, levels, tooDeep) => {
    // The map of keys is level one.
    const findings = await findingsFor(yamlOf(`a: ${"[".repeat(levels - 1)}${"]".repeat(levels - 1)}`));
    expect(findings.some(({ message }) => message.includes("nested deeper"))).toBe(tooDeep);
  });

  it.each(["__proto__", "constructor", "prototype", "toString", "hasOwnProperty"])(
    "the key %s is unknown and changes no object",
    async (key) => {
      const before = Object.getOwnPropertyNames(Object.prototype);
      const [unknown = []] = await Promise.all(
        [`${key}: { polluted: true, toString: 1 }`, `actions: [{ ${key}: { polluted: true } }]`, `attendees: { ${key}: [x] }`].map((yaml) =>
          findingsFor(yamlOf(yaml)),
        ),
      );
      expect(unknown.map(({ message }) => message).join("\n")).toContain(`\`${key}\``);
      await findingsFor(withYaml(`${key}: { polluted: true }`));
      expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(before);
      expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
    },
  );

  const cap = 64 * 1024;
  it.each([
    ["one byte less", cap - 1, "x", false],
    ["64 KB", cap, "x", false],
    ["one byte more", cap + 1, "x", true],
    ["64 KB of letters of three bytes", cap, "€", false],
    ["one byte more of letters of three bytes", cap + 1, "€", true],
  ])("%s of front matter", async (_, bytes, letter, isTooLarge) => {
    const room = bytes - Buffer.byteLength("note: \n");
    const count = Math.floor(room / Buffer.byteLength(letter));
    const yaml = `note: ${letter.repeat(count)}${"x".repeat(room - count * Buffer.byteLength(letter))}`;
    expect(Buffer.byteLength(`${yaml}\n`)).toBe(bytes);
    const messages = (await findingsFor(yamlOf(yaml))).map(({ message }) => message).join("\n");
    expect(messages.includes("larger than 64 KB")).toBe(isTooLarge);
    expect(messages.includes("`note`")).toBe(!isTooLarge);
  });

  it("20,000 keys are refused by size, and as many as fit one by one", async () => {
    const keys = (count: number) => Array.from({ length: count }, (_, index) => `k${index.toString(36)}:`).join("\n");
    expect(readable(await findingsFor(yamlOf(keys(20_000))))).toMatchObject([{ message: "the front matter is larger than 64 KB" }]);
    const findings = await findingsFor(yamlOf(keys(10_000)));
    expect(findings.filter(({ rule }) => rule === "front-matter").length).toBeGreaterThanOrEqual(10_000);
  }, 60_000);
});

describe("bodies that slow patterns down", () => {
  /** Where a pattern takes quadratic time these take minutes; the limit of a test is what fails them. */
  const bodies: [string, string][] = [
    ["200,000 blank lines", "\n".repeat(200_000)],
    ["200,000 blank lines with CR", "\r\n".repeat(200_000)],
    ["400,000 spaces at the end of a line", `x${" ".repeat(400_000)}y\n`],
    ["400,000 spaces and no more", " ".repeat(400_000)],
    ["400,000 tabs", `${"\t".repeat(400_000)}x`],
    ["100,000 opened comments", "<!--".repeat(100_000)],
    ["100,000 comments", "<!-- x -->".repeat(100_000)],
    ["100,000 lines that open comments", "<!--\n".repeat(100_000)],
    ["400,000 backticks", "`".repeat(400_000)],
    ["20,000 fences", "```\n".repeat(20_001)],
    ["100,000 list items with a fence", "- ```\n".repeat(100_000)],
    ["50,000 times a prompt", "- **Why:** x\n".repeat(50_000)],
    ["50,000 prompts in a line", "- **Why:**".repeat(50_000)],
    ["50,000 stars", "*".repeat(50_000)],
    ["10,000 quotes in quotes", `${">".repeat(10_000)} x\n`],
    ["10,000 lists in lists", `${"- ".repeat(10_000)}x\n`],
    ["1,000 lists in lists by lines", Array.from({ length: 1_000 }, (_, index) => `${" ".repeat(index * 2)}- x\n`).join("")],
    ["100,000 brackets", `${"[".repeat(100_000)}${"](".repeat(100_000)}`],
    ["a line of five million letters", "x".repeat(5_000_000)],
    ["five million digits and commas", `$${"1,".repeat(2_500_000)}`],
    ["NUL bytes", "\0".repeat(100_000)],
    ["direction marks", "\u202E".repeat(100_000)],
  ];
  it.each(bodies)(
    "%s, below an answer and at the end",
    async (_, body) => {
      await findingsFor(withBody(body).replace("- **Why:** <!--", () => `- **Why:** x\n${body}\n<!--`));
    },
    30_000,
  );

  it("markers without an end, in code, misspelt, or by the thousand are refused with their line", async () => {
    const zones = Array.from({ length: 5_000 }, (_, index) => `<!-- overpace:delta a/${index} -->\n<!-- /overpace:delta -->\n`).join("");
    const odd: [string, RegExp][] = [
      ["<!-- overpace:delta a/b -->\n", /is not closed/],
      ["<!-- /overpace:delta -->\n", /closes a zone that was not opened/],
      ["```\n<!-- overpace:delta a/b -->\n", /hides the marker/],
      [`<!-- overpace:${"x ".repeat(100_000)}-->\n`, /begins like a marker/],
      [`<!-- overpace:delta ${"-->".repeat(50_000)} -->\n`, /begins like a marker/],
      [`${zones}${zones}`, /twice/],
    ];
    for (const [body, message] of odd)
      expect(readable(await findingsFor(withBody(body)))).toMatchObject([{ message: expect.stringMatching(message) as string }]);
    expect((await findingsFor(withBody(zones))).filter(({ rule }) => rule === "zones")).toHaveLength(5_000);
  }, 60_000);

  it("says nothing that a log would obey", async () => {
    const folder = folderWith({ [path]: withYaml('"::error::forged\\n::error::x": "##[error]"\n"\\u001B[31m": 1') });
    for (const format of ["text", "json", "github", "sarif"]) {
      const { out } = await overpace(folder, ["check", "--format", format]);
      expect(out).not.toContain("\u001B");
      expect(out).not.toContain("##[");
      for (const line of out.split("\n").filter((line) => /^\s*::/.test(line)))
        expect(line).toMatch(/^::(?:error|warning|notice) (?:file|title)=/);
    }
  });
});

it("a git checkout of a hostile branch is read as data: its configuration runs nothing", async () => {
  const folder = folderWith({ [path]: review });
  const marker = join(folder, "ran");
  execFileSync("git", ["init", "-q", folder]);
  for (const key of ["core.fsmonitor", "core.pager", "core.sshCommand", "diff.external"])
    execFileSync("git", ["-C", folder, "config", key, `touch ${marker}`]);
  await overpace(folder, ["check"]);
  expect(existsSync(marker)).toBe(false);
});

it("what analyze prints as JSON holds nothing that a log would obey, and names stay what they are", async () => {
  const name = "##[stop-commands]x";
  const rows = eachDay({ start: "2026-11-09", end: "2026-11-23" }).map((day) => charge(day, name, name, 1000));
  const config = "owners: { engineering: { login: octocat }, product: { login: hubot } }\nsources: [{ type: focus, path: costs/*.csv }]\n";
  const folder = folderWith({ "config/overpace.yaml": config, "costs/a.csv": focusCsv(rows) });
  for (const words of [[], ["--explain", "last7"]]) {
    const { out } = await overpace(folder, ["analyze", "--as-of", "2026-11-23", "--json", ...words]);
    expect(out).not.toContain("##[");
    expect(JSON.stringify(JSON.parse(out))).toContain(name);
  }
});

it.each(["--reviews", "--config"])("an empty %s, as of a variable that is not set, is no name of the current folder", async (flag) => {
  const folder = folderWith({ "2026/2026-W47.md": review });
  for (const value of ["", " "]) {
    const { code, err } = await overpace(folder, ["check", flag, value]);
    expect({ code, err }).toMatchObject({ code: 2, err: expect.stringContaining(`${flag} is empty`) as string });
  }
});
