import { basename, isAbsolute, join, normalize, relative, resolve, sep } from "node:path";
import type { Finding } from "../../core/finding.ts";
import { Problem, throwAll } from "../../core/problem.ts";
import { isFolder, pathExists } from "../../shell/files.ts";
import { readPlainFile } from "../../shell/plain-file.ts";
import { listReviews } from "../../shell/review-folder.ts";
import type { Call } from "../command.ts";

/** A file to check, as far as it could be read. */
export interface FileToCheck {
  /** As people write it: `reviews/2026/2026-W47.md`. */
  readonly file: string;
  readonly path: string;
  /** Null where it could not be read; `findings` say why. */
  readonly text: string | null;
  readonly findings: readonly Finding[];
}

const sayName = "name a review file, such as reviews/2026/2026-W47.md, or none to check them all";

function findingOf(rule: string, severity: Finding["severity"], file: string, message: string, remedy: string): Finding {
  return { rule, severity, file, line: 1, column: 1, message, remedy };
}

function isBelow(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== "" && way.split(sep)[0] !== ".." && !isAbsolute(way);
}

/** Whoever names a folder that is a link means it; what somebody put below it is taken as it is. */
function rootOf({ world, reviews }: Call, path: string): string {
  const folder = resolve(world.cwd, reviews);
  return isBelow(path, folder) ? folder : world.cwd;
}

function read(call: Call, file: string): FileToCheck {
  const path = resolve(call.world.cwd, file);
  try {
    return { file, path, text: readPlainFile(path, rootOf(call, path), file), findings: [] };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { file, path, text: null, findings: [findingOf("readable", "error", file, error.message, error.remedy)] };
  }
}

/** What is wrong with a name on the command line, if anything is. */
async function faultOf({ world }: Call, file: string): Promise<Problem[]> {
  const path = resolve(world.cwd, file);
  const refuse = (message: string) => [new Problem(message, { remedy: sayName, place: { file }, kind: "usage" })];
  if (!(await pathExists(path))) return refuse("there is no such file");
  if (await isFolder(path)) return refuse("is a folder, not a file; --reviews names the folder of the reviews");
  return file.endsWith(".md") ? [] : refuse("is not a Markdown file (.md)");
}

async function named(call: Call): Promise<FileToCheck[]> {
  const files = [...new Set(call.files.map((file) => normalize(file)))];
  throwAll((await Promise.all(files.map((file) => faultOf(call, file)))).flat());
  return files.map((file) => read(call, file));
}

function unread(call: Call, file: string, finding: Finding): FileToCheck {
  return { file, path: resolve(call.world.cwd, file), text: null, findings: [finding] };
}

function monthly(file: string): Finding {
  return findingOf(
    "file-name",
    "warning",
    file,
    "monthly reviews are not checked by this version",
    "nothing is to be done; look it over yourself",
  );
}

function misnamed(file: string): Finding {
  const message = `\`${basename(file)}\` looks like a review, but is not named or placed as one, so it is not checked`;
  return findingOf("file-name", "warning", file, message, "name it by year and ISO week, such as 2026/2026-W47.md, or otherwise");
}

function link(file: string): Finding {
  return findingOf("readable", "error", file, "a symbolic link is not followed", "put the folder itself in the place of the link");
}

async function all(call: Call): Promise<FileToCheck[]> {
  const { world, reviews, publish } = call;
  const folder = resolve(world.cwd, reviews);
  if (!(await isFolder(folder))) {
    // In a pull request of a repository that has no review yet there is nothing to remark.
    if (publish !== "folder") return [];
    throw new Problem("there is no such folder", {
      remedy: "name the folder of the reviews with --reviews, or review files",
      place: { file: reviews },
      kind: "usage",
    });
  }
  const found = await listReviews(folder, reviews);
  const remark = (paths: readonly string[], findingFor: (file: string) => Finding) =>
    paths.map((path) => join(reviews, path)).map((file) => unread(call, file, findingFor(file)));
  const texts = found.reviews.map((path) => read(call, join(reviews, path)));
  return [...remark(found.links, link), ...texts, ...remark(found.monthly, monthly), ...remark(found.misnamed, misnamed)];
}

/** The files that a call of `check` means, read as far as they can be. @throws Problem for names that are no review files. */
export function filesToCheck(call: Call): Promise<FileToCheck[]> {
  return call.files.length === 0 ? all(call) : named(call);
}
