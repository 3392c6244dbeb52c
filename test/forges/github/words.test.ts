import { describe, expect, it } from "vitest";
import type { Section } from "../../../src/document/body/model.ts";
import { proposalBody } from "../../../src/document/mirror/proposal.ts";
import { fileText } from "../../document/file.ts";
import { charge, focusCsv } from "../../support/focus.ts";
import { closedBy } from "../../support/github/merging.ts";
import { nodesOf, reference, textIn, treeOf } from "../../support/markdown.ts";
import { write } from "../../support/world.ts";
import { lab } from "./lab.ts";

const hostile = [
  "@octocat fixes #1",
  "closes acme/app#1 GH-1",
  "resolve https://github.com/acme/app/issues/1",
  "<img src=x onerror=alert(1)>",
  "</summary><script>alert(1)</script>",
  "`@hubot` | ![x](https://evil.example/x.png)",
  "<!-- /overpace:summary -->",
  "x\n\n# @acme/team\n- [ ] task",
];

const day = (index: number) => `2026-11-${String(index + 1).padStart(2, "0")}`;
/** Each name costs more in the second week than in the first, so that all are told of. */
const rows = hostile.flatMap((name, n) =>
  Array.from({ length: 22 }, (_, index) => charge(day(index), name, name, (index < 15 ? 1000 : 5000) + n * 100)),
);

describe("names from outside", () => {
  it("neither title nor body mentions, closes, references or renders anything of theirs", async () => {
    const { github, folder, run } = await lab();
    await github.as("octocat").request("POST", "/repos/acme/app/issues", { title: "An issue that must stay open" });
    write(folder, { "costs/a.csv": focusCsv(rows) });
    expect(await run()).toMatchObject({ code: 0 });
    const [pull] = await github.repo("acme/app").pulls();
    const { title = "", body } = pull ?? {};
    const [commit = ""] = await github.repo("acme/app").log("overpace/2026-W47");
    expect(body).toContain("onerror");
    for (const text of [title, body ?? "", commit]) {
      expect(closedBy(text, github.repo("acme/app").data)).toEqual([]);
      const nodes = [...nodesOf(treeOf(text))];
      const shown = nodes.filter(({ type }) => type === "text").map(textIn);
      expect(shown.filter((words) => reference.test(words))).toEqual([]);
      expect(nodes.filter(({ type }) => ["html", "image", "link"].includes(type))).toEqual([]);
    }
  });

  it("the title says the week, the pace and the verdict, and nothing else", async () => {
    const { github, folder, run } = await lab();
    write(folder, { "costs/a.csv": focusCsv(rows) });
    await run();
    const [pull] = await github.repo("acme/app").pulls();
    expect(pull?.title).toMatch(
      /^2026-W47: \$[\d,.]+ \([+-]?[\d.]+ %\), pace [\d.]+ % (?:over|under) plan – (?:good|investigate|escalate|check-data)$/,
    );
  });
});

/** A review whose parts are so long. */
function sections(summary: number, deltas: number, each: number): Section[] {
  const filler = (size: number) => "words\n".repeat(size / 6);
  const item = (n: number) => ({
    zone: { name: "delta", id: `${n}`, text: `### Delta ${n}\n\n${filler(each)}` },
    prompts: "",
  });
  return [
    { name: "summary", head: { name: "summary", text: `# Title\n\nThe summary.\n${filler(summary)}` }, items: [], end: null },
    {
      name: "deltas",
      head: { name: "deltas", text: "## 2 Top deltas" },
      items: Array.from({ length: deltas }, (_, n) => item(n)),
      end: "",
    },
  ];
}

describe("a body of any size", () => {
  const bodyOf = (summary: number, deltas: number, each: number) =>
    proposalBody({
      sections: sections(summary, deltas, each),
      answered: [],
      text: fileText(),
      path: "2026-W47.md",
      place: "reviews/2026/2026-W47.md",
    });
  it.each([
    ["whole", 0, 6, 600, ["The summary.", "### Delta 5", "words", "## Actions and owners"], []],
    ["headings of deltas alone", 0, 200, 6000, ["The summary.", "### Delta 199", "## Actions and owners"], ["words"]],
    ["the summary alone", 0, 20_000, 60, ["The summary."], ["### Delta", "## Actions and owners"]],
    ["what fits of the summary", 120_000, 6, 600, ["The summary.", "words\n…"], ["### Delta"]],
  ])("%s", (_, summary, deltas, each, has, lacks) => {
    const body = bodyOf(summary, deltas, each);
    expect(body.length).toBeLessThanOrEqual(60_000);
    expect(body).toContain("`reviews/2026/2026-W47.md`");
    for (const words of has) expect(body).toContain(words);
    for (const words of lacks) expect(body).not.toContain(words);
  });
});
