import type { Words } from "../people/fill.ts";

/** What people write into the reviews of the demo, week by week. */
export interface Week {
  readonly id: string;
  readonly reviewDate: string;
  readonly words: Words;
}

const w44: Words = {
  answers: {
    "delta anthropic/claude-api": {
      Expected: "no",
      Why: "One agent conversation called the same tool for eleven hours on Tuesday: the tool returned an empty page and the prompt asks to retry.",
      Assumed: "agent traffic flat until the next release",
      Decision: "2026-W44-1",
    },
    "anomaly anthropic/claude-api@2026-10-27": {
      Status: "closed",
      Cause: "The looping agent run of Tuesday, found in the gateway log by its conversation id.",
      Resolution: "Run stopped by hand the same evening; the step limit keeps it from coming back.",
      Decision: "2026-W44-1",
    },
  },
  note: "The forecast is 6.9 % over plan with one day of the month known; we look again next week before touching the plan.",
  meeting: {
    minutes: 27,
    actions: `  - id: 2026-W44-1
    decision: optimize
    title: "Stop an agent run after 25 steps and log the run that hit the limit"
    about: "anthropic/claude-api@2026-10-27"
    owner: "@octocat"
    due: 2026-11-06
    tactic: "Step limit in the agent loop, alert when it is hit, the looping conversation as a test"
    effect: { cost: -60 }
    status: open
`,
    done: [],
  },
};

const w45: Words = {
  answers: {
    "delta anthropic/claude-api": {
      Expected: "yes",
      Why: "Last week held the looping agent run; without it the service is where it was before.",
      Decision: "leave-as-is",
    },
  },
  note: "Since Wednesday the assistant sends a system prompt that is 12 % longer. It will be a full week next time, so we ask now what it is worth.",
  meeting: {
    minutes: 24,
    actions: `  - id: 2026-W45-1
    decision: investigate
    title: "Measure answer quality with the old and the new assistant prompt on 200 tickets"
    about: "openai/openai-api"
    owner: "@hubot"
    due: 2026-11-16
    status: open
`,
    done: ["2026-W44-1"],
  },
};

const w46: Words = {
  answers: {
    "delta aws/amazon-bedrock": {
      Expected: "no",
      Why: "No change on our side: Saturday and Sunday are too low on every AWS service at once, also on storage. We think the export was not complete.",
      Decision: "2026-W46-1",
    },
    "delta openai/openai-api": {
      Expected: "yes",
      Why: "First full week of the longer assistant prompt, and two new customers since Monday.",
      Assumed: "two customers, about 5 % more tickets",
      Decision: "leave-as-is",
    },
    "delta anthropic/claude-api": {
      Expected: "yes",
      Why: "The same two customers use the agent from the first day.",
      Decision: "leave-as-is",
    },
    "anomaly aws/amazon-bedrock@2026-11-14": {
      Status: "open",
      Cause: "Probably late data, see the delta above.",
      Decision: "2026-W46-1",
    },
    "anomaly aws/amazon-elastic-compute-cloud@2026-11-14": {
      Status: "open",
      Cause: "The same weekend, the same export.",
      Decision: "2026-W46-1",
    },
  },
  note: "2026-W45-1: the longer prompt lifts first-answer resolution from 61 % to 66 % on the sample; product keeps it.",
  meeting: {
    minutes: 29,
    actions: `  - id: 2026-W46-1
    decision: investigate
    title: "Find out whether the AWS export of 14 and 15 November is complete"
    about: "aws/amazon-bedrock@2026-11-14"
    owner: "@octocat"
    due: 2026-11-23
    status: open
`,
    done: ["2026-W45-1"],
  },
};

const w47: Words = {
  answers: {
    "delta openai/openai-api": {
      Expected: "partly",
      Why: "The launch of summaries on Monday; that it would reach all users within the week was not planned.",
      Decision: "2026-W47-1",
    },
  },
  note: "For the meeting: product brings the number of users who see summaries, by day.",
  meeting: null,
};

export const weeks: readonly Week[] = [
  { id: "2026-W44", reviewDate: "2026-11-02", words: w44 },
  { id: "2026-W45", reviewDate: "2026-11-09", words: w45 },
  { id: "2026-W46", reviewDate: "2026-11-16", words: w46 },
];

/** The week that stays open: its last day is missing from the first export. */
export const openWeek = { id: "2026-W47", reviewDate: "2026-11-23", firstSeen: "2026-11-22", words: w47 } as const;
