import type { Day } from "../../../src/core/day.ts";
import type { Answers, Words } from "../../support/people/fill.ts";

/** A week of the story: what people write into its review, and how it comes in. */
export interface StoryWeek {
  readonly id: string;
  readonly date: Day;
  readonly words: Words;
  /** Words that were pushed first and replaced by a forced push. */
  readonly first?: Words;
  readonly method: "merge" | "squash";
}

const inference = "delta openai/inference";
const jumpOf = (day: Day) => `anomaly openai/inference@${day}`;
const accepted = (why: string, expected = "yes"): Answers => ({ Expected: expected, Why: why, Decision: "leave-as-is" });
const closed = (cause: string, resolution: string, decision = "leave-as-is"): Answers => ({
  Status: "closed",
  Cause: cause,
  Resolution: resolution,
  Decision: decision,
});
/** Nothing new is decided; `lines` changes other lines of the front matter. */
const quiet = (answers: Words["answers"], lines: Readonly<Record<string, string>> = {}, done: readonly string[] = []): Words => ({
  answers,
  meeting: { minutes: 20, actions: "", done, lines },
});

const whole = "Since Wednesday the support bot sends the whole conversation with each message";
const owned: Answers = { Status: "open", Cause: `${whole}.`, Decision: "2026-W40-1" };

const w40: Words = {
  answers: { [inference]: { Expected: "no", Why: `${whole}.`, Decision: "2026-W40-1" }, [jumpOf("2026-09-30")]: owned },
  meeting: {
    minutes: 28,
    actions: `  - id: 2026-W40-1
    decision: optimize
    title: "Send only the last 15 messages of a conversation to the model"
    about: "openai/inference"
    owner: "@octocat"
    due: 2026-10-09
    tactic: "History window of 15 messages in the support bot, older ones as one summary"
    effect: { cost: -110 }
    status: open
`,
    done: [],
    lines: { reason: `reason: "${whole}, released with version 31"` },
  },
};

const w41 = quiet(
  {
    [inference]: { Expected: "no", Why: "First full week with whole conversations.", Decision: "2026-W40-1" },
    [jumpOf("2026-09-30")]: owned,
  },
  {
    "2026-W40-1":
      '{ id: 2026-W40-1, status: open, due: 2026-10-23, reason: "The summary of older messages needs a release of the bot, planned for 22 October", issue: 2 }',
  },
);

const w42 = (due: Day, reason: string) =>
  quiet({}, { "2026-W40-1": `{ id: 2026-W40-1, status: open, due: ${due}, reason: "${reason}", issue: 2 }` });

const w43 = quiet(
  {
    [inference]: accepted("Version 32 of the support bot sends the last 15 messages since Thursday."),
    [jumpOf("2026-10-22")]: closed(
      "Version 32 of the support bot, released on Thursday morning.",
      "Intended: the window of 15 messages stays.",
    ),
  },
  {},
  ["2026-W40-1"],
);

const w44 = quiet({
  [inference]: accepted("First full week with version 32 of the support bot."),
  [jumpOf("2026-10-22")]: closed("Version 32 of the support bot, released on 22 October.", "Intended: the window of 15 messages stays."),
});

const w45: Words = {
  answers: {
    [inference]: { Expected: "no", Why: "", Decision: "2026-W45-1" },
    [jumpOf("2026-10-22")]: closed("Version 32 of the support bot, released on 22 October.", "Intended: the window of 15 messages stays."),
    [jumpOf("2026-11-05")]: { Status: "open", Cause: "", Decision: "2026-W45-1" },
  },
  meeting: {
    minutes: 25,
    actions: `  - id: 2026-W45-1
    decision: investigate
    title: "Find the job that tripled inference on 5 November and say what keeps it from running again"
    about: "openai/inference@2026-11-05"
    owner: "@octocat"
    due: 2026-11-16
    status: open
`,
    done: [],
  },
};

const w46 = quiet(
  { [inference]: accepted("The nightly report of 5 November ran for every customer twice, and has not since.") },
  { "2026-W45-1": "{ id: 2026-W45-1, status: done, due: 2026-11-16, reason: null, issue: 8 }" },
);

const free = "Since Wednesday the support bot answers free plans too";
const w47: Words = {
  answers: {
    [inference]: { Expected: "partly", Why: `${free}.`, Assumed: "5 % of the conversations come from free plans", Decision: "2026-W47-1" },
    [jumpOf("2026-11-18")]: closed(
      `${free}, and they write as much as all others together.`,
      "None yet: it is a matter of the offer.",
      "2026-W47-1",
    ),
  },
  meeting: {
    minutes: 30,
    actions: `  - id: 2026-W47-1
    decision: escalate
    title: "Decide whether free plans keep the support bot"
    about: "forecast"
    owner: "@hubot"
    due: 2026-11-27
    why: "Free plans use the support bot since 18 November, and it doubled what inference costs"
    options: ["Take the bot back from free plans", "Answer free plans with the smaller model", "Raise the plan of December by 900"]
    recommendation: "Take it back: free plans brought no more sign-ups in the first week"
    to: "@boss"
    status: open
`,
    done: [],
  },
};

const w48 = quiet(
  {
    [inference]: accepted("A full week with free plans; decided in 2026-W47-1."),
    [jumpOf("2026-11-18")]: closed("Free plans use the support bot.", "It is taken back on 1 December, as @boss decided."),
  },
  {
    waivers:
      'waivers: [{ trigger: forecast, by: "@hubot", reason: "Decided by @boss on 26 November: free plans lose the bot on 1 December, November is accepted" }]',
  },
  ["2026-W47-1"],
);

const w49 = quiet({
  [jumpOf("2026-12-01")]: closed("Free plans no longer have the support bot.", "Intended, as decided in 2026-W47-1."),
  [inference]: accepted("Free plans lost the support bot on 1 December."),
});

export const weeks = {
  w40: { id: "2026-W40", date: "2026-10-05", words: w40, method: "merge" },
  w41: { id: "2026-W41", date: "2026-10-12", words: w41, method: "squash" },
  w42: {
    id: "2026-W42",
    date: "2026-10-19",
    first: w42("2026-10-30", "The release may be late, says the release manager"),
    words: w42("2026-10-23", "Half done: the window works in staging, and the release is still planned for 22 October"),
    method: "merge",
  },
  w43: { id: "2026-W43", date: "2026-10-26", words: w43, method: "squash" },
  w44: { id: "2026-W44", date: "2026-11-02", words: w44, method: "merge" },
  w45: { id: "2026-W45", date: "2026-11-09", words: w45, method: "squash" },
  w46: { id: "2026-W46", date: "2026-11-16", words: w46, method: "merge" },
  w47: { id: "2026-W47", date: "2026-11-23", words: w47, method: "squash" },
  w48: { id: "2026-W48", date: "2026-11-30", words: w48, method: "merge" },
  w49: { id: "2026-W49", date: "2026-12-07", words: w49, method: "squash" },
} as const satisfies Readonly<Record<string, StoryWeek>>;
