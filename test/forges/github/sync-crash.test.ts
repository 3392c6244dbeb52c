import { expect, it } from "vitest";
import { cutsOf } from "../../support/github/cuts.ts";
import { type SyncLab, reviewOf, syncLab } from "./sync-lab.ts";

const repo = "acme/app";
const files = (...reviews: { path: string; text: string }[]) => Object.fromEntries(reviews.map(({ path, text }) => [path, text]));
const first = reviewOf("2026-11-23", { actions: [{ n: 1 }, { n: 2, title: "Another", owner: "@stranger" }] });

/** Each ends with files on the default branch that no run has seen yet. */
const stories: Record<string, (lab: SyncLab) => Promise<unknown>> = {
  "two new actions, one of somebody who cannot be assigned": ({ github }) => github.repo(repo).commit("main", files(first)),
  "one edited, one dropped by a person, one new": async ({ github, push }) => {
    await push(files(first));
    await github.as("hubot").comment(repo, 2, "Not worth it");
    await github.as("hubot").closeIssue(repo, 2, "not_planned");
    const edited = reviewOf("2026-11-23", {
      actions: [
        { n: 1, due: "2026-12-18", owner: "@hubot" },
        { n: 2, title: "Another", owner: "@stranger" },
      ],
    });
    await github.repo(repo).commit("main", files(edited, reviewOf("2026-11-30")));
  },
  "one done in the file, one taken out of it": async ({ github, push }) => {
    await push(files(first));
    await github.repo(repo).commit("main", files(reviewOf("2026-11-23", { actions: [{ n: 1, status: "done" }] })));
  },
};

it.each(Object.entries(stories))(
  "%s: cut at any request in any way and run again, it ends as if nothing had happened",
  { timeout: 240_000 },
  async (_, prepare) => {
    const prepared = async () => {
      const lab = await syncLab({ env: { GITHUB_SERVER_URL: "https://github.com" } });
      await prepare(lab);
      await lab.pull();
      lab.github.forget();
      return lab;
    };
    const calm = await prepared();
    expect((await calm.run()).code).toBe(0);
    const requests = calm.github.requests.length;
    const wanted = await calm.github.snapshot();
    let survived = 0;
    const cuts = cutsOf(requests);
    for (const { n, way } of cuts) {
      const cut = await prepared();
      cut.github.failures.failAt(n, way);
      const ran = await cut.run();
      expect([0, 3], `cut ${n} ${way}: ${ran.err}`).toContain(ran.code);
      expect((await cut.run()).code, `again after cut ${n} ${way}`).toBe(0);
      expect(await cut.github.snapshot(), `cut ${n} ${way}`).toEqual(wanted);
      survived++;
    }
    console.info(`survived ${survived} of ${cuts.length} cut points`);
    expect(survived).toBe(cuts.length);
  },
);
