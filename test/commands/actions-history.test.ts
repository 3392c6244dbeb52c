import { describe, expect, it } from "vitest";
import { folderWith, overpace, write } from "../support/world.ts";
import { type Week, historyOf, lab, labIn, pathOf, reported, textOf } from "./actions-lab.ts";

const id = "2026-W44-1";
const w44 = (action: Readonly<Record<string, string | number>> = {}, state: Week["state"] = "held") =>
  textOf({ date: "2026-11-02", state, actions: [action] });
const w45 = (entry: Readonly<Record<string, string | number>>, state: Week["state"] = "held") =>
  textOf({ date: "2026-11-09", state, previous: [{ id, status: "open", due: "2026-11-06", ...entry }] });
const [p44, p45, p46] = [pathOf("2026-11-02"), pathOf("2026-11-09"), pathOf("2026-11-16")];

describe("every change of an action", () => {
  it("is told with its day, author and commit, never with an address", async () => {
    const { folder, commit } = lab();
    commit("Ada", "2026-11-01", { [p44]: w44({}, "draft") });
    commit("Grace", "2026-11-02", { [p44]: w44({ title: "Find the cause and say what fixes it" }, "draft") });
    const held = commit("Ada", "2026-11-02", { [p44]: w44({ title: "Find the cause and say what fixes it" }) });
    commit("Linus", "2026-11-03", {
      [p44]: w44({ title: "Find the cause and say what fixes it", owner: "@hubot", effect: "{ cost: -60 }" }),
    });
    commit("Bot", "2026-11-09", { [p45]: w45({}, "draft") });
    commit("Ada", "2026-11-09", { [p45]: w45({ due: "2026-11-13", reason: "Waits for the release" }) });
    commit("Grace", "2026-11-16", {
      [p46]: textOf({ date: "2026-11-16", previous: [{ id, status: "done", due: "2026-11-13", issue: 7 }] }),
    });
    expect(await historyOf(folder, id)).toEqual([
      "2026-11-01 Ada created",
      "2026-11-02 Grace reworded Find the cause of the jump Find the cause and say what fixes it",
      "2026-11-02 Ada decided",
      "2026-11-03 Linus owner @octocat @hubot",
      "2026-11-03 Linus effect - -60 a week",
      "2026-11-09 Ada due 2026-11-06 2026-11-13",
      "2026-11-16 Grace status open done",
      "2026-11-16 Grace issue - #7",
    ]);
    const { actions, history } = await reported(folder);
    expect(actions).toMatchObject([
      { id, status: "done", due: "2026-11-13", owner: "@hubot", issue: 7, slips: 1, ageWeeks: 8, closed: "2026-11-16" },
    ]);
    expect(actions[0]?.history[2]).toMatchObject({ commit: held, file: p44, change: "decided" });
    expect(actions[0]?.history[5]).toMatchObject({ reason: "Waits for the release" });
    expect(history).toEqual({ complete: true, note: null });
    const { out } = await overpace(folder, ["actions", id, "--as-of", "2026-12-28"]);
    expect(out).toContain(`2026-11-02  ${held}  Ada    decided     its review is held  [${p44}]`);
    expect(out).toContain("date moved  2026-11-06 → 2026-11-13 (slip): Waits for the release");
    expect(out).toContain("\ndone on 2026-11-16 by Grace\n");
    expect(out).not.toContain("example.com");
  });

  it("tells how a revised forecast moved", async () => {
    const { folder, commit } = lab();
    const revised = { decision: "revise-forecast", communication: "Finance by mail" };
    commit("Ada", "2026-11-02", { [p44]: w44(revised) });
    commit("Ada", "2026-11-03", { [p44]: w44({ ...revised, forecast: 17900 }) });
    expect((await historyOf(folder, id)).at(-1)).toBe("2026-11-03 Ada reworded Finance by mail 17900; Finance by mail");
  });

  it("as of an earlier day is told without what later reviews say", async () => {
    const { folder, commit } = lab();
    commit("Ada", "2026-11-02", { [p44]: w44() });
    commit("Ada", "2026-11-09", { [p45]: w45({ due: "2026-11-13", reason: "Waits" }) });
    commit("Grace", "2026-11-10", { [p44]: w44({ effect: "{ cost: -60 }" }) });
    const { actions } = await reported(folder, ["--as-of", "2026-11-08"]);
    expect(actions).toMatchObject([
      { due: "2026-11-06", slips: 0, history: [{ change: "created" }, { change: "decided" }, { change: "effect" }] },
    ]);
  });

  it("counts each move away of the date after the decision, in whatever file", async () => {
    const { folder, commit } = lab();
    commit("Ada", "2026-11-01", { [p44]: w44({}, "draft") });
    commit("Ada", "2026-11-02", { [p44]: w44({ due: "2026-11-07" }, "draft") });
    commit("Ada", "2026-11-03", { [p44]: w44({ due: "2026-11-07" }) });
    commit("Ada", "2026-11-04", { [p44]: w44({ due: "2026-11-10" }) });
    commit("Ada", "2026-11-05", { [p44]: w44({ due: "2026-11-08" }) });
    commit("Ada", "2026-11-09", { [p45]: w45({ due: "2026-11-13" }) });
    expect((await reported(folder)).actions).toMatchObject([{ due: "2026-11-13", slips: 2 }]);
  });

  it("tells of what is removed, restored and reverted", async () => {
    const { folder, commit, git } = lab();
    commit("Ada", "2026-11-02", { [p44]: w44() });
    commit("Ada", "2026-11-03", { [p44]: textOf({ date: "2026-11-02" }) });
    commit("Grace", "2026-11-04", { [p44]: w44() });
    commit("Grace", "2026-11-05", { [p44]: w44({ status: "done" }) });
    git("revert", "--no-edit", "HEAD");
    expect(await historyOf(folder, id)).toEqual([
      "2026-11-02 Ada created",
      "2026-11-02 Ada decided",
      "2026-11-03 Ada removed",
      "2026-11-04 Grace restored",
      "2026-11-05 Grace status open done",
      "2026-12-24 Merger status done open",
    ]);
    commit("Ada", "2026-11-06", { [p44]: textOf({ date: "2026-11-02" }) });
    const { out } = await overpace(folder, ["actions", id, "--as-of", "2026-12-28"]);
    expect(out).toContain(`${id} stands in no review any more\n`);
    expect(out).toMatch(/2026-11-06 {2}\w{7} {2}Ada {5}removed/);
  });

  it("of a file that is broken in one commit: what it said before stays until it can be read again", async () => {
    const { folder, commit } = lab();
    commit("Ada", "2026-11-02", { [p44]: w44() });
    commit("Ada", "2026-11-03", { [p44]: w44().replace("status: open", "status: [open") });
    commit("Grace", "2026-11-04", { [p44]: w44({ status: "done" }) });
    expect(await historyOf(folder, id)).toEqual(["2026-11-02 Ada created", "2026-11-02 Ada decided", "2026-11-04 Grace status open done"]);
    commit("Ada", "2026-11-05", { [p44]: "no review\n" });
    const { code, err, out } = await overpace(folder, ["actions", "--json", "--as-of", "2026-12-28"]);
    expect({ code, err }).toEqual({
      code: 0,
      err: `warning: ${p44}: its actions cannot be read: overpace check says what is wrong with it\n`,
    });
    expect(JSON.parse(out)).toMatchObject({ actions: [{ id, status: "done" }] });
  });

  it("of files with other line breaks", async () => {
    const { folder, commit } = lab();
    const crlf = (text: string) => text.replaceAll("\n", "\r\n");
    commit("Ada", "2026-11-02", { ".gitattributes": "* -text\n", [p44]: crlf(w44()) });
    commit("Ada", "2026-11-03", { [p44]: w44() });
    commit("Ada", "2026-11-04", { [p44]: crlf(w44({ owner: "@hubot" })) });
    expect(await historyOf(folder, id)).toEqual([
      "2026-11-02 Ada created",
      "2026-11-02 Ada decided",
      "2026-11-04 Ada owner @octocat @hubot",
    ]);
  });

  it("of what is not committed yet", async () => {
    const { folder, commit } = lab();
    commit("Ada", "2026-11-02", { [p44]: w44() });
    write(folder, { [p44]: w44({ status: "done" }), [p45]: textOf({ date: "2026-11-09", actions: [{}] }) });
    expect((await historyOf(folder, id)).at(-1)).toBe("not committed - status open done");
    expect(await historyOf(folder, "2026-W45-1")).toEqual(["not committed - created", "not committed - decided"]);
  });
});

describe("the shapes a history takes", () => {
  it("files and folders that were moved", async () => {
    const { folder, commit, git } = lab();
    commit("Ada", "2026-11-02", { [p44.replace("reviews/", "costs/notes/")]: w44() });
    commit("Ada", "2026-11-03", { [p44.replace("reviews/", "costs/notes/")]: w44({ owner: "@hubot" }) });
    git("mv", "costs/notes", "log");
    commit("Grace", "2026-11-04", { "x.txt": "" });
    git("mv", "log", "reviews");
    commit("Grace", "2026-11-05", { "y.txt": "" });
    git("mv", p44, "reviews/2026-W44.md");
    commit("Grace", "2026-11-06", { "z.txt": "" });
    git("mv", "reviews/2026-W44.md", p44);
    commit("Linus", "2026-11-07", { [p44]: w44({ owner: "@hubot", status: "done" }) });
    expect(await historyOf(folder, id)).toEqual([
      "2026-11-02 Ada created",
      "2026-11-02 Ada decided",
      "2026-11-03 Ada owner @octocat @hubot",
      "2026-11-07 Linus status open done",
    ]);
    expect((await reported(folder)).actions[0]?.history[0]?.file).toBe("costs/notes/2026/2026-W44.md");
  });

  it("a merge: its changes are those of the branch, and what the merge itself decided", async () => {
    const { folder, commit, git } = lab();
    commit("Ada", "2026-11-02", { [p44]: w44() });
    git("checkout", "-q", "-b", "overpace/2026-W45");
    commit("Bot", "2026-11-08", { [p45]: w45({}, "draft") });
    commit("Grace", "2026-11-09", { [p45]: w45({ due: "2026-11-13" }) });
    git("checkout", "-q", "main");
    commit("Linus", "2026-11-08", { [p44]: w44({ owner: "@hubot" }) });
    git("merge", "-q", "--no-edit", "overpace/2026-W45");
    expect((await historyOf(folder, id)).toSorted()).toEqual([
      "2026-11-02 Ada created",
      "2026-11-02 Ada decided",
      "2026-11-08 Linus owner @octocat @hubot",
      "2026-11-09 Grace due 2026-11-06 2026-11-13",
    ]);
    git("checkout", "-q", "-b", "other");
    commit("Ada", "2026-11-10", { [p44]: w44({ owner: "@ada" }) });
    git("checkout", "-q", "main");
    commit("Linus", "2026-11-10", { [p44]: w44({ owner: "@linus" }) });
    git("merge", "-q", "--no-edit", "-s", "ours", "other");
    expect((await reported(folder)).actions).toMatchObject([{ owner: "@linus" }]);
    git("checkout", "-q", "-b", "third", "HEAD~1");
    commit("Ada", "2026-11-11", { [p44]: w44({ owner: "@grace" }) });
    git("checkout", "-q", "main");
    git("merge", "-q", "--no-commit", "-s", "ours", "third");
    write(folder, { [p44]: w44({ owner: "@both" }) });
    git("commit", "-qam", "evil");
    expect((await historyOf(folder, id)).at(-1)).toBe("2026-12-24 Merger owner @linus @both");
  });

  it("a squash: by its commit, and by those of the branch while it can be seen", async () => {
    const { folder, commit, git } = lab();
    commit("Ada", "2026-11-01", { "x.txt": "" });
    git("checkout", "-q", "-b", "overpace/2026-W44");
    commit("Bot", "2026-11-02", { [p44]: w44({}, "draft") });
    commit("Grace", "2026-11-03", { [p44]: w44({ owner: "@hubot" }, "draft") });
    commit("Ada", "2026-11-04", { [p44]: w44({ owner: "@hubot" }) });
    git("checkout", "-q", "main");
    git("merge", "-q", "--squash", "overpace/2026-W44");
    git("commit", "-qm", "squashed");
    const seen = ["2026-11-02 Bot created", "2026-11-03 Grace owner @octocat @hubot", "2026-11-04 Ada decided"];
    expect(await historyOf(folder, id)).toEqual(seen);
    git("revert", "--no-edit", "HEAD");
    git("revert", "--no-edit", "HEAD");
    expect(await historyOf(folder, id)).toEqual([...seen, "2026-12-24 Merger removed", "2026-12-24 Merger restored"]);
    git("reset", "-q", "--hard", "HEAD~2");
    git("branch", "-qD", "overpace/2026-W44");
    expect(await historyOf(folder, id)).toEqual(["2026-12-24 Merger created", "2026-12-24 Merger decided"]);
  });

  it("a branch whose commits were replaced: what it holds now", async () => {
    const { folder, commit, git } = lab();
    commit("Ada", "2026-11-01", { "x.txt": "" });
    git("checkout", "-q", "-b", "overpace/2026-W44");
    commit("Bot", "2026-11-02", { [p44]: w44({ title: "First thought" }, "draft") });
    git("reset", "-q", "--hard", "main");
    commit("Bot", "2026-11-03", { [p44]: w44({ title: "Second thought" }, "draft") });
    commit("Ada", "2026-11-04", { [p44]: w44({ title: "Second thought", owner: "@hubot" }) });
    expect(await historyOf(folder, id)).toEqual(["2026-11-03 Bot created", "2026-11-04 Ada owner @octocat @hubot"]);
    const { actions, drafts } = await reported(folder);
    expect([actions, drafts]).toMatchObject([[], [{ id, owner: "@hubot" }]]);
  });

  it("a branch that is behind: what was merged since counts", async () => {
    const { folder, commit, git } = lab();
    commit("Ada", "2026-11-02", { [p44]: w44() });
    git("branch", "-q", "work");
    commit("Ada", "2026-11-09", { [p45]: w45({ status: "done" }), [p44]: w44({ owner: "@hubot" }) });
    git("checkout", "-q", "work");
    expect((await reported(folder)).actions).toMatchObject([{ id, status: "done", owner: "@hubot" }]);
  });

  it("of one action names no change of another, and of one that is gone still all of its own", async () => {
    const { folder, commit } = lab();
    const week = (...actions: Week["actions"] & object) => textOf({ date: "2026-11-02", actions });
    commit("Ada", "2026-11-02", { [p44]: week({ n: 1 }, { n: 2, title: "Another" }) });
    commit("Grace", "2026-11-03", { [p44]: week({ n: 1 }) });
    const shown = async (one: string) => (await overpace(folder, ["actions", one, "--as-of", "2026-11-09"])).out.split("\n").slice(1);
    expect((await shown("2026-W44-1")).filter((line) => line.includes("Grace"))).toEqual([]);
    const gone = (await shown("2026-W44-2")).filter((line) => line !== "");
    expect(gone.map((line) => /Ada|Grace/.exec(line)?.[0])).toEqual(["Ada", "Ada", "Grace"]);
  });

  it("a shallow clone says where its sight ends", async () => {
    const origin = lab();
    origin.commit("Ada", "2026-11-02", { [p44]: w44() });
    const last = origin.commit("Grace", "2026-11-09", { [p45]: w45({ due: "2026-11-13" }) });
    origin.commit("Linus", "2026-11-10", { [p45]: w45({ due: "2026-11-13", status: "done" }) });
    const clone = labIn(folderWith());
    clone.git("clone", "-q", "--depth", "2", `file://${origin.folder}`, ".");
    expect(await historyOf(clone.folder, id)).toEqual([
      "2026-11-09 Grace seen",
      "2026-11-09 Grace due 2026-11-06 2026-11-13",
      "2026-11-10 Linus status open done",
    ]);
    const { actions, history } = await reported(clone.folder);
    expect(actions).toMatchObject([{ slips: 1, status: "done" }]);
    expect(actions[0]?.history[0]).toMatchObject({ orEarlier: true });
    expect(history).toEqual({ complete: false, note: expect.stringContaining(`before commit ${last} of 2026-11-09 cannot be seen`) });
    clone.git("fetch", "-q", "--unshallow");
    expect((await historyOf(clone.folder, id))[0]).toBe("2026-11-02 Ada created");
  });

  it("an orphan: a history that began anew", async () => {
    const { folder, commit, git } = lab();
    commit("Ada", "2026-11-02", { [p44]: w44() });
    git("checkout", "-q", "--orphan", "fresh");
    commit("Grace", "2026-11-20", { [p44]: w44({ status: "done" }) });
    git("branch", "-qM", "main");
    expect(await historyOf(folder, id)).toEqual(["2026-11-20 Grace created", "2026-11-20 Grace decided"]);
  });

  it("a repository of another kind of ids, reviews at its top, and settings of people that change what git prints", async () => {
    const { folder, git, commit } = labIn(folderWith());
    git("init", "-q", "-b", "main", "--object-format=sha256");
    for (const [key, value] of [
      ["log.showRoot", "false"],
      ["log.follow", "true"],
      ["diff.noprefix", "true"],
      ["diff.relative", "true"],
      ["log.showSignature", "true"],
      ["core.quotePath", "true"],
    ] as const)
      git("config", key, value);
    commit("Ada", "2026-11-02", { "2026/2026-W44.md": w44() });
    commit("Ada", "2026-11-03", { "2026/2026-W44.md": w44({ owner: "@hubot" }) });
    const { actions } = await reported(folder, ["--reviews", "."]);
    expect(actions[0]?.history.map(({ change }) => change)).toEqual(["created", "decided", "owner"]);
  });
});
