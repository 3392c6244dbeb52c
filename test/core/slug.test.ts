import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { sha256Hex, slug, slugs } from "../../src/core/slug.ts";

const six = (name: string) => createHash("sha256").update(name).digest("hex").slice(0, 6);

describe("slug", () => {
  it.each([
    ["OpenAI", "openai"],
    ["Amazon Elastic Compute Cloud", "amazon-elastic-compute-cloud"],
    ["gpt-4.1", "gpt-4.1"],
    ["a -- b__c", "a-b-c"],
    ["(unnamed)", "-unnamed-"],
    ["Größe Ünïcode 東京", "größe-ünïcode-東京"],
    ["a/b:c@d", "a-b-c-d"],
    ["१२ digits", "१२-digits"],
    ["½ x²", "-x-"],
    ["", ""],
    ["!?", "-"],
  ])("%j becomes %j", (name, expected) => expect(slug(name)).toBe(expected));

  it("the hash is SHA-256 of UTF-8", () => {
    for (const name of ["", "abc", "Größe 東京 🙂"]) expect(sha256Hex(name)).toBe(createHash("sha256").update(name, "utf8").digest("hex"));
  });
});

describe("slugs", () => {
  it("names that collide are told apart by six hex of the raw name, others stay plain", () => {
    expect([...slugs(["Open AI", "open-ai", "AWS"])]).toEqual([
      ["Open AI", `open-ai~${six("Open AI")}`],
      ["open-ai", `open-ai~${six("open-ai")}`],
      ["AWS", "aws"],
    ]);
  });
  it("the order of names makes no difference and a name given twice is one", () => {
    const [one, two] = [slugs(["a b", "a-b", "c", "c"]), slugs(["c", "a-b", "a b"])];
    for (const name of ["a b", "a-b", "c"]) expect(one.get(name)).toBe(two.get(name));
    expect(one.get("c")).toBe("c");
  });
  it("a slug longer than 600 characters is cut and told apart, never within a character", () => {
    const [fits, long, other] = ["a".repeat(600), "a".repeat(601), `a${"𝐛".repeat(400)}`];
    const ids = slugs([fits, long, other]);
    expect([fits, long, other].map((name) => ids.get(name))).toEqual([fits, `${fits}~${six(long)}`, `a${"𝐛".repeat(299)}~${six(other)}`]);
  });
  it("an empty slug is never an id", () => expect(slugs([""]).get("")).toBe(`~${six("")}`));
  it("a name that looks like another's told-apart slug has an id of its own", () => {
    const ids = [...slugs(["a b", "a-b", `a-b~${six("a b")}`]).values()];
    expect(new Set(ids).size).toBe(3);
  });
});
