import { expect, it } from "vitest";
import { cutsOf } from "../../support/github/cuts.ts";
import { type CheckLab, checkLab } from "./check-lab.ts";

const stories = {
  "a first check": async () => {},
  "a check after a commit": async ({ check, push, text, github }: CheckLab) => {
    await check();
    await push({ "reviews/2026/2026-W47.md": (await text()).replace(/^minutes:.*$/m, "minutes: 25") });
    github.forget();
  },
} satisfies Record<string, (made: CheckLab) => Promise<void>>;

it.each(Object.entries(stories))(
  "%s: cut at any request in any way and run again, there is one check run and one comment",
  { timeout: 240_000 },
  async (_, prepare) => {
    const calm = await checkLab();
    await prepare(calm);
    const { code } = await calm.check();
    const requests = calm.github.requests.length;
    const wanted = JSON.stringify(await calm.github.snapshot()).replaceAll(calm.github.webUrl, "");
    let survived = 0;
    const cuts = cutsOf(requests);
    for (const { n, way } of cuts) {
      const cut = await checkLab();
      await prepare(cut);
      cut.github.failures.failAt(n, way);
      expect((await cut.check()).code, `cut ${n} ${way}`).toBe(code);
      expect(await cut.check(), `again after cut ${n} ${way}`).toMatchObject({ code, err: "" });
      expect(JSON.stringify(await cut.github.snapshot()).replaceAll(cut.github.webUrl, ""), `cut ${n} ${way}`).toBe(wanted);
      survived++;
    }
    console.info(`check: survived ${survived} of ${cuts.length} cut points`);
    expect(survived).toBe(cuts.length);
  },
);
