import { describe, expect, it } from "vitest";
import { hashesOfPrevious, refreshPrevious } from "../../../src/document/front-matter/previous-entries.ts";
import type { CarriedAction } from "../../../src/document/front-matter/schema.ts";
import { problemOf } from "../support.ts";

const file = (yaml: string) => `---\nreview: 2026-W47\n${yaml}next: 2026-11-30 # c\n---\nBody\n`;
const [a, b] = ["2026-W46-1", "2026-W46-2"];
const action = (id: string, part: Partial<CarriedAction> = {}): CarriedAction => ({
  id,
  status: "open",
  due: "2026-11-30",
  reason: null,
  issue: null,
  ...part,
});
const line = (id: string, status = "open", rest = "reason: null, issue: null") =>
  `{ id: ${id}, status: ${status}, due: 2026-11-30, ${rest} }`;
/** As people wrote on. */
const theirs = line(a).replace("null, issue", "Waits, issue");
const list = (...lines: string[]) => `previous: # c\n${lines.map((entry) => `  - ${entry}\n`).join("")}`;
const written = hashesOfPrevious([action(a), action(b)]);
const dropped = action(a, { status: "dropped", reason: "Too dear: off", issue: 7 });
const droppedLine = line(a, "dropped", 'reason: "Too dear: off", issue: 7');
const refresh = (yaml: string, carried: CarriedAction[], told: string[], hashes = written) =>
  refreshPrevious(file(yaml), "r.md", { carried, closed: [], told: new Set(told) }, hashes);

describe("refreshPrevious", () => {
  it.each<[string, string, CarriedAction[], string[], string]>([
    ["nothing carried", list(line(a)), [], [], list(line(a))],
    ["an action merged since", list(line(a)), [action(a), action(b)], [], list(line(a), line(b))],
    ["the first one", "previous: [] # c\n", [action(a)], [], list(line(a))],
    ["an entry told by its issue", list(line(a), line(b)), [dropped, action(b)], [a, b], list(droppedLine, line(b))],
    ["the second of a list", list(line(b), line(a)), [dropped, action(b)], [a], list(line(b), droppedLine)],
    ["a list on one line", `previous: [${line(a)}, ${line(b)}]\n`, [dropped], [a], `previous: [${droppedLine}, ${line(b)}]\n`],
    ["spacing alone is still ours", list(line(a).replaceAll(", ", ",  ")), [dropped], [a], list(droppedLine)],
    ["a comment behind it stays", list(`${line(a)} # ask`), [dropped], [a], list(`${droppedLine} # ask`)],
    ["one of two that bear its id, and people's own", list(theirs, line(a)), [dropped], [a], list(theirs, droppedLine)],
    ["one and a new one", list(line(a)), [dropped, action(b)], [a], list(droppedLine, line(b))],
  ])("%s", (_, before, carried, told, after) => {
    const refreshed = refresh(before, carried, told);
    expect(refreshed.text).toBe(file(after));
    expect(refreshPrevious(refreshed.text, "r.md", { carried, closed: [], told: new Set(told) }, refreshed.hashes)).toEqual(refreshed);
  });

  it.each<[string, string, string[]]>([
    ["no issue tells of it", list(line(a)), []],
    ["people gave a reason", list(theirs), [a]],
    ["people set its status", list(line(a, "done")), [a]],
    ["people wrote a key on each line", list(`id: ${a}\n    status: open\n    due: 2026-11-30`), [a]],
    ["people wrote its id as text", list(line(a).replace(a, `"${a}"`)), [a]],
    ["people wrote no id", list("{ status: open }", "Ours", theirs), [a]],
  ])("leaves an entry alone: %s", (_, before, told) => {
    expect(refresh(before, [dropped], told).text).toBe(file(before));
  });

  describe("a review held since", () => {
    const since = (yaml: string, carried: CarriedAction[], closed: CarriedAction[], told: string[] = []) => {
      const previous = { carried, shown: [], closed, told: new Set(told) };
      const refreshed = refreshPrevious(file(yaml), "r.md", previous, written);
      expect(refreshPrevious(refreshed.text, "r.md", previous, refreshed.hashes)).toEqual(refreshed);
      return refreshed.text;
    };
    const [done, later] = [action(a, { status: "done" }), action(a, { due: "2026-12-07" })];
    const laterLine = line(a).replace("2026-11-30", "2026-12-07");

    it.each<[string, string, CarriedAction[], CarriedAction[], string]>([
      ["closed it", list(line(a), line(b)), [action(b)], [done], list(line(a, "done"), line(b))],
      ["closed it with a reason", list(line(a)), [], [dropped], list(droppedLine)],
      ["moved its date", list(line(a)), [later], [], list(laterLine)],
      ["closed what was never carried", list(line(b)), [action(b)], [done], list(line(b))],
      ["closed what people answered", list(theirs), [], [done], list(theirs)],
    ])("%s", (_, before, carried, closed, after) => {
      expect(since(before, carried, closed)).toBe(file(after));
    });

    it("says nothing of what an issue closed", () => {
      const told = refresh(list(line(a)), [dropped], [a]);
      const again = { carried: [later], shown: [], closed: [], told: new Set<string>() };
      expect(refreshPrevious(told.text, "r.md", again, told.hashes).text).toBe(told.text);
    });

    it("leaves the number of its issue", () => {
      const known = refresh(list(line(a)), [action(a, { issue: 7 })], [a]);
      const again = { carried: [], shown: [], closed: [done], told: new Set<string>() };
      expect(refreshPrevious(known.text, "r.md", again, known.hashes).text).toBe(file(list(line(a, "done", "reason: null, issue: 7"))));
    });
  });

  it("leaves the spacing of people where there is nothing new to say", () => {
    const spaced = list(line(a).replaceAll(", ", ",  "));
    expect(refresh(spaced, [action(a)], [a]).text).toBe(file(spaced));
  });

  it("refuses what is no list, with its line", () => {
    expect(problemOf(() => refresh("previous: soon\n", [action(a)], []))).toMatchObject({
      message: "`previous` is not a list",
      place: { line: 3 },
    });
  });

  it("keeps the fingerprints of what stands there, and of no other", () => {
    const gone = { ...written, "2026-W45-1": "0" };
    expect(refresh(list(line(a), theirs), [dropped], [], gone).hashes).toEqual({ [a]: written[a] });
    expect(refresh(list(line(a)), [dropped, action(b)], [a], { [a]: written[a] ?? "" }).hashes).toEqual(
      hashesOfPrevious([dropped, action(b)]),
    );
    expect(refresh(list(theirs), [dropped], [a]).hashes).toEqual({ [a]: written[a] });
    expect(refresh(list(line(b)), [action(b)], [], {}).hashes).toEqual({});
  });
});
