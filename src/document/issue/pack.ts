import { changeText, moneyText, percentChange, percentText } from "../../core/format.ts";
import { markdownSentence } from "../../core/text.ts";
import { statedFigures } from "../front-matter/figures.ts";
import type { Action } from "../front-matter/schema.ts";
import { bullets } from "../markdown.ts";
import type { LatestAction } from "./latest.ts";

/** Links into the repository, as readers of an issue need them. */
export type Link = (path: string, line: number) => string;

type Line = string | null;

const mostOptions = 12;

/** A login as it is written behind `@`; null for a team, a role or a name. */
export function loginOf(person: string): string | null {
  return /^@?([A-Za-z0-9](?:[A-Za-z0-9-]{0,38}))$/.exec(person.trim())?.[1] ?? null;
}

/** Who answers for an action: its owner, or for an escalation the person who decides. */
export function answererOf(action: Action): string {
  return action.decision === "escalate" ? action.to || action.owner : action.owner;
}

const said = (name: string, text: string): Line => (text.trim() === "" ? null : `**${name}:** ${markdownSentence(text)}`);

function aboutLine({ action: { about }, source }: LatestAction): Line {
  if (about === undefined) return null;
  return `**Answers:** ${source.headingOf(about) ?? markdownSentence(about)}`;
}

function effectLine({ action: { effect }, source: { front } }: LatestAction): Line {
  if (!effect) return null;
  const { currency } = statedFigures(front.figures);
  const words =
    "cost" in effect
      ? `${changeText(BigInt(Math.round(effect.cost * 100)), currency)} a week`
      : `${percentText(effect.percent)} of what its slice cost in the last 7 days`;
  return `**Expected effect:** ${words}`;
}

/** The number that an escalation brings, as its review states it. */
function forecastLine({ source: { front } }: LatestAction): Line {
  const { pace, plan, currency, last7, prior7 } = statedFigures(front.figures);
  if (pace === null) return null;
  const percent = plan === null ? null : percentChange(pace, plan);
  const against = plan === null ? "" : ` against a plan of ${moneyText(plan, currency)}`;
  const share = percent === null ? "" : ` (${percentText(percent)})`;
  const week =
    last7 === null || prior7 === null
      ? ""
      : `; the last 7 days ${moneyText(last7, currency)}, ${changeText(last7 - prior7, currency)} on the 7 before`;
  return `**Forecast:** ${moneyText(pace, currency)} for the month at the current pace${against}${share}${week}`;
}

function optionsText(options: readonly string[]): Line {
  if (options.length === 0) return null;
  const listed = options.slice(0, mostOptions).map((option, index) => `  ${index + 1}. ${markdownSentence(option)}`);
  const more = options.length > mostOptions ? [`  - ${options.length - mostOptions} more in the review`] : [];
  return ["**Options:**", ...listed, ...more].join("\n");
}

function escalationLines(latest: LatestAction, action: Extract<Action, { decision: "escalate" }>): Line[] {
  const { to, why, options, recommendation, owner } = action;
  const login = loginOf(to);
  return [
    `**To decide:** ${login === null ? markdownSentence(to) : `@${login}`}, by ${latest.due}`,
    forecastLine(latest),
    aboutLine(latest),
    said("What changed", why),
    optionsText(options),
    said("Recommendation", recommendation),
    said("Raised by", owner),
  ];
}

function decisionLines({ action, source: { front } }: LatestAction): Line[] {
  if (action.decision === "optimize") return [said("Tactic", action.tactic)];
  if (action.decision !== "revise-forecast") return [];
  const { forecast, communication } = action;
  const { currency } = statedFigures(front.figures);
  const amount = forecast === null ? null : moneyText(BigInt(Math.round(forecast * 100)), currency);
  return [amount === null ? null : `**New forecast:** ${amount} for the month`, said("Communication", communication)];
}

/** What is asked of whom, by when and why, as a list. */
export function packText(latest: LatestAction, link: Link): string {
  const { action, source, review, line, due, status, reason } = latest;
  const heading = `${action.decision}, in the review [${review}](${link(source.path, line)})`;
  const asked =
    action.decision === "escalate"
      ? escalationLines(latest, action)
      : [...decisionLines(latest), aboutLine(latest), said("Owner", action.owner), `**Due:** ${due}`, effectLine(latest)];
  const ended = status === "open" ? null : `**Status in the reviews:** ${status}${reason ? ` – ${markdownSentence(reason)}` : ""}`;
  return bullets([`**Decision:** ${heading}`, said("Deliverable", action.title), ...asked, ended]);
}
