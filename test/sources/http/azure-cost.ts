import { afterTest } from "../../support/afterwards.ts";
import { armToken, azureCost, costManagementApi, type Line, line, subscription } from "../../support/vendors/azure-cost.ts";
import { startVendor, type VendorServer } from "../../support/vendors/server.ts";
import { readEntry, type Setting } from "../support.ts";

/** Stopped after each test. */
export const servers: VendorServer[] = [];
afterTest(async () => {
  for (const server of servers.splice(0)) await server.close();
});

/** Starts a subscription of our own, stopped after the test. */
export async function start(lines: readonly Partial<Line>[] = subscription.lines, pageRows = 1000): Promise<VendorServer> {
  const server = await startVendor(costManagementApi({ lines: lines.map((one) => ({ ...line, ...one })), pageRows }));
  servers.push(server);
  return server;
}

/** Reads it. */
export const read = (server: VendorServer, entry: object = {}, setting: Setting = {}) =>
  readEntry(
    "/",
    { type: "azure-cost", baseUrl: server.url, ...azureCost.entry, ...entry },
    { asOf: "2026-11-09", env: { AZURE_ACCESS_TOKEN: armToken }, ...setting },
  );
/** Reads lines, each given by what makes it differ. */
export const linesOf = async (lines: readonly Partial<Line>[], entry: object = {}) => read(await start(lines), entry);
