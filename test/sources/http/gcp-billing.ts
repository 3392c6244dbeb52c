import { afterTest } from "../../support/afterwards.ts";
import type { ExportRow } from "../../support/vendors/gcp-billing-engine.ts";
import { accessToken, bigQueryApi, exportRow, type Warehouse, warehouse } from "../../support/vendors/gcp-billing.ts";
import { startVendor, type VendorServer } from "../../support/vendors/server.ts";
import { readEntry, type Setting } from "../support.ts";

/** Stopped after each test. */
export const servers: VendorServer[] = [];
afterTest(async () => {
  for (const server of servers.splice(0)) await server.close();
});

/** Starts a warehouse of our own, stopped after the test. */
export async function start(change: Partial<Warehouse> = {}): Promise<VendorServer> {
  const server = await startVendor(bigQueryApi({ ...warehouse, ...change }));
  servers.push(server);
  return server;
}

export const place = { project: "acme-billing", dataset: "billing" };
/** What the server takes. */
export const env = { GOOGLE_OAUTH_ACCESS_TOKEN: accessToken };
/** Reads it. */
export const read = (server: VendorServer, entry: object = {}, setting: Setting = {}) =>
  readEntry("/", { type: "gcp-billing", baseUrl: server.url, ...place, ...entry }, { asOf: "2026-11-09", env, ...setting });
/** Reads rows, each given by what makes it differ. */
export const rowsOf = async (rows: readonly Partial<ExportRow>[], setting: Setting = {}) =>
  read(await start({ rows: rows.map((row) => ({ ...exportRow, ...row })) }), {}, setting);
/** The queries that were sent. */
export const queriesOf = ({ asked }: VendorServer) => asked.filter(({ method }) => method === "POST").map(({ body }) => JSON.parse(body));
