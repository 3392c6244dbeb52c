import { readFileSync } from "node:fs";
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import formats from "ajv-formats";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";

/** One request as the vendor sees it; the path without the base. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A refusal: its status and its body. */
export interface Refusal {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export const refuse = (status: number, body: unknown, headers: Refusal["headers"] = {}): Refusal => ({ status, body, headers });

/** One place that a vendor answers at. */
interface Route {
  /** `GET /organization/costs`; `:id` stands for one part. */
  readonly at: string;
  /** The parameters that it knows, in the address; any other is refused with 400. */
  readonly params?: readonly string[];
  readonly required?: readonly string[];
  /** The file in test/fixtures/specs that its answers are held to. */
  readonly schema?: string;
  /** The JSON that it answers, or a refusal, or a promise of one; `parts` are what stood for `:id`. */
  readonly answer: (asked: Asked, parts: readonly string[]) => unknown;
}

/** A vendor's API: what it accepts as a key, and where it answers. */
export interface VendorApi {
  /** What the base ends in: `/v1`, or nothing. */
  readonly base: string;
  readonly refusalOf: (asked: Asked) => Refusal | null;
  readonly routes: readonly Route[];
}

/** What goes wrong instead of an answer: a refusal, or a raw body; `cut` breaks the connection within it. */
export interface Fault {
  readonly status?: number;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly cut?: boolean;
}

export interface VendorServer {
  /** As `baseUrl` of the source. */
  readonly url: string;
  readonly asked: readonly Asked[];
  /** Which request fails, counted from 1 since the last call of this, and how; null = answered. */
  readonly failWith: (faultOf: (n: number, asked: Asked) => Fault | null) => void;
  /** Stops, and throws when an answer broke its schema or the server itself failed. */
  readonly close: () => Promise<void>;
}

const ajv = new Ajv2020({ strict: false });
formats.default(ajv);
const validators = new Map<string, ValidateFunction>();

function validatorOf(schema: string): ValidateFunction {
  const known = validators.get(schema);
  if (known) return known;
  const path = join(import.meta.dirname, "../../fixtures/specs", schema);
  const made = ajv.compile(JSON.parse(readFileSync(path, "utf8")) as object);
  validators.set(schema, made);
  return made;
}

export const isRefusal = (answer: unknown): answer is Refusal =>
  typeof answer === "object" && answer !== null && "status" in answer && "body" in answer;

function match(route: Route, { method, path }: Asked): string[] | null {
  const pattern = route.at.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/:[a-z]+/g, "([^/]+)");
  const found = new RegExp(`^${pattern}$`).exec(`${method} ${path}`);
  return found && found.slice(1).map(decodeURIComponent);
}

/** What the vendor answers; violations of its own schema are noted. */
async function answerOf(
  api: VendorApi,
  asked: Asked,
  violations: string[],
): Promise<{ status: number; body: unknown; headers?: Refusal["headers"] }> {
  const refused = api.refusalOf(asked);
  if (refused) return refused;
  for (const route of api.routes) {
    const parts = match(route, asked);
    if (!parts) continue;
    const strange = [...asked.query.keys()].find((name) => !(route.params ?? []).includes(name));
    if (strange !== undefined) return refuse(400, { error: { message: `Unknown parameter: '${strange}'.` } });
    const missing = (route.required ?? []).find((name) => !asked.query.has(name));
    if (missing !== undefined) return refuse(400, { error: { message: `Missing required parameter: '${missing}'.` } });
    const body = await route.answer(asked, parts);
    if (isRefusal(body)) return body;
    const valid = route.schema === undefined ? null : validatorOf(route.schema);
    if (valid && !valid(body)) violations.push(`${asked.path}: ${ajv.errorsText(valid.errors)}`);
    return { status: 200, body };
  }
  return refuse(404, { error: { message: `Invalid URL (${asked.method} ${asked.path})` } });
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString("utf8");
}

function send(response: ServerResponse, status: number, text: string, headers: Refusal["headers"] = {}, cut = false): void {
  const length = Buffer.byteLength(text) + (cut ? 100 : 0);
  response.writeHead(status, { "content-type": "application/json", "content-length": length, ...headers });
  if (cut) response.write(text, () => response.destroy());
  else response.end(text);
}

/** Starts a vendor's server of our own on loopback. */
export async function startVendor(api: VendorApi): Promise<VendorServer> {
  const asked: Asked[] = [];
  const violations: string[] = [];
  let count = 0;
  let faultOf: Parameters<VendorServer["failWith"]>[0] = () => null;
  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? "/", "http://vendor");
    const path = url.pathname.startsWith(`${api.base}/`) ? url.pathname.slice(api.base.length) : `(outside of the base)${url.pathname}`;
    const one = { method: request.method ?? "GET", path, query: url.searchParams, headers: request.headers, body: await bodyOf(request) };
    asked.push(one);
    const fault = faultOf(++count, one);
    if (fault) return send(response, fault.status ?? 200, fault.body ?? "", fault.headers, fault.cut);
    const { status, body, headers } = await answerOf(api, one, violations);
    send(response, status, JSON.stringify(body), headers);
  };
  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      violations.push(String(error));
      response.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${api.base}`,
    asked,
    failWith: (next) => {
      count = 0;
      faultOf = next;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      if (violations.length > 0) throw new Error(`the vendor's server: ${violations.join("\n")}`);
    },
  };
}
