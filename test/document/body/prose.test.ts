import { expect, test } from "vitest";
import { proseLines } from "../../../src/document/body/prose.ts";
import { scanZones } from "../../../src/document/body/zone.ts";

const prose = (body: string) => proseLines(body, scanZones(body, "a.md", 1), 1).map(({ line }) => line);
const zone = "<!-- overpace:end notes -->\ntext\n<!-- /overpace:end -->\n";

test.each([
  ["fenced code is no prose", "one\n```\ntwo\n```\nthree", [1, 5]],
  ["a fence in a comment opens no code", "<!-- kept:\n```\n-->\nfour", [1, 2, 3, 4]],
  ["nor does one further below in it, for a zone either", `<!-- kept:\ntwo\n\`\`\`\n-->\nfive\n${zone}`, [1, 2, 3, 4, 5]],
  ["a comment of several lines ends where it is closed", "<!-- kept:\ntwo\n-->\n```\nfive\n```\nseven", [1, 2, 3, 7]],
  ["a comment on one line is over", "<!-- kept -->\n```\nthree\n```\nfive", [1, 5]],
  ["code in a list ends with its item", "- ```\n  two\nthree", [3]],
  ["a zone is none, nor are its markers", `one\n${zone}five`, [1, 5]],
  ["nor are several", `${zone}${zone.replace("notes", "more")}\nseven\neight`, [7, 8, 9]],
  ["a comment that people left open ends with the zone below it", `<!-- open\n${zone}\`\`\`\nsix\n\`\`\`\neight`, [1, 8]],
])("%s", (_, body, lines) => expect(prose(body)).toEqual(lines));
