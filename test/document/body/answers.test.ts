import { expect, test } from "vitest";
import { answersIn } from "../../../src/document/body/answers.ts";

const textsOf = (below: string) => Object.fromEntries([...answersIn(below, 10)].map(([label, { text }]) => [label, text]));

test("answers are what stands behind prompts, and the lines below them, without comments", () => {
  const below = "- **Expected:** yes\n- **Why:** a launch\n  on Monday\n- **Assumed:** <!-- product -->\n- **Decision:** leave-as-is\n";
  expect(textsOf(below)).toEqual({ expected: "yes", why: "a launch\n  on Monday", assumed: "", decision: "leave-as-is" });
  expect(answersIn(below, 10).get("assumed")?.line).toBe(13);
});

test.each([
  "- **Why:** a launch",
  "* **Why:** a launch",
  "-  **Why:** a launch",
  "**Why:** a launch",
  "  - **Why:** a launch",
  "- **Why**: a launch",
  "- **Why** : a launch",
  "- __Why:__ a launch",
  "- **Why** – a launch",
  "- **Why** — a launch",
  "- **Why** - a launch",
  "**why:** a launch",
  "-\t**Why:**\ta launch",
  "-\u00A0**Why:**\u00A0a launch",
  "- [x] **Why:** a launch",
  "- [ ] **Why:** a launch",
  "1. **Why:** a launch",
  "2) **Why:** a launch",
])("a prompt that somebody typed again: %s", (line) => {
  expect(textsOf(`${line}\n- **Decision:** leave-as-is\n`)).toEqual({ why: "a launch", decision: "leave-as-is" });
});

test.each([
  "- **Note:** of the vendor",
  "**Why** it rose",
  "**Status**-page of the vendor",
  "- Why: nobody knows",
  "    **Cause:** as code",
  "- **Why:_ a",
  "the **Why:** of it",
])("no prompt, but part of the answer: %s", (line) => {
  expect(textsOf(`- **Why:** a launch\n${line}\n`)).toEqual({ why: `a launch\n${line}` });
});

test.each([
  "leave-as-is\n\nFinance asked about it; hubot tells them on Friday.",
  "leave-as-is\n- Finance asked about it",
  "leave-as-is\n\n![chart](x.png)",
  "leave-as-is\n<details>\n<summary>Log</summary>\n\ntext\n</details>",
  "leave-as-is\n| a |\n| --- |",
  "leave-as-is\n### Other incidents\n\nNone.",
  "leave-as-is\n```\nlog\n```",
  "<!-- leave-as-is | an id -->\n\nleave-as-is\n\nprose",
])("prose below a word is no part of it: %j", (answer) => {
  expect(textsOf(`- **Why:** a launch\n- **Decision:** ${answer}\n`)).toEqual({ why: "a launch", decision: "leave-as-is" });
});

test("prose below an explanation is part of it", () => {
  expect(textsOf("**Why:** a launch\n\nIt runs on 40 % of tickets.\n")).toEqual({ why: "a launch\n\nIt runs on 40 % of tickets." });
});

test.each([
  "```md\n- **Decision:** 2026-W40-9\n```",
  "<!-- last week:\n- **Decision:** 2026-W40-9\n```\n-->",
  "- **Decision:** <!-- id -->",
  "- **Decision:** leave-as-is",
])("no second answer: %j", (below) => {
  expect(answersIn(`- **Decision:** leave-as-is\n\n${below}\n`, 10)).toEqual(new Map([["decision", { text: "leave-as-is", line: 10 }]]));
  if (below.startsWith("-")) expect(textsOf(`${below}\n- **Decision:** leave-as-is\n`)).toEqual({ decision: "leave-as-is" });
});

test("two answers behind one prompt both count, and the line of the second is known where it says something else", () => {
  const below = "- **Expected:** yes\n- **Why:** a launch\n- **Expected:** no\n- **Why:** a retry loop\n";
  expect(Object.fromEntries(answersIn(below, 10))).toEqual({
    expected: { text: "yes\nno", line: 10, again: 12 },
    why: { text: "a launch\na retry loop", line: 11, again: 13 },
  });
});

test.each([
  "- Why: a launch",
  "Why: a launch",
  "- **Why: a launch**",
  "> **Why:** a launch",
  "#### Why\n\na launch",
  "•\t**Why:** a launch",
  "*Why*: a launch",
])("something in the place of a prompt that is none: %j", (line) => {
  expect(answersIn(`- **Expected:** yes\n${line}\n`, 10).get("why")).toEqual({ text: "", line: 11, unread: true });
});

test.each(["The why: a launch", "    Why: code", "Why it rose", "- Whys: a launch", "```\nWhy: code\n```"])(
  "nothing in the place of a prompt: %j",
  (line) => {
    expect(answersIn(`- **Expected:** yes\n${line}\n`, 10).has("why")).toBe(false);
  },
);
