import * as z from "zod/mini";
import { isDay } from "../../core/day.ts";
import { unlessRefused } from "../../core/problem.ts";
import { parseYaml } from "../../core/yaml/parse.ts";
import { plainItem, plainMap } from "../../core/yaml/plain.ts";
import { type Action, type CarriedAction, actionSchema, carriedSchema, frontMatterSchema } from "../front-matter/schema.ts";
import { fencesOf } from "../front-matter/split.ts";
import type { ActionSource } from "./track.ts";

/** Takes the actions of a review file out of its text; null when they cannot be read. */
export type ActionScanner = (text: string) => ActionSource | null;

const headerKeys = ["review", "period", "state", "next"] as const;
const headerSchema = z.pick(frontMatterSchema, { review: true, period: true, state: true, next: true });
const key = /^([A-Za-z]\w*):(?=[ \t\r\n]|$)/;
/** A line that begins a key, or anything else that is no part of the value before it. */
const begins = /^[^\s#-].*$/gm;

/** The texts of the keys at the left edge, each with its lines; null when they are written in another way than plain keys. */
export function keysOf(front: string): Map<string, string> | null {
  const found = new Map<string, string>();
  const starts = [...front.matchAll(begins)];
  for (const [index, match] of starts.entries()) {
    const [, name] = key.exec(match[0]) ?? [];
    if (name === undefined || found.has(name)) return null;
    found.set(name, front.slice(match.index, starts[index + 1]?.index));
  }
  return found;
}

const yamlOf = (text: string): unknown => unlessRefused(() => parseYaml(text, "").value);

const dash = /^( *)- (?! )/m;

/** The items of a list as it stands in the lines below its key; null when it is written in another way. */
export function itemsOf(text: string, name: string): { text: string; indent: number }[] | null {
  const rest = text.slice(name.length + 1);
  const first = rest.indexOf("\n");
  const [head, body] = first === -1 ? [rest, ""] : [rest.slice(0, first), rest.slice(first + 1)];
  const value = head.replace(/(?:^|[ \t]+)#.*$/, "").trim();
  if (!/^(?:|\[\]|null)$/.test(value)) return null;
  const lead = dash.exec(body);
  if (!lead) return body.replace(/^ *#.*$/gm, "").trim() === "" ? [] : null;
  if (
    value !== "" ||
    body
      .slice(0, lead.index)
      .replace(/^ *#.*$/gm, "")
      .trim() !== ""
  )
    return null;
  const indent = lead[1]?.length ?? 0;
  const mark = new RegExp(`^ {${indent}}- `, "gm");
  const starts = [...body.matchAll(mark)].map(({ index }) => index);
  return starts.map((start, index) => ({ text: body.slice(start, starts[index + 1]), indent }));
}

/** Remembers what `make` gives for each text: most versions of a file repeat what the one before said. */
function remembered<T>(make: (text: string, indent: number) => T): (text: string, indent: number) => T {
  const known = new Map<string, T>();
  return (text, indent) => {
    const found = known.get(text);
    if (found !== undefined || known.has(text)) return found as T;
    const made = make(text, indent);
    known.set(text, made);
    return made;
  };
}

function valid<T>(schema: z.ZodMiniType<T>, value: unknown): T | null {
  const parsed = schema.safeParse(value);
  return parsed.success ? parsed.data : null;
}

/** One item of a list, which may stand in a list of its own. */
function readItem<T>(schema: z.ZodMiniType<T>): (text: string, indent: number) => T | null {
  return (text, indent) => {
    const plain = plainItem(text, indent);
    if (plain) return valid(schema, plain);
    const list = yamlOf(text);
    return Array.isArray(list) && list.length === 1 ? valid(schema, list[0]) : null;
  };
}

function readHeader(text: string): z.infer<typeof headerSchema> | null {
  const header = valid(headerSchema, plainMap(text.split("\n"), 0) ?? yamlOf(text));
  return header && isDay(header.period.end) ? header : null;
}

const { actions, previous } = frontMatterSchema.shape;
const wholeSchema = z.object({ ...headerSchema.shape, actions, previous });

/** The whole front matter by the YAML parser: for files that are written in no plain way. */
function wholeSource(front: string): ActionSource | null {
  const whole = valid(wholeSchema, yamlOf(front));
  return whole && { ...whole, actions: whole.actions ?? [], previous: whole.previous ?? [] };
}

/**
 * Makes a scanner that reads only the few keys that actions need, and each action once however many versions repeat it. What it reads is
 * what the YAML parser and the schema would give for those keys.
 */
export function actionScanner(): ActionScanner {
  const header = remembered(readHeader);
  const action = remembered(readItem<Action>(actionSchema));
  const entry = remembered(readItem<CarriedAction>(carriedSchema));
  const listOf = <T>(
    text: string | undefined,
    name: string,
    schema: z.ZodMiniType<T>,
    read: (text: string, indent: number) => T | null,
  ) => {
    if (text === undefined) return null;
    const items = itemsOf(text, name);
    if (items) return items.map((item) => read(item.text, item.indent));
    const value = yamlOf(text);
    const list = typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined;
    return list === null ? [] : Array.isArray(list) ? list.map((item) => valid(schema, item)) : [null];
  };
  const scan = (front: string): ActionSource | null => {
    const keys = keysOf(front);
    if (keys === null) return wholeSource(front);
    const head = header(headerKeys.map((name) => keys.get(name) ?? "").join(""), 0);
    const actions = listOf(keys.get("actions"), "actions", actionSchema, action);
    const previous = listOf(keys.get("previous"), "previous", carriedSchema, entry);
    if (!head || !actions || !previous || actions.includes(null) || previous.includes(null)) return null;
    return { ...head, actions: actions.filter((item) => item !== null), previous: previous.filter((item) => item !== null) };
  };
  return (text) =>
    unlessRefused(() => {
      const { opening, closing } = fencesOf(text, "");
      return scan(text.slice(opening.next, closing.start).replaceAll("\r\n", "\n"));
    });
}
