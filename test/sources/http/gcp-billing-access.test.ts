import { afterEach, describe, expect, test, vi } from "vitest";
import { microsText, sum } from "../../../src/core/money.ts";
import { accessToken, bigQueryApi, googleError, warehouse } from "../../support/vendors/gcp-billing.ts";
import { startVendor } from "../../support/vendors/server.ts";
import { folderWith, refusalOf } from "../support.ts";
import { queriesOf, read, rowsOf, servers, start } from "./gcp-billing.ts";

describe("what is refused says what to do", () => {
  test.each([
    ["accessDenied", 403, "does not let this account read the dataset acme-billing.billing", "roles/bigquery.jobUser"],
    ["notFound", 404, "has no dataset acme-billing.billing", "https://console.cloud.google.com/billing/export"],
    ["billingNotEnabled", 403, "has no billing account for the project acme-billing", "linkedaccount?project=acme-billing"],
    ["accessNotConfigured", 403, "has the BigQuery API switched off", "apis/library/bigquery.googleapis.com?project=acme-billing"],
    ["quotaExceeded", 403, "a quota of the project acme-billing is used up", "later"],
    ["rateLimitExceeded", 403, "a quota of the project acme-billing is used up", "later"],
  ])("%s", async (reason, status, message, remedy) => {
    const server = await start();
    server.failWith(() => ({ status, body: JSON.stringify(googleError(status, reason, "Access Denied.").body) }));
    const problem = await refusalOf(read(server));
    expect(problem.message).toContain(message);
    expect(problem.remedy).toContain(remedy);
  });

  test("a query that would cost more than allowed", async () => {
    const problem = await refusalOf(read(await start({ bytes: 2 ** 40 }), { mostGigabytes: 1 }));
    expect(problem.message).toContain("more than the 1 GiB that this source allows (400;");
    expect(problem.message).toContain("1099511627776 or higher required");
  });

  test("a dataset without an export, as long as it is not switched on", async () => {
    for (const tables of [[], ["cloud_pricing_export", "gcp_billing_export_v1_backup"]]) {
      const problem = await refusalOf(read(await start({ tables })));
      expect(problem.message).toBe("Google Cloud has no billing export in the dataset acme-billing.billing yet");
      expect(problem.remedy).toContain("https://console.cloud.google.com/billing/export");
    }
  });

  test("an export without a row yet", async () => {
    const problem = await refusalOf(rowsOf([]));
    expect(problem.message).toContain("has no row from 2026-08-11 to 2026-11-08");
  });

  test("exports of two billing accounts, until one is named", async () => {
    const other = "gcp_billing_export_v1_ABCDEF_012345_6789AB";
    const server = await start({ tables: [...warehouse.tables, other] });
    expect((await refusalOf(read(server))).message).toContain(
      `several billing accounts in acme-billing.billing: gcp_billing_export_v1_01A2B3`,
    );
    await read(server, { table: other });
    expect(queriesOf(server)[0].query).toContain(other);
  });

  test("the detailed export is read where it is the only one", async () => {
    const detailed = "gcp_billing_export_resource_v1_01A2B3_C4D5E6_F70819";
    const server = await start({ tables: [detailed] });
    await read(server);
    expect(queriesOf(server)[0].query).toContain(detailed);
  });

  test.each([
    [["ChargePeriodStart", "BilledCost"], "no column billingaccountid, servicename, chargedescription"],
    [["id", "value"], "no column billing_account_id, service, sku"],
  ])("a table with the columns %j", async (columns, words) => {
    expect((await refusalOf(read(await start({ columns })))).message).toContain(
      `F70819 of Google Cloud is no billing export: it has ${words}`,
    );
  });
});

describe("credentials", () => {
  afterEach(() => vi.unstubAllEnvs());

  /** Files as google-github-actions/auth writes them: a token of the workflow, exchanged at Google's token service. */
  const federation = (url: string) => {
    const folder = folderWith({ "oidc.json": '{"value":"token-of-the-workflow"}' });
    const credentials = {
      type: "external_account",
      audience: "//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/github/providers/acme",
      subject_token_type: "urn:ietf:params:oauth:token-type:jwt",
      token_url: `${url}/v1/token`,
      credential_source: { file: `${folder}/oidc.json`, format: { type: "json", subject_token_field_name: "value" } },
    };
    return `${folderWith({ "credentials.json": JSON.stringify(credentials) })}/credentials.json`;
  };
  const named = (file: string) => {
    vi.stubEnv("GOOGLE_APPLICATION_CREDENTIALS", file);
    return { env: { GOOGLE_APPLICATION_CREDENTIALS: file } };
  };

  test("of a workflow are exchanged for a token by Workload Identity Federation", async () => {
    const api = bigQueryApi(warehouse);
    const asked: string[] = [];
    const route = {
      at: "POST /v1/token",
      answer: ({ body }: { body: string }) => {
        asked.push(body);
        return {
          access_token: accessToken,
          issued_token_type: "urn:ietf:params:oauth:token-type:access_token",
          token_type: "Bearer",
          expires_in: 3600,
        };
      },
    };
    const server = await startVendor({
      ...api,
      refusalOf: (one) => (one.path === "/v1/token" ? null : api.refusalOf(one)),
      routes: [...api.routes, route],
    });
    servers.push(server);
    const { charges } = await read(server, {}, named(federation(server.url)));
    expect(microsText(sum(charges.map(({ billed }) => billed)))).toBe("12.05");
    expect(asked[0]).toContain("token-of-the-workflow");
  });

  test("that cannot be read name what to do", async () => {
    const server = await start();
    const problem = await refusalOf(read(server, {}, named("/nowhere/credentials.json")));
    expect(problem).toMatchObject({ kind: "usage" });
    expect(problem.message).toMatch(/^Google Cloud gives no access: /);
    expect(problem.remedy).toContain("google-github-actions/auth");
    expect(server.asked).toEqual([]);
  });
});
