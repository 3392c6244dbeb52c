import * as z from "zod/mini";
import { Problem } from "../../../../core/problem.ts";
import type { Manifest, Run } from "./run.ts";

/**
 * Azure Cost Management exports: each run has a folder with `part_….csv` or `.parquet` and a `manifest.json` that lists them. A run holds the
 * whole month to date; without overwriting every run stays. Source: manifests in microsoft/finops-toolkit 527, exports as seen.
 */
const day = z.pipe(
  z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}/)),
  z.transform((text) => text.slice(0, 10)),
);
const schema = z.object({
  exportConfig: z.object({ exportName: z.string(), resourceId: z._default(z.string(), ""), type: z.string() }),
  runInfo: z.object({ submittedTime: z.string(), startDate: day, endDate: day }),
  blobs: z.array(z.object({ blobName: z.string() })),
});

interface AzureRun {
  readonly manifest: Manifest;
  readonly export: string;
  readonly type: string;
  readonly start: string;
  readonly end: string;
  readonly submitted: string;
  readonly files: readonly string[];
}

/** The run that a manifest describes; null for a manifest of anything else. */
export function azureRun(manifest: Manifest): AzureRun | null {
  const { success, data } = schema.safeParse(manifest.content);
  if (!success) return null;
  const { exportConfig, runInfo, blobs } = data;
  return {
    manifest,
    export: `${exportConfig.resourceId}\n${exportConfig.exportName}`.toLowerCase(),
    type: exportConfig.type,
    start: runInfo.startDate,
    end: runInfo.endDate,
    submitted: runInfo.submittedTime,
    files: blobs.map(({ blobName }) => blobName),
  };
}

/**
 * Of each export the newest run of each period; a run whose days a newer one delivers as well is superseded.
 * @throws Problem for two runs that share only some of their days.
 */
export function newestRuns(runs: readonly AzureRun[]): Run[] {
  const focus = runs.filter(({ type }) => type.toLowerCase() === "focuscost");
  const others = new Set(runs.filter((run) => !focus.includes(run)).map(({ type }) => type));
  const chosen = [...Map.groupBy(focus, (run) => run.export).values()].flatMap(withoutSuperseded);
  const warnings = others.size === 0 ? [] : [`Exports of ${[...others].toSorted().join(", ")} were passed over: only FocusCost is FOCUS.`];
  return chosen.map((run, index) => ({
    manifest: run.manifest,
    set: `azure ${run.export}`,
    files: run.files,
    warnings: index === 0 ? warnings : [],
  }));
}

function withoutSuperseded(runs: readonly AzureRun[]): AzureRun[] {
  const chosen: AzureRun[] = [];
  for (const run of runs.toSorted((a, b) => (a.submitted < b.submitted ? 1 : -1))) {
    // A month-to-date run ends where it was made, so runs that begin on the same day are one period.
    const newer = chosen.find((other) => other.start === run.start || (run.start <= other.end && other.start <= run.end));
    if (newer === undefined) chosen.push(run);
    else if (newer.start > run.start || (newer.start !== run.start && newer.end < run.end)) throw partlyShared(run, newer);
  }
  return chosen;
}

function partlyShared(run: AzureRun, newer: AzureRun): Problem {
  return new Problem(
    `${run.manifest.name} holds ${run.start} to ${run.end}, and the newer ${newer.manifest.name} only some of these days (${newer.start} to ${newer.end}).`,
    {
      remedy: "Export whole months, or name in path the run folders that should count.",
      place: { file: run.manifest.name },
    },
  );
}
