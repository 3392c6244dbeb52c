import type { Place } from "./client.ts";
import { actionLabel, type Raw } from "./issues.ts";
import { isStatus } from "./refusal.ts";

/**
 * The label of actions remembers, in its description, the numbers of the newest issues: a list shows neither a deleted issue nor one
 * that was transferred, and without its number it would be made again. Later the reviews say the numbers themselves.
 */
const intro = "overpace actions:";
/** GitHub takes so many characters. */
const longestDescription = 100;

/** The label as far as it is known; a description of people is theirs. */
export interface LabelMemory {
  readonly numbers: ReadonlyMap<string, number>;
  readonly description: string;
  /** False: the repository has no such label, or people renamed it. It is made with the next issue, never for this alone. */
  readonly exists: boolean;
}

function memoryIn(description: string): LabelMemory {
  const entries = description.startsWith(intro) ? description.slice(intro.length).matchAll(/(\S+)#(\d+)/g) : [];
  return { numbers: new Map([...entries].map(([, id = "", number]) => [id, Number(number)])), description, exists: true };
}

/** The newest numbers, as many as fit. */
function descriptionOf(numbers: ReadonlyMap<string, number>): string {
  const newest = [...numbers].toSorted(([, a], [, b]) => b - a);
  return newest.reduce((text, [id, number]) => {
    const longer = `${text} ${id}#${number}`;
    return longer.length <= longestDescription ? longer : text;
  }, intro);
}

/** What the labels of listed issues say; null when none of them bears it. */
export function memoryOf(issues: readonly Raw[]): LabelMemory | null {
  for (const label of issues.flatMap(({ labels }) => labels))
    if (typeof label !== "string" && label.name?.toLowerCase() === actionLabel) return memoryIn(label.description ?? "");
  return null;
}

/** Asks for the label itself. */
export async function readMemory({ client, at }: Place): Promise<LabelMemory> {
  try {
    const { data } = await client.issues.getLabel({ ...at, name: actionLabel });
    return memoryIn(data.description ?? "");
  } catch (error) {
    if (isStatus(error, 404)) return { numbers: new Map(), description: "", exists: false };
    throw error;
  }
}

/** Adds numbers to those that the label remembers; one that remembers them already is left alone, and so is one that people describe. */
export async function writeMemory({ client, at }: Place, memory: LabelMemory, numbers: ReadonlyMap<string, number>): Promise<void> {
  const description = descriptionOf(new Map([...memory.numbers, ...numbers]));
  const isPeoples = memory.description !== "" && !memory.description.startsWith(intro);
  if (!memory.exists || numbers.size === 0 || isPeoples || description === memory.description) return;
  await client.issues.updateLabel({ ...at, name: actionLabel, description });
}
