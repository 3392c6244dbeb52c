import { describe, expect, it } from "vitest";
import { assembleBody } from "../../../src/document/body/assemble.ts";
import type { Section } from "../../../src/document/body/model.ts";
import { refreshBody } from "../../../src/document/body/refresh.ts";
import { hashesOf } from "../../../src/document/body/zone.ts";
import { processorMs } from "../../support/processor.ts";
import { problemOf } from "../support.ts";

const promptsOf = (name: string, id: string | undefined) =>
  name === "delta" ? `- **Expected:** <!-- yes | no -->\n- **Why:** <!-- ${id} -->` : "";
const delta = (id: string, text = `### ${id}\n\nold`) => ({ zone: { name: "delta", id, text }, prompts: promptsOf("delta", id) });
const review = (version: string, ids: readonly string[]): Section[] => [
  { name: "summary", head: { name: "summary", text: `# Review\n\n${version}` }, items: [], end: "" },
  {
    name: "deltas",
    head: { name: "deltas", text: "## Top deltas" },
    items: ids.map((id) => delta(id, `### ${id}\n\n${version}`)),
    end: `sum ${version}`,
  },
];
const old = review("old", ["a", "b"]);
const start = assembleBody(old);
const written = hashesOf(start, "r.md", 1);
const refresh = (body: string, sections: readonly Section[] = review("new", ["a", "b"]), hashes = written) =>
  refreshBody({
    body,
    file: "r.md",
    firstLine: 21,
    sections,
    written: hashes,
    promptsOf: (...zone) => ["- **Ask:** once", promptsOf(...zone)],
  });

describe("assembleBody", () => {
  it("writes zones, prompts and ends with one blank line between", () => {
    expect(start).toBe(`<!-- overpace:summary -->
# Review

old
<!-- /overpace:summary -->

<!-- overpace:end summary -->
<!-- /overpace:end -->

<!-- overpace:deltas -->
## Top deltas
<!-- /overpace:deltas -->

<!-- overpace:delta a -->
### a

old
<!-- /overpace:delta -->
- **Expected:** <!-- yes | no -->
- **Why:** <!-- a -->

<!-- overpace:delta b -->
### b

old
<!-- /overpace:delta -->
- **Expected:** <!-- yes | no -->
- **Why:** <!-- b -->

<!-- overpace:end deltas -->
sum old
<!-- /overpace:end -->
`);
    expect(assembleBody([])).toBe("");
  });
});

describe("refreshBody", () => {
  it("changes no byte without new data", () => {
    expect(refresh(start, old)).toBe(start);
    const crlf = start.replaceAll("\n", "\r\n");
    expect(refresh(crlf, old)).toBe(crlf);
  });

  it("leaves the bytes of a zone alone whose text stays, mixed line breaks and a blank line in an empty zone included", () => {
    const mixed = start
      .replace("# Review\n\nold\n", "# Review\r\n\nold\r\n")
      .replace("<!-- overpace:end summary -->\n", "<!-- overpace:end summary -->\n\r\n");
    expect(refresh(mixed, old)).toBe(mixed);
  });

  it("gives an untouched file the form of a new one", () => {
    expect(refresh(start, review("new", ["a", "b", "c", "d"]))).toBe(assembleBody(review("new", ["a", "b", "c", "d"])));
    expect(refresh(start, review("new", ["b", "c"]))).toBe(assembleBody(review("new", ["b", "c"])));
    expect(refresh(start, review("new", []))).toBe(assembleBody(review("new", [])));
  });

  it("writes in the line break of the opening marker, zone by zone", () => {
    const mixed = start
      .replace("<!-- overpace:deltas -->\n", "<!-- overpace:deltas -->\r\n")
      .replace("<!-- overpace:end deltas -->\n", "<!-- overpace:end deltas -->\r\n");
    const sections = review("new", ["a", "b", "c"]);
    const result = refresh(mixed, [sections[0]!, { ...sections[1]!, head: { name: "deltas", text: "## One\n\ntwo" } }]);
    expect(result).toContain("<!-- overpace:deltas -->\r\n## One\r\n\r\ntwo\r\n<!-- /overpace:deltas -->\n");
    expect(result).toContain(
      "<!-- overpace:delta c -->\r\n### c\r\n\r\nnew\r\n<!-- /overpace:delta -->\r\n- **Expected:** <!-- yes | no -->\r\n- **Why:** <!-- c -->\r\n\r\n<!-- overpace:end deltas -->\r\nsum new\r\n",
    );
  });

  it("fills and empties a zone", () => {
    const filled = refresh(start, [{ ...old[0]!, end: "now" }, old[1]!]);
    expect(filled).toBe(start.replace("<!-- overpace:end summary -->\n", "<!-- overpace:end summary -->\nnow\n"));
    expect(refresh(filled, old, hashesOf(filled, "r.md", 1))).toBe(start);
  });

  it("retires an item that people answered, once, and lists it again when it comes back", () => {
    const answered = start.replace("<!-- a -->", "launch");
    const once = refresh(answered, review("new", ["b"]));
    expect(once).toContain(
      "### a · no longer listed\n\nThis item is kept because somebody wrote below it; the figures no longer list it.\n<!-- /overpace:delta -->\n- **Expected:** <!-- yes | no -->\n- **Why:** launch\n",
    );
    expect(refresh(once, review("new", ["b"]), hashesOf(once, "r.md", 1))).toBe(once);
    expect(refresh(once, review("old", ["a", "b"]), hashesOf(once, "r.md", 1))).toBe(answered);
  });

  it.each([
    ["prose behind the prompts", start.replace("<!-- a -->\n", "<!-- a -->\nprose\n")],
    ["prose before the next zone", start.replace("\n<!-- overpace:delta b", "\nprose\n<!-- overpace:delta b")],
    ["a prompt deleted", start.replace("- **Expected:** <!-- yes | no -->\n- **Why:** <!-- a -->", "- **Why:** <!-- a -->")],
    ["all prompts deleted", start.replace("- **Expected:** <!-- yes | no -->\n- **Why:** <!-- a -->\n", "")],
    ["a marker shown in code", start.replace("<!-- a -->\n", "<!-- a -->\n```\n<!-- overpace:delta b -->\n```\n")],
  ])("keeps an item no longer listed for: %s", (_, body) => {
    expect(body).not.toBe(start);
    expect(refresh(body, review("new", ["b"]))).toContain("### a · no longer listed\n");
  });

  it("removes an item that was created with other prompts of its kind", () => {
    const asked = start.replace("- **Expected:** <!-- yes | no -->\n- **Why:** <!-- a -->", "- **Ask:** once");
    expect(asked).not.toBe(start);
    expect(refresh(asked, review("new", ["b"]))).toBe(assembleBody(review("new", ["b"])));
  });

  it("removes an item whose prompts an editor only spaced differently, and leaves further blank lines", () => {
    const spaced = start
      .replace("<!-- a -->\n\n", "<!-- a -->  \n \n\n\n")
      .replace(
        "- **Expected:** <!-- yes | no -->\n- **Why:** <!-- a",
        "\n*   **Expected:** <!-- yes | no -->\n- **Why:** <!-- a".replace("*  ", "-  "),
      );
    expect(refresh(spaced, review("new", ["b"]))).toBe(
      assembleBody(review("new", ["b"])).replace("<!-- overpace:delta b", "\n\n<!-- overpace:delta b"),
    );
  });

  it("leaves head and end of a section alone that the review no longer has, and keeps text moved about", () => {
    const end = "<!-- overpace:end deltas -->\nsum old\n<!-- /overpace:end -->\n";
    const head = "<!-- overpace:deltas -->\n## Top deltas\n<!-- /overpace:deltas -->\n\n";
    const items = start.slice(start.indexOf(head) + head.length, start.indexOf(end));
    const body = `${end}words\n\n${start.replace(end, "").replace("<!-- a -->", "because")}`;
    const result = refresh(body, [old[0]!]);
    expect(items).toContain("delta b");
    expect(result.startsWith(`${end}words\n\n<!-- overpace:summary -->`)).toBe(true);
    expect(result.slice(result.indexOf(head))).toMatch(/^[^]*### a · no longer listed\n[^]*because\n\n$/u);
  });

  const cut = (from: string, to: string) =>
    start.slice(0, start.indexOf(from)) + start.slice(start.indexOf(to, start.indexOf(from)) + to.length);
  const lineOf = (body: string, text: string) => body.slice(0, body.indexOf(text)).split("\n").length + 20;
  const refused: [string, string, (body: string) => number, string][] = [
    [
      "words in a zone",
      start.replace("### a\n", "### a!\n"),
      (body) => lineOf(body, "<!-- overpace:delta a"),
      "typed inside the zone `delta a`",
    ],
    ["words taken from a zone", start.replace("# Review", "#"), () => 21, "typed inside the zone `summary`"],
    [
      "a marker copied with another id",
      start.replace(
        "\n<!-- overpace:end deltas",
        "\n<!-- overpace:delta z -->\n### z\n<!-- /overpace:delta -->\n\n<!-- overpace:end deltas",
      ),
      (body) => lineOf(body, "<!-- overpace:delta z"),
      "did not write the zone `delta z`",
    ],
    [
      "an item gone",
      cut("<!-- overpace:delta a -->", "<!-- /overpace:delta -->\n"),
      (body) => lineOf(body, "<!-- overpace:end deltas"),
      "`delta a` is no longer",
    ],
    [
      "a head gone",
      cut("<!-- overpace:deltas -->", "<!-- /overpace:deltas -->\n"),
      (body) => lineOf(body, "<!-- overpace:end deltas"),
      "`deltas` is no longer",
    ],
    ["an end gone", cut("<!-- overpace:end deltas -->", "<!-- /overpace:end -->\n"), () => 1, "`end deltas` is no longer"],
    [
      "markers indented",
      start.replace("<!-- overpace:delta a -->\n### a\n\nold\n<!--", " <!-- overpace:delta a -->\n### a\n\nold\n <!--"),
      (body) => lineOf(body, "<!-- overpace:end deltas"),
      "`delta a` is no longer",
    ],
    [
      "markers in code",
      start.replace("<!-- overpace:delta a", "```\n<!-- overpace:delta a").replace("\n<!-- overpace:delta b", "```\n<!-- overpace:delta b"),
      (body) => lineOf(body, "<!-- overpace:end deltas"),
      "`delta a` is no longer",
    ],
    ["nothing left", "", () => 1, "`summary` is no longer"],
    [
      "a damaged marker",
      start.replace("<!-- /overpace:summary -->", ""),
      (body) => lineOf(body, "<!-- overpace:end summary"),
      "begins inside",
    ],
  ];
  it.each(refused)("refuses: %s", (_, body, line, words) => {
    expect(body).not.toBe(start);
    const problem = problemOf(() => refresh(body));
    expect(problem.message).toContain(words);
    expect(problem.place).toEqual({ file: "r.md", line: line(body) });
    expect(problem.remedy.length).toBeGreaterThan(20);
  });

  it("says what to do about a zone that is gone from a file without a history, too", () => {
    const gone = problemOf(() => refresh(cut("<!-- overpace:end deltas -->", "<!-- /overpace:end -->\n")));
    expect(gone.remedy).toContain("where it has none, make the draft anew as docs/how-to.md of overpace says");
  });

  it("says all of several at once", () => {
    const body = start.replace("### a\n", "### a!\n").replace("sum old", "sum");
    expect(problemOf(() => refresh(body)).others).toHaveLength(1);
  });

  it("names an item that the new review does not list either, beside its like", () => {
    const body = cut("<!-- overpace:delta a -->", "<!-- /overpace:delta -->\n");
    expect(problemOf(() => refresh(body, review("new", ["b"]))).place?.line).toBe(lineOf(body, "<!-- overpace:end deltas"));
  });

  it("does not know what to do with a section that the file was made without", () => {
    const sections = [...old, { name: "notes", head: { name: "notes", text: "" }, items: [], end: "" }];
    expect(problemOf(() => refresh(start, sections)).remedy).toContain("version of overpace");
  });

  it("does not write texts of the review that would damage the file", () => {
    expect(() => refresh(start, review("```", ["a", "b"]))).toThrow("cannot be read back");
    expect(() => refresh(start, review("new", ["a", "a"]))).toThrow("same name and id");
  });

  it("stays linear", () => {
    const body = start.replace("\n<!-- overpace:delta b", `${"\n".repeat(200_000)}<!-- overpace:delta b`);
    const took = processorMs(() => expect(refresh(body, review("new", ["b"])).length).toBeGreaterThan(199_000));
    expect(took).toBeLessThan(1_000);
  });
});
