import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays } from "../../../src/core/day.ts";
import { type ActionChange, type ChangeCommit, type FileVersion, actionHistory } from "../../../src/document/actions/changes.ts";
import { type Said, saidBy } from "../../../src/document/actions/said.ts";
import { type ActionSource, trackActions } from "../../../src/document/actions/track.ts";
import type { Action, CarriedAction } from "../../../src/document/front-matter/schema.ts";
import { runs } from "../../support/properties.ts";

const dates = ["2026-11-02", "2026-11-09", "2026-11-16"] as const;
const reviewOf = (date: string) => `2026-W${44 + dates.indexOf(date as (typeof dates)[number])}`;
const days = fc.integer({ min: 0, max: 20 }).map((count) => addDays("2026-11-02", count));
const status = fc.constantFrom<Action["status"][]>("open", "done", "dropped");
const issue = fc.constantFrom(null, 4, 7);

const actionOf = (review: string, number: number): fc.Arbitrary<Action> =>
  fc.record({
    id: fc.constant(`${review}-${number}`),
    decision: fc.constant("optimize" as const),
    title: fc.constantFrom("Cap the retries", "Cache the answers", ""),
    tactic: fc.constantFrom("In the worker", ""),
    owner: fc.constantFrom("@octocat", "@hubot", ""),
    due: fc.option(days),
    status,
    issue,
    effect: fc.constantFrom({ cost: -60 }, { percent: -20 }),
  });

const carried = fc.record({
  id: fc.constantFrom("2026-W44-1", "2026-W44-2", "2026-W45-1", "2026-W46-1"),
  status,
  due: days,
  reason: fc.constantFrom(null, "Waits"),
  issue,
}) satisfies fc.Arbitrary<CarriedAction>;

const sourceOf = (date: string): fc.Arbitrary<ActionSource> =>
  fc.record({
    review: fc.constant(reviewOf(date)),
    period: fc.constant({ end: date }),
    state: fc.constantFrom<ActionSource["state"][]>("draft", "held"),
    next: fc.constant(addDays(date, 7)),
    actions: fc
      .tuple(fc.option(actionOf(reviewOf(date), 1)), fc.option(actionOf(reviewOf(date), 2)))
      .map((list) => list.filter((item) => item !== null)),
    previous: fc.uniqueArray(carried, { maxLength: 3, selector: ({ id }) => id }),
  });

/** What one commit puts in the place of one file: a text, none, or one that cannot be read. */
const steps = fc.array(
  fc
    .constantFrom(...dates)
    .chain((date) =>
      fc.tuple(
        fc.constant(date),
        fc.oneof({ weight: 8, arbitrary: sourceOf(date) }, fc.constant(null), fc.constant("unreadable" as const)),
      ),
    ),
  { maxLength: 12 },
);

const commitAt = (index: number): ChangeCommit => ({ id: String(index), author: "Ada", day: "2026-11-02", isBoundary: false });

/** The versions of a straight history. */
function versionsOf(list: readonly (readonly [string, FileVersion["after"]])[]): FileVersion[] {
  const now = new Map<string, FileVersion["after"]>();
  return list.map(([date, after], index) => {
    const before = now.get(date) ?? null;
    now.set(date, after);
    return { commit: commitAt(index), file: `${reviewOf(date)}.md`, review: reviewOf(date), before: [before], after, isTaken: false };
  });
}

/** What the changes alone say of the actions at the end. */
function replayed(changes: readonly ActionChange[]): Map<string, Said> {
  const known = new Map<string, Said>();
  for (const { id, kind, key, from, to, said } of changes) {
    const before = known.get(id);
    if (kind === "removed") known.delete(id);
    else if (said) {
      expect(before).toBeUndefined();
      known.set(id, said);
    } else if (key && before) {
      expect(before[key]).toBe(from);
      known.set(id, { ...before, [key]: to });
    } else expect([kind, before !== undefined]).toEqual(["decided", true]);
  }
  return known;
}

describe("actionHistory", () => {
  it("played again gives what the files say at the end", () => {
    fc.assert(
      fc.property(steps, (list) => {
        const { changes, files } = actionHistory(versionsOf(list));
        const tracked = [...trackActions(files)].map(([id, action]) => [id, saidBy(action)] as const);
        expect(replayed(changes)).toEqual(new Map(tracked.toSorted()));
      }),
      runs(400),
    );
  });

  it("counts the slips that the files show, where files only ever come", () => {
    fc.assert(
      fc.property(fc.tuple(...dates.map(sourceOf)), (sources) => {
        const { changes, files } = actionHistory(versionsOf(sources.map((source) => [source.period.end, source])));
        for (const [id, { slips, held }] of trackActions(files))
          if (held) expect(changes.filter((change) => change.id === id && change.isSlip).length).toBe(slips);
      }),
      runs(200),
    );
  });

  it("tells nothing of a version that says the same", () => {
    fc.assert(
      fc.property(steps, sourceOf(dates[2]), (list, source) => {
        const versions = versionsOf([...list, [dates[2], source], [dates[2], structuredClone(source)]]);
        expect(actionHistory(versions).changes).toEqual(actionHistory(versions.slice(0, -1)).changes);
      }),
      runs(100),
    );
  });
});
