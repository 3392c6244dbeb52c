/** The word lists that wording is judged by: plain data, lower case. A new word goes into the list that says what it is. */

const list = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/).filter((word) => word !== ""));

/** Words that carry no content of their own. */
export const fillers = list(`
  a an the this that these those it its it's they them their we we're we've us our ours i i'm my me you your he she his her one ones
  and or but so as at by for from in into of off on onto out over per than then there to too up upon with within without about around
  across after before because due since while during until till also again just only even still already yet now here well very much more
  most many few fewer less least some any all each every both either other others another same such own quite rather really actually basically
  simply mainly mostly mainly overall general generally generic certain various several kind sort bit lot lots etc
  is are was were be been being am isn't wasn't aren't do does did doing done don't doesn't didn't has have had having hasn't haven't
  can can't could couldn't will won't would should shall may might must need needs needed
  not no nor none never nothing neither yes ok okay fine good bad sure
  if when where how what which who whom whose why whether
  thing things stuff something somehow somewhere anything everything someone somebody everybody everyone anyone it'll they're that's there's
  get gets got getting go goes went going gone make makes made making take takes took put come comes came bring seem seems seemed appear
  appears show shows showed showing shown see sees saw seen seeing look looks looked looking find found say says said know knows known think
  thinks thought want let let's lets keep keeps please probably maybe perhaps possibly likely apparently presumably hopefully currently
  fact case way reason reasons cause causes caused explanation explained result results situation status matter topic point team teams
  organic natural naturally normal normally usual usually unusual regular typical standard ordinary expected unexpected planned
  random between obvious obviously clear unclear idea ideas human part side
  e.g i.e ie eg vs versus compared comparison comparing relative respect against respectively approx approximately roughly circa ca
`);

/** What is measured: a text of these alone says that a figure moved, not why. */
export const measures = list(`
  cost costs costing spend spends spending spent expense expenses expenditure bill bills billing billed amount amounts total totals figure
  figures number numbers price-tag money budget dollars dollar usd eur euro euros
  usage use uses used using consumption consumed token tokens request requests call calls volume volumes traffic load demand activity
  throughput api apis service services provider providers model models llm llms ai inference cloud vendor product
  input output prompt-tokens invocations invocation queries query hits utilization utilisation
  delta deltas line item items share percent percentage percentages rate level levels average mean
`);

/** That something moved, and how. */
export const movements = list(`
  increase increases increased increasing increasingly rise rises rose risen rising raise raised grow grows grew grown growing growth
  higher high highest up upward upwards climb climbs climbed climbing jump jumps jumped jumping spike spikes spiked spiking surge surges
  surged surging soar soared peak peaks peaked double doubled doubling triple tripled gain gained uptick upswing bump bumped
  decrease decreases decreased decreasing drop drops dropped dropping fall falls fell fallen falling decline declines declined declining
  lower low lowest down downward downwards reduction reduced dip dipped shrink shrank
  change changes changed changing move moves moved moving movement shift shifted trend trends trending fluctuation fluctuations fluctuate
  variation variations variance variability vary varies volatile volatility noise swing flat stable stayed stays stay remain remains remained
  significant significantly slight slightly strong strongly sharp sharply big bigger large larger great greater small smaller heavy heavier
  heavily considerable considerably substantial substantially additional extra further continued continues continuing ongoing
  exceed exceeds exceeded exceeding above below beyond plan forecast baseline threshold
`);

/** When. */
export const times = list(`
  week weeks weekly week's day days daily month months monthly quarter quarters year years today yesterday tomorrow hour hours minute minutes
  last previous prior past next current recent recently earlier later ago week-on-week week-over-week wow mom yoy period time times
  monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun
  january february march april june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec
  morning afternoon evening night
`);

/** Companies and products that bill: naming one does not explain anything. */
export const names = list(`
  openai anthropic aws amazon bedrock azure gcp google vertex gemini cursor pinecone weaviate qdrant openrouter litellm langfuse vercel copilot
  github mistral cohere groq together replicate huggingface claude gpt chatgpt sonnet haiku opus nova titan llama deepseek codex perplexity
  ec2 s3 rds lambda sagemaker microsoft meta
`);

/** Nobody knows yet, or somebody is at it. */
export const unknowns = list(`
  unknown unsure uncertain tbd tba todo n/a na wip pending ? ?? ??? investigating investigate investigated investigation analyzing analysing
  analysis analyze analyse checking check checked researching determine determined identified identify undetermined idk unexplained
  mystery mysterious strange weird odd dunno progress under clue understood understand
`);

/** Where else it is said. */
export const pointers = list(`
  see cf ref refer reference slack thread threads discussed discussion talked spoke meeting mentioned explained described above below
  jira confluence notion chat email mail channel link linked links doc docs document ticket issue pr page wiki notes dm message comment
  comments details detail call standup sync incident postmortem retro here pinned previously agreed everyone aware ask
`);

/** Words with which a text begins that only points elsewhere. */
export const pointing = list("see cf ref refer as per discussed talked mentioned explained described ask check same details more link");

/** That something was wrong, without saying what. */
export const troubles = list(`
  anomaly anomalies alert alerts alarm alarms fired triggered detected spike outlier outliers bug bugs issue issues problem problems error
  errors glitch glitches hiccup hiccups incident incidents trouble failure failures fault broken wrong happened occurred event unusual behaviour behavior
  code technical false positive
`);

/** That it is over, without saying how. */
export const endings = list(`
  fix fixed fixes fixing resolve resolved resolves resolution solve solved solution close closed done finished finish complete completed
  over away back recovered recover itself self self-resolved disappeared vanished handled addressed sorted taken care working works work
  worked back-to-normal mitigated monitor monitoring watch watching wait waiting required necessary action actions
`);

/** Holds a place. */
export const placeholders = list(
  "tbd tba todo tbc n/a na none nothing - -- . .. ... … ? ?? ??? x xx xxx wip ok okay yes no same idem ditto dito lorem",
);
