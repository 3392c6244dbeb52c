import type { World } from "../../core/world.ts";
import type { Peer } from "../../shell/http/peer.ts";
import { peerOf } from "../http/peer.ts";
import { type AnthropicConfig, vendor } from "./entry.ts";

/** A key, or a token that stands for one. */
function headersOf(secret: string): Readonly<Record<string, string>> {
  const isToken = secret.startsWith("sk-ant-oat");
  return { "anthropic-version": "2023-06-01", ...(isToken ? { authorization: `Bearer ${secret}` } : { "x-api-key": secret }) };
}

/** Anthropic's server with the key of the environment. @throws Problem without a key. */
export function anthropicPeer(config: AnthropicConfig, world: World): Peer {
  return peerOf(config, vendor, world, headersOf);
}
