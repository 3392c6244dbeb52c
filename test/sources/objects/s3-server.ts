import { createHash, createHmac } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/**
 * A small S3 of our own on loopback, for what real servers do not do on demand: it checks signatures (Version 4, from the description in AWS's
 * "Create a signed request"), gives two keys a page, and can be told to fail.
 */
export interface S3Server {
  readonly url: string;
  readonly objects: Map<string, Buffer>;
  /** What it was asked: `GET key` or `LIST prefix`. */
  readonly asked: string[];
  /** Is shown each request before it is answered; true = it has answered itself. */
  interrupt: (asked: string, response: ServerResponse) => boolean;
  readonly close: () => Promise<void>;
}

export const accessKey = "AKIDEXAMPLE";
export const secretKey = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

const hash = (text: string) => createHash("sha256").update(text).digest("hex");
const hmac = (key: string | Buffer, text: string) => createHmac("sha256", key).update(text).digest();
const encoded = (text: string) => encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
const xml = (text: string) => text.replace(/[&<>]/g, (c) => `&#${c.charCodeAt(0)};`);
const etag = (content: Buffer) => `"${createHash("md5").update(content).digest("hex")}"`;

/** The signature that a request should bear. */
function signatureOf(request: IncomingMessage, rawPath: string, parameters: URLSearchParams): string {
  const header = request.headers.authorization ?? "";
  const [, scope = "", names = ""] = /Credential=[^/]+\/([^,]+), ?SignedHeaders=([^,]+)/.exec(header) ?? [];
  const [date = "", region = "", service = ""] = scope.split("/");
  const query = [...parameters].map(([name, value]) => `${encoded(name)}=${encoded(value)}`).toSorted();
  const headers = names.split(";").map((name) => `${name}:${String(request.headers[name]).trim()}\n`);
  const path = rawPath
    .split("/")
    .map((part) => encoded(decodeURIComponent(part)))
    .join("/");
  const body = String(request.headers["x-amz-content-sha256"]);
  const canonical = [request.method, path, query.join("&"), headers.join(""), names, body].join("\n");
  const text = ["AWS4-HMAC-SHA256", request.headers["x-amz-date"], scope, hash(canonical)].join("\n");
  const key = [region, service, "aws4_request"].reduce<Buffer>((key, part) => hmac(key, part), hmac(`AWS4${secretKey}`, date));
  return hmac(key, text).toString("hex");
}

/** Answers as S3 does when it refuses. */
export function refuse(response: ServerResponse, status: number, code: string, message = code): true {
  response
    .writeHead(status, { "content-type": "application/xml" })
    .end(`<?xml version="1.0"?><Error><Code>${code}</Code><Message>${xml(message)}</Message></Error>`);
  return true;
}

function list(objects: ReadonlyMap<string, Buffer>, query: URLSearchParams): string {
  const keys = [...objects.keys()].filter((key) => key.startsWith(query.get("prefix") ?? "")).toSorted();
  const start = Number(query.get("continuation-token") ?? 0);
  const page = keys.slice(start, start + 2);
  const more = start + 2 < keys.length;
  const contents = page.map((key) => {
    const content = objects.get(key) ?? Buffer.alloc(0);
    return `<Contents><Key>${xml(key)}</Key><Size>${content.length}</Size><ETag>${xml(etag(content))}</ETag></Contents>`;
  });
  return `<?xml version="1.0"?><ListBucketResult><IsTruncated>${more}</IsTruncated>${more ? `<NextContinuationToken>${start + 2}</NextContinuationToken>` : ""}${contents.join("")}</ListBucketResult>`;
}

/** Starts it, with one bucket called `bills`. */
export async function startS3(files: Readonly<Record<string, string | Uint8Array>>): Promise<S3Server> {
  const objects = new Map(Object.entries(files).map(([key, content]) => [key, Buffer.from(content)]));
  const asked: string[] = [];
  const server = createServer((request, response) => {
    // As it stands: a URL would take `..` out of a key.
    const [rawPath = "", query = ""] = (request.url ?? "").split("?");
    const parameters = new URLSearchParams(query);
    const [, bucket = "", ...rest] = decodeURIComponent(rawPath).split("/");
    const key = rest.join("/");
    const what = key === "" ? `LIST ${parameters.get("prefix") ?? ""}` : `GET ${key}`;
    asked.push(what);
    if (running.interrupt(what, response)) return;
    if (!request.headers.authorization?.includes(accessKey)) return void refuse(response, 403, "InvalidAccessKeyId");
    if (!request.headers.authorization.endsWith(`Signature=${signatureOf(request, rawPath, parameters)}`))
      return void refuse(response, 403, "SignatureDoesNotMatch");
    if (bucket !== "bills") return void refuse(response, 404, "NoSuchBucket", "The specified bucket does not exist");
    if (key === "") return void response.writeHead(200, { "content-type": "application/xml" }).end(list(objects, parameters));
    const content = objects.get(key);
    if (content === undefined) return void refuse(response, 404, "NoSuchKey");
    const match = request.headers["if-match"];
    if (match !== undefined && match !== etag(content)) return void refuse(response, 412, "PreconditionFailed");
    response.writeHead(200, { "content-length": content.length, etag: etag(content) }).end(content);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const running: S3Server = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    objects,
    asked,
    interrupt: () => false,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return running;
}
