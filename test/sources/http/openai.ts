import { afterTest } from "../../support/afterwards.ts";
import { adminKey, openAiApi, openAiOrganization, type Organization } from "../../support/vendors/openai.ts";
import { startVendor, type VendorServer } from "../../support/vendors/server.ts";
import { readEntry, type Setting } from "../support.ts";

/** Stopped after each test. */
export const servers: VendorServer[] = [];
afterTest(async () => {
  for (const server of servers.splice(0)) await server.close();
});

/** Starts OpenAI for an organization of our own, stopped after the test. */
export async function start(organization: Partial<Organization> = {}): Promise<VendorServer> {
  const server = await startVendor(openAiApi({ ...openAiOrganization, ...organization }));
  servers.push(server);
  return server;
}

/** Reads it. */
export const read = (server: VendorServer, setting: Setting = {}) =>
  readEntry("/", { type: "openai", baseUrl: server.url }, { asOf: "2026-11-09", env: { OPENAI_ADMIN_KEY: adminKey }, ...setting });

/** A line of cost. */
export const cost = { day: "2026-11-02", line: "gpt-5.4, input", project: "proj_a", key: "key_1", value: "1" };
