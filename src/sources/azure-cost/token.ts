import { readFile } from "node:fs/promises";
import * as z from "zod/mini";
import { Problem } from "../../core/problem.ts";
import type { World } from "../../core/world.ts";
import { askJson } from "../../shell/http/ask.ts";
import type { Peer } from "../../shell/http/peer.ts";
import { secretOf } from "../http/peer.ts";
import { type AzureCostConfig, vendor } from "./entry.ts";
import { signInMeaning } from "./refusal.ts";

const tokenAnswer = z.object({ access_token: z.string().check(z.minLength(1)) });
const identityAnswer = z.object({ value: z.string().check(z.minLength(1)) });

const page = "docs/sources/azure-cost.md";
const help = { key: `Sign in again (${page}).`, scope: `Sign in again (${page}).` };

/** The clouds whose tokens are not good for the public one. */
const otherClouds = /^https:\/\/management\.(?:usgovcloudapi\.net|chinacloudapi\.cn)(?=\/|$)/i;

/** A token of the workflow for Azure. Source: GitHub's page on OpenID Connect in workflows. */
async function workflowToken(url: string, world: World): Promise<string> {
  const requestToken = (world.env["ACTIONS_ID_TOKEN_REQUEST_TOKEN"] ?? "").trim();
  const peer: Peer = {
    name: "GitHub's identity service",
    baseUrl: new URL(url).origin,
    headers: { authorization: `Bearer ${requestToken}` },
    secrets: [requestToken],
    help,
    world,
  };
  return (await askJson(peer, { path: url, query: { audience: "api://AzureADTokenExchange" } }, identityAnswer)).value;
}

/** What proves who asks: a secret, or a token that the app registration trusts. @throws Problem when there is neither. */
async function proofOf(world: World): Promise<Readonly<Record<string, string>>> {
  const { env } = world;
  const [secret, file, url] = ["AZURE_CLIENT_SECRET", "AZURE_FEDERATED_TOKEN_FILE", "ACTIONS_ID_TOKEN_REQUEST_URL"].map((name) =>
    (env[name] ?? "").trim(),
  );
  if (secret) return { client_secret: secret };
  if (!file && (!url || !URL.canParse(url)))
    throw new Problem("Azure: AZURE_CLIENT_ID is set, but nothing that proves it", {
      remedy: `Give the workflow the permission id-token: write and the app registration a federated credential (${page}), or set AZURE_CLIENT_SECRET.`,
      kind: "usage",
    });
  const assertion = file ? await federatedToken(file) : await workflowToken(url ?? "", world);
  return { client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer", client_assertion: assertion };
}

async function federatedToken(file: string): Promise<string> {
  const text = await readFile(file, "utf8").catch(() => "");
  if (text.trim() !== "") return text.trim();
  throw new Problem("Azure: the file that AZURE_FEDERATED_TOKEN_FILE names holds no token", {
    remedy: "Check the variable; workload identity writes the file where it is switched on.",
    kind: "usage",
  });
}

/**
 * A token for Azure's management: that of the environment, else one for the app registration of `AZURE_TENANT_ID` and `AZURE_CLIENT_ID`, by its
 * secret, by a federated token in a file, or by the identity of the GitHub workflow; the names are those of Azure's own packages.
 * Source: Microsoft identity platform, client credentials flow with secret and with federated credential.
 * @throws Problem with the steps to take when there is none.
 */
export async function azureToken({ baseUrl, tokenEnv }: AzureCostConfig, world: World): Promise<string> {
  const [given, tenant = "", client = ""] = [tokenEnv, "AZURE_TENANT_ID", "AZURE_CLIENT_ID"].map((name) => (world.env[name] ?? "").trim());
  if (given || !tenant || !client) return secretOf(world, tokenEnv, vendor);
  const proof = await proofOf(world);
  const authority = (world.env["AZURE_AUTHORITY_HOST"] ?? "").trim() || "https://login.microsoftonline.com";
  const peer: Peer = {
    name: "Azure's sign-in",
    baseUrl: (URL.canParse(authority) ? authority : `https://${authority}`).replace(/\/+$/, ""),
    headers: {},
    secrets: Object.entries(proof).flatMap(([name, value]) => (name === "client_assertion_type" ? [] : [value])),
    help,
    explain: signInMeaning,
    world,
  };
  const audience = otherClouds.exec(baseUrl)?.[0] ?? vendor.baseUrl;
  const form = { grant_type: "client_credentials", client_id: client, scope: `${audience}/.default`, ...proof };
  return (await askJson(peer, { path: `/${encodeURIComponent(tenant)}/oauth2/v2.0/token`, form }, tokenAnswer)).access_token;
}
