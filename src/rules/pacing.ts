import { moneyText, percentChange, percentText } from "../core/format.ts";
import { compareToBase } from "../core/percent.ts";
import { weekIsUp } from "../core/review/verdict.ts";
import { defaultThresholds } from "../core/settings/config.ts";
import { type StatedFigures, statedFigures } from "../document/front-matter/figures.ts";
import type { Action } from "../document/front-matter/schema.ts";
import { type KnownAction, actionsOf, isAlive } from "./engine/actions.ts";
import { directionOf, itemsOf } from "./engine/items.ts";
import type { Remark, ReviewFile, Rule } from "./engine/rule.ts";

/** A rise that began before the week: its delta fell as it has come back, but the pace may hold it. */
function isEarlierRise(about: string, review: ReviewFile): boolean {
  const anomaly = itemsOf(review, "anomaly").find(({ id }) => id === about);
  return anomaly !== undefined && directionOf(anomaly) === "up" && (about.split("@")[1] ?? "") < review.front.period.start;
}

/** An action that says what it is about is about the month, unless that is a delta that fell. */
function isAboutMonth(action: Action | null, review: ReviewFile, { deltas }: StatedFigures): boolean {
  if (action === null || action.decision === "revise-forecast") return true;
  if (action.about === undefined) return false;
  if (isEarlierRise(action.about, review)) return true;
  const change = deltas[action.about] ?? deltas[action.about.split("@")[0] ?? ""] ?? 0n;
  return change >= 0n;
}

/** A remark on the place where the decision is missing. */
function undecided({ front, placeOf }: ReviewFile, message: string, remedy: string): Remark {
  const isClosed = front.outcome === "no-action-needed";
  const at = isClosed ? "outcome" : "actions";
  return {
    at,
    ...placeOf([at]),
    message: isClosed ? `${message}, but the outcome is no-action-needed` : `${message}, and no action is about it`,
    remedy,
  };
}

function overPlan(review: ReviewFile, figures: StatedFigures, actions: readonly KnownAction[], percent: number): Remark[] {
  const { pace, plan, currency, triggers } = figures;
  if (pace === null || plan === null || plan <= 0n || triggers.includes("forecast")) return [];
  if (compareToBase(pace, plan, percent) <= 0 || actions.some(({ action }) => isAboutMonth(action, review, figures))) return [];
  const size = `${moneyText(pace, currency)} at current pace is more than ${percent} % over the plan of ${moneyText(plan, currency)} (${percentText(percentChange(pace, plan))})`;
  return [
    undecided(
      review,
      size,
      "decide on it: an action that says in `about` what drives it (a delta, an anomaly, a provider, or forecast), or decision: revise-forecast with the new number and who is told",
    ),
  ];
}

function underPlan({ front, placeOf }: ReviewFile, figures: StatedFigures, actions: readonly KnownAction[], percent: number): Remark[] {
  const { pace, plan, currency } = figures;
  if (pace === null || plan === null || plan <= 0n || compareToBase(pace, plan, -percent) >= 0) return [];
  if (
    front.reason !== null ||
    actions.some(({ action }) => action === null || action.decision === "investigate" || action.decision === "revise-forecast")
  )
    return [];
  return [
    {
      at: "reason",
      ...placeOf(["reason"]),
      message: `${moneyText(pace, currency)} at current pace is more than ${percent} % under the plan of ${moneyText(plan, currency)} (${percentText(percentChange(pace, plan))}), and nothing says why`,
      remedy: "look for a missing provider, a late export or a credit; write what you found as reason:, or add an investigate action",
    },
  ];
}

function weekUp(
  { front, placeOf }: ReviewFile,
  { last7, prior7, currency }: StatedFigures,
  actions: readonly KnownAction[],
  week: number,
): Remark[] {
  if (last7 === null || prior7 === null || front.reason !== null) return [];
  const thresholds = { ...defaultThresholds, week };
  if (!weekIsUp({ last7, prior7 }, thresholds)) return [];
  if (actions.some(({ action }) => action?.decision === "investigate" || action?.decision === "escalate")) return [];
  return [
    {
      at: "reason",
      ...placeOf(["reason"]),
      message: `the week is more than ${week} % up, ${moneyText(prior7, currency)} → ${moneyText(last7, currency)} (${percentText(percentChange(last7, prior7))}), and no reason for it is recorded`,
      remedy: "write the known reason as reason:, or add an investigate action that finds it",
    },
  ];
}

const over = (pace: string, rest = "") => `figures: { verdict: investigate, pace: "${pace}" }\n${rest}`;
const under = (pace: string, rest = "") => `figures: { verdict: check-data, pace: "${pace}" }\n${rest}`;
const up = (last7: string, rest = "") => `figures: { verdict: investigate, last7: "${last7}" }\n${rest}`;
const none = "outcome: no-action-needed\nactions: []";

export const pacing: Rule = {
  name: "pacing",
  reason:
    "A pacing finding is the primary discussion and ends in a decision: a forecast more than 10 % over plan has an action about what drives it or a revised forecast, a week more than 20 % up has a recorded reason or an investigation, a forecast more than 10 % under plan has its data checked (S10, S12–S14).",
  examples: [
    { front: over("17600.00", none) },
    { front: over("17600.01", none), remark: "$17,600.01 at current pace is more than 10 % over the plan of $16,000.00" },
    { front: over("17600.01") },
    {
      front: over(
        "18000.00",
        'actions: [{ id: 2026-W47-1, decision: optimize, title: "Delete the unused snapshots", owner: "@octocat", due: 2026-11-30, tactic: "Lifecycle rule of 30 days", status: open }]',
      ),
      remark: "and no action is about it",
    },
    {
      front: over(
        "18000.00",
        'actions: [{ id: 2026-W47-1, decision: revise-forecast, title: "Expect 18,000 for November", owner: "@hubot", due: 2026-11-30, forecast: 18000, communication: "@hubot tells finance on 24 November", status: open }]',
      ),
    },
    { front: up("4800.00", none) },
    {
      front: up("4800.01", none),
      remark: "the week is more than 20 % up, $4,000.00 → $4,800.01 (+20.0 %), and no reason for it is recorded",
    },
    { front: up("4800.01", `${none}\nreason: "The launch of summarization on Monday, planned"`) },
    { front: under("14400.00", none) },
    {
      front: under("14399.99", none),
      remark: "$14,399.99 at current pace is more than 10 % under the plan of $16,000.00 (-10.0 %), and nothing says why",
    },
    { front: under("14399.99", `${none}\nreason: "A yearly credit of 2,000 was booked on Tuesday"`) },
    { front: over("17600.01", none), known: { thresholds: { pace: 15 } } },
  ],
  check: (review, { config, earlier }) => {
    const figures = statedFigures(review.front.figures);
    // The verdict was reached with the thresholds of its day: today's settings ask nothing new of a review that was good.
    if (figures.verdict === "good") return [];
    const { pace, below, week } = config?.thresholds ?? defaultThresholds;
    const actions = [...actionsOf(review, earlier).values()].filter(isAlive);
    return [
      ...overPlan(review, figures, actions, pace),
      ...underPlan(review, figures, actions, below),
      ...weekUp(review, figures, actions, week),
    ];
  },
};
