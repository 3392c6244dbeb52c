import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { sourceCommon } from "../../src/core/settings/config.ts";
import { sourceTypes } from "../../src/sources/index.ts";

/** The smallest entry of each type. */
const smallest: Readonly<Record<keyof typeof sourceTypes, object>> = {
  focus: { path: "costs/*.csv" },
  csv: { path: "costs/*.csv", mapping: "openai-console" },
  command: { run: ["node", "scripts/costs.mjs"] },
  log: { path: "logs/*.jsonl", mapping: "litellm" },
  openai: {},
  anthropic: {},
  langfuse: {},
  litellm: { baseUrl: "https://litellm.example" },
  "aws-cost-explorer": {},
  cursor: {},
  "github-billing": { organization: "hubot" },
  openrouter: {},
  "vercel-ai-gateway": {},
  pinecone: { path: "exports/pinecone/*.csv" },
  "azure-cost": { scope: "subscriptions/6b3a1f52-0c4d-4e8a-9b7e-1d2f3a4b5c6d" },
  "gcp-billing": { project: "acme-billing", dataset: "billing" },
};
const docs = join(import.meta.dirname, "../../docs");
const common = Object.keys(sourceCommon);

describe.each(Object.entries(sourceTypes))("source %s", (type, { schema, vendor }) => {
  const entry = { type, ...Object.entries(smallest).find(([name]) => name === type)?.[1] };
  const json = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
  const keys = Object.keys(json.properties ?? {});
  const page = () => readFileSync(join(docs, "sources", `${type}.md`), "utf8");

  test("is chosen by its own name and no other", () => {
    expect(schema.parse(entry)).toMatchObject({ type });
    expect(json.properties?.["type"]).toMatchObject({ const: type });
    expect(schema.safeParse({ ...entry, type: `${type}x` }).success).toBe(false);
  });

  test("takes the keys that all sources take", () => {
    expect(schema.safeParse({ ...entry, name: "costs", formerly: ["old"], settlingDays: 2 }).error).toBeUndefined();
    expect(keys).toEqual(expect.arrayContaining(common));
  });

  test("refuses a key that it does not know, and the entry without the keys it needs", () => {
    expect(schema.safeParse({ ...entry, nmae: "costs" }).error?.issues[0]?.code).toBe("unrecognized_keys");
    expect(json.additionalProperties).toBe(false);
    expect(schema.safeParse({ type }).success).toBe(Object.keys(entry).length === 1);
  });

  test("has a page that shows an entry and names each of its keys", () => {
    expect(page()).toMatch(new RegExp(`^# Source \`${type}\`: .+`));
    expect(page()).toMatch(new RegExp(`\`\`\`yaml\nsources:\n  - type: ${type}\n`));
    const unnamed = keys.filter((key) => key !== "type" && !common.includes(key) && !new RegExp(`\\b${key}\\b`).test(page()));
    expect(unnamed).toEqual([]);
  });

  test("is in the table of docs/config.md and in the one of all sources", () => {
    expect(readFileSync(join(docs, "config.md"), "utf8")).toContain(`(sources/${type}.md)`);
    const row = new RegExp(`^\\| \\[\`${type}\`\\]\\(${type}\\.md\\) \\|.*$`, "m").exec(
      readFileSync(join(docs, "sources/README.md"), "utf8"),
    )?.[0];
    expect(row).toContain(vendor ? `| ${vendor.money} | \`${vendor.credentials.env}\`` : "|");
  });
});

test("docs/sources says which vendors are asked for everything at once", () => {
  const readme = readFileSync(join(docs, "sources/README.md"), "utf8");
  const [, named = ""] = /^- Asked for everything at once are ([^]*?)\n(?=\n|- )/m.exec(readme) ?? [];
  const whole = Object.entries(sourceTypes).flatMap(([type, { vendor }]) => (vendor?.pieceDays === null ? [type] : []));
  expect([...named.matchAll(/`([^`]+)`/g)].map(([, type]) => type).sort()).toEqual(whole.sort());
});

const vendors = Object.entries(sourceTypes).flatMap(([type, { vendor }]) => (vendor ? [[type, vendor] as const] : []));

test.each(vendors)("the page of %s says what its facts say", (type, vendor) => {
  const page = readFileSync(join(docs, "sources", `${type}.md`), "utf8");
  const { env, page: url } = vendor.credentials;
  const oldest = vendor.oldestDays === null ? [] : [`${vendor.oldestDays} at most`];
  const days = [`the last ${vendor.restatementDays} days`, `| \`settlingDays\` | ${vendor.settlingDays} |`, ...oldest];
  const facts = [env, url, vendor.baseUrl, vendor.requestCost, vendor.money, ...days];
  expect(facts.filter((fact) => !page.includes(fact))).toEqual([]);
  expect(page).toMatch(/^\| Without a stored key \(OIDC\) \| (no|yes|in principle)\b/m);
  expect(page).toMatch(/^## Verified$/m);
});
