import type { Anomaly } from "../../../core/review/findings/odd-days.ts";
import { markdownSentence } from "../../../core/text.ts";
import { blocks, bullets, nameText } from "../../markdown.ts";
import { type EarlierAnswer, type SectionContext, printer } from "../context.ts";

const intro =
  "**Answered before.** What began in an earlier week and was answered there is not asked about again as long as the answer stands; write below it what has changed.";

/** What an item says that an answer of an earlier review does not cover any more. */
export const grownText = "It has grown: the days of this week depart more than half as far again as those before.";

/** What people wrote as a sentence of its own, whether they ended it or not. */
function quote(label: string, answer: string): string {
  return answer === "" ? "" : ` ${label}: ${markdownSentence(answer)}${/[.!?…]$/.test(answer) ? "" : "."}`;
}

function answerLine({ slice, direction, period }: Anomaly, answer: EarlierAnswer, day: (day: string) => string): string {
  const how = answer.status === "open" ? `open in ${answer.review}, with ${answer.actions.join(", ")}` : `closed in ${answer.review}`;
  const said = quote("Cause", answer.cause) + (answer.status === "closed" ? quote("Resolution", answer.resolution) : "");
  return `${nameText(slice.path)}, ${direction} from ${day(period.start)}: ${how}.${said}`;
}

/** What earlier reviews answered of the anomalies that run on; empty text without any. */
export function answeredText({ review, answered }: SectionContext): string {
  const { day } = printer(review);
  const lines = review.anomalies.flatMap((anomaly) => {
    const answer = answered.find((known) => known.anomaly === anomaly.id);
    return answer ? [answerLine(anomaly, answer, day)] : [];
  });
  return lines.length === 0 ? "" : blocks([intro, bullets(lines)]);
}
