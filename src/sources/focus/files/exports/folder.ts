import { basename, dirname, resolve, sep } from "node:path";
import { glob } from "tinyglobby";
import { Problem } from "../../../../core/problem.ts";
import { shortList } from "../../../../core/short-list.ts";
import { readText } from "../../../../shell/files.ts";
import { inParallel } from "../../../../shell/parallel.ts";
import { type FoundFiles, isReadable, type SourceFile } from "../source-file.ts";
import { awsExport } from "./aws.ts";
import { azureRun, newestRuns } from "./azure.ts";
import type { Manifest, Run } from "./run.ts";

/** Files that a folder of exports holds besides data: nothing is lost when they are passed over. */
const companion = /(^|\/)(_.*|\..*|.*\.(md|txt|json|sql|crc|sha256|yaml|yml))$/i;
const manifestsTogether = 8;
const manifestName = /(^|\/)([^/]*-)?manifest\.json$/i;

/** What lies in a folder of exports, on disk or in a bucket. */
export interface Listing {
  /** Every file below the folder, by a path with forward slashes. */
  readonly paths: readonly string[];
  /** How messages name a path. */
  readonly nameOf: (path: string) => string;
  readonly read: (path: string) => Promise<string>;
}

/** A folder on disk as a listing. */
export async function folderOnDisk(folder: string, nameOf: (path: string) => string): Promise<Listing> {
  const paths = await glob(["**/*"], { cwd: folder, absolute: true, onlyFiles: true, dot: true });
  return {
    paths: paths.map((path) => resolve(path).split(sep).join("/")).toSorted(),
    nameOf,
    read: async (path) => (await readText(path, nameOf(path))) ?? "",
  };
}

/**
 * The files of a folder of exports. Where manifests name files (AWS Data Exports, Azure Cost Management) the newest run of each billing period
 * counts and nothing else; without manifests (Google Cloud, OCI, folders of one's own) every file below the folder that can be read counts. OCI
 * writes a file of what is new every six hours, late rows and corrections among it, and never an old one again.
 * Source: https://docs.oracle.com/iaas/Content/Billing/Concepts/usagereportsoverview.htm ("How Cost Reports Work")
 * @throws Problem for a folder without data and for a manifest that cannot be followed.
 */
export async function filesOfFolder(folder: string, { paths, nameOf, read }: Listing): Promise<FoundFiles> {
  const manifests: Manifest[] = [];
  const named = paths.filter((path) => manifestName.test(path));
  await inParallel(named, manifestsTogether, async (path) => {
    manifests.push({ path, name: nameOf(path), content: jsonOf(await read(path), nameOf(path)) });
  });
  manifests.sort((a, b) => (a.path < b.path ? -1 : 1));
  const runs = chosenRuns(manifests);
  const byBase = Map.groupBy(paths, (path) => basename(path));
  const listed = runs.flatMap((run) => filesOfRun(run, byBase, nameOf));
  const data = paths.filter((path) => isReadable(path));
  const files = runs.length > 0 ? listed : data.map((path): SourceFile => ({ path, name: nameOf(path) }));
  if (files.length === 0) throw noData(folder);
  const strange = paths.filter((path) => !isReadable(path) && !companion.test(path)).map(nameOf);
  return {
    files,
    warnings: [
      ...runs.flatMap((run) => run.warnings),
      ...(strange.length === 0 ? [] : [`Not read, as no .csv, .csv.gz or .parquet: ${shortList(strange)}.`]),
      ...(runs.length > 0 ? unlisted(data, manifests, nameOf) : manifests.map(unknownManifest)),
    ],
  };
}

function jsonOf(text: string, name: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (cause) {
    throw new Problem(`${name} is no JSON, so it cannot say which files belong to this export.`, {
      remedy: "Copy the export again, or name the data files themselves in path (for example exports/**/*.parquet).",
      place: { file: name },
      cause,
    });
  }
}

/** Of each export and billing period the newest run. */
function chosenRuns(manifests: readonly Manifest[]): Run[] {
  return [...awsExport(manifests), ...newestRuns(manifests.map(azureRun).filter((run) => run !== null))];
}

/** The files of a run where they lie now: their listed path may begin with a bucket and a prefix that the copy does not have. */
function filesOfRun(run: Run, byBase: ReadonlyMap<string, readonly string[]>, nameOf: (path: string) => string): SourceFile[] {
  return run.files.map((listed) => {
    const parts = listed.replace(/^[a-z0-9]+:\/\//i, "").split("/");
    const alike = byBase.get(parts.at(-1) ?? "") ?? [];
    const beside = `${dirname(run.manifest.path)}/${parts.at(-1)}`;
    const tail = parts.map((_, index) => `/${parts.slice(index).join("/")}`).find((text) => alike.some((path) => path.endsWith(text)));
    const found = alike.includes(beside) ? [beside] : alike.filter((path) => tail !== undefined && path.endsWith(tail));
    const [path] = found;
    if (path === undefined || found.length > 1) throw misplaced(run.manifest, listed, found.map(nameOf));
    return { path, name: nameOf(path), set: run.set };
  });
}

function misplaced(manifest: Manifest, listed: string, found: readonly string[]): Problem {
  const what = found.length === 0 ? "which is not there" : `which may be any of ${shortList(found)}`;
  return new Problem(`${manifest.name} lists ${JSON.stringify(listed)}, ${what}.`, {
    remedy: "Copy the whole export with its folders, once it is complete; nothing of this source was read.",
    place: { file: manifest.name },
  });
}

function unknownManifest({ name }: Manifest): string {
  return `${name} is no manifest of AWS Data Exports or Azure Cost Management: all files of the folder are counted.`;
}

/** Data files in a folder where no manifest, not even an older one, lists a file beside them. */
function unlisted(data: readonly string[], manifests: readonly Manifest[], nameOf: (path: string) => string): string[] {
  const texts = manifests.map((manifest) => JSON.stringify(manifest.content));
  const strange = data
    .filter((path) => !texts.some((text) => text.includes(`/${basename(dirname(path))}/`) && text.includes(basename(path))))
    .map(nameOf);
  return strange.length === 0
    ? []
    : [`No manifest lists ${shortList(strange)}: not counted. A manifest is written when its export is complete.`];
}

function noData(name: string): Problem {
  return new Problem(`${name} holds no .csv, .csv.gz or .parquet file.`, {
    remedy: "Correct path of this source in config/overpace.yaml, or put the exports there.",
    place: { file: name },
  });
}
