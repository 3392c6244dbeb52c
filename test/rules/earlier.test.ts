import { globSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { withoutFigures } from "../../src/document/front-matter/without-figures.ts";
import { readEarlier } from "../../src/rules/engine/read-earlier.ts";
import { readReview } from "../../src/rules/engine/read.ts";
import { rules } from "../../src/rules/index.ts";
import { reviewText } from "./support.ts";

const examples = rules.flatMap(({ examples }) => examples.map((example) => reviewText(example).text));
const reviews = globSync("reviews/*/*.md").map((file) => readFileSync(file, "utf8"));
const held = reviews.map((text) => text.replace("\nstate: draft\n", "\nstate: held\n"));
const bent = reviews.flatMap((text) => [
  text.replaceAll("\n", "\r\n"),
  `\uFEFF${text}`,
  text.replace("minutes:", "minuets:"),
  text.replace("---\n<!--", "--- \n<!--"),
  text.replace("<!-- /overpace:summary -->", ""),
  text.replace("others: []", "others: [ ]"),
  text.replace("others: []", "others: {}"),
  text.replace("others: []", 'others: ["@hubot"]'),
  text.replace(/^reason:.*$/m, "reason: *alias"),
  text.replace(/^reason:.*$/m, "reason: one\n  and two"),
  text.replace(/^reason:.*$/m, "reason: {}"),
  text.replace(/^previous:.*$/m, "previous: []\n  # none\n"),
  text.replace(/^---\n/, "---\n  a: 1\n"),
]);

/** Everything but the function, which is asked for one place. */
const parts = (review: ReturnType<typeof readEarlier>) => review && { ...review, placeOf: review.placeOf(["minutes"]) };

it.each([...examples, ...reviews, ...held, ...bent].map((text, index) => [index, text] as const))(
  "%i is read as when it is checked itself",
  (_, text) => {
    for (const version of [text, withoutFigures(text)])
      expect(parts(readEarlier(version, "x.md"))).toEqual(parts(readReview(version, "x.md").review));
  },
);
