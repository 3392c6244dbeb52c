import * as z from "zod/mini";
import type { SourceConfig } from "../core/settings/config.ts";
import { anthropic } from "./anthropic/index.ts";
import { awsCostExplorer } from "./aws-cost-explorer/index.ts";
import { azureCost } from "./azure-cost/index.ts";
import { command } from "./command/index.ts";
import { csv } from "./csv/index.ts";
import { cursor } from "./cursor/index.ts";
import { focus } from "./focus/index.ts";
import { gcpBilling } from "./gcp-billing/index.ts";
import { githubBilling } from "./github-billing/index.ts";
import { langfuse } from "./langfuse/index.ts";
import { litellm } from "./litellm/index.ts";
import { log } from "./log/index.ts";
import { openai } from "./openai/index.ts";
import { openrouter } from "./openrouter/index.ts";
import { pinecone } from "./pinecone/index.ts";
import type { Reading, SourceContext } from "./source.ts";
import { bind } from "./source.ts";
import { vercelAiGateway } from "./vercel-ai-gateway/index.ts";

/** Every source type by the name that stands in `type:`; adding one is a file and a line here. */
export const sourceTypes = {
  focus: bind(focus),
  csv: bind(csv),
  command: bind(command),
  log: bind(log),
  openai: bind(openai),
  anthropic: bind(anthropic),
  litellm: bind(litellm),
  langfuse: bind(langfuse),
  "aws-cost-explorer": bind(awsCostExplorer),
  cursor: bind(cursor),
  "github-billing": bind(githubBilling),
  openrouter: bind(openrouter),
  "vercel-ai-gateway": bind(vercelAiGateway),
  pinecone: bind(pinecone),
  "gcp-billing": bind(gcpBilling),
  "azure-cost": bind(azureCost),
};
type SourceTypeName = keyof typeof sourceTypes;

function isKnown(name: string): name is SourceTypeName {
  return Object.hasOwn(sourceTypes, name);
}

/**
 * One entry of `sources` in the configuration; the source's own schema says which keys it takes. Only the types that are used are made: a start
 * need not pay for the others.
 */
export function sourceSchemaFor(used: Iterable<string>) {
  const types = [...new Set(used)].filter(isKnown);
  const [first = "focus", ...others] = types;
  return z.discriminatedUnion(
    "type",
    [sourceTypes[first].schema, ...others.map((type) => sourceTypes[type].schema)],
    `expected a source type: ${Object.keys(sourceTypes).join(", ")}`,
  );
}

/** The same for every type. */
export const sourceSchema = () => sourceSchemaFor(Object.keys(sourceTypes));

function typeOf(config: SourceConfig): (typeof sourceTypes)[SourceTypeName] {
  if (!isKnown(config.type)) throw new Error(`no source type ${config.type}`);
  return sourceTypes[config.type];
}

/** True for a source that asks a vendor over the network. */
export function isRemote(config: SourceConfig): boolean {
  return typeOf(config).vendor !== null;
}

/**
 * Reads a configured source; a long range of a vendor in pieces, so that a later one that fails leaves those before it.
 * @throws Problem when nothing can be read.
 */
export async function readSource(config: SourceConfig, context: SourceContext): Promise<Reading> {
  const { read, vendor } = typeOf(config);
  if (vendor === null) return { delivery: await read(config, context), problem: null };
  const { readInPieces } = await import("./http/pieces.ts");
  return readInPieces((part) => read(config, part), config, vendor, context);
}
