/** The verbs and phrases that titles of actions are judged by: plain data, lower case. */

const list = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/).filter((word) => word !== ""));

/** Stands before the verb and says nothing. */
export const lead = list(`
  let's lets let us we i they team please should must need needs to will would shall have has want wants action next step steps todo the and
  also just then everyone someone engineering product eng dev
`);

/** Leaves open whether anything is done. */
export const hedges = list("maybe perhaps possibly probably might could may eventually ideally hopefully someday");

/** The same, wherever it stands. */
export const soft: readonly string[] = [
  "at some point",
  "if we have time",
  "if there is time",
  "when we have time",
  "when there is time",
  "when time allows",
  "when time permits",
  "if time allows",
  "if time permits",
  "sometime",
  "some day",
  "someday",
  "eventually",
  "something",
];

/** What changes nothing. */
export const watching: readonly string[] = [
  "monitor",
  "watch",
  "observe",
  "keep an eye",
  "keep eye",
  "keep eyes",
  "keep monitoring",
  "keep watching",
  "keep observing",
  "keep tracking",
  "keep in mind",
  "keep going",
  "continue monitoring",
  "continue to monitor",
  "continue watching",
  "continue to watch",
  "continue observing",
  "continue to observe",
  "wait",
  "see how",
  "see what happens",
  "stay",
  "remain",
  "be careful",
  "be aware",
  "be more careful",
  "be more aware",
  "be mindful",
  "pay attention",
  "pay more attention",
  "check again",
  "check back",
  "look again",
  "revisit",
  "hold off",
  "do nothing",
  "nothing",
  "leave as is",
  "leave it",
  "no action",
  "hope",
  "raise awareness",
  "create awareness",
];

/** Verbs that can go on for ever unless a question or a result is named. */
export const examining = list(`
  look check investigate review analyze analyse explore research dig examine inspect study evaluate assess understand discuss talk sync
  think brainstorm consider follow follow-up followup clarify verify validate audit ask speak align meet touch reach figure find
  deep-dive deep double double-check test experiment identify decide
`);

/** Verbs that say that it gets better, not what is changed. */
export const efforts = list(`
  improve optimize optimise reduce lower decrease minimize minimise cut handle address deal work tackle fix solve resolve enhance tune tweak
  streamline save control manage clean cleanup do make get take care rethink refactor simplify prepare start begin continue help ensure
  try limit rein
`);

/** Of those, the ones that need less to be clear: how many words beyond the topic do. */
export const enough: Readonly<Record<string, number>> = {
  fix: 1,
  solve: 1,
  resolve: 1,
  make: 1,
  do: 1,
  take: 1,
  decide: 1,
  test: 2,
  evaluate: 2,
  try: 2,
};

/** Verbs of a result: what comes out of it. */
export const results = list(`
  write report decide propose say tell document post share present summarize summarise remove delete switch move set add enable disable cap
  roll revert rollback ship merge deploy re-run rerun re-import reimport import turn replace compare agree choose pick list publish recommend
  close open file create estimate cancel negotiate update change shorten route cache drop stop raise send migrate measure name show build
  alert dashboard run block cut record note give bring put prove confirm quantify rank sign
`);

/** What titles are about; a title of these alone is a heading. */
export const topics = list(`
  optimization optimisation improvement improvements caching cache prompt prompts embedding embeddings monitoring review analysis investigation
  research follow-up followup action actions cleanup discussion dashboard alerting budget budgets forecast efficiency performance quality
  saving savings reduction context agent agents vector database db search rag cost-optimization strategy meeting alignment
  infrastructure storage compute logging logs pipeline finops governance awareness big small expensive cheap cheaper better efficient efficiently
`);
