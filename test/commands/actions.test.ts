import { describe, expect, it } from "vitest";
import type { Charge } from "../../src/core/ledger/charge.ts";
import { dayKey } from "../../src/core/ledger/ledger.ts";
import { printLedger } from "../../src/core/ledger/print.ts";
import { config } from "../scenarios/project.ts";
import { charge, daily, units } from "../support/charges.ts";
import { type Files, folderWith, overpace } from "../support/world.ts";
import { type Week, pathOf, reported, textOf } from "./actions-lab.ts";

const files = (...weeks: Week[]): Files => Object.fromEntries(weeks.map((week) => [pathOf(week.date), textOf(week)]));
const [first, second, third]: [Week, Week, Week] = [
  {
    date: "2026-11-02",
    actions: [
      { n: 1, title: "Cap the retries of the worker at three", about: "openai/inference", effect: "{ cost: -70 }", due: "2026-11-08" },
      { n: 2, owner: "@hubot", title: "Find the cause of the jump" },
    ],
  },
  {
    date: "2026-11-09",
    actions: [{ decision: "optimize", tactic: "Cache the answers", owner: "@Octocat", due: "2026-12-20" }],
    previous: [
      { id: "2026-W44-1", status: "open", due: "2026-11-15", reason: "Waits for the release" },
      { id: "2026-W44-2", status: "done", due: "2026-11-06" },
    ],
  },
  {
    date: "2026-11-16",
    state: "draft",
    actions: [{ title: "A draft" }],
    previous: [{ id: "2026-W44-1", status: "done", due: "2026-11-15" }],
  },
];

describe("without git", () => {
  const folder = folderWith(files(first, second, third));

  it("says what the files say, and that it does not know who changed it", async () => {
    const { actions, drafts, history } = await reported(folder, ["--as-of", "2026-11-16"]);
    expect(actions).toMatchObject([
      { id: "2026-W44-1", status: "open", due: "2026-11-15", slips: 1, ageWeeks: 2, overdue: true, decision: "investigate", issue: null },
      { id: "2026-W44-2", status: "done", closed: "2026-11-09", slips: 0, overdue: false },
      { id: "2026-W45-1", status: "open", overdue: false, ageWeeks: 1 },
    ]);
    expect(actions.map((action) => action.history)).toEqual([[], [], []]);
    expect(drafts).toMatchObject([{ id: "2026-W46-1", title: "A draft" }]);
    expect(history).toEqual({ complete: false, note: expect.stringContaining("There is no git history here") });
  });

  it("tells what is due within a week from what is due later", async () => {
    const groups = async (asOf: string) => {
      const { out } = await overpace(folder, ["actions", "--as-of", asOf]);
      return out.split("\n").filter((line) => /^(?:Overdue|Due|Open)\b/.test(line));
    };
    expect(await groups("2026-11-15")).toEqual(["Due by 2026-11-22 (1)", "Open (1)"]);
    expect(await groups("2026-12-12")).toEqual(["Overdue (1)", "Open (1)"]);
    expect(await groups("2026-12-13")).toEqual(["Overdue (1)", "Due by 2026-12-20 (1)"]);
  });

  it("leaves out what is later than the review date", async () => {
    const { actions, drafts } = await reported(folder, ["--as-of", "2026-11-02"]);
    expect([actions.map(({ id }) => id), drafts]).toEqual([["2026-W44-1", "2026-W44-2"], []]);
  });

  it("takes the later of the scheduled date and that of the newest review", async () => {
    const asOf = async (now: string) => {
      const { out } = await overpace(folder, ["actions", "--json"], { now });
      return (JSON.parse(out) as { asOf: string }).asOf;
    };
    expect(await asOf("2026-11-12T00:00:00Z")).toBe("2026-11-16");
    expect(await asOf("2026-11-25T00:00:00Z")).toBe("2026-11-23");
  });

  it("gives the load of each owner, and what became of decisions", async () => {
    const { load, decisions } = await reported(folder, ["--as-of", "2026-11-16"]);
    expect(load).toEqual([{ owner: "@octocat", open: 2, overdue: 1 }]);
    expect(decisions).toEqual([
      {
        decision: "investigate",
        made: 2,
        done: 1,
        dropped: 0,
        open: 1,
        medianWeeksToClose: 1,
        slips: 1,
        effects: { stated: 1, measured: 0, confirmed: 0 },
      },
      {
        decision: "optimize",
        made: 1,
        done: 0,
        dropped: 0,
        open: 1,
        medianWeeksToClose: null,
        slips: 0,
        effects: { stated: 0, measured: 0, confirmed: 0 },
      },
      expect.objectContaining({ decision: "revise-forecast", made: 0 }),
      expect.objectContaining({ decision: "escalate", made: 0 }),
    ]);
  });

  it("reads on a terminal of 100 columns", async () => {
    const { code, out, err } = await overpace(folder, ["actions", "--as-of", "2026-11-16"]);
    expect({ code, err }).toEqual({ code: 0, err: expect.stringContaining("warning: effects are not measured") });
    expect(out).toBe(
      `3 actions on 2026-11-16, and 1 draft

Overdue (1)
  Id          Due         Owner     Age  Slips  Action
  2026-W44-1  2026-11-15  @octocat  2 w      1  Cap the retries of the worker at three

Open (1)
  Id          Due         Owner     Age  Slips  Action
  2026-W45-1  2026-12-20  @Octocat  1 w      0  Find the cause of the jump

Done or dropped since 2026-10-19 (1)
  Id          Closed           Owner   Age  Slips  Action
  2026-W44-2  done 2026-11-09  @hubot  2 w      0  Find the cause of the jump

Drafts, not decided until their review is held and merged (1)
  Id          Due         Owner     Age  Slips  Action
  2026-W46-1  2026-11-20  @octocat  0 w      0  A draft

Effects on the cost of the slice
  2026-W44-1  expected -$70.00 a week; not measurable: the settings cannot be read

Load: @octocat 2 open, 1 overdue

There is no git history here: this is what the files say, without who changed what and when.

overpace actions <id> tells every change of one.
`,
    );
  });
});

describe("one action", () => {
  const folder = folderWith(files(first, second));

  it("is shown with what is known of it", async () => {
    const { out } = await overpace(folder, ["actions", "2026-W44-1", "--as-of", "2026-11-16"]);
    expect(out).toContain(
      "2026-W44-1: Cap the retries of the worker at three\ninvestigate, open, overdue; owner @octocat; due 2026-11-15\n",
    );
    expect(out).toContain("decided on 2026-11-02 in 2026-W44, 2 weeks ago; date moved away 1 time\nreason: Waits for the release\n");
    expect((await reported(folder, ["2026-W44-2"])).actions.map(({ id }) => id)).toEqual(["2026-W44-2"]);
  });

  it("that nobody knows is refused with the nearest ids", async () => {
    const { code, out, err } = await overpace(folder, ["actions", "2026-w44-3", "--as-of", "2026-11-16"]);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(
      "error: there is no action `2026-w44-3` in the reviews or their history\n  do: the nearest are 2026-W44-1, 2026-W44-2, 2026-W45-1; overpace actions lists them all\n",
    );
  });

  it.each([
    ["two ids", ["2026-W44-1", "2026-W44-2"], "actions takes the id of one action"],
    ["a format it does not know", ["--format", "sarif"], "actions cannot print --format sarif"],
    ["a missing folder", ["--reviews", "nowhere"], "there is no such folder"],
  ])("%s is refused", async (_, words, message) => {
    const { code, err } = await overpace(folder, ["actions", ...words]);
    expect(code).toBe(2);
    expect(err).toContain(message);
  });

  it("names the fault when there is none at all", async () => {
    const { out } = await overpace(folderWith({ "reviews/x": "" }), ["actions", "--as-of", "2026-11-16"]);
    expect(out).toMatch(/^0 actions on 2026-11-16\n/);
  });
});

it("prints nothing that a terminal or a job log would obey, and no line beyond 100 columns in its tables", async () => {
  const title = `${"::error::x ##[error] \\e[31m".repeat(8)}`;
  const hostile = { date: "2026-11-02", actions: [{ n: 1, title, owner: "::warning::@ghost-with-a-very-long-name" }] };
  const folder = folderWith(files(hostile));
  for (const words of [[], ["2026-W44-1"]]) {
    const { out } = await overpace(folder, ["actions", ...words, "--as-of", "2026-11-16"]);
    for (const obeyed of ["::", "##[", "\u001B"]) expect(out).not.toContain(obeyed);
    if (words.length === 0) for (const line of out.split("\n")) expect(Array.from(line).length).toBeLessThanOrEqual(100);
  }
});

describe("effects", () => {
  const days = new Map<string, Charge[]>();
  const usage = [
    ...daily({ start: "2026-10-01", end: "2026-11-09" }, { cost: units(100) }),
    ...daily({ start: "2026-11-09", end: "2026-11-24" }, { cost: units(90) }),
    ...daily({ start: "2026-10-01", end: "2026-11-24" }, { provider: "AWS", service: "EC2", cost: units(5) }),
    charge({ day: "2026-11-20", category: "Tax", cost: units(500) }),
  ];
  for (const each of usage) days.set(dayKey(each.source, each.day), [...(days.get(dayKey(each.source, each.day)) ?? []), each]);
  const week = {
    date: "2026-11-02",
    actions: [
      { n: 1, about: "openai/inference@2026-10-27", effect: "{ cost: -70 }", due: "2026-11-08" },
      { n: 2, about: "OpenAI/Inference", effect: "{ percent: -10 }", due: "2026-11-16" },
      { n: 3, about: "openai/inference", effect: "{ cost: -1 }", due: "2026-11-17" },
      { n: 4, about: "pinecone", effect: "{ cost: -1 }" },
      { n: 5, effect: "{ cost: -1 }" },
      { n: 6, effect: "{ cost: -1 }", status: "dropped", reason: "Too dear" },
      { n: 7 },
    ],
  };
  const folder = folderWith({
    ...files(week),
    "config/overpace.yaml": config,
    "reviews/ledger/2026-11-23.2026-W47.csv": printLedger(days),
  });

  it("are what the slice cost in the weeks after against the weeks before", async () => {
    const { actions, decisions } = await reported(folder, ["--as-of", "2026-11-24"]);
    expect(actions.map(({ effect }) => effect)).toMatchObject([
      { state: "measured", expected: "-70.00", measured: "-70.00", low80: "-70.00", high80: "-70.00", weeks: 2 },
      { state: "measured", expected: "-70.00", measured: "-70.00", weeks: 1 },
      { state: "too-early", measured: null, why: "no full settled week since 2026-11-17 yet" },
      { state: "not-measurable", why: "pinecone is no slice of the ledger" },
      { state: "not-measurable", why: "it does not say in `about` which slice it changes" },
      null,
      null,
    ]);
    expect(decisions[0]?.effects).toEqual({ stated: 5, measured: 2, confirmed: 2 });
  });

  it("are not measured in a week that the data lack days of: what is missing is no saving", async () => {
    const isMissing = ({ provider, day }: Charge) => provider === "OpenAI" && day >= "2026-11-18" && day < "2026-11-21";
    const held = new Map([...days].map(([key, list]) => [key, list.filter((one) => !isMissing(one))]));
    const text = printLedger(held);
    const holed = folderWith({ ...files(week), "config/overpace.yaml": config, "reviews/ledger/2026-11-23.2026-W47.csv": text });
    const { actions } = await reported(holed, ["--as-of", "2026-11-24"]);
    expect(actions.map(({ effect }) => effect)).toMatchObject([
      { state: "measured", measured: "-70.00", weeks: 1 },
      { state: "too-early", measured: null },
      { state: "too-early" },
      {},
      {},
      null,
      null,
    ]);
  });

  it("of a source that has ended are measured on the days after it, too: they cost nothing", async () => {
    const isUsed = ({ source, day }: Charge) => source !== "vendor" || day < "2026-11-09";
    const named = [...days.values()].flat().map((one) => (one.provider === "OpenAI" ? { ...one, source: "vendor" } : one));
    const held = Map.groupBy(named.filter(isUsed), ({ source, day }) => dayKey(source, day));
    const settings = (until: string) => `${config}  - { type: focus, name: vendor, path: vendor.csv${until} }\n`;
    const measured = async (until: string, asOf = "2026-11-24") => {
      const text = printLedger(held);
      const ended = folderWith({ ...files(week), "config/overpace.yaml": settings(until), "reviews/ledger/2026-11-23.2026-W47.csv": text });
      return (await reported(ended, ["--as-of", asOf])).actions[0]?.effect;
    };
    // So soon after its end a vendor that fell silent without a word lacks its data.
    expect(await measured(", until: 2026-11-09", "2026-11-18")).toMatchObject({ state: "measured", measured: "-700.00", weeks: 1 });
    expect(await measured("")).toMatchObject({ state: "too-early" });
    expect(await measured(", until: 2026-11-09")).toMatchObject({ state: "measured", measured: "-700.00", weeks: 2 });
  });

  it("ignore charges of the review date and later", async () => {
    const { actions } = await reported(folder, ["--as-of", "2026-11-22"]);
    expect(actions[0]?.effect).toMatchObject({ weeks: 1 });
  });
});
