import { shortList } from "../core/short-list.ts";
import { weekBefore } from "../core/weeks.ts";
import { zoneHash } from "../document/body/zone.ts";
import { chartOf } from "../document/chart.ts";
import { headlineFigures } from "../document/front-matter/figures.ts";
import { statedInputs } from "../document/front-matter/stated-inputs.ts";
import { type FigureDifference, figureDifferences } from "../document/verify/figures.ts";
import { type ZoneDifference, zoneDifferences } from "../document/verify/zones.ts";
import type { Recomputed, Remark, ReviewFile, Rule } from "./engine/rule.ts";

type SameInputs = Extract<Recomputed, { state: "same-inputs" }>;

const restore =
  "restore it from git: figures and zones are written by overpace only; a draft that was never committed is made anew as docs/how-to.md of overpace says";

/** Figures that say how something was computed, or come from a model: another version may word or compute them otherwise. */
const wordings = new Set<string | number | undefined>(["paceMethod", "forecast", "forecastLow80", "forecastHigh80", "forecastMethod"]);

function shown(value: unknown): string {
  if (value === undefined) return "nothing";
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return `\`${text.length <= 80 ? text : `${text.slice(0, 79)}…`}\``;
}

/** Two lines from shortly before the place where they differ, where that lies further in than is shown of a line. */
function fromDifference(stated: string, computed: string): [string, string] {
  const [longest, before] = [60, 30];
  const at = Array.from({ length: stated.length }, (_, index) => index).find((index) => stated[index] !== computed[index]);
  const differ = at ?? stated.length;
  return differ <= longest ? [stated, computed] : [`…${stated.slice(differ - before)}`, `…${computed.slice(differ - before)}`];
}

function remark(review: ReviewFile, path: readonly PropertyKey[], message: string, remedy = restore): Remark {
  return { severity: "error", at: path.map(String).join("."), ...review.placeOf(path), message, remedy };
}

/** `review`, `period` and the name of the file say the same week; else the rule `dates` says so, and every figure would differ. */
function isOneWeek({ file, front: { review, period } }: ReviewFile): boolean {
  const [, named = review] = /(?:^|[\\/])(\d{4}-W\d{2})\.md$/.exec(file) ?? [];
  const week = weekBefore(period.end);
  return named === review && week.id === review && week.period.start === period.start;
}

/** What overpace wrote and somebody took out. */
function goneZones(review: ReviewFile): Remark[] {
  const present = new Set(review.questions.map(({ zone }) => zone.key));
  const gone = Object.keys(review.front.figures.zones).filter((key) => !present.has(key));
  return gone.map((key) => remark(review, ["figures", "zones", key], `the zone \`${key}\` is no longer in the file`));
}

function figureRemark(review: ReviewFile, { path, stated, computed }: FigureDifference): Remark {
  const name = ["figures", ...path].join(".");
  if (computed === undefined)
    return remark(review, ["figures", ...path], `\`${name}\` is no figure of this review; the file says ${shown(stated)}`);
  const says = stated === undefined ? "is missing" : `says ${shown(stated)}`;
  return remark(review, ["figures", ...path], `\`${name}\` ${says}; computed again it is ${shown(computed)}`);
}

function figureRemarks(review: ReviewFile, again: SameInputs): Remark[] {
  const { generator, zones: _, previous: __, ...stated } = review.front.figures;
  const { generator: running, ...computed } = headlineFigures(again.review, again.inputs, again.generator);
  const differences = figureDifferences(stated, computed);
  // Another version may have more or fewer figures.
  const shared = ({ path, stated, computed }: FigureDifference) =>
    path.length > 1 || (stated !== undefined && computed !== undefined && !wordings.has(path[0]));
  return (generator === running ? differences : differences.filter(shared)).map((difference) => figureRemark(review, difference));
}

function zoneRemark(review: ReviewFile, difference: ZoneDifference): Remark[] {
  if (difference.kind === "missing") {
    // What `figures.zones` still names is remarked as gone.
    if (Object.hasOwn(review.front.figures.zones, difference.key)) return [];
    return [remark(review, ["figures", "zones"], `the zone \`${difference.key}\` is missing: the figures give it`)];
  }
  const { zone } = difference;
  // What does not fit its fingerprint is remarked by the reader.
  if (review.front.figures.zones[zone.key] !== zoneHash(zone.text)) return [];
  const place = { at: zone.key, line: zone.line, column: 1, remedy: restore };
  if (difference.kind === "made-up")
    return [{ ...place, severity: "error", message: `the figures give no zone \`${zone.key}\`: it was made up or copied` }];
  const { line, stated, computed, spacing } = difference;
  const lines = stated === null || computed === null ? [stated ?? undefined, computed ?? undefined] : fromDifference(stated, computed);
  const [file, again] = lines.map(shown);
  const message = `the zone \`${zone.key}\` is not what its figures give: line ${line} says ${file}, computed again ${again}`;
  return spacing
    ? [
        {
          ...place,
          line,
          severity: "warning",
          message: `${message} (only spacing differs)`,
          remedy: "run overpace weekly, or keep formatters off the reviews",
        },
      ]
    : [{ ...place, line, severity: "error", message }];
}

function zoneRemarks(review: ReviewFile, again: SameInputs): Remark[] {
  const { generator } = review.front.figures;
  if (generator === again.generator) {
    const zones = review.questions.map(({ zone }) => zone);
    return zoneDifferences(zones, again.review).flatMap((difference) => zoneRemark(review, difference));
  }
  if (!again.open) return [];
  const message = `written by ${shown(generator)}, checked by \`${again.generator}\`: figures were compared, the text of zones was not`;
  return [
    {
      ...remark(review, ["figures", "generator"], message, "run overpace weekly, so that one version writes and checks"),
      severity: "warning",
    },
  ];
}

function chartRemarks(review: ReviewFile, { generator, chart, review: again }: SameInputs): Remark[] {
  if (chart === null || generator !== review.front.figures.generator || chart === chartOf(again)) return [];
  return [
    remark(
      review,
      ["figures"],
      "the chart beside the file is not what its figures give",
      "restore the .svg file from git; in a folder overpace weekly writes it again",
    ),
  ];
}

export const figures: Rule = {
  name: "figures",
  reason:
    "Numbers cannot be bent: the figures of a review, the text of its zones and its chart are computed again from the committed ledger and settings, and what differs is named (N9).",
  examples: [{}, { front: "figures: { inputs: { config: none } }", remark: "cannot be computed again" }],
  check: (review, { recomputed }) => {
    if (!isOneWeek(review)) return [];
    if (statedInputs(review.front.figures) === null)
      return [remark(review, ["figures", "inputs"], "the figures cannot be computed again: `inputs` or `sources` of `figures` is damaged")];
    const gone = goneZones(review);
    if (recomputed.state === "unknown") return gone;
    if (recomputed.state === "other-inputs") {
      const message = `the figures are out of date, their inputs differ: ${shortList(recomputed.differing)}`;
      const behind = recomputed.onBranch
        ? "; if that run finds nothing new, the default branch has moved on: update this branch from it"
        : "";
      const remedy = `run overpace weekly --as-of ${review.front.period.end}, or take the change back${behind}`;
      return [...gone, remark(review, ["figures", "inputs"], message, remedy)];
    }
    return [...gone, ...figureRemarks(review, recomputed), ...zoneRemarks(review, recomputed), ...chartRemarks(review, recomputed)];
  },
};
