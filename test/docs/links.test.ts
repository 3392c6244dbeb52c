import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
const text = (file: string) => readFileSync(join(root, file), "utf8");

/** The files of a folder and those below it with this ending, from the root. */
function filesIn(folder: string, ending: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map(({ parentPath, name }) => relative(root, join(parentPath, name)));
}

const pages = ["README.md", "CONTRIBUTING.md", ...["docs", "bench", "config"].flatMap((folder) => filesIn(folder, ".md"))].filter(
  (file) => !file.includes("node_modules"),
);

/** Text outside fenced code. */
const prose = (markdown: string) => markdown.replace(/^```[^]*?^```/gm, "");

/** What GitHub calls a heading in an address. */
const anchorOf = (heading: string) =>
  heading
    .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_\- ]/gu, "")
    .replaceAll(" ", "-");

const anchorsIn = (file: string) => [...prose(text(file)).matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) => anchorOf(heading));

/** Why a link from a page leads nowhere; null when it does lead somewhere. */
function fault(page: string, link: string): string | null {
  const [path = "", anchor] = link.split("#");
  const target = path === "" ? page : join(dirname(page), path);
  if (!existsSync(join(root, target))) return `${page}: ${link}`;
  return anchor === undefined || anchorsIn(target).includes(anchor) ? null : `${page}: ${link} (no such heading)`;
}

describe("what is pointed to is there", () => {
  it.each(pages)("links of %s", (page) => {
    const links = [...prose(text(page)).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = ""]) => link).filter((link) => !link.includes("://"));
    expect(links.flatMap((link) => fault(page, link) ?? [])).toEqual([]);
  });

  it.each(pages)("files that %s names", (page) => {
    const named = [...text(page).matchAll(/`((?:src|test|bench|docs)\/[\w./-]+)`/g)].map(([, file = ""]) => file);
    expect(named.filter((file) => ![file, `${file}.test.ts`].some((path) => existsSync(join(root, path))))).toEqual([]);
  });

  it("pages that messages and comments of the code name", () => {
    const named = filesIn("src", ".ts").flatMap((file) =>
      [...text(file).matchAll(/(?<![\w/.])docs\/[\w./-]+\.md/g)].map(([page]) => ({ file, page })),
    );
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter(({ page }) => !existsSync(join(root, page)))).toEqual([]);
  });
});
