import { type Organization, awsApi, awsCostExplorer, awsOrganization, bedrockItem } from "../../support/vendors/aws-cost-explorer.ts";
import { startVendor, type VendorServer } from "../../support/vendors/server.ts";
import { readEntry, type Setting } from "../support.ts";

const servers: VendorServer[] = [];

/** Stops what was started. @throws when a server was asked what it does not know, or answered what it should not. */
export async function stopAll(): Promise<void> {
  for (const server of servers.splice(0)) await server.close();
}

/** Cost Explorer of an organization; all groups fit on a page unless `pageSize` says otherwise. */
export async function start(organization: Partial<Organization> = {}): Promise<VendorServer> {
  const server = await startVendor(awsApi({ ...awsOrganization, pageSize: 500, ...organization }));
  servers.push(server);
  return server;
}

const { asOf, env } = awsCostExplorer;

/** Reads the source from a server. */
export const read = (server: VendorServer, entry: object = {}, setting: Setting = {}) =>
  readEntry("/", { type: "aws-cost-explorer", baseUrl: server.url, ...entry }, { asOf, env, ...setting });

/** What a server was asked. */
export const questions = (server: VendorServer) =>
  server.asked.map(
    ({ body }) => JSON.parse(body) as { readonly GroupBy?: readonly { readonly Key: string }[]; readonly Metrics: readonly string[] },
  );

/** A model that is a service of its own. */
export const claude = {
  ...bedrockItem,
  service: "Claude Sonnet 4.6 (Amazon Bedrock Edition)",
  usageType: "USE1-MP:USE1_InputTokenCount-Units",
};
