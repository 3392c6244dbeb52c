/** Actions as an `Example` has them in its front matter. */

const fields = {
  title: "Cap agent runs at 25 steps",
  owner: "@octocat",
  due: "2026-11-30",
  tactic: "Step limit in the loop",
  forecast: 17900,
  communication: "@hubot tells finance on Tuesday",
  why: "The launch reached all users",
  options: ["cap free plans", "raise the budget"],
  recommendation: "Cap free plans",
  to: "@hubot",
};
export type Field = keyof typeof fields;
const always: readonly Field[] = ["title", "owner", "due"];
/** What each decision needs from people, in the order of the file. */
export const needs: Readonly<Record<string, readonly Field[]>> = {
  investigate: always,
  optimize: [...always, "tactic"],
  "revise-forecast": [...always, "forecast", "communication"],
  escalate: [...always, "why", "options", "recommendation", "to"],
};
/** A sound action of the sound review, with what its decision needs, or all of that but one field. */
export const actionOf = (decision: string, more: object = {}, without?: Field) => ({
  id: "2026-W47-1",
  decision,
  status: "open",
  ...Object.fromEntries((needs[decision] ?? []).filter((field) => field !== without).map((field) => [field, fields[field]])),
  ...more,
});
/** A list of actions as front matter. */
export const actionsYaml = (...list: readonly object[]) => `actions: ${JSON.stringify(list)}`;
