import { expect, test } from "vitest";
import { proseLines } from "../../../src/document/body/prose.ts";

const prose = (body: string) => proseLines(body, [], 1).map(({ line }) => line);

test.each([
  ["fenced code is no prose", "one\n```\ntwo\n```\nthree", [1, 5]],
  ["a fence in a comment opens no code", "<!-- kept:\n```\n-->\nfour", [1, 2, 3, 4]],
  ["a comment on one line is over", "<!-- kept -->\n```\nthree\n```\nfive", [1, 5]],
])("%s", (_, body, lines) => expect(prose(body)).toEqual(lines));
