import { describe, expect, it } from "vitest";
import { findingsOf } from "./support.ts";

describe("a remark below an item stands on the line of the first answer that it is about", () => {
  const own = (delta: string) => findingsOf({ delta }).filter(({ rule }) => rule === "explained");
  const lineBelow = (delta: string) => {
    const [marker = 0] = own("").map(({ line }) => line);
    return own(delta).map(({ line }) => line - marker);
  };
  it.each([
    ["- **Expected:** mostly\n- **Why:** Summarization launched on Monday.\n- **Decision:** leave-as-is", 1],
    ["- **Expected:** mostly\n- **Why:** Summarization launched on Monday.", 1],
    ["- **Expected:** yes\n- **Why:** Summarization launched on Monday.", 0],
  ])("%j", (delta, line) => expect(lineBelow(delta)).toEqual([line]));
});
