import { assigneesOf } from "./engine/assignees.ts";
import type { Rule } from "./engine/rule.ts";

const escalated = (to: string) =>
  `actions: [{ id: 2026-W47-1, decision: escalate, title: "Decide how much the new model may cost", owner: "@octocat", due: 2026-11-27, why: "Pace is 22 % over plan", options: [cap the traffic, raise the plan], recommendation: cap the traffic, to: "${to}", status: open }]`;

export const assignable: Rule = {
  name: "assignable",
  reason:
    "Somebody to whom the issue of an action cannot be assigned does not hear of it; `check --publish github` asks the code host for the reviews that the pull request brings (S32, N15).",
  examples: [
    { known: { assignable: { octocat: true } } },
    { known: { assignable: {} } },
    { known: { assignable: { octocat: false } }, remark: "2026-W47-1: @octocat cannot be assigned an issue of this repository" },
    { front: escalated("@hubot"), known: { assignable: { octocat: false, hubot: true } } },
    {
      front: escalated("@hubot"),
      known: { assignable: { octocat: true, hubot: false } },
      remark: "2026-W47-1: @hubot cannot be assigned an issue of this repository",
    },
  ],
  check: ({ front, placeOf }, around) =>
    assigneesOf(front).flatMap(({ id, person, login, path }) =>
      around.assignable?.get(login) === false
        ? [
            {
              severity: "warning" as const,
              at: id,
              ...placeOf(path),
              message: `${id}: ${person} cannot be assigned an issue of this repository`,
              remedy: "check the spelling of the login, give the person access to the repository, or name another person",
            },
          ]
        : [],
    ),
};
