import { afterEach, expect, test } from "vitest";
import { identified, idFields } from "../../../src/core/ledger/charge.ts";
import { vendors } from "../../support/vendors/index.ts";
import { startVendor, type VendorServer } from "../../support/vendors/server.ts";
import { readEntry } from "../support.ts";

const servers: VendorServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

/** Every name with its id that a source delivers, ids alone where there is no name. */
test.each([
  ["openai", ["apiKey production: key_1", "project Search: proj_b", "project Support: proj_a"]],
  ["anthropic", ["apiKey production: apikey_1", "project Support: wrkspc_a", "project wrkspc_default: -"]],
  [
    "openrouter",
    [
      "apiKey research: bb22",
      "apiKey support: aa11",
      "project Lab: 00000000-0000-4000-8000-6c6162202020",
      "project Production: 00000000-0000-4000-8000-6d61696e2020",
    ],
  ],
  [
    "litellm",
    [
      "apiKey b1946ac92492d234: -",
      "apiKey key0: -",
      "apiKey key1: -",
      "apiKey key2: -",
      "apiKey search-production: 88dc28d0f030c55e",
      "project Search: team_1",
    ],
  ],
  ["aws-cost-explorer", ["account Search: 444455556666", "account Support: 111122223333"]],
] as const)("source %s delivers the ids of what it names", async (type, expected) => {
  const vendor = vendors[type];
  if (!vendor) throw new Error(`no server for ${type}`);
  const server = await startVendor(vendor.api);
  servers.push(server);
  const { charges } = await readEntry("/", { type, baseUrl: server.url, ...vendor.entry }, { asOf: vendor.asOf, env: vendor.env });
  const found = charges.flatMap((charge) =>
    identified.flatMap((field) => (charge[field] === "" ? [] : [`${field} ${charge[field]}: ${charge[idFields[field]] ?? "-"}`])),
  );
  expect([...new Set(found)].sort()).toEqual(expected);
});
