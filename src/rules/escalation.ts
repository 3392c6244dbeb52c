import { moneyText, percentChange, shareText } from "../core/format.ts";
import { fixes, totalEffect } from "../core/review/effects/effect.ts";
import { defaultThresholds } from "../core/settings/config.ts";
import { type StatedFigures, statedFigures } from "../document/front-matter/figures.ts";
import { aboutOf, escalationsOf, triggerIds } from "./engine/actions.ts";
import { chosenEffects } from "./engine/effects.ts";
import type { Remark, ReviewFile, Rule, Surroundings } from "./engine/rule.ts";
import { type UnexplainedSpike, isAboutSpike, openSpikes, unexplainedSpikes } from "./engine/spikes.ts";

const pack = "why, options, recommendation, to and due";
const waive = (trigger: string) => `or waive it with a name and a reason: waivers: [{ trigger: ${trigger}, by: "@…", reason: … }]`;

function isWaived({ front }: ReviewFile, trigger: string): boolean {
  return (front.waivers ?? []).some((waiver) => waiver.trigger === trigger);
}

/** Brings the forecast number wherever it stands: an escalation is about the forecast unless it names another trigger. */
function isForecastEscalated(review: ReviewFile, spikes: readonly UnexplainedSpike[]): boolean {
  return escalationsOf(review).some((action) => {
    const about = aboutOf(action);
    const isOther = triggerIds.some((id) => id === about) || spikes.some((spike) => isAboutSpike(action, spike));
    return about === "forecast" || !isOther;
  });
}

function forecastRemarks(review: ReviewFile, around: Surroundings, figures: StatedFigures, spikes: readonly UnexplainedSpike[]): Remark[] {
  const { pace, plan, currency } = figures;
  if (!figures.triggers.includes("forecast") || pace === null || plan === null) return [];
  if (isWaived(review, "forecast") || isForecastEscalated(review, spikes)) return [];
  const { escalate } = around.config?.thresholds ?? defaultThresholds;
  const { effects, unknown } = chosenEffects(review, around);
  if (fixes(pace, plan, effects, escalate)) return [];
  const place = { at: "forecast", ...review.placeOf(["actions"]) };
  const tried =
    effects.length === 0
      ? "no open action states an effect on it"
      : `the stated effects of the open actions, ${moneyText(totalEffect(effects), currency)}, do not bring it below that`;
  return [
    {
      ...place,
      message: `${moneyText(pace, currency)} at current pace is ${shareText(percentChange(pace, plan) ?? 0)} over the plan of ${moneyText(plan, currency)}; from ${escalate} % over it needs a clear fix or an escalation, and ${tried}`,
      remedy: `add an action with decision: escalate, about: forecast, ${pack}; state the effect of actions that bring it under ${escalate} %; ${waive("forecast")}`,
    },
    ...unknown.map(({ id, why }): Remark => ({
      ...place,
      severity: "warning",
      at: id,
      message: `the effect of ${id} is stated in percent and counts as none: ${why}`,
      remedy: "state it as an amount a week, such as effect: { cost: -130 }, or name the slice in about",
    })),
  ];
}

function spikeRemarks(review: ReviewFile, earlier: readonly ReviewFile[]): Remark[] {
  return openSpikes(review, earlier).map(({ id, index, known, items }) => ({
    at: id,
    ...review.placeOf(["previous", index]),
    message: `${id}, which was to explain ${items[0]}${items.length > 1 ? ` and ${items.length - 1} more` : ""} by ${known.action.due}, is still open: a full cycle has passed without an explanation`,
    remedy: `set it to done when the cause is found; else add an action with decision: escalate, about: unexplained-spike, ${pack}; ${waive("unexplained-spike")}`,
  }));
}

function optionRemarks(review: ReviewFile): Remark[] {
  return escalationsOf(review)
    .filter(({ options }) => options.length === 1)
    .map(({ id }) => ({
      severity: "warning",
      at: id,
      ...review.placeOf(["actions", (review.front.actions ?? []).findIndex((action) => action.id === id), "options"]),
      message: `${id} has one option: a decision is between at least two`,
      remedy: "add what else was considered, such as accepting the cost",
    }));
}

const fired = (pace: string, rest = "") => `figures: { verdict: escalate, pace: "${pace}", triggers: [forecast] }\n${rest}`;
const optimize = (effect: string, due = "2026-11-23") =>
  `actions: [{ id: 2026-W47-1, decision: optimize, title: "Summarize after 15 messages instead of 10", about: openai/inference, owner: "@octocat", due: ${due}, tactic: "Change SUMMARIZE_AFTER", effect: ${effect}, status: open }]`;
const escalate = (about: string, options = "[turn it off for free tenants, accept the cost]") =>
  `actions: [{ id: 2026-W47-1, decision: escalate, title: "Decide on summarization for free tenants", ${about} owner: "@octocat", due: 2026-11-25, why: "Summarization runs on 40 % of tickets instead of 25 %", options: ${options}, recommendation: turn it off for free tenants, to: "@ada", status: open }]`;
const investigated = [
  {
    delta: "- **Why:**\n- **Decision:** 2026-W46-1",
    front:
      'actions: [{ id: 2026-W46-1, decision: investigate, title: "Find the cause of the rise of inference", owner: "@octocat", due: 2026-11-23, status: open }]',
  },
];
const stillOpen = 'previous: [{ id: 2026-W46-1, status: open, due: 2026-11-27, reason: "Logs are missing" }]\n';
const waiver = (trigger: string) => `waivers: [{ trigger: ${trigger}, by: "@hubot", reason: "Launch week, agreed with finance" }]`;

export const escalation: Rule = {
  name: "escalation",
  reason:
    "A fired trigger leaves a trace: an escalation that brings what changed, the options, a recommendation, a person and a decide-by date, or a waiver with a name and a reason. A forecast 20 % or more over plan is answered as well by a clear fix: open actions whose stated effects bring it under 20 %; a delta or anomaly whose investigation was due and is still open has no such way out (S29, S41–S47, N8, N11).",
  examples: [
    {
      front: fired("19200.00"),
      remark: "$19,200.00 at current pace is 20.0 % over the plan of $16,000.00; from 20 % over it needs a clear fix or an escalation",
    },
    { front: fired("19200.00", escalate("about: forecast,")) },
    { front: fired("19200.00", escalate("about: unexplained-spike,")), remark: "it needs a clear fix or an escalation" },
    { front: fired("19200.00", waiver("forecast")) },
    { front: fired("19200.00", optimize("{ cost: -0.01 }")) },
    {
      front: fired("19200.00", optimize("{ cost: -500 }", "2026-11-30")),
      remark: "the stated effects of the open actions, $0.00, do not bring it below that",
    },
    { front: fired("19793.99", optimize("{ percent: -20 }")), known: { last7: { "OpenAI/Inference": 2970 } } },
    {
      front: fired("19794.00", optimize("{ percent: -20 }")),
      known: { last7: { "OpenAI/Inference": 2970 } },
      remark: "the stated effects of the open actions, -$594.00, do not bring it below that",
    },
    {
      front: stillOpen,
      earlier: investigated,
      remark: "2026-W46-1, which was to explain openai/inference by 2026-11-23, is still open",
    },
    { front: stillOpen.replace("open", "done"), earlier: investigated },
    { front: stillOpen + escalate("about: unexplained-spike,"), earlier: investigated },
    { front: stillOpen + waiver("unexplained-spike"), earlier: investigated },
    { front: escalate("about: customer-impact,") },
    {
      front: escalate("about: customer-impact,", "[turn it off]"),
      remark: "2026-W47-1 has one option: a decision is between at least two",
    },
  ],
  check: (review, around) => {
    const figures = statedFigures(review.front.figures);
    const spikes = unexplainedSpikes(review, around.earlier);
    return [...forecastRemarks(review, around, figures, spikes), ...spikeRemarks(review, around.earlier), ...optionRemarks(review)];
  },
};
