import * as z from "zod/mini";
import { addDays } from "../core/day.ts";
import { Problem } from "../core/problem.ts";
import type { HttpMetric } from "../core/settings/metrics.ts";
import type { World } from "../core/world.ts";
import { askJson } from "../shell/http/ask.ts";
import { rowOfJson, valueAt } from "./json.ts";
import { daysAsked, type ReadMetric } from "./metric.ts";

const remedy =
  "Check url, bearerEnv and rows of this metric in config/overpace.yaml, and what the server answers; nothing of this metric was read.";

/** The token of the named variable; null where none is named. @throws Problem when it is not set, or can be no header. */
function tokenOf({ bearerEnv }: HttpMetric, env: World["env"]): string | null {
  if (bearerEnv === undefined) return null;
  const token = (env[bearerEnv] ?? "").trim();
  if (/^[\x21-\x7e]{6,}$/.test(token)) return token;
  throw new Problem(`bearerEnv names ${bearerEnv}, which ${token === "" ? "is not set in the environment" : "holds no token"}`, {
    remedy: "Set it where overpace runs (in a workflow under env:, from a secret), the token alone on one line.",
  });
}

/** A JSON answer that holds a list of rows; `{start}` and `{end}` in the address become days, the end exclusive. */
export const http: ReadMetric<HttpMetric> = async (config, { world, asOf }) => {
  const token = tokenOf(config, world.env);
  const url = new URL(config.url.replaceAll("{start}", addDays(asOf, -daysAsked)).replaceAll("{end}", asOf));
  const peer = {
    name: url.host,
    baseUrl: url.origin,
    headers: token === null ? {} : { authorization: `Bearer ${token}` },
    secrets: token === null ? [] : [token],
    help: { key: remedy, scope: remedy },
    world,
  };
  try {
    const answer = await askJson(peer, { path: `${url.pathname}${url.search}` }, z.unknown());
    const rows = valueAt(answer, config.rows);
    if (!Array.isArray(rows)) throw new Problem(`${url.host} answered without a list at ${config.rows || "the top"}`, { remedy });
    return rows.flatMap((row: unknown, index) => rowOfJson(config, row, { file: `rows of ${config.name}`, line: index + 1 }));
  } catch (error) {
    // What the client advises is about sources.
    if (error instanceof Problem && error.place === undefined) throw new Problem(error.message, { remedy, cause: error });
    throw error;
  }
};
