import { describe, expect, it, vi } from "vitest";
import { write } from "../../support/world.ts";
import { type Lab, branch, costs, lab, ready, review } from "./lab.ts";

const repo = ({ github }: Lab) => github.repo("acme/app");
const chart = "reviews/2026/2026-W47.svg";

/** A run that must leave everything as it is, and say why. */
async function leftAlone(made: Lab, reason: string | RegExp): Promise<void> {
  const before = await made.github.snapshot();
  const { code, err, json } = await made.run();
  expect({ code, err, json }).toMatchObject({
    code: 0,
    err: "",
    json: { state: "left-alone", id: "2026-W47", verdict: "good", reason: expect.stringMatching(reason) },
  });
  expect(await made.github.snapshot()).toEqual(before);
}

describe("a pull request that people are done with", () => {
  it.each(["with", "without"])("closed, %s its branch: left alone, and said", async (how) => {
    const made = await lab();
    await made.run();
    await made.github.as("octocat").closePull("acme/app", 1);
    if (how === "without") await repo(made).deleteBranch(branch);
    await leftAlone(made, /a person closed its pull request .*\/pull\/1 \(reopen it/);
  });

  it("its branch deleted while it was open: closed by that", async () => {
    const made = await lab();
    await made.run();
    await repo(made).deleteBranch(branch);
    await leftAlone(made, "a person closed");
  });

  it.each(["merge", "squash", "rebase"] as const)("merged by %s, its branch kept or deleted: left alone", async (method) => {
    const made = await lab();
    await made.run();
    await ready(made, 1);
    await made.github.as("octocat").merge("acme/app", 1, method);
    expect(await repo(made).read(review, "main")).toContain("review: 2026-W47");
    write(made.folder, { "costs/a.csv": costs(22, 160) });
    await leftAlone(made, "is merged");
    await repo(made).deleteBranch(branch);
    await leftAlone(made, "is merged");
  });

  it("the review came to the default branch without a pull request: left alone, also where a branch stands", async () => {
    const made = await lab();
    await made.run();
    const files = await repo(made).files(branch);
    const other = await lab({ files });
    await leftAlone(other, "on the default branch already");
    await repo(other).commit(branch, {}, { from: "main" });
    await leftAlone(other, "on the default branch already");
  });

  it("reopened, it is refreshed again", async () => {
    const made = await lab();
    await made.run();
    await made.github.as("octocat").closePull("acme/app", 1);
    await made.github.as("octocat").request("PATCH", "/repos/acme/app/pulls/1", { state: "open" });
    write(made.folder, { "costs/a.csv": costs(22, 160) });
    expect((await made.run()).json).toMatchObject({ state: "refreshed" });
  });
});

describe("the review file on its branch", () => {
  const changes = {
    deleted: () => ({ [review]: null }),
    renamed: (text: string) => ({ [review]: null, "reviews/2026/2026-W47-final.md": text }),
    "deleted with all else": () => ({ [review]: null, [chart]: null, "reviews/ledger/2026-11-23.2026-W47.csv": null }),
  };
  it.each(Object.entries(changes))("%s by a person: left alone, and said", async (_, change) => {
    const made = await lab();
    await made.run();
    await repo(made).commit(branch, change((await repo(made).read(review, branch)) ?? ""), { by: "octocat" });
    write(made.folder, { "costs/a.csv": costs(22, 160) });
    await leftAlone(made, "somebody deleted or renamed reviews/2026/2026-W47.md on the branch overpace/2026-W47");
  });

  it("renamed on a branch that has no pull request yet: left alone too", async () => {
    const made = await lab({ actionsMayCreatePulls: false });
    expect((await made.run()).code).toBe(3);
    const text = (await repo(made).read(review, branch)) ?? "";
    await repo(made).commit(branch, { [review]: null, "reviews/2026/2026-W47-final.md": text }, { by: "octocat" });
    made.github.repo("acme/app").data.actionsMayCreatePulls = true;
    await leftAlone(made, "somebody deleted or renamed");
  });

  it("there without a pull request, as Actions could not make one: it is made as soon as it can be", async () => {
    const made = await lab({ actionsMayCreatePulls: false });
    expect((await made.run()).code).toBe(3);
    const head = repo(made).head(branch);
    repo(made).data.actionsMayCreatePulls = true;
    expect(await made.said()).toMatch(
      /\/pull\/1 \(unchanged\)\nSays: .*\nNext:   open it, explain each delta, decide, and set state: held\n$/,
    );
    expect(await made.said()).toContain("Next:   nothing new since the last run: go on deciding\n");
    expect((await made.run()).json).toMatchObject({ state: "unchanged", pr: expect.stringContaining("/pull/1") });
    expect(repo(made).head(branch)).toBe(head);
  });

  it.each([
    ["not UTF-8", Buffer.from([0x23, 0xff, 0xfe, 0x0a]), "is not UTF-8 text"],
    ["with a damaged zone", "cut", "overpace"],
  ])("%s: refused with its place, nothing written", async (_, damage, words) => {
    const made = await lab();
    await made.run();
    const text = (await repo(made).read(review, branch)) ?? "";
    await repo(made).commit(branch, { [review]: damage === "cut" ? text.replace("<!-- /overpace:summary -->\n", "") : damage });
    const before = await made.github.snapshot();
    write(made.folder, { "costs/a.csv": costs(22, 160) });
    const { code, err } = await made.run();
    expect({ code, err }).toMatchObject({ code: 3, err: expect.stringContaining(words) });
    expect(err).toContain(review);
    expect(await made.github.snapshot()).toEqual(before);
  });

  it("not heard to its end: not taken for a file that is not there", async () => {
    const made = await lab();
    await made.run();
    const before = await made.github.snapshot();
    const real = globalThis.fetch;
    const broken = () => new ReadableStream({ pull: (stream) => stream.error(new Error("broke off")) });
    vi.stubGlobal("fetch", (...asked: Parameters<typeof fetch>) =>
      String(asked[0]).includes("/contents/") ? Promise.resolve(new Response(broken())) : real(...asked),
    );
    const { code, err } = await made.run().finally(() => vi.unstubAllGlobals());
    expect({ code, err }).toMatchObject({ code: 3, err: expect.stringContaining("GitHub's answer broke off") });
    expect(await made.github.snapshot()).toEqual(before);
  });
});

describe("meanwhile", () => {
  it("the branch was deleted between reading and writing: the run starts over and leaves the closed pull request alone", async () => {
    const made = await lab();
    await made.run();
    write(made.folder, { "costs/a.csv": costs(22, 160) });
    made.github.failures.before({ method: "POST", path: /graphql/ }, () => repo(made).deleteBranch(branch));
    expect(await made.run()).toMatchObject({ code: 0, json: { state: "left-alone" } });
  });

  it("somebody made the branch while nothing was heard of ours: their files are read before anything is written", async () => {
    const made = await lab();
    made.github.failures.before({ method: "POST", path: /git\/refs/ }, () => repo(made).commit(branch, { [review]: "# Mine\n" }));
    made.github.failures.failWhen({ method: "POST", path: /git\/refs/ }, "502");
    expect((await made.run()).code).toBe(3);
    expect(await repo(made).read(review, branch)).toBe("# Mine\n");
  });

  it("somebody pushes at every try: one sentence, and every commit of theirs stays", async () => {
    const made = await lab();
    await made.run();
    write(made.folder, { "costs/a.csv": costs(22, 160) });
    let pushed = 0;
    const push = async () => {
      await repo(made).commit(branch, { "notes.md": `${++pushed}` });
      made.github.failures.before({ method: "POST", path: /graphql/ }, push);
    };
    made.github.failures.before({ method: "POST", path: /graphql/ }, push);
    const { code, err } = await made.run();
    expect({ code, err }).toMatchObject({ code: 3, err: expect.stringContaining("changed 3 times while it was being written") });
    expect(await repo(made).read("notes.md", branch)).toBe("3");
    expect(await repo(made).log(branch)).toHaveLength(5);
  });

  it.each([/graphql/, /git\/refs/, /\/pulls$/])(
    "the base moved before %s: the pull request still brings its own files alone",
    async (path) => {
      const made = await lab();
      made.github.failures.before({ method: "POST", path }, () => repo(made).commit("main", { "README.md": "# Newer\n" }));
      expect((await made.run()).json).toMatchObject({ state: "created" });
      const { body } = await made.github.as("octocat").request("GET", "/repos/acme/app/pulls/1/files");
      expect((body as { filename: string }[]).every(({ filename }) => filename.includes("2026-W47"))).toBe(true);
      expect((await made.run()).json).toMatchObject({ state: "unchanged" });
    },
  );

  it.each([
    ["new", false],
    ["refreshed", true],
  ])("two runs at once, the review %s: one pull request, one commit each, none lost", async (_, known) => {
    const made = await lab();
    if (known) {
      await made.run();
      write(made.folder, { "costs/a.csv": costs(22, 160) });
    }
    const both = await Promise.all([made.run(), made.run()]);
    expect(both.map(({ code, err }) => ({ code, err }))).toEqual([0, 0].map((code) => ({ code, err: "" })));
    expect(await repo(made).pulls()).toHaveLength(1);
    expect(await repo(made).log(branch)).toHaveLength(known ? 3 : 2);
    const calm = await lab();
    if (known) {
      await calm.run();
      write(calm.folder, { "costs/a.csv": costs(22, 160) });
    }
    await calm.run();
    expect(await made.github.snapshot()).toEqual(await calm.github.snapshot());
  });
});
