import { refuse } from "../refusal.ts";

/** Bytes of base64 text; line breaks are allowed, anything else wrong is 422. */
export function decodeBase64(text: string): Buffer {
  const plain = text.replaceAll(/[\r\n]/g, "");
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(plain) || plain.replaceAll("=", "").length % 4 === 1) {
    throw refuse(422, "content is not valid Base64.");
  }
  return Buffer.from(plain, "base64");
}

/** Base64 as GitHub sends it: lines of 60, each ended by a newline. */
export const encodeBase64 = (data: Buffer): string => data.toString("base64").replaceAll(/.{1,60}/g, "$&\n");
