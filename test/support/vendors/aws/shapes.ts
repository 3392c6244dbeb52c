import { readFileSync } from "node:fs";
import { join } from "node:path";

interface Shape {
  readonly type: string;
  readonly members?: Readonly<Record<string, { readonly shape: string }>>;
  readonly required?: readonly string[];
  readonly member?: { readonly shape: string };
  readonly value?: { readonly shape: string };
  readonly enum?: readonly string[];
  readonly max?: number;
  readonly min?: number;
  readonly pattern?: string;
}
interface Model {
  readonly shapes: Readonly<Record<string, Shape>>;
}

const path = join(import.meta.dirname, "../../../fixtures/specs/aws-cost-explorer.botocore.json");
const { shapes } = JSON.parse(readFileSync(path, "utf8")) as Model;

/** What is wrong with a structure: unknown and missing members. */
function structureFaults({ members = {}, required = [] }: Shape, value: unknown, at: string): string[] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [`${at} is no structure`];
  const missing = required.filter((name) => !(name in value)).map((name) => `${at}.${name} is missing`);
  const faults = Object.entries(value).flatMap(([name, item]) => {
    const member = members[name];
    return member ? faultsOf(member.shape, item, `${at}.${name}`) : [`${at}.${name} is unknown`];
  });
  return [...missing, ...faults];
}

function textFaults({ enum: values, max = Infinity, min = 0, pattern = "[^]*" }: Shape, value: unknown, at: string): string[] {
  if (typeof value !== "string") return [`${at} is no text`];
  if (values && !values.includes(value)) return [`${at} is none of ${values.join(", ")}`];
  // A hyphen beside a class of letters stands for itself in AWS's language of patterns, not in ours.
  const form = new RegExp(`^(?:${pattern.replace("}-_", "}\\-_")})$`, "u");
  return value.length > max || value.length < min || !form.test(value) ? [`${at} is refused`] : [];
}

/** What is wrong with a value by a shape of AWS's own model; none when it fits. */
export function faultsOf(name: string, value: unknown, at = name): string[] {
  const shape = shapes[name];
  if (!shape) return [`${at} is of the unknown shape ${name}`];
  switch (shape.type) {
    case "structure":
      return structureFaults(shape, value, at);
    case "list":
      return Array.isArray(value)
        ? value.flatMap((item, index) => faultsOf(shape.member?.shape ?? "", item, `${at}[${index}]`))
        : [`${at} is no list`];
    case "map":
      return typeof value === "object" && value !== null
        ? Object.entries(value).flatMap(([key, item]) => faultsOf(shape.value?.shape ?? "", item, `${at}.${key}`))
        : [`${at} is no map`];
    case "boolean":
      return typeof value === "boolean" ? [] : [`${at} is not true or false`];
    default:
      return textFaults(shape, value, at);
  }
}
