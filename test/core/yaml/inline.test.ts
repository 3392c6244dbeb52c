import { expect, it } from "vitest";
import { inlineYaml } from "../../../src/core/yaml/inline.ts";
import { parseYaml } from "../../../src/core/yaml/parse.ts";

const long = "a text that is longer than forty letters";

it.each([long, `${long}\n${long}`, `${long}\r\n\r\n  ${long}\n`, `\n${long}`, `${long} # "x": {y}\n- [z]`])(
  "%j is one line, and read as it was",
  (text) => {
    for (const value of [text, { reason: text, list: [text] }])
      for (const style of [{}, { defaultStringType: "QUOTE_DOUBLE" }] as const) {
        const yaml = inlineYaml(value, style);
        expect(yaml).not.toMatch(/[\r\n]/);
        expect(parseYaml(`key: ${yaml}\n`, "x").value).toEqual({ key: value });
      }
  },
);
