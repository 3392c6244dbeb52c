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
