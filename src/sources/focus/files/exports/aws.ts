import { dirname } from "node:path";
import * as z from "zod/mini";
import type { Manifest, Run } from "./run.ts";

/**
 * AWS Data Exports: `<export>/data/BILLING_PERIOD=2026-10/…` and, written last, `<export>/metadata/BILLING_PERIOD=2026-10/<export>-Manifest.json`,
 * which always describes the most recent refresh. An export that keeps versions has the same in a folder `<timestamp>-<execution>` for each as well.
 * Source: https://docs.aws.amazon.com/cur/latest/userguide/dataexports-export-delivery.html
 */
const schema = z.object({ dataFiles: z.array(z.string()).check(z.minLength(1)) });
const place = /^(.*)\/metadata\/((?:[^/=]+=[^/]+\/)*)(?:([^/]+)\/)?(?:[^/]+-)?Manifest\.json$/i;

/** The most recent refresh of each billing period of each export. */
export function awsExport(manifests: readonly Manifest[]): Run[] {
  const found = manifests.flatMap((manifest) => {
    const parsed = schema.safeParse(manifest.content);
    const [, root, partition = "", version = ""] = place.exec(manifest.path) ?? [];
    return parsed.success ? [{ manifest, root: root ?? dirname(manifest.path), partition, version, files: parsed.data.dataFiles }] : [];
  });
  const periods = Map.groupBy(found, ({ root, partition }) => `${root}\n${partition}`);
  return [...periods.values()].flatMap((versions) => {
    // Where only folders of versions were copied, they tell by their timestamps.
    const byTime = versions.toSorted((a, b) => (a.version < b.version ? -1 : 1));
    const newest = versions.find(({ version }) => version === "") ?? byTime.at(-1);
    return newest === undefined ? [] : [{ manifest: newest.manifest, set: `aws ${newest.root}`, files: newest.files, warnings: [] }];
  });
}
