import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as z from "zod/mini";
import { ask, askJson } from "../../src/shell/http/ask.ts";
import type { Peer } from "../../src/shell/http/peer.ts";
import { excerptOf, withoutSecrets } from "../../src/shell/http/redact.ts";
import { runs } from "../support/properties.ts";

const secret = "sk-admin-Zq8vN3xTkW71bLrY";
const schema = z.object({ ok: z.boolean() });

interface Sent {
  readonly url: string;
  readonly headers: Headers;
}

/** A peer whose n-th answer is the n-th of `answers`, the last one ever after. */
function peerOf(...answers: readonly (() => Response)[]): { peer: Peer; sent: Sent[] } {
  const sent: Sent[] = [];
  const fetch: typeof globalThis.fetch = async (input, init) => {
    sent.push({ url: String(input), headers: new Headers(init?.headers) });
    const answer = answers[Math.min(sent.length, answers.length) - 1];
    return answer ? answer() : new Response();
  };
  const help = { key: "Check the key.", scope: "Use another key." };
  const headers = { authorization: `Bearer ${secret}` };
  return {
    peer: { name: "Acme", baseUrl: "https://api.acme.test/v1", headers, secrets: [secret], help, world: { fetch, second: 0 } },
    sent,
  };
}

const good = () => Response.json({ ok: true });
const status =
  (code: number, headers: Record<string, string> = {}) =>
  () =>
    new Response("", { status: code, headers });
const silent = () => {
  throw new TypeError("fetch failed", { cause: Object.assign(new Error(secret), { code: "ECONNREFUSED" }) });
};
/** A megabyte again and again. */
const endless = () => new ReadableStream<Uint8Array>({ pull: (stream) => stream.enqueue(new Uint8Array(1024 ** 2)) });
const refusalOf = async (peer: Peer) => {
  const reply = await ask(peer, { path: "/costs" }, schema);
  return reply.ok ? null : `${reply.problem.message} – ${reply.problem.remedy}`;
};

describe("asking again", () => {
  test.each([
    ["429 and 503", [status(429), status(503), good], 3],
    ["no answer", [silent, silent, silent, silent, good], 5],
    ["a wait in seconds", [status(429, { "retry-after": "120" }), good], 2],
    [
      "a wait until a date",
      [status(429, { "retry-after": "Mon, 23 Nov 2026 06:01:00 GMT", date: "Mon, 23 Nov 2026 06:00:00 GMT" }), good],
      2,
    ],
    ["a date without another to count from", [status(503, { "retry-after": "Mon, 23 Nov 2026 06:01:00 GMT" }), good], 2],
    ["a wait that is none", [status(429, { "retry-after": "soon" }), good], 2],
    ["a wait for a limit of its own", [status(429, { "x-acme-limit-retry-after": "120", "retry-after": "soon" }), good], 2],
  ] as const)("passes %s", async (_, answers, requests) => {
    const { peer, sent } = peerOf(...answers);
    expect(await askJson(peer, { path: "/costs" }, schema)).toEqual({ ok: true });
    expect(sent).toHaveLength(requests);
  });

  test.each([
    ["five times", [status(500)], 5],
    ["five times without an answer", [silent], 5],
    ["not after a wait of more than two minutes", [status(429, { "retry-after": "121" })], 1],
    [
      "nor until a date as far",
      [status(429, { "retry-after": "Mon, 23 Nov 2026 07:00:00 GMT", date: "Mon, 23 Nov 2026 06:00:00 GMT" })],
      1,
    ],
    ["not after the longest of several waits", [status(429, { "retry-after": "1", "x-acme-limit-retry-after": "121" })], 1],
    ["not for what does not pass", [status(400)], 1],
    ["not for a wrong key", [status(401)], 1],
  ] as const)("ends %s", async (_, answers, requests) => {
    const { peer, sent } = peerOf(...answers);
    expect(await refusalOf(peer)).toContain("Acme");
    expect(sent).toHaveLength(requests);
  });
});

test("a form is sent as one", async () => {
  const { peer } = peerOf(good);
  const sent: unknown[] = [];
  const fetch: typeof globalThis.fetch = async (_, init) => {
    sent.push(init?.method, new Headers(init?.headers).get("content-type"), init?.body);
    return good();
  };
  await askJson({ ...peer, world: { fetch, second: 0 } }, { path: "/token", form: { grant: "a b", proof: "x&y" } }, schema);
  expect(sent).toEqual(["POST", "application/x-www-form-urlencoded", "grant=a+b&proof=x%26y"]);
});

test("a refusal is explained where the source knows more than its status, quoted without the key", async () => {
  const { peer } = peerOf(() => Response.json({ message: `quota of ${secret}` }, { status: 403 }));
  const explain = (code: number, text: string) =>
    code === 403 && text.includes("quota") ? { message: "Acme is tired", remedy: "Run again later." } : null;
  expect(await refusalOf({ ...peer, explain })).toBe('Acme is tired (403; it said "quota of ***") – Run again later.');
  expect(await refusalOf({ ...peer, explain: () => null })).toContain("Use another key.");
});

describe("redirects", () => {
  test("are followed on the same host, with the key", async () => {
    const { peer, sent } = peerOf(status(308, { location: "/v2/costs" }), good);
    expect(await askJson(peer, { path: "/costs" }, schema)).toEqual({ ok: true });
    expect(sent.map(({ url }) => url)).toEqual(["https://api.acme.test/v1/costs", "https://api.acme.test/v2/costs"]);
  });

  test.each(["https://evil.test/v1", "http://api.acme.test/v1/costs", "https://api.acme.test:8443/", "//evil.test/"])(
    "to %s are not followed",
    async (location) => {
      const { peer, sent } = peerOf(status(302, { location }), good);
      expect(await refusalOf(peer)).toContain("the key was not sent there");
      expect(sent).toHaveLength(1);
    },
  );

  test("without an end are given up", async () => {
    const { peer, sent } = peerOf(status(302, { location: "/v1/costs" }));
    const said = await refusalOf(peer);
    expect(said).toContain("Acme sends from one address to the next for /costs and never answers");
    expect(said).not.toContain("another host");
    expect(sent.length).toBeLessThan(10);
  });

  test("a next page on another host is not asked for", async () => {
    const { peer, sent } = peerOf(good);
    await expect(askJson(peer, { path: "https://evil.test/next" }, schema)).rejects.toThrow("the key was not sent there");
    expect(sent).toEqual([]);
  });
});

test.each([
  ["a host that does not answer in time", () => Promise.reject(new DOMException("aborted", "TimeoutError")), "within 90 seconds"],
  ["a body without an end", () => Promise.resolve(new Response(endless())), "more than 64 MiB"],
])("%s is given up", async (_, answer, said) => {
  const { peer } = peerOf();
  expect(await refusalOf({ ...peer, world: { ...peer.world, fetch: answer } })).toContain(said);
});

test("a field of another shape is named by its path", async () => {
  const rows = z.object({ data: z.array(z.object({ cost: z.object({ amount: z.string() }) })) });
  const { peer } = peerOf(() => Response.json({ data: [{ cost: { amount: "1" } }, { cost: { amount: 1 } }] }));
  await expect(askJson(peer, { path: "/costs" }, rows)).rejects.toThrow("data[1].cost.amount is not of type string");
});

describe("secrets", () => {
  test("are taken out of what a server said, and of what looks like another key", () => {
    const text = `got Bearer ${secret} and ${secret.slice(0, 12)}, ghp_abcdefghijkl, AKIAABCDEFGHIJKLMNOP, someone@acme.test`;
    expect(excerptOf(text, [secret])).toBe("got Bearer *** and ***, ***, ***, ***");
  });

  test("are taken out whatever stands around them, and in whichever form", () => {
    const secrets = fc.stringMatching(/^[\x21-\x7e]{12,40}$/).filter((value) => /[A-Za-z0-9]{6}/.test(value));
    const forms = [
      (value: string) => value,
      (value: string) => encodeURIComponent(value),
      (value: string) => JSON.stringify(value).slice(1, -1),
      (value: string) => Buffer.from(value).toString("base64").replace(/=+$/, ""),
    ];
    fc.assert(
      fc.property(secrets, fc.string(), fc.string(), fc.constantFrom(...forms), (value, before, after, form) => {
        const found = withoutSecrets(`${before}${form(value)}${after}`, [value]);
        expect(found.includes(form(value))).toBe(false);
        expect(excerptOf(`${before}${form(value)}${after}`, [value]).includes(form(value))).toBe(false);
      }),
      runs(200),
    );
  });

  test("are found behind characters that nobody sees, and excerpts are short", () => {
    expect(excerptOf(`${secret.slice(0, 10)}\u0000\u200B${secret.slice(10)}`, [secret])).toBe("***");
    expect(excerptOf("x ".repeat(4000), [secret])).toHaveLength(200);
  });
});
