import { afterEach, describe, expect, test } from "vitest";
import { eachDay } from "../../src/core/day.ts";
import { adminKey, openAiApi, type Organization } from "../support/vendors/openai.ts";
import { startVendor, type VendorServer } from "../support/vendors/server.ts";
import { filesIn, folderWith, overpace } from "../support/world.ts";

const servers: VendorServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

const env = { OPENAI_ADMIN_KEY: adminKey };
/** 10 a day through the week before, 12 in the last one; another project costs 1. */
const costs = eachDay({ start: "2026-10-05", end: "2026-11-23" }).flatMap((day) => [
  { day, line: "gpt-6, input", project: "proj_a", key: "key_1", value: day < "2026-11-16" ? "10" : "12" },
  { day, line: "gpt-6, input", project: "proj_b", key: null, value: "1" },
]);

/** An organization whose names can be changed while it is asked, or whose names cannot be looked up. */
async function stage(rule: string) {
  const names = { projects: { proj_a: "Support", proj_b: "Search" } as Record<string, string>, key: "production" };
  const organization: Organization = {
    costs,
    uses: [],
    get projects() {
      return names.projects;
    },
    get keys() {
      return { proj_a: { key_1: names.key } };
    },
  };
  const server = await startVendor(openAiApi(organization));
  servers.push(server);
  const folder = folderWith({
    "config/overpace.yaml": `owners: { engineering: { login: octocat }, product: { login: hubot } }
sources: [{ type: openai, baseUrl: "${server.url}" }]
`,
    "config/allocation.yaml": `rules: [{ match: ${rule}, feature: help }]\n`,
  });
  const run = (words: string) => overpace(folder, words.split(" "), { env });
  const week = async (asOf: string) => {
    expect(await run(`weekly --as-of ${asOf}`)).toMatchObject({ code: 0 });
    return filesIn(folder);
  };
  return { names, server, run, week };
}

interface Figures {
  readonly deltas: readonly { readonly dimension: string; readonly key: string; readonly last7: string; readonly prior7: string }[];
}

const helpOf = ({ deltas }: Figures) => deltas.filter(({ key }) => key === "help").map(({ last7, prior7 }) => [last7, prior7]);

describe("a project renamed at the vendor between two weeks", () => {
  test.each(["{ project: Support }", "{ project: Customer care }", "{ project: proj_a }", "{ apiKey: production }", "{ apiKey: care-1 }"])(
    "stays one line for the rule %s, with the right delta, no likely rename and nothing restated; check agrees",
    async (rule) => {
      const { names, run, week } = await stage(rule);
      await week("2026-11-16");
      Object.assign(names, { projects: { ...names.projects, proj_a: "Customer care" }, key: "care-1" });
      const files = await week("2026-11-23");
      const figures = JSON.parse((await run("analyze --as-of 2026-11-23 --no-fetch --json")).out) as Figures;
      expect(helpOf(figures)).toEqual([["84.00", "70.00"]]);
      expect(figures).not.toHaveProperty("renames");
      expect(files["reviews/2026/2026-W47.md"]).not.toMatch(/likely a rename|restated/i);
      const ledger = files["reviews/ledger/2026-11-23.2026-W47.csv"] ?? "";
      expect(ledger.split("\n")[1]).toMatch(/^2026-11-16,.*,Customer care,care-1,.*,proj_a,key_1$/);
      const { findings } = JSON.parse((await run("check --json")).out) as { findings: { rule: string }[] };
      expect(findings.filter((finding) => finding.rule === "figures")).toEqual([]);
      expect(await week("2026-11-23")).toEqual(files);
      const { out } = await run("analyze --as-of 2026-11-23 --no-fetch --explain feature:help --json");
      expect([out.includes("Customer care"), out.includes("Support")]).toEqual([true, false]);
    },
  );

  test("is told to who names it by its old name, once it has another", async () => {
    const { names, run, week } = await stage("{ project: support }");
    await week("2026-11-16");
    expect((await run("analyze --as-of 2026-11-16 --no-fetch")).err).toBe("");
    names.projects = { proj_a: "Customer care", proj_b: "Search" };
    const { code, err } = await run("weekly --as-of 2026-11-23");
    expect([code, err]).toEqual([
      0,
      "warning: allocation.yaml says project support, which was renamed to Customer care: write that, or its id; the old name holds as long as its days count\n",
    ]);
  });

  test("stays it while names cannot be looked up, and when another project takes the old name", async () => {
    const { names, server, run, week } = await stage("{ project: proj_a }");
    await week("2026-11-09");
    server.failWith((_, { path }) => (path.includes("/projects") ? { status: 403, body: "{}" } : null));
    await week("2026-11-16");
    const during = (await run("analyze --as-of 2026-11-16 --no-fetch --explain feature:help --json")).out;
    expect([during.includes("Support"), during.includes('"project": "proj_a"')]).toEqual([true, false]);
    server.failWith(() => null);
    names.projects = { proj_a: "Legacy", proj_b: "Support" };
    await week("2026-11-23");
    const { out } = await run("analyze --as-of 2026-11-23 --no-fetch --explain feature:help --json");
    expect([out.includes("Legacy"), out.includes("Support")]).toEqual([true, false]);
    expect(helpOf(JSON.parse((await run("analyze --as-of 2026-11-23 --no-fetch --json")).out) as Figures)).toEqual([["84.00", "70.00"]]);
  });
});
