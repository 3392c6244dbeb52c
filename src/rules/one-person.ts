import { knownPersons, ownerVerdict } from "./engine/person.ts";
import type { Remark, ReviewFile, Rule, Surroundings } from "./engine/rule.ts";

interface Named {
  readonly at: string;
  readonly path: readonly PropertyKey[];
  readonly person: string;
  readonly role: string;
}

/** The persons that actions and waivers name, each with the key it stands behind. */
function personsOf({ front }: ReviewFile): Named[] {
  const actions = (front.actions ?? []).flatMap((action, index): Named[] => [
    { at: action.id, path: ["actions", index, "owner"], person: action.owner, role: `${action.id}: the owner` },
    ...(action.decision === "escalate"
      ? [{ at: action.id, path: ["actions", index, "to"], person: action.to, role: `${action.id}: the person who decides,` }]
      : []),
  ]);
  const waivers = (front.waivers ?? []).map(({ trigger, by }, index): Named => ({
    at: trigger,
    path: ["waivers", index, "by"],
    person: by,
    role: "the waiver's name",
  }));
  return [...actions, ...waivers];
}

function check(review: ReviewFile, around: Surroundings): Remark[] {
  const known = knownPersons(around);
  return personsOf(review).flatMap(({ at, path, person, role }) => {
    const verdict = person === "" ? null : ownerVerdict(person, known);
    if (!verdict) return [];
    return [
      {
        at,
        ...review.placeOf(path),
        message: `${role} "${person.slice(0, 60)}" ${verdict.what}; ${verdict.why}`,
        remedy: verdict.remedy(String(path.at(-1))),
      },
    ];
  });
}

const owned = (owner: string) =>
  `actions: [{ id: 2026-W47-1, decision: investigate, title: "Find out which customer drives the rise", owner: ${owner}, due: 2026-11-30, status: open }]`;

export const onePerson: Rule = {
  name: "one-person",
  reason: "Each action has one named person: what a team or a role owns, nobody does; a waiver bears a name too (S32, S47, S54).",
  examples: [
    { front: owned('"@jana-k"') },
    { front: owned('"@platform"'), known: { assignable: { platform: true } } },
    { front: owned('"@platform"'), remark: 'the owner "@platform" is a team or a role' },
    { front: owned("the team"), remark: 'the owner "the team" is a team or a role' },
    { front: owned('"@acme/platform"'), remark: 'the owner "@acme/platform" is a team' },
    { front: owned('"@octocat and @hubot"'), remark: "is more than one person" },
    { front: owned("everyone"), remark: "is a team or a role" },
    { front: owned("TBD"), remark: "is nobody" },
    { front: owned("octocat"), remark: 'the owner "octocat" is written without @' },
    { front: owned("Maria Lopez"), remark: "is a name, not a login" },
    {
      front:
        'actions: [{ id: 2026-W47-1, decision: escalate, title: "Decide on a cap for free plans", owner: "@octocat", due: 2026-11-25, why: "The launch", options: [cap, pay], recommendation: cap, to: management, status: open }]',
      remark: 'the person who decides, "management" is a team or a role',
    },
    {
      front: 'waivers: [{ trigger: customer-impact, by: finance, reason: "Told to both customers on Friday" }]',
      remark: 'the waiver\'s name "finance" is a team',
    },
  ],
  check,
};
