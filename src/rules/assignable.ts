import { loginOf } from "./engine/person.ts";
import type { Rule } from "./engine/rule.ts";

export const assignable: Rule = {
  name: "assignable",
  reason:
    "An owner to whom the issue cannot be assigned does not hear of it; `check` does not ask the code host yet who can be assigned, `sync` does and says it in the issue (S32, N15).",
  examples: [
    { known: { assignable: { octocat: true } } },
    { known: { assignable: {} } },
    { known: { assignable: { octocat: false } }, remark: "2026-W47-1: @octocat cannot be assigned an issue of this repository" },
  ],
  check: ({ front, placeOf }, { assignable }) =>
    (front.actions ?? []).flatMap(({ id, owner, status }, index) =>
      status === "open" && assignable?.get(loginOf(owner)) === false
        ? [
            {
              severity: "warning" as const,
              at: id,
              ...placeOf(["actions", index, "owner"]),
              message: `${id}: ${owner} cannot be assigned an issue of this repository`,
              remedy: "check the spelling of the login, give the person access to the repository, or name another owner",
            },
          ]
        : [],
    ),
};
