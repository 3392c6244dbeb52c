import { readFileSync } from "node:fs";
import { join } from "node:path";
import { charges } from "../../../config/sample/charges.ts";
import { csvOf } from "../../../config/sample/focus-csv.ts";
import { type Stage, openStage } from "../people/stage.ts";

export const repository = "acme/costs";

const project = join(import.meta.dirname, "../../..");
const costs = "config/sample/costs";

function firstFiles(): Record<string, string> {
  const names = ["config/overpace.yaml", "config/plan.yaml", "config/allocation.yaml", "config/sample/tickets.csv"];
  const copied = names.map((name) => [name, readFileSync(join(project, name), "utf8")] as const);
  return { ...Object.fromEntries(copied), ".gitignore": `# the export is fetched anew for each run\n/${costs}/\n` };
}

/** Where the demo plays: the configuration and the sample costs of this project. */
export function openDemo(): Promise<Stage> {
  return openStage({
    repository,
    roles: { octocat: "write", hubot: "write" },
    files: firstFiles(),
    now: "2026-10-30T09:00:00Z",
    costs: { path: `${costs}/export.csv`, textOn: (seen) => csvOf(charges(seen)) },
  });
}
