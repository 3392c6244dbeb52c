import fc from "fast-check";
import type { Item, Section } from "../../src/document/body/model.ts";

/** A piece of a body that edits of people go around: a zone with its markers, or one line outside of zones. */
interface Chunk {
  readonly text: string;
  readonly isZone: boolean;
}

/** One edit: what, at which share of the document, with which variation. */
export interface HumanEdit {
  readonly kind: string;
  readonly at: number;
  readonly pick: number;
}

const names = { summary: "changes", deltas: "delta", anomalies: "anomaly" } as const;
const sectionNames = Object.keys(names) as (keyof typeof names)[];
const ids = ["openai/inference", "a.b/größe", "feature:chat", "x@2026-11-16", "team:rest~0a1b2c"];
const bodies = [
  "",
  "\n\nplain text",
  "\n\n| a | b |\n| --- | ---: |\n| 1 | 2 |",
  "\n\n```text\n<!-- overpace:delta fake -->\n```",
  "\n\n- one\n- two",
  "\n\n\n\ntwo blank lines above",
];

export function promptsOf(name: string, id: string | undefined): string {
  if (name === "delta")
    return `- **Expected:** <!-- yes | no | partly -->\n- **Why:** <!-- why did ${id} change? -->\n- **Decision:** <!-- id -->`;
  return name === "anomaly" ? "**Status:** <!-- open | closed -->\n\n**Cause:** <!-- -->" : "";
}

function itemOf(name: string, id: string, version: number): Item {
  const text = `### ${name} ${id}: +$${version}.00${bodies[(version + id.length) % bodies.length]}`;
  return { zone: { name, id, text }, prompts: promptsOf(name, id) };
}

/** A review: always the same sections, any items, texts that differ by version. */
export const reviews: fc.Arbitrary<Section[]> = fc
  .tuple(...sectionNames.map(() => fc.record({ ids: fc.shuffledSubarray(ids), version: fc.nat(5) })))
  .map((choices) =>
    choices.map(({ ids: chosen, version }, index): Section => {
      const name = sectionNames[index] ?? "summary";
      const head = { name, text: `${index === 0 ? "#" : "##"} ${name}${bodies[version % bodies.length]}` };
      return { name, head, items: chosen.map((id) => itemOf(names[name], id, version)), end: version % 2 === 0 ? "" : `Sum ${version}` };
    }),
  );

const friendly = ["insert", "insert", "insert", "insert", "fill", "fill", "copyLine", "dropLine", "move", "crlfLine", "spacesLine"];
const hostile = [
  "cutLine",
  "copyLines",
  "indentLine",
  "typeInZone",
  "openFence",
  "renameMarker",
  "appendToMarker",
  "wrapZone",
  "copyZone",
  "nestZone",
  "cutZone",
  "crlfLine",
  "spliceChar",
];

function edits(kinds: readonly string[], most: number): fc.Arbitrary<HumanEdit[]> {
  return fc.array(fc.record({ kind: fc.constantFrom(...kinds), at: fc.double({ min: 0, max: 0.999, noNaN: true }), pick: fc.nat(999) }), {
    maxLength: most,
  });
}

/** Edits that respect the zones, and edits that do not. */
export const friendlyEdits = edits(friendly, 12);
export const hostileEdits = edits(hostile, 3);

/** What an editor does to a whole file. */
export const wholeEdits = fc.record({ crlf: fc.boolean(), strip: fc.boolean(), noLastBreak: fc.boolean() });

const token = (pick: number) => `HUMAN${pick}X`;

/** Blocks of lines as people write them; none is left open. */
function block(pick: number): string {
  const word = token(pick);
  const fake = `<!-- overpace:delta openai/inference -->\n### ${word}\n<!-- /overpace:delta -->`;
  const blocks = [
    `Prose of ${word}.`,
    `Prose of ${word}\nover two lines  `,
    `- ${word}\n  - nested ${word}\n\n  paragraph`,
    `| ${word} | b |\n| --- | --- |\n| 1 | 2 |\n`,
    `\`\`\`md\n${fake}\n\`\`\``,
    `~~~~ ${word}\n\`\`\`\n${fake}\n~~~\n~~~~~`,
    `   \`\`\`\`\n   ${fake.replaceAll("\n", "\n   ")}\n   \`\`\`\n   \`\`\`\`  `,
    `- \`\`\`\n  ${fake.replaceAll("\n", "\n  ")}\n  \`\`\``,
    `- ${word}\n  \`\`\`sh\n  ${fake.replaceAll("\n", "\n  ")}\n  \`\`\``,
    `> ${fake.replaceAll("\n", "\n> ")}`,
    `    ${fake.replaceAll("\n", "\n    ")}\n`,
    `<!-- ${word} -->`,
    `<!-- overpaced:${word} -->`,
    `<details>\n<summary>${word}</summary>\n\ntext\n\n</details>\n`,
    `## ${word}\n\n1. one\n2. two`,
    `${word}\n---`,
    "",
    "\n\n",
    "   ",
  ];
  return blocks[pick % blocks.length] ?? "";
}

function chunksOf(body: string): Chunk[] {
  const chunks: Chunk[] = [];
  let zone: string[] | undefined;
  for (const line of body.replace(/\n$/, "").split("\n")) {
    if (zone) zone.push(line);
    else if (line.startsWith("<!-- overpace:")) zone = [line];
    else chunks.push({ text: line, isZone: false });
    if (zone && line.startsWith("<!-- /overpace:") && isOpenedBy(zone[0] ?? "", line)) {
      chunks.push({ text: zone.join("\n"), isZone: true });
      zone = undefined;
    }
  }
  return chunks;
}

/** A zone that shows markers as code is closed only by its own name behind that code; the shown ones never close. */
function isOpenedBy(opening: string, closing: string): boolean {
  return closing === `<!-- /overpace:${opening.slice("<!-- overpace:".length).split(" ")[0]} -->`;
}

/** Edits of a freshly assembled body that leave every zone in one piece. */
export function editFriendly(body: string, list: readonly HumanEdit[]): string {
  const chunks = chunksOf(body);
  for (const { kind, at, pick } of list) {
    const index = Math.floor(at * (chunks.length + 1));
    const lines = chunks.flatMap((chunk, place) => (chunk.isZone || chunk.text.includes("\n") ? [] : [place]));
    const line = lines[Math.floor(at * lines.length)];
    const chunk = line === undefined ? undefined : chunks[line];
    if (kind === "insert") chunks.splice(index, 0, { text: block(pick), isZone: false });
    if (kind === "crlfLine" && chunks[index])
      chunks[index] = { ...chunks[index], text: chunks[index].text.replaceAll("\r\n", "\n").replaceAll("\n", "\r\n") };
    if (kind === "spacesLine" && chunks[index]) chunks[index] = { ...chunks[index], text: `${chunks[index].text}  ` };
    if (kind === "move") chunks.splice(Math.floor((pick / 1000) * chunks.length), 0, ...chunks.splice(index, 1));
    if (line === undefined || !chunk) continue;
    if (kind === "copyLine") chunks.splice(index, 0, chunk);
    if (kind === "dropLine") chunks.splice(line, 1);
    const prompts = lines.filter((place) => chunks[place]?.text.includes("**"));
    const prompt = prompts[Math.floor(at * prompts.length)];
    if (kind === "fill" && prompt !== undefined)
      chunks[prompt] = { text: `${chunks[prompt]?.text.split("<!--")[0]}${token(pick)}`, isZone: false };
  }
  return `${chunks.map(({ text }) => text).join("\n")}\n`;
}

/** Edits of any lines at all. */
export function editHostile(body: string, list: readonly HumanEdit[]): string {
  let lines = body.split("\n");
  for (const { kind, at, pick } of list) {
    const index = Math.floor(at * lines.length);
    const markers = lines.flatMap((line, place) => (/^<!-- \/?overpace:/.test(line) ? [place] : []));
    const marker = markers[Math.floor(at * markers.length)] ?? 0;
    const close = lines.findIndex((line, place) => place > marker && line.startsWith("<!-- /overpace:"));
    const zone = lines.slice(marker, close + 1);
    if (kind === "cutLine") lines.splice(pick % 2 ? marker : index, 1);
    if (kind === "copyLines") lines.splice(index, 0, ...lines.slice(marker, marker + 1 + (pick % 9)));
    if (kind === "indentLine") lines[marker] = ` ${lines[marker]}`;
    if (kind === "typeInZone") lines.splice(marker + 1, 0, block(pick));
    if (kind === "openFence") lines.splice(index, 0, ["```", "~~~ js", "- ```", "  ~~~~"][pick % 4] ?? "");
    if (kind === "renameMarker") lines[marker] = (lines[marker] ?? "").replace("overpace:", pick % 2 ? "overpace:other-" : "overpace: ");
    if (kind === "appendToMarker") lines[marker] = typeInto(lines[marker] ?? "", 999, ` ${token(pick)}`);
    if (kind === "wrapZone")
      lines = [...lines.slice(0, marker), "````", ...lines.slice(marker, close + 1), token(pick), "````", ...lines.slice(close + 1)];
    if (kind === "copyZone")
      lines.splice(index, 0, ...zone.map((line) => line.replace(/(overpace:\S+ \S+) -->/, pick % 2 ? "$1 -->" : "$1x -->")));
    if (kind === "nestZone") lines.splice(marker + 1, 0, ...zone, token(pick));
    if (kind === "cutZone") lines.splice(marker, zone.length);
    if (kind === "crlfLine") lines[index] += "\r";
    if (kind === "spliceChar") lines[index] = typeInto(lines[index] ?? "", pick % 20, token(pick));
  }
  return lines.join("\n");
}

/** Types into a line, never behind its carriage return, which alone would be a line break for some and none for others. */
function typeInto(line: string, at: number, words: string): string {
  const place = Math.min(at, line.endsWith("\r") ? line.length - 1 : line.length);
  return line.slice(0, place) + words + line.slice(place);
}

/** What an editor does on saving. */
export function editWhole(text: string, { crlf, strip, noLastBreak }: { crlf: boolean; strip: boolean; noLastBreak: boolean }): string {
  const lines = text.split(/\r?\n/);
  const stripped = strip ? lines.map((line) => line.trimEnd()).join("\n") : text;
  const ended = noLastBreak && stripped.endsWith("\n") ? stripped.slice(0, stripped.endsWith("\r\n") ? -2 : -1) : stripped;
  return crlf ? ended.replace(/\r?\n/g, "\r\n") : ended;
}
