/** The days of the data, what happened on them, what arrived late, and what is charged by the month. The weekly reviews are to find it. */
import type { Event, Fee, LateDay } from "./model.ts";

export const firstDay = "2026-08-17";
export const lastDay = "2026-11-22";

export const events: readonly Event[] = [
  {
    about: "An agent looped for most of a Tuesday until somebody stopped it.",
    lines: ["claude agent"],
    from: "2026-10-27",
    until: "2026-10-28",
    volume: 2.8,
  },
  {
    about: "The assistant on gpt-5 got a longer system prompt: 12 % more input tokens per request, the same requests.",
    lines: ["gpt-5 assistant"],
    from: "2026-11-04",
    perRequest: { input: 1.12, "cached input": 1.12 },
  },
  {
    about: "Two customers came on board: a little more of everything that people ask for.",
    lines: ["gpt-5 assistant", "claude assistant", "claude agent", "gpt-5-mini search", "pinecone reads"],
    from: "2026-11-09",
    volume: 1.05,
  },
  {
    about: "Launch of summaries on gpt-5: from a part of the users on Monday to all of them on Friday.",
    lines: ["gpt-5 summaries"],
    from: "2026-11-16",
    volume: [0.62, 0.78, 0.92, 1, 1.08, 1.1],
  },
  {
    about: "Pinecone: a cache in front of the index takes a small part of the reads.",
    lines: ["pinecone reads"],
    from: "2026-11-16",
    volume: 0.95,
  },
  {
    about: "Half of the assistant requests to Claude move from Sonnet to Haiku: Sonnet loses them ...",
    lines: ["claude assistant"],
    from: "2026-11-17",
    volume: [0.6, 0.52, 0.5],
  },
  {
    about: "... and Haiku, new on this day, gets them.",
    lines: ["haiku assistant"],
    from: "2026-11-17",
    volume: [0.42, 0.504, 0.525],
  },
  {
    about: "The agent looped again, on a Wednesday.",
    lines: ["claude agent"],
    from: "2026-11-18",
    until: "2026-11-19",
    volume: 2.5,
  },
  {
    about: "Bedrock rises on a Thursday and stays up. The data hold no reason: no launch, no new model, no other price.",
    lines: ["bedrock sonnet", "bedrock nova"],
    from: "2026-11-19",
    volume: 1.52,
  },
];

/** The weekend before the review of 16 November reached the export only in part. */
export const lateDays: readonly LateDay[] = [
  { seller: "aws", day: "2026-11-14", share: 0.6, completeOn: "2026-11-18" },
  { seller: "aws", day: "2026-11-15", share: 0.4, completeOn: "2026-11-18" },
];

/** Both subscriptions began with the data, so August is charged in part (15 of 31 days). */
const monthly = (august: string, month: string) => [
  { start: "2026-08-17", end: "2026-09-01", amount: august },
  { start: "2026-09-01", end: "2026-10-01", amount: month },
  { start: "2026-10-01", end: "2026-11-01", amount: month },
  { start: "2026-11-01", end: "2026-12-01", amount: month },
];

export const fees: readonly Fee[] = [
  {
    seller: "cursor",
    service: "Cursor",
    category: "Developer Tools",
    tags: { feature: "coding", team: "engineering" },
    charge: "Purchase",
    frequency: "Recurring",
    about: "8 seats at $40 a month",
    amounts: monthly("154.84", "320"),
  },
  {
    seller: "pinecone",
    service: "Vector Database",
    category: "Databases",
    tags: null,
    charge: "Purchase",
    frequency: "Recurring",
    about: "Monthly minimum",
    amounts: monthly("24.19", "50"),
  },
  {
    seller: "aws",
    service: "Tax",
    category: "Other",
    tags: null,
    charge: "Tax",
    frequency: "One-Time",
    about: "Sales tax on the month before",
    amounts: [
      { start: "2026-09-01", end: "2026-09-02", amount: "42.18" },
      { start: "2026-10-01", end: "2026-10-02", amount: "86.91" },
      { start: "2026-11-01", end: "2026-11-02", amount: "90.07" },
    ],
  },
  {
    seller: "aws",
    service: "Amazon Elastic Compute Cloud",
    category: "Compute",
    tags: null,
    charge: "Credit",
    frequency: "One-Time",
    about: "Promotional credit",
    amounts: [{ start: "2026-10-06", end: "2026-10-07", amount: "-75" }],
  },
];
