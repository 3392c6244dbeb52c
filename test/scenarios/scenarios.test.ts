import { describe, expect, test } from "vitest";
import { frontMatterSchema } from "../../src/document/front-matter/schema.ts";
import { splitDocument } from "../../src/document/front-matter/split.ts";
import { anomalyPrompts } from "../../src/document/sections/anomalies/anomalies.ts";
import { deltaPrompts } from "../../src/document/sections/deltas/deltas.ts";
import { centsIn, nodesOf, reference, textIn, treeOf } from "../support/markdown.ts";
import { overpace } from "../support/world.ts";
import { made } from "./make.ts";
import { type Played, expectedOf, filesOf, played, scenarios } from "./scenario.ts";

/** Golden weeks: each folder beside this file is one. `OVERPACE_UPDATE=1` rewrites what they expect; read the difference before you commit it. */

const cents = (text: string) => BigInt(text.replace(".", ""));
const total = (list: readonly { readonly last7: string; readonly prior7: string }[]) => ({
  last7: list.reduce((sum, { last7 }) => sum + cents(last7), 0n),
  prior7: list.reduce((sum, { prior7 }) => sum + cents(prior7), 0n),
});

/** Cost of the week and of the one before without purchases, taxes, credits and adjustments. */
function usageOf({ figures }: Played) {
  const other = total(figures.categories);
  return { last7: cents(figures.last7.total) - other.last7, prior7: cents(figures.prior7.total) - other.prior7 };
}

const bodyOf = (review: string) => review.slice(splitDocument(review, "review.md").bodyStart);
const treeOfReview = (review: string) => treeOf(bodyOf(review));
const order = [
  "Weekly AI cost review",
  "Open actions of earlier reviews",
  "1 Pacing",
  "2 Top deltas",
  "3 Anomalies and incidents",
  "4 Actions and owners",
  "Escalations",
  "Notes",
];
/** What people are asked, as comments that stand where they answer. */
const prompts: readonly string[] = `${deltaPrompts}\n${Object.values(anomalyPrompts).join("\n")}`.match(/<!--.*?-->/g) ?? [];
const allowed = new Set([
  "root",
  "heading",
  "paragraph",
  "text",
  "strong",
  "inlineCode",
  "list",
  "listItem",
  "blockquote",
  "table",
  "tableRow",
  "tableCell",
  "html",
]);

describe.each(scenarios)("$name", (scenario) => {
  test("its costs are those that make.ts describes", () => {
    const files = filesOf(scenario);
    const costs = Object.keys(files).filter((name) => /\.(csv|jsonl)$/.test(name) && !name.startsWith("expected/"));
    expect(costs.toSorted()).toEqual(Object.keys(made[scenario.name] ?? {}).toSorted());
    for (const [name, text] of Object.entries(made[scenario.name] ?? {})) expect(files[name]).toBe(text);
  });

  test("gives the expected review, ledger, figures and messages", async () => {
    const { results, outcome } = await played(scenario);
    expect(results.map(({ code }) => code)).toEqual(results.map(() => 0));
    const expected = expectedOf(scenario, outcome);
    expect(Object.keys(outcome).toSorted()).toEqual(Object.keys(expected).toSorted());
    for (const [name, text] of Object.entries(expected)) expect(outcome[name], name).toBe(text);
  });

  test("a second run changes no byte", async () => {
    for (const { result, before, after } of (await played(scenario)).again) {
      expect(JSON.parse(result.out)).toMatchObject({ state: "unchanged" });
      expect(after).toEqual(before);
    }
  });

  test("the ledger alone gives the same figures", async () => {
    const { figures, ledgerFigures } = await played(scenario);
    if (scenario.ledgerAlone) expect(ledgerFigures).toEqual(figures);
    else
      for (const key of ["last7", "prior7", "change", "deltas", "reconciliation"] as const)
        expect(ledgerFigures[key]).toEqual(figures[key]);
  });

  test("listed and other deltas add up to the total", async () => {
    const { figures } = await played(scenario);
    const { reconciliation, change, last7, prior7, deltas } = figures;
    expect(cents(reconciliation.listed) + cents(reconciliation.other)).toBe(cents(reconciliation.total));
    expect(cents(reconciliation.total)).toBe(cents(change.amount));
    expect(cents(last7.total) - cents(prior7.total)).toBe(cents(change.amount));
    expect(deltas.filter(({ listed }) => listed).reduce((sum, delta) => sum + cents(delta.change), 0n)).toBe(cents(reconciliation.listed));
    for (const delta of deltas) expect(cents(delta.last7) - cents(delta.prior7), delta.id).toBe(cents(delta.change));
  });

  test("every dimension adds up to what is above it", async () => {
    const result = await played(scenario);
    const { deltas } = result.figures;
    const of = (dimension: string) => deltas.filter((delta) => delta.dimension === dimension);
    expect(new Set(deltas.map(({ id }) => id)).size).toBe(deltas.length);
    for (const dimension of ["provider", "service", "feature", "customer", "team"])
      expect(total(of(dimension)), dimension).toEqual(usageOf(result));
    for (const provider of of("provider")) {
      const services = of("service").filter(({ id }) => id.startsWith(`${provider.id}/`));
      expect(total(services), provider.id).toEqual(total([provider]));
    }
  });

  test("what the review prints adds up", async () => {
    const { review, figures } = await played(scenario);
    const [, listed = "", other = "", sum = ""] =
      /\*\*Reconciliation:\*\* (?:listed deltas|services above) (\S+(?: \S+)?) \+ all the rest (.+?) = (.+?)\.(?: |$)/m.exec(review) ?? [];
    expect([centsIn(listed), centsIn(other), centsIn(sum)]).not.toContain(null);
    expect((centsIn(listed) ?? 0n) + (centsIn(other) ?? 0n)).toBe(centsIn(sum));
    const headings = [...review.matchAll(/^<!-- overpace:delta .*\n\n### .*: ([^:]+) \([^)]*\)$/gm)].map(
      ([, change = ""]) => centsIn(change) ?? 0n,
    );
    // A slice whose data have not come shows no change; it counts in the sum all the same.
    const absent = [...review.matchAll(/^<!-- overpace:delta (.*) -->\n\n### .*: no data from /gm)].map(([, id]) =>
      cents(figures.deltas.find((delta) => delta.id === id)?.change ?? "0.00"),
    );
    expect([...headings, ...absent].reduce((a, b) => a + b, 0n)).toBe(centsIn(listed));
    for (const node of nodesOf(treeOfReview(review))) {
      if (node.type !== "tableRow" || node.children.length !== 4) continue;
      const [, now, before, change] = node.children.map((cell) => textIn(cell).trim());
      const [a, b, c] = [now, before?.replace(/ (prior 7 days|plan to date|plan)$/, ""), change?.replace(/ \([^)]*\)$/, "")].map((text) =>
        centsIn(text ?? ""),
      );
      if (typeof a === "bigint" && typeof b === "bigint" && textIn(node.children[3] ?? node).trim() !== "data missing")
        expect(a - b, textIn(node)).toBe(c);
    }
  });

  test("the forecast line adds up", async () => {
    const { review, figures } = await played(scenario);
    const line =
      /month to date (.+?) \+ usage-based cost of the last (\d+) settled days? (.+?) ÷ \d+ × (\d+) days? still to come = (.+?\.\d\d)\./;
    const [, toDate, known, recent, days, sum] = line.exec(review) ?? [];
    if (toDate === undefined)
      return expect(review).toMatch(/\*\*Forecast:\*\* (the month is complete at|.* each source with its own last settled day = )/);
    expect(centsIn(toDate)).toBe(cents(figures.monthToDate.total));
    const off =
      Number((centsIn(toDate) ?? 0n) - (centsIn(sum ?? "") ?? 0n)) + (Number(centsIn(recent ?? "")) / Number(known)) * Number(days);
    // Both amounts on the left are rounded to cents.
    expect(Math.abs(off)).toBeLessThanOrEqual(1 + Number(days) / Number(known));
  });

  test("the review is clean Markdown", async () => {
    const { review, figures } = await played(scenario);
    expect(review.split("\n").filter((line) => /[ \t\r]$/.test(line))).toEqual([]);
    expect(review.endsWith("\n")).toBe(true);
    const nodes = [...nodesOf(treeOfReview(review))];
    expect(nodes.filter((node) => !allowed.has(node.type) && !(node.type === "image" && node.url === `${figures.id}.svg`))).toEqual([]);
    const foreign = nodes.filter((node) => {
      if (node.type !== "html") return false;
      const isMarker = node.position?.start.column === 1 && /^<!-- \/?overpace:\S+(?: \S+)? -->$/.test(node.value);
      return !isMarker && !prompts.includes(node.value);
    });
    expect(foreign).toEqual([]);
    for (const node of nodes) {
      if (node.type !== "table") continue;
      const width = node.align?.length;
      expect(node.children.map((row) => row.children.length)).toEqual(node.children.map(() => width));
      expect(
        new Set(
          bodyOf(review)
            .split("\n")
            .slice((node.position?.start.line ?? 1) - 1, node.position?.end.line)
            .map((line) => line.match(/(?<!\\)\|/g)?.length),
        ),
      ).toEqual(new Set([(width ?? 0) + 1]));
    }
  });

  test("nobody is mentioned and nothing referred to", async () => {
    const { folder, review, results, figures } = await played(scenario);
    expect(
      [...nodesOf(treeOfReview(review))].flatMap((node) => (node.type === "text" && reference.test(node.value) ? [node.value] : [])),
    ).toEqual([]);
    const front = review.slice(0, review.length - bodyOf(review).length).split("\n");
    expect(front.filter((line) => /^ +(title|sources):/.test(line) && reference.test(line))).toEqual([]);
    const more = await Promise.all([["analyze", "--no-fetch", "--as-of", figures.asOf], ["check"]].map((words) => overpace(folder, words)));
    const lines = [...results, ...more].flatMap(({ out, err }) => `${out}\n${err}`.split(/[\r\n\u2028]/));
    expect(lines.filter((line) => /^\s*::|##\[/.test(line))).toEqual([]);
  });

  test("check finds nothing but what people have to do", async () => {
    const { folder } = await played(scenario);
    const { code, out } = await overpace(folder, ["check", "--json"]);
    const { findings } = JSON.parse(out) as { findings: { severity: string }[] };
    expect(code).toBe(1);
    expect(findings.filter(({ severity }) => severity !== "todo")).toEqual([]);
  });

  test("the sections stand in the order of the runbook", async () => {
    const headings = [...nodesOf(treeOfReview((await played(scenario)).review))].flatMap((node) =>
      node.type === "heading" && node.depth < 3 ? [textIn(node)] : [],
    );
    const positions = headings.map((heading) => order.findIndex((name) => heading.startsWith(name)));
    expect(positions).not.toContain(-1);
    expect(positions).toEqual(positions.toSorted((a, b) => a - b));
    for (const name of order.filter((name) => !/^(Open actions|Escalations)/.test(name)))
      expect(headings.filter((heading) => heading.startsWith(name))).toHaveLength(1);
  });

  test("the front matter is valid", async () => {
    const { review, figures } = await played(scenario);
    const front = frontMatterSchema.parse(splitDocument(review, "review.md").data);
    expect(front).toMatchObject({ review: figures.id, period: { start: figures.last7.start, end: figures.last7.end }, state: "draft" });
    expect(front.figures).toMatchObject({ verdict: figures.verdict, last7: figures.last7.total, pace: figures.forecast.pace.total });
  });
});
