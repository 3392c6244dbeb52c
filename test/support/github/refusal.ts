/** One entry of the machine-readable part of a 422. */
export interface Flaw {
  readonly resource: string;
  readonly field?: string;
  readonly code: string;
  readonly message?: string;
  readonly value?: unknown;
}

/** An answer that refuses a request, thrown from anywhere below a route. */
export class Refusal extends Error {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    message: string,
    more: Readonly<Record<string, unknown>> = {},
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.status = status;
    this.body = { message, ...more, documentation_url: "https://docs.github.com/rest", status: String(status) };
    this.headers = headers;
  }
}

export const notFound = (): Refusal => new Refusal(404, "Not Found");
export const refuse = (status: number, message: string): Refusal => new Refusal(status, message);

/** 422 "Validation Failed" with its errors. */
export const invalid = (...errors: readonly Flaw[]): Refusal => new Refusal(422, "Validation Failed", { errors });

/** A text that may be at most so long, counted in code points. */
export function checkLength(text: string | null | undefined, max: number, resource: string, field: string): void {
  if (typeof text !== "string" || text.length <= max || [...text].length <= max) return;
  throw invalid({ resource, code: "custom", field, message: `${field} is too long (maximum is ${max} characters)` });
}
