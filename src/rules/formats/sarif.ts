import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import type { Log, ReportingDescriptor, Result } from "sarif";
import type { Finding } from "../../core/finding.ts";
import { jsonText } from "../../core/text.ts";
import { rules } from "../index.ts";
import { type LinedText, linedText } from "./code-frame.ts";
import type { CheckedFile, Format } from "./format.ts";

/** What the engine itself finds, before any rule is asked. */
const engineReasons: Readonly<Record<string, string>> = {
  readable: "A review is plain text that can be read: UTF-8, YAML front matter, whole machine-owned zones.",
  "front-matter":
    "The front matter is data that later reviews and programs rely on: it holds the keys and values of docs/review.md of overpace.",
  zones: "Figures are computed; what somebody types into a machine-owned zone would be lost with the next refresh.",
  name: "Reviews are found by their names: reviews/2026/2026-W47.md.",
  fix: "Due dates as people say them become days only where the day is certain.",
};

/** SARIF has no open points: a `todo` is a warning there, with the severity beside it. */
const levels = { error: "error", todo: "warning", warning: "warning" } as const;

function descriptors(found: readonly string[]): ReportingDescriptor[] {
  const reasons = new Map([...Object.entries(engineReasons), ...rules.map(({ name, reason }) => [name, reason] as const)]);
  const named = new Set([...reasons.keys(), ...found]);
  return [...named].map((id) => {
    const text = reasons.get(id);
    return text === undefined ? { id } : { id, shortDescription: { text: id }, fullDescription: { text }, help: { text } };
  });
}

/** A path as a URI reference: relative where it is relative. */
function uriOf(file: string): string {
  const encoded = file.split("/").map(encodeURIComponent).join("/");
  return file.startsWith("/") ? `file://${encoded}` : encoded;
}

/** In a message brackets make links, so those of outside text are escaped. */
function messageText(text: string): string {
  return text.replace(/[\\[\]]/g, "\\$&");
}

/** The same for the same line wherever it moves to; a line with several findings of a rule counts them. */
function fingerprints(source: LinedText | null): (finding: Finding) => string {
  const seen = new Map<string, number>();
  return ({ rule, line, file }) => {
    const { start, end } = source?.lines[line - 1] ?? { start: 0, end: 0 };
    const words = source?.text.slice(start, end).trim() ?? "";
    const hash = bytesToHex(sha256(utf8ToBytes([rule, file, words].join("\0")))).slice(0, 16);
    const count = (seen.get(hash) ?? 0) + 1;
    seen.set(hash, count);
    return `${hash}:${count}`;
  };
}

function resultsOf({ text, findings }: CheckedFile): Result[] {
  const fingerprint = fingerprints(text === null ? null : linedText(text));
  return findings.map((finding) => ({
    ruleId: finding.rule,
    level: levels[finding.severity],
    message: { text: messageText(`${finding.message}\nDo: ${finding.remedy}`) },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: uriOf(finding.file) },
          region: { startLine: finding.line, startColumn: finding.column },
        },
      },
    ],
    partialFingerprints: { primaryLocationLineHash: fingerprint(finding) },
    properties: { severity: finding.severity },
  }));
}

/** One SARIF 2.1.0 log, for code scanning and other viewers. */
export const sarif: Format = (files) => {
  const results = files.flatMap(resultsOf);
  const log: Log = {
    $schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "overpace", rules: descriptors(results.flatMap(({ ruleId }) => ruleId ?? [])) } },
        columnKind: "utf16CodeUnits",
        results,
      },
    ],
  };
  return `${jsonText(log)}\n`;
};
