import { ordinalText } from "../core/format.ts";
import type { CarriedAction } from "../document/front-matter/schema.ts";
import { type EarlierAction, aboutOf, earlierActions, escalationsOf } from "./engine/actions.ts";
import type { Remark, ReviewFile, Rule } from "./engine/rule.ts";
import { openSpikes } from "./engine/spikes.ts";
import { judge } from "./wording/judge.ts";

const answers =
  "under `previous` set status: done, or status: dropped with a reason, or a later due with a reason; or escalate it: an action `decision: escalate` with its id in about";

function isEscalated(front: ReviewFile["front"], id: string, known: EarlierAction | undefined): boolean {
  const names = [id.toLowerCase(), known && aboutOf(known.action)];
  return escalationsOf({ front }).some((action) => action.about !== undefined && names.includes(aboutOf(action)));
}

/** What is not answered in an entry of `previous`, as message and remedy; null when it is answered. */
function openPoint({ front }: ReviewFile, entry: CarriedAction, known: EarlierAction | undefined): [string, string] | null {
  const { id, status, due, reason } = entry;
  const date = front.period.end;
  if (status === "done") return null;
  const verdict = reason ? judge(reason, "text") : null;
  if (verdict)
    return [
      `${id}: its reason "${reason?.slice(0, 60)}" ${verdict.what}; ${verdict.why}`,
      "write what became of it, or what is in the way",
    ];
  if (status === "dropped") return reason ? null : [`${id} is dropped without a reason`, "write the reason behind its status"];
  if (isEscalated(front, id, known)) return null;
  if (due <= date) return [`${id} was due by this review (${due}) and is still open`, answers];
  if (reason) return null;
  if (known?.due && due > known.due)
    return [`the date of ${id} moved from ${known.due} to ${due} without a reason`, "write behind it what is in the way, as reason"];
  const carried = known?.carried ?? 0;
  return carried === 0
    ? null
    : [`${id} is carried for the ${ordinalText(carried + 1)} time and is still open`, `${answers}; or a reason that says where it stands`];
}

const listing = "run overpace weekly again, which lists it, then answer it";

/** Open actions of earlier reviews that the review does not list, as where one is merged late or taken out. */
function missingRemarks({ front, placeOf }: ReviewFile, before: ReadonlyMap<string, EarlierAction>): Remark[] {
  const listed = new Set((front.previous ?? []).map(({ id }) => id));
  return [...before].flatMap(([id, { status }]): Remark[] =>
    status !== "open" || listed.has(id)
      ? []
      : [
          {
            severity: "warning",
            at: id,
            ...placeOf(["previous"]),
            message: `${id} is still open in an earlier review and is not listed under previous`,
            remedy: `${listing}${front.state === "held" ? `; a closed review it leaves alone: write there what became of it by then (previous: - { id: ${id}, status: …, due: … }), or silence this with the reason` : ""}`,
          },
        ],
  );
}

/** Entries whose id no action of its review has: somebody changed the id, and what is answered there counts for nothing. */
function strangerRemarks(
  { front, placeOf }: ReviewFile,
  earlier: readonly ReviewFile[],
  before: ReadonlyMap<string, EarlierAction>,
): Remark[] {
  const reviews = new Set(earlier.map((review) => review.front.review));
  return (front.previous ?? []).flatMap(({ id }, index): Remark[] => {
    const review = id.slice(0, id.lastIndexOf("-"));
    if (before.has(id) || !reviews.has(review)) return [];
    return [
      {
        severity: "warning",
        at: id,
        ...placeOf(["previous", index, "id"]),
        message: `${id} is no action of the review ${review}, so what is answered here counts for nothing`,
        remedy: "write the id as its review has it, or remove the entry",
      },
    ];
  });
}

const action = (due: string, more = "") =>
  `actions: [{ id: 2026-W46-1, decision: optimize, title: "Cap the retries of the worker at three", owner: "@octocat", due: ${due}, tactic: "Set MAX_RETRIES to 3", status: open${more} }]`;
const week = (front: string) => ({ front });
const older = [
  week(action("2026-12-18").replace("W46", "W45")),
  week("actions: []\noutcome: no-action-needed\nprevious: [{ id: 2026-W45-1, status: open, due: 2026-12-18 }]"),
];

export const previous: Rule = {
  name: "previous",
  reason:
    "What earlier reviews decided is answered before anything new: an open action that was due by this review, or is carried for the second time, is done, dropped with a reason, given a new date with a reason, or escalated (S6, S36, S39).",
  examples: [
    { front: "previous: [{ id: 2026-W46-1, status: open, due: 2026-11-24 }]", earlier: [week(action("2026-11-24"))] },
    {
      front: "previous: [{ id: 2026-W46-1, status: open, due: 2026-11-23 }]",
      earlier: [week(action("2026-11-23"))],
      remark: "2026-W46-1 was due by this review (2026-11-23) and is still open",
    },
    { front: "previous: [{ id: 2026-W46-1, status: done, due: 2026-11-23 }]", earlier: [week(action("2026-11-23"))] },
    {
      front: 'previous: [{ id: 2026-W46-1, status: open, due: 2026-12-04, reason: "Waits for the release of 1 December" }]',
      earlier: [week(action("2026-11-23"))],
    },
    {
      front: "previous: [{ id: 2026-W46-1, status: open, due: 2026-12-04 }]",
      earlier: [week(action("2026-11-23"))],
      remark: "the date of 2026-W46-1 moved from 2026-11-23 to 2026-12-04 without a reason",
    },
    { front: "previous: [{ id: 2026-W46-1, status: dropped, due: 2026-12-04 }]", remark: "2026-W46-1 is dropped without a reason" },
    {
      front:
        'previous: [{ id: 2026-W46-1, status: open, due: 2026-11-23 }]\nactions: [{ id: 2026-W47-1, decision: escalate, title: "Decide who changes the retries", about: 2026-W46-1, owner: "@octocat", due: 2026-11-25, why: "The worker belongs to another group, which has no time for it", options: [lend a person, accept the cost], recommendation: lend a person, to: "@ada", status: open }]',
      earlier: [week(action("2026-11-23"))],
    },
    {
      front: "previous: [{ id: 2026-W45-1, status: open, due: 2026-12-18 }]",
      earlier: older,
      remark: "2026-W45-1 is carried for the second time and is still open",
    },
    {
      front: 'previous: [{ id: 2026-W45-1, status: open, due: 2026-12-18, reason: "On the way: half of the workers have it" }]',
      earlier: older,
    },
    { front: "previous: [{ id: 2026-W46-1, status: dropped, due: 2026-12-04, reason: ok }]", remark: '2026-W46-1: its reason "ok"' },
    { earlier: [week(action("2026-12-04"))], remark: "2026-W46-1 is still open in an earlier review and is not listed under previous" },
    {
      front: "previous: [{ id: 2026-W46-1, status: open, due: 2026-12-04 }, { id: 2026-W46-7, status: done, due: 2026-12-04 }]",
      earlier: [week(action("2026-12-04"))],
      remark: "2026-W46-7 is no action of the review 2026-W46, so what is answered here counts for nothing",
    },
  ],
  check: (review, { earlier }) => {
    const before = earlierActions(earlier);
    // The rule on escalations speaks of an investigation whose cycle has passed, and says what to do with it.
    const spikes = new Set(openSpikes(review, earlier).map(({ id }) => id));
    const answered = (review.front.previous ?? []).flatMap((entry, index): Remark[] => {
      const point = spikes.has(entry.id) ? null : openPoint(review, entry, before.get(entry.id));
      if (point === null) return [];
      const [message, remedy] = point;
      return [{ at: entry.id, ...review.placeOf(["previous", index]), message, remedy }];
    });
    return [...answered, ...strangerRemarks(review, earlier, before), ...missingRemarks(review, before)];
  },
};
