import { createHash, createHmac } from "node:crypto";
import type { Asked } from "../server.ts";

export const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const hmac = (key: string | Buffer, text: string) => createHmac("sha256", key).update(text).digest();

/** An access key with what belongs to it. */
export interface AccessKey {
  readonly id: string;
  readonly secret: string;
  readonly session?: string;
}

const form =
  /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request, SignedHeaders=([a-z0-9;-]+), Signature=([0-9a-f]{64})$/;

/** The scope that a request was signed for, and whether its signature (Signature Version 4) is right; null without a signature. */
export function checkSignature({ method, path, query, headers, body }: Asked, { secret }: AccessKey) {
  const found = form.exec(headers.authorization ?? "");
  if (!found) return null;
  const [, keyId = "", date = "", region = "", service = "", names = "", signature = ""] = found;
  const time = String(headers["x-amz-date"]);
  const signed = names.split(";");
  const canonical = [
    method,
    path,
    [...query]
      .map((pair) => pair.map(encodeURIComponent).join("="))
      .sort()
      .join("&"),
    ...signed.map((name) => `${name}:${String(headers[name] ?? "").trim()}`),
    "",
    names,
    sha256(body),
  ].join("\n");
  const text = ["AWS4-HMAC-SHA256", time, `${date}/${region}/${service}/aws4_request`, sha256(canonical)].join("\n");
  const key = [date, region, service, "aws4_request"].reduce<Buffer>(hmac, Buffer.from(`AWS4${secret}`));
  return { keyId, region, service, time, signed, isRight: hmac(key, text).toString("hex") === signature && time.startsWith(date) };
}
