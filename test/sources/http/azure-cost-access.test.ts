import { describe, expect, test } from "vitest";
import { azureCost } from "../../../src/sources/azure-cost/index.ts";
import { azureToken } from "../../../src/sources/azure-cost/token.ts";
import { sourceSchema } from "../../../src/sources/index.ts";
import { armToken, azureError, costManagementApi, subscription, subscriptionId } from "../../support/vendors/azure-cost.ts";
import { type Asked, refuse, startVendor } from "../../support/vendors/server.ts";
import { folderWith, refusalOf, worldOf } from "../support.ts";
import { read, servers, start } from "./azure-cost.ts";

describe("what is refused says what to do", () => {
  test.each([
    [403, "AuthorizationFailed", "does not let this identity read the costs of subscriptions/", "Cost Management Reader"],
    [403, "RBACAccessDenied", "does not let this identity read the costs of subscriptions/", "Cost Management Reader"],
    [404, "SubscriptionNotFound", "knows no subscriptions/", "the id, not the name"],
    [404, "SubscriptionHasNoUsages", "has no usage at all at subscriptions/", "a day or two"],
    [401, "ExpiredAuthenticationToken", "does not accept the key", "good for about an hour"],
    [400, "Invalid dimension 'ChargeType'", "does not group the costs", "splitBy"],
    [429, "Too many requests", "quota for cost queries is used up", "shared by everything"],
  ])("%i %s", async (status, code, message, remedy) => {
    const server = await start();
    server.failWith(() => ({ status, body: JSON.stringify(azureError(status, code, code).body), headers: { "retry-after": "500" } }));
    const problem = await refusalOf(read(server));
    expect(problem.message).toContain(message);
    expect(problem.remedy).toContain(remedy);
  });

  test("a subscription of a partner", async () => {
    const server = await start();
    const words = "Cost management data is unavailable for subscription(s). The offer id MS-AZR-0145P does not support it.";
    server.failWith(() => ({ status: 404, body: JSON.stringify(azureError(404, "NotFound", words).body) }));
    expect((await refusalOf(read(server))).message).toContain("CSP partner");
  });

  test.each([
    ["", false],
    ["my-subscription", false],
    ["subscriptions/../tenants", false],
    ["subscriptions/6b3a1f52", false],
    [`subscriptions/${subscriptionId}`, true],
    [`/subscriptions/${subscriptionId}/resourceGroups/support-bot`, true],
    [`subscriptions/${subscriptionId}/resourceGroups/../x`, false],
    [`subscriptions/${subscriptionId}?x=1`, false],
    ["providers/Microsoft.Management/managementGroups/acme", true],
    ["providers/Microsoft.Billing/billingAccounts/12345678", true],
    ["providers/Microsoft.Billing/billingAccounts/1a2b:3c4d_2019-05-31/billingProfiles/AB-CD", true],
  ])("the scope %j: taken %s", (scope, good) => {
    expect(sourceSchema().safeParse({ type: "azure-cost", scope }).success).toBe(good);
  });
});

describe("signing in", () => {
  const registration = { AZURE_TENANT_ID: "tenant-1", AZURE_CLIENT_ID: "app-1" };

  /** Azure and its sign-in, and GitHub's identity service, on one server. */
  async function startWith(signIn: (form: URLSearchParams) => unknown) {
    const api = costManagementApi(subscription);
    const identity = {
      at: "GET /oidc",
      params: ["api-version", "audience"],
      answer: ({ query, headers }: Asked) =>
        headers.authorization === "Bearer request-token-Vq8Lp"
          ? { value: `token-for ${query.get("audience")}`, count: 1 }
          : refuse(401, { message: "no" }),
    };
    const token = {
      at: "POST /tenant-1/oauth2/v2.0/token",
      answer: ({ body, headers }: Asked) =>
        headers["content-type"] === "application/x-www-form-urlencoded"
          ? signIn(new URLSearchParams(body))
          : refuse(400, { error: "invalid_request", error_description: "AADSTS900144: The request body must contain 'grant_type'" }),
    };
    const server = await startVendor({
      ...api,
      refusalOf: (asked) => (asked.path === "/oidc" ? null : api.refusalOf(asked)),
      routes: [...api.routes, identity, token],
    });
    servers.push(server);
    return server;
  }
  const good = { token_type: "Bearer", expires_in: 3599, access_token: armToken };

  test("by the identity of the GitHub workflow, without a stored key", async () => {
    const forms: Record<string, string>[] = [];
    const server = await startWith((form) => (forms.push(Object.fromEntries(form)), good));
    const env = {
      ...registration,
      AZURE_AUTHORITY_HOST: server.url,
      ACTIONS_ID_TOKEN_REQUEST_URL: `${server.url}/oidc?api-version=2`,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: "request-token-Vq8Lp",
    };
    expect((await read(server, {}, { env })).charges.length).toBeGreaterThan(0);
    expect(forms).toEqual([
      {
        grant_type: "client_credentials",
        client_id: "app-1",
        scope: "https://management.azure.com/.default",
        client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        client_assertion: "token-for api://AzureADTokenExchange",
      },
    ]);
  });

  test.each([
    ["a secret", { AZURE_CLIENT_SECRET: "s3cr3t-Wx9QpLm2Tz" }, { client_secret: "s3cr3t-Wx9QpLm2Tz" }],
    [
      "a federated token in a file",
      { AZURE_FEDERATED_TOKEN_FILE: `${folderWith({ token: "file-token\n" })}/token` },
      { client_assertion: "file-token" },
    ],
  ])("by %s", async (_, more, expected) => {
    const forms: Record<string, string>[] = [];
    const server = await startWith((form) => (forms.push(Object.fromEntries(form)), good));
    await read(server, {}, { env: { ...registration, ...more, AZURE_AUTHORITY_HOST: server.url } });
    expect(forms).toMatchObject([expected]);
  });

  test.each([
    ["AADSTS7000215: Invalid client secret provided: SECRET.", "does not accept AZURE_CLIENT_SECRET"],
    ["AADSTS7000222: The provided client secret keys for app are expired.", "AZURE_CLIENT_SECRET has expired"],
    ["AADSTS700213: No matching federated identity record found", "knows no federated credential for this workflow"],
    ["AADSTS70021: No matching federated identity record found", "knows no federated credential for this workflow"],
    ["AADSTS700016: Application with identifier was not found", "no such app in the tenant"],
    ["AADSTS90002: Tenant 'tenant-1' not found.", "no such tenant"],
  ])("%s", async (description, words) => {
    const secret = "s3cr3t-Wx9QpLm2Tz";
    const server = await startWith(() =>
      refuse(401, { error: "invalid_client", error_description: description.replace("SECRET", secret) }),
    );
    const env = { ...registration, AZURE_CLIENT_SECRET: secret, AZURE_AUTHORITY_HOST: server.url };
    const problem = await refusalOf(read(server, {}, { env }));
    expect(problem.message).toContain(words);
    expect(`${problem.message} ${problem.remedy}`).not.toContain(secret);
  });

  test("in another cloud asks for a token that is good there", async () => {
    const forms: Record<string, string>[] = [];
    const server = await startWith((form) => (forms.push(Object.fromEntries(form)), good));
    const env = { ...registration, AZURE_CLIENT_SECRET: "s3cr3t-Wx9QpLm2Tz", AZURE_AUTHORITY_HOST: server.url };
    const config = azureCost.schema().parse({
      type: "azure-cost",
      scope: `subscriptions/${subscriptionId}`,
      baseUrl: "https://management.usgovcloudapi.net",
    });
    expect(await azureToken(config, worldOf("/", env))).toBe(armToken);
    expect(forms).toMatchObject([{ scope: "https://management.usgovcloudapi.net/.default" }]);
  });

  test("without anything that proves the app says what a workflow needs", async () => {
    const server = await start();
    const problem = await refusalOf(read(server, {}, { env: registration }));
    expect(problem).toMatchObject({ kind: "usage" });
    expect(problem.remedy).toContain("id-token: write");
    expect(server.asked).toEqual([]);
  });

  test("an empty file of a token is named", async () => {
    const env = { ...registration, AZURE_FEDERATED_TOKEN_FILE: "/nowhere/token" };
    expect((await refusalOf(read(await start(), {}, { env }))).message).toContain("AZURE_FEDERATED_TOKEN_FILE");
  });
});
