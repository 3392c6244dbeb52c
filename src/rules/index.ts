import { decision } from "./decision.ts";
import { explained } from "./explained.ts";
import { minutes } from "./minutes.ts";
import { oneToThree } from "./one-to-three.ts";
import type { Rule } from "./engine/rule.ts";

/** What a review must hold, in the order in which people read it: a new rule is a file and a line here. */
export const rules = [decision, oneToThree, minutes, explained] as const satisfies readonly Rule[];
