import { appendFileSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { historyOf, lab, pathOf, reported, textOf } from "./actions-lab.ts";

const id = "2026-W44-1";
const p44 = pathOf("2026-11-02");
const w44 = (action: Readonly<Record<string, string>> = {}) => textOf({ date: "2026-11-02", actions: [action] });

describe("a repository with a loss", () => {
  const damaged = (object: string) => {
    const { folder, commit, git } = lab();
    commit("Ada", "2026-11-02", { [p44]: w44() });
    commit("Ada", "2026-11-03", { [p44]: w44({ owner: "@hubot" }) });
    commit("Ada", "2026-11-04", { [p44]: w44({ owner: "@hubot", status: "done" }) });
    const id = git("rev-parse", object);
    rmSync(join(folder, ".git/objects", id.slice(0, 2), id.slice(2)));
    return folder;
  };

  it("of one version: it is passed over", async () => {
    expect(await historyOf(damaged(`HEAD~1:${p44}`), id)).toEqual([
      "2026-11-02 Ada created",
      "2026-11-02 Ada decided",
      "2026-11-04 Ada owner @octocat @hubot",
      "2026-11-04 Ada status open done",
    ]);
  });

  it("of a commit: the files are told, and why there is no history", async () => {
    const { actions, history } = await reported(damaged("HEAD~1^{tree}"));
    expect(actions).toMatchObject([{ id, status: "done", history: [] }]);
    expect(history).toEqual({
      complete: false,
      note: expect.stringMatching(/^git cannot read the history of the reviews: .*This is what/),
    });
  });
});

describe("the cache", () => {
  it("changes nothing that is said, whatever is in it", async () => {
    const { folder, commit } = lab();
    commit("Ada", "2026-11-02", { [p44]: w44() });
    const cache = join(folder, ".git/overpace/actions");
    const first = await reported(folder, ["--dry-run"]);
    expect(existsSync(cache)).toBe(false);
    expect(await reported(folder)).toEqual(first);
    const kept = readFileSync(cache, "utf8");
    expect(await reported(folder)).toEqual(first);
    for (const damage of ["", "nonsense", kept.replace("octocat", "mallory"), kept.slice(0, -2)]) {
      writeFileSync(cache, damage);
      expect(await reported(folder)).toEqual(first);
      expect(readFileSync(cache, "utf8")).toBe(kept);
    }
    commit("Ada", "2026-11-03", { [p44]: w44({ owner: "@hubot" }) });
    appendFileSync(join(folder, p44), "More prose.\n");
    expect((await historyOf(folder, id)).at(-1)).toBe("2026-11-03 Ada owner @octocat @hubot");
  });
});
