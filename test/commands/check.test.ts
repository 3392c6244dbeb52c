import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Finding } from "../../src/core/finding.ts";
import { formats } from "../../src/rules/formats/index.ts";
import { config } from "../scenarios/project.ts";
import { goldenOf } from "../scenarios/scenario.ts";
import { type Files, filesIn, folderWith, overpace } from "../support/world.ts";

const path = "reviews/2026/2026-W47.md";
const { review } = goldenOf("escalate");
const held = review.replace("state: draft", "state: held");

interface Found {
  readonly ok: boolean;
  readonly findings: readonly Finding[];
}

/** What is found in the files themselves: figures are not computed again here, which is said as warnings. */
async function checked(folder: string, ...words: string[]) {
  const { code, out } = await overpace(folder, ["check", "--json", ...words]);
  const { ok, findings } = JSON.parse(out) as Found;
  return { code, ok, findings: findings.filter(({ rule }) => rule !== "figures") };
}

/** A call that is refused as a whole. */
async function refused(folder: string, ...words: string[]) {
  const { code, out, err } = await overpace(folder, ["check", ...words]);
  expect({ code, out }).toEqual({ code: 2, out: "" });
  expect(err).toMatch(/^error: .+\n(?: {2}at: .+\n)? {2}do: .+\n/);
  return err;
}

describe("what is checked", () => {
  const folder = folderWith({ [path]: review, "reviews/2026/2026-W46.md": "# not yet\n", "elsewhere/x.md": review, "notes.txt": review });

  it("all reviews of the folder, or the named files in the given order, each once", async () => {
    expect(new Set((await checked(folder)).findings.map(({ file }) => file))).toEqual(new Set(["reviews/2026/2026-W46.md", path]));
    const named = await overpace(folder, ["check", "elsewhere/x.md", `./${path}`, path]);
    expect(named.out).toContain("\n2 review file(s): ");
    expect((await checked(folder, "elsewhere/x.md")).findings[0]).toMatchObject({ file: "elsewhere/x.md" });
  });

  it("a file outside the working folder, by its path", async () => {
    const other = folderWith({ "x.md": "" });
    expect((await checked(folder, join(other, "x.md"))).findings).toMatchObject([{ file: join(other, "x.md"), rule: "readable" }]);
    expect((await checked(join(folder, "elsewhere"), `../${path}`)).findings[0]).toMatchObject({ file: `../${path}` });
  });

  it.each([
    ["a missing file", ["reviews/2026/2026-W48.md"], "there is no such file"],
    ["a folder", ["reviews"], "is a folder"],
    ["no Markdown", ["notes.txt"], "is not a Markdown file"],
    ["a path through a file", ["notes.txt/x.md"], "there is no such file"],
    ["a name with a NUL", ["a\0.md"], "there is no such file"],
    ["a missing folder of reviews", ["--reviews", "nowhere"], "there is no such folder"],
    ["a file for the folder of reviews", ["--reviews", "notes.txt"], "there is no such folder"],
    ["a format", ["--format", "xml"], "use one of text, json, github, sarif"],
    ["mending in a pull request", ["--fix", "--publish", "github"], "--fix mends files on this machine"],
  ])("%s is refused", async (_, words, message) => expect(await refused(folder, ...words)).toContain(message));

  it("all wrong names are told at once, and no command line mends but check's", async () => {
    expect((await refused(folder, "a.md", path, "b.md")).match(/^error: /gm)).toHaveLength(2);
    expect(await overpace(folder, ["weekly", "--fix"])).toMatchObject({ code: 2, err: expect.stringContaining("no --fix") as string });
  });

  it("an empty folder holds nothing to remark", async () => {
    expect(await overpace(folderWith({ "reviews/README.md": "x" }), ["check"])).toMatchObject({
      code: 0,
      out: "0 review file(s): nothing to remark\n",
    });
  });
});

describe("what else stands in the folder of reviews", () => {
  const files: Files = {
    [path]: held,
    "reviews/README.md": "about",
    "reviews/ledger/2026-11-23.2026-W47.csv": "",
    "reviews/2026/2026-W47.svg": "",
    "reviews/2026/notes.md": "people's",
    "reviews/2026/2026-10.md": "monthly",
    "reviews/2026/2026-w48.md": review,
    "reviews/2026/2025-W47.md": review,
    "reviews/2026-W45.md": review,
    "reviews/20/2026-W45.md": review,
    "reviews/2026/2026-W47-notes.md": "people's, beside the review",
    "reviews/2026/2026-W47 (1).md": review,
    "reviews/2026/2026-w47-agenda.md": "people's, beside the review",
    "reviews/2026/2026-W44-final.md": review,
    "reviews/2026/2026-W440.md": "something else",
  };
  const folder = folderWith(files);

  it("a monthly review and misnamed ones are warned of, the rest does not matter", async () => {
    const { findings } = await checked(folder);
    const names = findings.filter(({ rule }) => rule === "file-name");
    expect(names.map(({ file, severity }) => [file, severity])).toEqual([
      ["reviews/2026/2026-10.md", "warning"],
      ["reviews/2026/2025-W47.md", "warning"],
      ["reviews/2026/2026-W44-final.md", "warning"],
      ["reviews/2026/2026-w48.md", "warning"],
      ["reviews/2026-W45.md", "warning"],
    ]);
  });

  it("warnings alone exit 0", async () => {
    const warned = folderWith({ "reviews/2026/2026-10.md": "x" });
    expect(await checked(warned)).toMatchObject({ code: 0, ok: true, findings: [{ severity: "warning" }] });
    expect((await overpace(warned, ["check", "--format", "github"])).out).toMatch(/^::warning file=reviews\/2026\/2026-10\.md,/);
  });

  it.each([
    ["to another review", (target: string) => symlinkSync("2026-W47.md", target)],
    ["to a file of the machine", (target: string) => symlinkSync("/etc/hostname", target)],
    ["to nothing", (target: string) => symlinkSync("gone", target)],
    ["to a device", (target: string) => symlinkSync("/dev/zero", target)],
  ])("a symbolic link %s is an error and is not followed, found or named", async (_, make) => {
    const linked = folderWith({ [path]: held });
    const target = "reviews/2026/2026-W48.md";
    make(join(linked, target));
    const all = await checked(linked);
    expect(all.code).toBe(1);
    expect(all.findings).toContainEqual(expect.objectContaining({ file: target, rule: "readable", severity: "error" }));
    expect((await checked(linked, target)).findings).toMatchObject([{ file: target, message: "a symbolic link is not followed", line: 1 }]);
  });

  it("a linked folder of a year is an error, and no way to a file", async () => {
    const secret = folderWith({ "2026-W47.md": "token: secret\n" });
    const linked = folderWith({ "reviews/2025/2025-W01.md": held });
    symlinkSync(secret, join(linked, "reviews/2026"));
    for (const words of [[], [path]]) {
      const { code, out } = await overpace(linked, ["check", ...words]);
      expect(code).toBe(1);
      expect(out).toContain("a symbolic link is not followed");
      expect(out).not.toContain("secret");
    }
  });

  it("the folder that is named may itself be a link", async () => {
    const linked = folderWith();
    symlinkSync(join(folder, "reviews"), join(linked, "elsewhere"));
    expect((await checked(linked, "--reviews", "elsewhere")).findings[0]?.file).toMatch(/^elsewhere\//);
  });

  it.each([
    ["a folder", (target: string) => mkdirSync(target)],
    ["a pipe that nobody writes to", (target: string) => void execFileSync("mkfifo", [target])],
  ])("%s with the name of a review is an error, and does not block", async (_, make) => {
    const odd = folderWith({ "reviews/2026/x": "" });
    make(join(odd, path));
    expect(await checked(odd)).toMatchObject({ code: 1, findings: [{ file: path, message: "is not a file" }] });
  });
});

describe("what a file holds", () => {
  const size = 10 * 1024 * 1024;
  const fill = (text: string, bytes: number) => Buffer.concat([Buffer.from(text), Buffer.alloc(bytes - Buffer.byteLength(text), "x")]);

  it.each([
    ["one byte less than 10 MB", fill(held, size - 1), null],
    ["10 MB", fill(held, size), null],
    ["one byte more", fill(held, size + 1), "the file is larger than 10 MB"],
    ["not UTF-8", Buffer.concat([Buffer.from(held), Buffer.from([0xff, 0xfe])]), "is not UTF-8 text"],
    ["half a letter", Buffer.concat([Buffer.from(held), Buffer.from([0xe2, 0x82])]), "is not UTF-8 text"],
    ["a surrogate as bytes", Buffer.concat([Buffer.from(held), Buffer.from([0xed, 0xa0, 0x80])]), "is not UTF-8 text"],
    ["UTF-16", Buffer.from(held, "utf16le"), "is not UTF-8 text"],
    ["nothing", Buffer.alloc(0), "the file has no front matter"],
  ])("%s", async (_, bytes, message) => {
    const folder = folderWith({ [path]: "" });
    writeFileSync(join(folder, path), bytes);
    const { code, findings } = await checked(folder);
    expect(code).toBe(1);
    const unread = findings.filter(({ rule }) => rule === "readable");
    expect(unread.map(({ message }) => message)).toEqual(message === null ? [] : [expect.stringContaining(message)]);
    for (const { remedy, file } of unread) expect([remedy, file]).toEqual([expect.stringMatching(/./), path]);
  });

  it.each([
    ["a byte order mark", (text: string) => `\uFEFF${text}`],
    ["CRLF", (text: string) => text.replaceAll("\n", "\r\n")],
    ["NUL bytes in prose", (text: string) => `${text}\0\0`],
  ])("%s changes no finding", async (_, change) => {
    const plain = await checked(folderWith({ [path]: review }));
    expect(await checked(folderWith({ [path]: change(review) }))).toEqual(plain);
  });

  it("one file that cannot be read does not keep the others from being checked", async () => {
    const folder = folderWith({ [path]: review, "reviews/2026/2026-W46.md": "" });
    rmSync(join(folder, "reviews/2026/2026-W46.md"));
    writeFileSync(join(folder, "reviews/2026/2026-W46.md"), Buffer.from([0xff]));
    const files = (await checked(folder)).findings.map(({ file }) => file);
    expect(files[0]).toBe("reviews/2026/2026-W46.md");
    expect(files).toContain(path);
  });
});

describe("formats", () => {
  const folder = folderWith({ [path]: review });

  it.each(Object.keys(formats))("--format %s prints what it names, with the same exit code", async (name) => {
    const { code, out } = await overpace(folder, ["check", "--format", name]);
    expect(code).toBe(1);
    expect(out).toMatch(
      { text: /things to decide/, json: /^\{"ok":false,.*\}\n$/, github: /^::warning file=/, sarif: /^\{"\$schema":.*\}\n$/ }[name] ?? /$^/,
    );
    expect(out.endsWith("\n")).toBe(true);
  });

  it("a draft is headed by the number of things to decide, and each names its place", async () => {
    const { findings } = await checked(folder);
    const open = findings.filter(({ severity }) => severity === "todo");
    const { out } = await overpace(folder, ["check"]);
    expect(out).toContain(`${open.length} things to decide\n`);
    for (const { file, line, column } of open) expect(out).toContain(`${file}:${line}:${column} todo `);
  });
});

describe("--fix", () => {
  const spoken = review
    .replace("state: draft", "state: Draft")
    .replace(/due: [\d-]+/, "due: Friday")
    .replace(/owner: "@octocat"/, "owner: @octocat");
  const said = [/:\d+: state Draft → draft\n/, /:\d+: login @octocat → "@octocat"\n/, /:\d+: due Friday → 2026-11-27\n/];

  it("mends the file in place, says what, and finds nothing to mend the second time", async () => {
    const folder = folderWith({ [path]: spoken });
    const { code, out } = await overpace(folder, ["check", "--fix"]);
    expect(code).toBe(1);
    for (const line of said) expect(out).toMatch(line);
    expect(out).toContain("things to decide");
    expect(filesIn(folder)).toEqual({ [path]: review.replace(/due: [\d-]+/, "due: 2026-11-27") });
    expect((await overpace(folder, ["check", "--fix"])).out).not.toContain("mended");
    expect(Object.keys(filesIn(folder))).toEqual([path]);
  });

  it("--dry-run writes nothing and says what it would write", async () => {
    const folder = folderWith({ [path]: spoken });
    const { code, out } = await overpace(folder, ["check", "--fix", "--dry-run"]);
    expect(code).toBe(1);
    expect(out).toMatch(/^would mend\n/);
    for (const line of said) expect(out).toMatch(line);
    expect(filesIn(folder)).toEqual({ [path]: spoken });
  });

  it("keeps standard output to the format", async () => {
    const folder = folderWith({ [path]: spoken });
    const { out, err } = await overpace(folder, ["check", "--fix", "--json"]);
    expect(() => JSON.parse(out) as unknown).not.toThrow();
    for (const line of said) expect(err).toMatch(line);
  });

  it("keeps permissions", async () => {
    const folder = folderWith({ [path]: spoken });
    execFileSync("chmod", ["640", join(folder, path)]);
    await overpace(folder, ["check", "--fix"]);
    expect(execFileSync("stat", ["-c", "%a", join(folder, path)], { encoding: "utf8" })).toBe("640\n");
  });

  it("touches a held review only when it is named", async () => {
    const folder = folderWith({ [path]: spoken.replace("state: Draft", "state: Held") });
    const before = filesIn(folder);
    const { err } = await overpace(folder, ["check", "--fix"]);
    expect(filesIn(folder)).toEqual(before);
    expect(err).toContain(`note: ${path} is no draft and was left as it is: overpace check --fix ${path} mends it\n`);
    expect((await overpace(folder, ["check", "--fix", path])).err).not.toContain("note: ");
    expect(filesIn(folder)).not.toEqual(before);
    expect((await overpace(folder, ["check", "--fix"])).err).not.toContain("was left as it is");
  });

  it("writes through no symbolic link", async () => {
    const target = folderWith({ "x.md": spoken });
    const folder = folderWith({ "reviews/2026/x": "" });
    symlinkSync(join(target, "x.md"), join(folder, path));
    for (const words of [[], [path]]) expect((await overpace(folder, ["check", "--fix", ...words])).code).toBe(1);
    expect(filesIn(target)).toEqual({ "x.md": spoken });
  });

  it("takes the sprint from the configuration, and says what to write there when it has none", async () => {
    const sprinting = spoken.replace("due: Friday", "due: next sprint");
    const without = folderWith({ [path]: sprinting, "config/overpace.yaml": config });
    const { findings } = JSON.parse((await overpace(without, ["check", "--fix", "--json"])).out) as Found;
    expect(findings.filter(({ message }) => /sprint/.test(message))).toMatchObject([
      { rule: "fix", severity: "error", remedy: expect.stringContaining("schedule: { sprint:") as string },
    ]);
    expect(filesIn(without)[path]).toContain("due: next sprint");
    const sprints = `${config}schedule: { sprint: { start: 2026-11-16, weeks: 2 } }\n`;
    const configured = folderWith({ [path]: sprinting, "config/overpace.yaml": sprints });
    await overpace(configured, ["check", "--fix"]);
    expect(filesIn(configured)[path]).toContain("due: 2026-12-13");
  });
});
