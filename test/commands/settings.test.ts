import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { config, project, refused, refusedOnce, review, rows, twoSources, weekly } from "../scenarios/project.ts";
import { focusCsv } from "../support/focus.ts";
import { overpace } from "../support/world.ts";

/** What settings are refused for besides single values, and what is said of those that do nothing. */

describe("a file of the settings", () => {
  test.each(["overpace.yaml", "plan.yaml", "allocation.yaml", "prices.yaml"])(
    "%s without any key is refused, not passed over",
    async (name) => {
      for (const text of ["", "# to be filled in\n"])
        expect(await refusedOnce(project({ [`config/${name}`]: text }), weekly, 2)).toMatchObject({
          what: "is empty",
          at: `config/${name}:1:1`,
          remedy: `see docs/config.md of overpace for what stands in ${name}`,
        });
    },
  );

  test("that cannot be read is refused, although it may be left out", async () => {
    const folder = project({ "config/plan.yaml": null });
    mkdirSync(join(folder, "config/plan.yaml"));
    expect(await refusedOnce(folder, weekly, 2)).toMatchObject({ what: "cannot read the file (EISDIR)", at: "config/plan.yaml" });
    rmSync(join(folder, "config/plan.yaml"), { recursive: true });
    expect((await overpace(folder, weekly)).code).toBe(0);
  });

  test.each([
    ["sources that are no list", config.replace(/sources:[^]*/, "sources: costs/*.csv\n"), "`sources`"],
    ["a source that is no mapping", config.replace(/ {2}- type[^]*/, "  - costs/*.csv\n"), "`sources[0]`"],
  ])("%s: named where they stand", async (_, text, key) => {
    const [refusal] = await refused(project({ "config/overpace.yaml": text }), weekly, 2);
    expect(refusal).toMatchObject({
      what: expect.stringContaining(key) as string,
      at: expect.stringMatching(/^config\/overpace\.yaml:[45]:/) as string,
    });
  });
});

test("a key that has no effect in this version is said in each run, and leaves figures as they are", async () => {
  const notifying = project({ "config/overpace.yaml": `${config}notify: { slack: "#costs" }\n` });
  const plain = project();
  expect(await overpace(notifying, weekly)).toMatchObject({
    code: 0,
    err: "warning: `notify` in overpace.yaml has no effect in this version\n",
  });
  await overpace(plain, weekly);
  expect(review(notifying)).toBe(review(plain));
});

test("two currencies are told in one order, whichever source comes first", async () => {
  const euros = focusCsv(rows.map((row) => ({ ...row, BillingCurrency: "EUR" })));
  const costs = { "config/overpace.yaml": twoSources, "costs/all.csv": null };
  const said = async (a: string, b: string) =>
    (await refusedOnce(project({ ...costs, "costs/a.csv": a, "costs/b.csv": b }), weekly, 3)).what;
  expect(await said(euros, focusCsv(rows))).toBe("two currencies: EUR from source `a` and USD from source `b`");
  expect(await said(focusCsv(rows), euros)).toBe("two currencies: EUR from source `b` and USD from source `a`");
});
