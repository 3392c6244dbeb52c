/** Commits by what they did, such as `2026-W40 held`. */
export type Shas = Readonly<Record<string, string>>;
/** What a clone sees of reviews that were squashed: the commits of their branches, or the one commit. */
export type Sight = "branches" | "squashed";

const bot = "github-actions[bot]";
const drafted = "Find the cause of the jump of OpenAI Inference and say what fixes it";
const fileOf = (id: string) => `reviews/2026/${id}.md`;

/** A line: the day, the commit, its author, what changed, in words, and the review it stands in. */
type Row = readonly [day: string, commit: string, author: string, kind: string, words: string, review: string];

function lines(rows: readonly Row[], shas: Shas): string[] {
  const wide = (index: 2 | 3) => Math.max(...rows.map((row) => row[index].length));
  return rows.map(([day, commit, author, kind, words, review]) => {
    const sha = (shas[commit] ?? "").slice(0, 7);
    return `  ${day}  ${sha}  ${author.padEnd(wide(2))}  ${kind.padEnd(wide(3))}  ${words}  [${fileOf(review)}]`;
  });
}

const text = (head: readonly string[], rows: readonly Row[], shas: Shas) => `${[...head, "", ...lines(rows, shas)].join("\n")}\n`;

/** Who held a review, and in which commit that is seen. */
function holder(review: string, sight: Sight, isSquashed: boolean): readonly [commit: string, author: string] {
  return isSquashed && sight === "squashed" ? [`${review} merged`, bot] : [`${review} held`, "octocat"];
}

function optimized(shas: Shas, sight: Sight): string {
  const title = "Send only the last 15 messages of a conversation to the model";
  const first = (kind: string, words: string): Row => ["2026-10-05", "2026-W40 held", "octocat", kind, words, "2026-W40"];
  const moved = holder("2026-W41", sight, true);
  const ended = holder("2026-W43", sight, true);
  const why = "The summary of older messages needs a release of the bot, planned for 22 October";
  return text(
    [
      `2026-W40-1: ${title}`,
      "optimize, done; owner @hubot; due 2026-10-23; issue #2",
      "decided on 2026-10-05 in 2026-W40, 9 weeks ago; date moved away 1 time",
      `done on 2026-10-26 by ${ended[1]}`,
      // The week before: 830. Weeks from 24 October on: 558, 768, 558, 828, 1116, 756. Student's t for 6 degrees: 1.440.
      "effect: expected -$110.00 a week; measured -$66.00 (80 %: -$140.20 to +$8.20) in 6 weeks",
    ],
    [
      ["2026-10-05", "2026-W40 created", bot, "created", `"${drafted}", @octocat, due 2026-10-12, open`, "2026-W40"],
      first("reworded", `${drafted} → ${title}`),
      first("reworded", "- → History window of 15 messages in the support bot, older ones as one summary"),
      first("category", "investigate → optimize"),
      first("about", "openai/inference@2026-09-30 → openai/inference"),
      first("date moved", "2026-10-12 → 2026-10-09"),
      first("effect", "- → -110 a week"),
      first("decided", "its review is held"),
      ["2026-10-12", ...moved, "date moved", `2026-10-09 → 2026-10-23 (slip): ${why}`, "2026-W41"],
      ["2026-10-12", ...moved, "issue", "- → #2", "2026-W41"],
      ["2026-10-20", "owner", "octocat", "owner", "@octocat → @hubot", "2026-W40"],
      ["2026-10-26", ...ended, "status", "open → done", "2026-W43"],
    ],
    shas,
  );
}

function investigated(shas: Shas, sight: Sight): string {
  const title = "Find the job that tripled inference on 5 November and say what keeps it from running again";
  const said = `"${title}", @octocat, due 2026-11-16, open`;
  const [commit, author] = holder("2026-W45", sight, true);
  const began: readonly Row[] =
    sight === "squashed"
      ? [["2026-11-09", commit, author, "created", said, "2026-W45"]]
      : [
          ["2026-11-09", "2026-W45 created", bot, "created", `"${drafted}", @octocat, due 2026-11-16, open`, "2026-W45"],
          ["2026-11-09", commit, author, "reworded", `${drafted} → ${title}`, "2026-W45"],
        ];
  return text(
    [
      `2026-W45-1: ${title}`,
      "investigate, done; owner @octocat; due 2026-11-16; issue #8",
      "decided on 2026-11-09 in 2026-W45, 4 weeks ago; date moved away 0 times",
      "done on 2026-11-16 by octocat",
    ],
    [
      ...began,
      ["2026-11-09", commit, author, "decided", "its review is held", "2026-W45"],
      ["2026-11-10", "revert", "octocat", "removed", `"${title}"`, "2026-W45"],
      ["2026-11-10", "again", "octocat", "restored", said, "2026-W45"],
      ["2026-11-16", "2026-W46 held", "octocat", "status", "open → done", "2026-W46"],
      ["2026-11-16", "2026-W46 held", "octocat", "issue", "- → #8", "2026-W46"],
    ],
    shas,
  );
}

function escalated(shas: Shas, sight: Sight): string {
  const title = "Decide whether free plans keep the support bot";
  const [commit, author] = holder("2026-W47", sight, true);
  const first = (kind: string, words: string): Row => ["2026-11-23", commit, author, kind, words, "2026-W47"];
  const pack = [
    "Free plans use the support bot since 18 November, and it doubled what inference costs",
    "Take the bot back from free plans",
    "Answer free plans with the smaller model",
    "Raise the plan of December by 900",
    "Take it back: free plans brought no more sign-ups in the first week",
    "@boss",
  ].join("; ");
  const began: readonly Row[] =
    sight === "squashed"
      ? [first("created", `"${title}", @hubot, due 2026-11-27, open`)]
      : [
          ["2026-11-23", "2026-W47 created", bot, "created", `"${drafted}", @octocat, due 2026-11-30, open`, "2026-W47"],
          first("reworded", `${drafted} → ${title}`),
          first("reworded", `- → ${pack}`),
          first("category", "investigate → escalate"),
          first("about", "openai/inference@2026-11-18 → forecast"),
          first("owner", "@octocat → @hubot"),
          first("date moved", "2026-11-30 → 2026-11-27"),
        ];
  return text(
    [
      `2026-W47-1: ${title}`,
      "escalate, done; owner @hubot; due 2026-11-27; issue #13",
      "decided on 2026-11-23 in 2026-W47, 2 weeks ago; date moved away 0 times",
      "done on 2026-11-30 by octocat",
    ],
    [
      ...began,
      first("decided", "its review is held"),
      ["2026-11-30", "2026-W48 held", "octocat", "status", "open → done", "2026-W48"],
      ["2026-11-30", "2026-W48 held", "octocat", "issue", "- → #13", "2026-W48"],
    ],
    shas,
  );
}

/** What `overpace actions <id>` prints of each action of the story at its end. */
export const lives: Readonly<Record<string, (shas: Shas, sight: Sight) => string>> = {
  "2026-W40-1": optimized,
  "2026-W45-1": investigated,
  "2026-W47-1": escalated,
};
