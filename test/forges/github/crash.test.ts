import { expect, it } from "vitest";
import { cutsOf } from "../../support/github/cuts.ts";
import { write } from "../../support/world.ts";
import { type Lab, costs, lab } from "./lab.ts";

const stories = {
  "a new review": async () => {},
  "a refresh": async ({ folder, run }: Lab) => {
    await run();
    write(folder, { "costs/a.csv": costs(22, 160) });
  },
} satisfies Record<string, (lab: Lab) => Promise<void>>;

it.each(Object.entries(stories))(
  "%s: cut at any request in any way and run again, it ends as if nothing had happened",
  { timeout: 240_000 },
  async (_, prepare) => {
    const calm = await lab();
    await prepare(calm);
    calm.github.forget();
    await calm.run();
    const requests = calm.github.requests.length;
    const wanted = await calm.github.snapshot();
    let survived = 0;
    const cuts = cutsOf(requests);
    for (const { n, way } of cuts) {
      const cut = await lab();
      await prepare(cut);
      cut.github.forget();
      cut.github.failures.failAt(n, way);
      const first = await cut.run();
      expect([0, 3], `cut ${n} ${way}: ${first.err}`).toContain(first.code);
      expect((await cut.run()).code, `again after cut ${n} ${way}`).toBe(0);
      expect(await cut.github.snapshot(), `cut ${n} ${way}`).toEqual(wanted);
      survived++;
    }
    console.info(`survived ${survived} of ${cuts.length} cut points`);
    expect(survived).toBe(cuts.length);
  },
);
