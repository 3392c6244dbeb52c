import { afterEach, describe, expect, test } from "vitest";
import { eachDay } from "../../src/core/day.ts";
import type { Figures } from "../../src/core/review/figures/figures.ts";
import { charge, focusCsv } from "../support/focus.ts";
import { liteLlmApi, liteLlmProxy, proxyKey } from "../support/vendors/litellm.ts";
import { adminKey, openAiApi, openAiOrganization } from "../support/vendors/openai.ts";
import { managementKey, openRouterAccount, openRouterApi, use } from "../support/vendors/openrouter.ts";
import { startVendor, type VendorServer } from "../support/vendors/server.ts";
import { filesIn, folderWith, overpace, write } from "../support/world.ts";

const servers: VendorServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

const days = eachDay({ start: "2026-11-02", end: "2026-11-23" });
const model = "gpt-5.4-2026-03-05";
const organization = {
  ...openAiOrganization,
  costs: days.map((day) => ({ day, line: `${model}, input`, project: "proj_a", key: "key_1", value: "10.1" })),
  uses: days.map((day) => ({ day, model, project: "proj_a", key: "key_1", input: 1000, cached: 0, written: 0, output: 10, requests: 9 })),
};
const row = { model: "gpt-5.4", provider: "openai", key: "88dc28d0f030c55e", spend: 8, prompt: 800, completion: 8, requests: 4 };
const tagged = { ...row, spend: 2, prompt: 200, completion: 2, requests: 1 };
const proxy = {
  ...liteLlmProxy,
  rows: days.map((date) => ({ ...row, date })),
  tags: days.flatMap((date, index) => [
    { ...tagged, date, tag: "feature:search" },
    ...(index >= 14 ? [{ ...tagged, date, tag: "feature:summaries" }] : []),
  ]),
};
const env = { OPENAI_ADMIN_KEY: adminKey, LITELLM_API_KEY: proxyKey, OPENROUTER_API_KEY: managementKey };
const owners = "owners: { engineering: { login: octocat }, product: { login: hubot } }\nsources:\n";

async function entries() {
  const [openai, litellm] = [await startVendor(openAiApi(organization)), await startVendor(liteLlmApi(proxy))];
  servers.push(openai, litellm);
  return {
    openai: `  - { type: openai, baseUrl: "${openai.url}" }\n`,
    litellm: `  - { type: litellm, baseUrl: "${litellm.url}" }\n`,
  };
}

const configured = (...sources: string[]) => folderWith({ "config/overpace.yaml": owners + sources.join("") });

async function figuresOf(folder: string, ...words: string[]): Promise<Figures> {
  const { code, out, err } = await overpace(folder, ["analyze", "--json", "--as-of", "2026-11-23", ...words], { env });
  if (code !== 0) throw new Error(err);
  return JSON.parse(out) as Figures;
}

const week = async (folder: string) => {
  const result = await overpace(folder, ["weekly", "--as-of", "2026-11-23"], { env });
  if (result.code !== 0) throw new Error(result.err);
};
const featuresOf = ({ deltas }: Figures) =>
  Object.fromEntries(deltas.filter(({ dimension }) => dimension === "feature").map(({ key, last7, prior7 }) => [key, [last7, prior7]]));

describe("a LiteLLM proxy in front of OpenAI", () => {
  test("adds nothing, and says for which feature the bill is", async () => {
    const { openai, litellm } = await entries();
    const alone = await figuresOf(configured(openai));
    const both = await figuresOf(configured(openai, litellm));
    const tree = ({ deltas }: Figures) => deltas.filter(({ dimension }) => ["provider", "service", "model"].includes(dimension));
    for (const figures of [alone, both]) expect([figures.last7.total, figures.prior7.total]).toEqual(["70.70", "70.70"]);
    expect([both.monthToDate, both.forecast, both.verdict, tree(both)]).toEqual([
      alone.monthToDate,
      alone.forecast,
      alone.verdict,
      tree(alone),
    ]);
    expect(featuresOf(alone)).toEqual({ "(unallocated)": ["70.70", "70.70"] });
    // 808 of 1,010 tokens went through the proxy, a quarter of them tagged so.
    expect(featuresOf(both)).toEqual({
      search: ["14.14", "14.14"],
      summaries: ["14.14", "0.00"],
      "(unallocated)": ["42.42", "56.56"],
    });
    expect(both.attribution).toEqual([
      // All of its traffic has a team, so more is known than the features.
      { provider: "OpenAI", billed: "70.70", attributed: "56.56", percent: 80, computed: [{ source: "litellm", amount: "56.00" }] },
    ]);
  });

  test("stands in the ledger without cost; the file is held to it, and a ledger alone gives the same", async () => {
    const { openai, litellm } = await entries();
    const folder = configured(openai, litellm);
    await week(folder);
    const ledger = Object.entries(filesIn(`${folder}/reviews`)).find(([name]) => name.endsWith(".csv"))?.[1] ?? "";
    const shares = ledger.split("\n").filter((line) => line.includes(",litellm,"));
    expect(shares.length).toBeGreaterThan(days.length);
    expect(shares.every((line) => line.includes(",USD,0,0,") && /,litellm,true,[246],[^,]+,[^,]*$/.test(line))).toBe(true);
    expect(await figuresOf(folder, "--no-fetch")).toEqual(await figuresOf(folder));
    expect((await overpace(folder, ["check"], { env })).out).not.toMatch(/figures|zone/i);
    const { out } = await overpace(folder, ["analyze", "--as-of", "2026-11-23", "--no-fetch", "--explain", "feature:summaries", "--json"], {
      env,
    });
    expect(JSON.parse(out)).toMatchObject({ value: "14.14", exact: "14.14" });
  });

  test("counts alone, as an estimate; the bill that comes later takes its place, for the past too", async () => {
    const { openai, litellm } = await entries();
    const folder = configured(litellm);
    await week(folder);
    const before = await figuresOf(folder, "--no-fetch");
    expect([before.last7.total, before.estimated]).toEqual(["56.00", { last7: "56.00", monthToDate: "160.00" }]);
    write(folder, { "config/overpace.yaml": owners + openai + litellm });
    const after = await figuresOf(folder);
    expect([after.last7.total, after.prior7.total, after.estimated, after.restatements]).toEqual(["70.70", "70.70", undefined, []]);
  });

  test("that cannot be read leaves the money complete, and is named", async () => {
    const { openai, litellm } = await entries();
    const folder = configured(openai, litellm);
    await week(folder);
    servers[1]?.failWith(() => ({ status: 500 }));
    const { out } = await overpace(folder, ["weekly", "--as-of", "2026-11-23", "--json"], { env });
    expect(JSON.parse(out)).toMatchObject({ verdict: "good" });
    const review = filesIn(`${folder}/reviews`)["2026/2026-W47.md"] ?? "";
    expect(review).toContain("**litellm could not be read this time**");
    expect(review).not.toContain("Incomplete");
  });

  test("that lacks the last days does not make its features fall", async () => {
    const { openai } = await entries();
    const late = await startVendor(
      liteLlmApi({ ...proxy, rows: proxy.rows.slice(0, -3), tags: proxy.tags.filter(({ date }) => date < "2026-11-20") }),
    );
    servers.push(late);
    const folder = configured(openai, `  - { type: litellm, baseUrl: "${late.url}" }\n`);
    await week(folder);
    const review = filesIn(`${folder}/reviews`)["2026/2026-W47.md"] ?? "";
    expect(review).toContain("No data from litellm since 19 November 2026");
    expect(review).toMatch(/\| search \| .* \| data missing \|/);
    expect(review).not.toContain("Incomplete");
  });
});

describe("own keys at OpenRouter", () => {
  const rules = "rules: [{ match: { apiKey: support }, feature: help }]\n";
  const stageRouter = async () => {
    const uses = days.map((date) => ({
      ...use,
      date,
      model: "openai/gpt-5.4",
      permaslug: "openai/gpt-5.4-2026-03-05",
      usage: 0.1,
      own: 2,
    }));
    const server = await startVendor(openRouterApi({ ...openRouterAccount, uses, today: "2026-11-23" }));
    servers.push(server);
    return `  - { type: openrouter, baseUrl: "${server.url}" }\n`;
  };
  const figuresWith = async (...sources: string[]) => {
    const folder = configured(...sources);
    write(folder, { "config/allocation.yaml": rules });
    await week(folder);
    const check = JSON.parse((await overpace(folder, ["check", "--json"])).out) as { findings: { rule: string }[] };
    expect(check.findings.filter(({ rule }) => rule === "figures")).toEqual([]);
    return figuresOf(folder, "--no-fetch");
  };

  test("add nothing to what is charged for them, and say for which feature the provider's bill is", async () => {
    const [{ openai }, router] = [await entries(), await stageRouter()];
    const both = await figuresWith(openai, router);
    expect([both.last7.total, both.prior7.total]).toEqual(["71.40", "71.40"]);
    // Of 10.10 a day OpenRouter saw 2.00; 0.10 is its own fee.
    expect(featuresOf(both)).toEqual({ help: ["14.70", "14.70"], "(unallocated)": ["56.70", "56.70"] });
  });

  test("are no money where nobody bills the provider, even with counts: money", async () => {
    const router = await stageRouter();
    for (const source of [router, router.replace("type: openrouter", "$&, counts: money")])
      expect((await figuresWith(source)).last7.total).toBe("0.70");
  });
});

describe("the same bill through two doors", () => {
  const rows = focusCsv(days.map((day) => charge(day, "OpenAI", "Inference", 5_000)));
  test("is refused with the keys to write, and nothing is written", async () => {
    const { openai } = await entries();
    const focus = "  - { type: focus, path: costs/*.csv }\n";
    const folder = configured(openai, focus);
    write(folder, { "costs/all.csv": rows });
    const { code, err } = await overpace(folder, ["weekly", "--as-of", "2026-11-23"], { env });
    expect(code).toBe(2);
    expect(err).toMatch(
      /OpenAI would be counted twice: from 2026-11-02 to 2026-11-22 source `focus` has 1050 for it, source `openai` has 212\.1 for it/,
    );
    expect(err).toContain("`counts: attribution`");
    expect(filesIn(`${folder}/reviews`)).toEqual({});
    for (const [key, total] of [
      ["attribution", "70.70"],
      ["money", "420.70"],
    ] as const) {
      const money = openai.replace("type: openai", "type: openai, counts: money");
      write(folder, { "config/overpace.yaml": owners + money + focus.replace("type: focus", `type: focus, counts: ${key}`) });
      expect((await figuresOf(folder)).last7.total).toBe(total);
    }
  });

  test("is found by `check` in settings that would count it, from the ledger alone", async () => {
    const { openai } = await entries();
    const focus = "  - { type: focus, path: costs/*.csv }\n";
    const money = (entry: string) => entry.replace(/type: \w+/, "$&, counts: money");
    const folder = configured(money(openai), money(focus));
    write(folder, { "costs/all.csv": rows });
    await week(folder);
    const figureFindings = async () => {
      const { findings } = JSON.parse((await overpace(folder, ["check", "--json"])).out) as {
        findings: { rule: string; message: string }[];
      };
      return findings.filter(({ rule }) => rule === "figures").map(({ message }) => message);
    };
    expect(await figureFindings()).toEqual([]);
    write(folder, { "config/overpace.yaml": owners + openai + focus });
    expect(await figureFindings()).toEqual([
      expect.stringMatching(
        /inputs differ: overpace\.yaml, OpenAI would be counted twice: from 2026-11-02 to 2026-11-22 source `focus` has 1050 for it, source `openai` has 212\.1 for it$/,
      ),
    ]);
  });
});

test("attribution without any money is refused, not shown as nothing spent", async () => {
  const { litellm } = await entries();
  const folder = configured(litellm.replace("type: litellm", "type: litellm, counts: attribution"));
  const { code, err } = await overpace(folder, ["weekly", "--as-of", "2026-11-23"], { env });
  expect(code).toBe(2);
  expect(err).toContain("no source counts money");
  expect(filesIn(`${folder}/reviews`)).toEqual({});
});
