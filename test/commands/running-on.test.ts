import { describe, expect, test } from "vitest";
import { eachDay } from "../../src/core/day.ts";
import { project } from "../scenarios/project.ts";
import { charge, focusCsv } from "../support/focus.ts";
import { fillIn } from "../support/people/fill.ts";
import { filesIn, overpace, write } from "../support/world.ts";

/** An anomaly that runs on into the next week, after people answered it in the week in which it began. */

const [first, second] = ["reviews/2026/2026-W46.md", "reviews/2026/2026-W47.md"];
const jump = "2026-11-12";
const days = eachDay({ start: "2026-09-07", end: "2026-11-23" });
const zone = "anomaly openai/inference@2026-11-12";
const delta = {
  "delta openai/inference": { Expected: "yes", Why: "Chat launched on 12 November (acme/app#812).", Decision: "leave-as-is" },
};
const closed = {
  Status: "closed",
  Cause: "Chat launched on 12 November and answers `every` @octocat question",
  Resolution: "The level stays; the plan counts on it since Monday.",
  Decision: "leave-as-is",
};
const open = { Status: "open", Cause: "", Resolution: "", Decision: "2026-W46-1" };
const action = (about: string) =>
  `  - { id: 2026-W46-1, decision: investigate, title: "Find out which tenants use chat and write the list into issue 812", about: "${about}", owner: "@octocat", due: 2026-11-30, status: open }\n`;

/** Both weeks; the first is held with an answer. */
async function weeks(
  answers: Readonly<Record<string, string>>,
  { about = "openai/inference", since = 18_000, later = 18_000, come = "2026-11-23" } = {},
) {
  const cents = (day: string) => (day < jump ? 10_000 : day < "2026-11-16" ? since : later);
  const costs = (end: string) => ({
    "costs/all.csv": focusCsv(days.filter((day) => day < end).map((day) => charge(day, "OpenAI", "Inference", cents(day)))),
  });
  const folder = project({ ...costs("2026-11-23"), "config/plan.yaml": null });
  const run = async (asOf: string) => expect(await overpace(folder, ["weekly", "--as-of", asOf])).toMatchObject({ code: 0, err: "" });
  await run("2026-11-16");
  const drafted = filesIn(folder)[first] ?? "";
  const meeting = { minutes: 20, actions: action(about), done: [], lines: { reason: "reason: chat launched on 12 November" } };
  write(folder, { [first]: fillIn(drafted, { answers: { ...delta, [zone]: answers }, meeting }) });
  expect(await overpace(folder, ["check", first])).toMatchObject({ code: 0 });
  write(folder, costs(come));
  await run("2026-11-23");
  const text = () => filesIn(folder)[second] ?? "";
  const asked = async () => {
    const { findings } = JSON.parse((await overpace(folder, ["check", "--json", second])).out) as {
      findings: { rule: string; severity: string; message: string }[];
    };
    expect(findings.filter(({ severity }) => severity === "error")).toEqual([]);
    return findings.filter(({ rule }) => rule === "anomalies").map(({ message }) => message);
  };
  return { folder, run, text, asked };
}

describe("an anomaly that was answered in the week in which it began", () => {
  test("is not asked about again, drafts no action, and shows the answer", async () => {
    const { run, text, asked } = await weeks(closed);
    expect(text()).toContain(`<!-- overpace:${zone} -->`);
    expect(text()).toContain(
      "- OpenAI · Inference, up from Thu 12 Nov: closed in 2026-W46. Cause: Chat launched on 12 November and answers \\`every\\` @\u200Boctocat question. Resolution: The level stays; the plan counts on it since Monday.\n",
    );
    expect(text()).toContain("- **Status:** <!-- may stay blank: answered before, see the end of this section; else open | closed -->\n");
    expect(text()).not.toContain("id: 2026-W47-1");
    expect(await asked()).toEqual([]);
    const before = text();
    await run("2026-11-23");
    expect(text()).toBe(before);
  });

  test("is asked about as soon as somebody writes below it", async () => {
    const { folder, text, asked } = await weeks(closed);
    write(folder, { [second]: fillIn(text(), { answers: { [zone]: { Status: "closed" } }, meeting: null }) });
    expect(await asked()).toEqual([`openai/inference@${jump}: is closed without a cause; is closed without a resolution`]);
  });

  test("is asked about again when it has grown since by more than half", async () => {
    const more = await weeks(closed, { later: 21_000 });
    expect(await more.asked()).toEqual([]);
    const grown = await weeks(closed, { later: 40_000 });
    expect(grown.text()).toContain(
      " It has stayed: a shift to a new level. It has grown: the days of this week depart more than half as far again as those before.\n",
    );
    expect(grown.text()).not.toContain("closed in 2026-W46");
    expect(grown.text()).toContain(`about: "openai/inference@${jump}"`);
    expect(await grown.asked()).toEqual([`openai/inference@${jump}: Status is not answered`]);
  });

  test("is not listed where days of this week are missing: of what fell less is known than before", async () => {
    const { text } = await weeks(closed, { since: 4_000, later: 4_000, come: "2026-11-20" });
    expect(text()).toContain("Thu 19 Nov");
    expect(text()).not.toContain("<!-- overpace:anomaly ");
    expect(text()).not.toContain("Answered before");
  });

  test("counts for open as long as its action is, whatever that is about", async () => {
    const { folder, text, asked } = await weeks(open, { about: "forecast" });
    expect(text()).toContain("- OpenAI · Inference, up from Thu 12 Nov: open in 2026-W46, with 2026-W46-1.\n");
    expect(text()).not.toContain("id: 2026-W47-1");
    expect(await asked()).toEqual([]);
    write(folder, { [second]: text().replace("{ id: 2026-W46-1, status: open", "{ id: 2026-W46-1, status: done") });
    expect(await asked()).toEqual([`openai/inference@${jump}: Status is not answered`]);
  });
});
