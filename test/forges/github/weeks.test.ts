import { describe, expect, it } from "vitest";
import { filesIn, overpace, write } from "../../support/world.ts";
import { type Lab, type Ran, branch, costs, lab, ready, review } from "./lab.ts";

const idsIn = ({ json }: Ran) => (json["reviews"] as { id: string; state: string }[]).map(({ id, state }) => `${id} ${state}`);
const branchesOf = async ({ github }: Lab) => Object.keys(await github.repo("acme/app").branches()).filter((name) => name !== "main");

/** The review of a day as the folder forge writes it, as if it came with the checkout. */
async function checkedOut({ folder }: Lab, day: string): Promise<void> {
  expect((await overpace(folder, ["weekly", "--as-of", day])).code).toBe(0);
}

describe("without --as-of", () => {
  it("nothing known: the current week alone, late or not", async () => {
    const made = await lab();
    expect(idsIn(await made.scheduled("2026-11-26T09:00:00Z"))).toEqual(["2026-W47 created"]);
    expect(idsIn(await made.scheduled("2026-11-29T23:00:00Z"))).toEqual(["2026-W47 unchanged"]);
  });

  it("missed weeks are caught up oldest first, each its own pull request with files of its own", async () => {
    const made = await lab();
    await made.run("--as-of", "2026-11-02");
    const ran = await made.scheduled("2026-11-23T06:17:00Z");
    expect(idsIn(ran)).toEqual(["2026-W45 created", "2026-W46 created", "2026-W47 created"]);
    expect(ran.json).toMatchObject({ id: "2026-W47" });
    const pulls = await made.github.repo("acme/app").pulls();
    expect(pulls.map(({ pull }) => pull?.headRef)).toEqual(["44", "45", "46", "47"].map((week) => `overpace/2026-W${week}`));
    const lists = await Promise.all(
      pulls.map(async ({ number }) => {
        const { body } = await made.github.as("octocat").request("GET", `/repos/acme/app/pulls/${number}/files`);
        return (body as { filename: string }[]).map(({ filename }) => filename);
      }),
    );
    expect(new Set(lists.flat()).size).toBe(lists.flat().length);
    for (const { number } of pulls) {
      await ready(made, number);
      await made.github.as("octocat").merge("acme/app", number, "squash");
    }
  });

  it("at most four at once, and it says that there are more", async () => {
    const made = await lab();
    await made.run("--as-of", "2026-11-02");
    const ran = await made.scheduled("2026-12-08T06:17:00Z");
    expect(idsIn(ran)).toEqual(["45", "46", "47", "48"].map((week) => `2026-W${week} created`));
    expect(ran.err).toContain("reviews after 2026-11-30 are still missing");
    expect(idsIn(await made.scheduled("2026-12-08T06:30:00Z"))).toEqual(["2026-W49 created"]);
  });

  const known: Record<string, (made: Lab) => Promise<unknown>> = {
    "an open pull request": (made) => made.run("--as-of", "2026-11-09"),
    "a closed pull request": async (made) => {
      await made.run("--as-of", "2026-11-09");
      await made.github.as("octocat").closePull("acme/app", 1);
      await made.github.repo("acme/app").deleteBranch("overpace/2026-W45");
    },
    "a merged pull request": async (made) => {
      await made.run("--as-of", "2026-11-09");
      await ready(made, 1);
      await made.github.as("octocat").merge("acme/app", 1);
      await made.github.repo("acme/app").deleteBranch("overpace/2026-W45");
    },
    "a file": (made) => checkedOut(made, "2026-11-09"),
  };
  it.each(Object.entries(known))("the newest week is known from %s", async (_, make) => {
    const made = await lab();
    await make(made);
    expect(idsIn(await made.scheduled("2026-11-23T06:17:00Z"))).toEqual(["2026-W46 created", "2026-W47 created"]);
  });

  const begun: Record<string, [(made: Lab) => Promise<unknown>, string]> = {
    "an empty branch": [(made) => made.github.repo("acme/app").commit("overpace/2026-W45", {}, { from: "main" }), "created"],
    "a branch with its files": [
      async ({ github, run }) => {
        github.repo("acme/app").data.actionsMayCreatePulls = false;
        expect((await run("--as-of", "2026-11-09")).code).toBe(3);
        github.repo("acme/app").data.actionsMayCreatePulls = true;
      },
      "unchanged",
    ],
  };
  it.each(Object.entries(begun))("%s without a pull request is the newest week known, and gets its own", async (_, [make, state]) => {
    const made = await lab();
    await make(made);
    expect(idsIn(await made.scheduled("2026-11-23T06:17:00Z"))).toEqual([`2026-W45 ${state}`, "2026-W46 created", "2026-W47 created"]);
    expect(await made.github.repo("acme/app").pulls()).toHaveLength(3);
    expect(idsIn(await made.scheduled("2026-11-23T07:17:00Z"))).toEqual(["2026-W47 unchanged"]);
  });

  it("a branch without a pull request is finished also when newer weeks are known; not where its file came in, nor after eight weeks", async () => {
    const made = await lab();
    await checkedOut(made, "2026-11-09");
    await made.run();
    for (const name of ["overpace/2026-W39", "overpace/2026-W45", "overpace/2026-W46"])
      await made.github.repo("acme/app").commit(name, {}, { from: "main" });
    expect(idsIn(await made.scheduled("2026-11-23T06:17:00Z"))).toEqual(["2026-W46 created", "2026-W47 unchanged"]);
  });

  it("branches that are no reviews, monthly ones, and a fork's count for nothing", async () => {
    const made = await lab();
    for (const name of ["overpace/notes", "overpace/2026-10", "overpace/2026-W60"])
      await made.github.repo("acme/app").commit(name, {}, { from: "main" });
    expect(idsIn(await made.scheduled("2026-11-23T06:17:00Z"))).toEqual(["2026-W47 created"]);
  });
});

describe("with --as-of", () => {
  it("the review of a past week stands beside an open one, with no file in common", async () => {
    const made = await lab();
    await made.run();
    const before = await made.github.repo("acme/app").files(branch);
    expect((await made.run("--as-of", "2026-11-16")).json).toMatchObject({
      id: "2026-W46",
      state: "created",
      pr: expect.stringContaining("/2"),
    });
    const other = await made.github.repo("acme/app").files("overpace/2026-W46");
    expect(Object.keys(other).filter((name) => name in before)).toEqual(["README.md"]);
    expect(await branchesOf(made)).toEqual(["overpace/2026-W46", "overpace/2026-W47"]);
  });

  it("--dry-run changes nothing and says what it would do", async () => {
    const made = await lab();
    const { code, json } = await made.run("--dry-run");
    expect({ code, json }).toMatchObject({ code: 0, json: { state: "created" } });
    expect(made.github.requests.filter(({ method }) => method !== "GET")).toEqual([]);
  });
});

/** A held review with 20 open actions, after `older` reviews. */
async function history(made: Lab, older: number): Promise<void> {
  await checkedOut(made, "2026-11-09");
  const [name = "", text = ""] = Object.entries(filesIn(made.folder)).find(([name]) => name.endsWith("2026-W45.md")) ?? [];
  const action = (n: number) =>
    `  - { id: 2026-W45-${n}, decision: investigate, title: Look ${n}, owner: "@octocat", due: 2026-12-04, status: open }`;
  const held = text
    .replace(/^state: draft.*$/m, "state: held")
    .replace(/^actions:.*$/m, `actions:\n${Array.from({ length: 20 }, (_, n) => action(n + 1)).join("\n")}`);
  const old = Array.from({ length: older }, (_, n) => `${2020 - Math.floor(n / 52)}-W${String((n % 52) + 1).padStart(2, "0")}`);
  write(made.folder, {
    [name]: held,
    ...Object.fromEntries(old.map((id) => [`reviews/${id.slice(0, 4)}/${id}.md`, text.replaceAll("2026-W45", id)])),
  });
}

/** Over a hundred pull requests newer than the review's own: old weeks of ours, and other people's work; their branches are gone. */
async function busyRepository({ github }: Lab): Promise<void> {
  const repo = github.repo("acme/app");
  await repo.commit("work", { "work.md": "1\n" }, { from: "main" });
  await github.as("octocat").request("POST", "/repos/acme/app/pulls", { title: "work", head: "work", base: "main" });
  const { issues } = repo.data;
  const one = issues.at(-1);
  if (!one?.pull) throw new Error("there is no pull request");
  for (let n = 2; n <= 104; n++) {
    const headRef = n % 2 === 0 ? `overpace/2024-W${String(n / 2).padStart(2, "0")}` : `work-${n}`;
    issues.push({ ...one, id: one.id + n, number: one.number + n, title: headRef, pull: { ...one.pull, headRef } });
  }
}

describe("requests", () => {
  const counted = async (made: Lab, ...words: string[]) => {
    made.github.forget();
    const { json } = await made.run(...words);
    return `${String(json["state"])}: ${made.github.requests.length}`;
  };

  const none = async () => {};
  it.each([
    ["no history", none, [12, 6, 9, 4]],
    ["300 files, 20 open actions: one more, for their issues", (made: Lab) => history(made, 299), [13, 7, 10, 4]],
  ])("%s", async (_, make, [first, nothing, moved, closed]) => {
    const made = await lab();
    await make(made);
    const created = await counted(made);
    // The history is really read.
    expect(((await made.github.repo("acme/app").read(review, branch)) ?? "").includes("2026-W45-20")).toBe(make !== none);
    const unchanged = await counted(made);
    write(made.folder, { "costs/a.csv": costs(22, 160) });
    const refreshed = await counted(made);
    await made.github.as("octocat").closePull("acme/app", 1);
    expect([created, unchanged, refreshed, await counted(made)]).toEqual([
      `created: ${first}`,
      `unchanged: ${nothing}`,
      `refreshed: ${moved}`,
      `left-alone: ${closed}`,
    ]);
  });

  it("in a busy repository one more, by which an older pull request of the week is found in any state", { timeout: 120_000 }, async () => {
    const made = await lab();
    await history(made, 0);
    await made.run();
    await busyRepository(made);
    expect(await counted(made)).toBe("unchanged: 8");
    expect(await counted(made, "--as-of", "2026-11-16")).toBe("created: 14");
    await made.github.as("octocat").closePull("acme/app", 1);
    expect(await counted(made)).toBe("left-alone: 5");
    await made.github.repo("acme/app").deleteBranch(branch);
    expect((await made.run()).json).toMatchObject({ state: "left-alone", reason: expect.stringContaining("a person closed") });
  });

  it("a repository without draft pull requests: two more", async () => {
    expect(await counted(await lab({ drafts: false }))).toBe("created: 14");
  });
});
