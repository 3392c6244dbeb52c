import { knownPersons, loginOf, ownerVerdict } from "./engine/person.ts";
import type { Remark, ReviewFile, Rule, Surroundings } from "./engine/rule.ts";

const mostOthers = 4;
const roles = ["engineering", "product"] as const;

function ownerRemarks({ front, placeOf }: ReviewFile, around: Surroundings): Remark[] {
  const known = knownPersons(around);
  return roles.flatMap((role): Remark[] => {
    const person = front.attendees[role];
    const place = () => ({ at: "attendees", ...placeOf(["attendees", role]) });
    if (person === "")
      return [{ ...place(), message: `no ${role} owner attends`, remedy: `write who it is behind attendees, such as ${role}: "@octocat"` }];
    const verdict = ownerVerdict(person, known);
    if (!verdict) return [];
    const message = `the ${role} owner "${person.slice(0, 60)}" ${verdict.what}; ${verdict.why}`;
    return [{ ...place(), message, remedy: verdict.remedy(role) }];
  });
}

function check(review: ReviewFile, around: Surroundings): Remark[] {
  const { engineering, product, others } = review.front.attendees;
  const owners = ownerRemarks(review, around);
  const warn = (key: string, message: string, remedy: string): Remark => ({
    severity: "warning",
    at: "attendees",
    ...review.placeOf(["attendees", key]),
    message,
    remedy,
  });
  const same = owners.length === 0 && loginOf(engineering) === loginOf(product);
  const count = others?.length ?? 0;
  return [
    ...owners,
    ...(same
      ? [
          warn(
            "product",
            `${engineering} is both the engineering and the product owner`,
            "name a second person: one explains the deltas, the other ties them to launches and users",
          ),
        ]
      : []),
    ...(count > mostOthers
      ? [
          warn(
            "others",
            `${count} people attend besides the two owners; more than ${mostOthers} is an audience`,
            "let those who come for visibility read this file instead",
          ),
        ]
      : []),
  ];
}

const others = (count: number) =>
  `attendees: { engineering: "@octocat", product: "@hubot", others: [${Array.from({ length: count }, (_, n) => `"@guest${n}"`).join(", ")}] }`;

export const attendees: Rule = {
  name: "attendees",
  reason:
    "One engineering owner and one product owner, named persons; finance may come, and nobody attends for visibility: they read the file (S3, S4).",
  examples: [
    { front: others(mostOthers) },
    { front: others(mostOthers + 1), remark: "5 people attend besides the two owners; more than 4 is an audience" },
    { front: 'attendees: { engineering: , product: "@hubot" }', remark: "no engineering owner attends" },
    {
      front: 'attendees: { engineering: "@octocat", product: product team }',
      remark: 'the product owner "product team" is a team or a role',
    },
    { front: 'attendees: { engineering: "@octocat", product: "@Octocat" }', remark: "is both the engineering and the product owner" },
  ],
  check,
};
