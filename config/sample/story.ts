/** The lines of cost of a small AI support product and their levels: invented, except the shapes they follow. */
import type { Follow, Line } from "./model.ts";

/** Growth of all usage per week. */
export const weeklyGrowth = 0.002;
/** Largest part by which the seeded noise moves a day up or down. */
export const jitter = 0.015;

const ai = "AI and Machine Learning";
const openai = { kind: "tokens", seller: "openai", service: "OpenAI API", category: ai, project: "support" } as const;
const claude = { kind: "tokens", seller: "anthropic", service: "Claude API", category: ai, project: "support" } as const;
const bedrock = { kind: "tokens", seller: "aws", service: "Amazon Bedrock", category: ai, project: "enrichment" } as const;
const ec2 = { kind: "meter", seller: "aws", service: "Amazon Elastic Compute Cloud", category: "Compute", unit: "Hours" } as const;
const s3 = { kind: "meter", seller: "aws", service: "Amazon Simple Storage Service", category: "Storage", unit: "GB-Mo" } as const;
const cursor = { kind: "meter", seller: "cursor", service: "Cursor", category: "Developer Tools", unit: "Requests" } as const;
const vectors = { kind: "meter", seller: "pinecone", service: "Vector Database", category: "Databases" } as const;

/** People at work: quiet weekends, the days of the real chat log. */
const people = (shift: number, week = 1): Follow => ({ shape: "chat requests", week, noise: 0.5, shift });
/** Jobs that run day and night. */
const jobs = (client: string, shift: number): Follow => ({ shape: `client ${client} requests`, week: 0, noise: 0.3, shift });
const lengths = (client: string, shift: number) => ({ client: `client ${client}`, noise: 0.3, shift });

/** Support tickets that were closed, on an average day. */
export const tickets = { id: "tickets", level: 2400, follows: [people(0)] } as const;

const chatTokens = { input: 2600, "cached input": 3000, "cache write": 300, output: 320 };

export const lines: readonly Line[] = [
  {
    ...openai,
    id: "gpt-5 assistant",
    model: "gpt-5",
    apiKey: "prod-assistant",
    tags: { feature: "assistant", team: "support" },
    follows: [people(0)],
    requests: 19_500,
    perRequest: { input: 3200, "cached input": 2400, output: 300 },
    lengths: lengths("048", 0),
  },
  {
    ...openai,
    id: "gpt-5 summaries",
    model: "gpt-5",
    apiKey: "prod-summaries",
    from: "2026-11-16",
    tags: { feature: "summaries", team: "support" },
    follows: [people(2)],
    requests: 6900,
    perRequest: { input: 6000, "cached input": 500, output: 450 },
    lengths: lengths("014", 0),
  },
  {
    ...openai,
    id: "gpt-5-mini search",
    model: "gpt-5-mini",
    apiKey: "prod-search",
    tags: { feature: "search", team: "platform" },
    follows: [people(3)],
    requests: 52_000,
    perRequest: { input: 900, "cached input": 600, output: 110 },
    lengths: lengths("014", 1),
  },
  {
    ...openai,
    id: "embedding search",
    model: "text-embedding-3-large",
    apiKey: "prod-search",
    tags: { feature: "search", team: "platform" },
    follows: [people(3, 0.6), { shape: "api requests", week: 0, noise: 0.05, shift: 0 }],
    requests: 60_000,
    perRequest: { input: 1280 },
  },
  {
    ...claude,
    id: "claude agent",
    model: "claude-sonnet-4-5",
    apiKey: "prod-agent",
    tags: { feature: "agent", team: "automation" },
    follows: [people(2), jobs("048", 0)],
    requests: 4100,
    perRequest: { input: 2500, "cached input": 18_000, "cache write": 2200, output: 900 },
    lengths: lengths("052", 0),
  },
  {
    ...claude,
    id: "claude assistant",
    model: "claude-sonnet-4-5",
    apiKey: "prod-assistant",
    tags: { feature: "assistant", team: "support" },
    follows: [people(1)],
    requests: 3960,
    perRequest: chatTokens,
    lengths: lengths("014", 0),
  },
  {
    ...claude,
    id: "haiku assistant",
    model: "claude-haiku-4-5",
    apiKey: "prod-assistant",
    from: "2026-11-17",
    tags: { feature: "assistant", team: "support" },
    follows: [people(1)],
    requests: 3960,
    perRequest: chatTokens,
    lengths: lengths("014", 0),
  },
  {
    ...claude,
    id: "claude trials",
    model: "claude-sonnet-4-5",
    apiKey: "dev",
    project: "trials",
    tags: null,
    follows: [people(1, 1.3)],
    requests: 700,
    perRequest: { input: 1500, output: 500 },
    lengths: lengths("048", 1),
  },
  {
    ...bedrock,
    id: "bedrock sonnet",
    model: "anthropic.claude-sonnet-4-5",
    priceOf: "claude-sonnet-4-5",
    tags: { feature: "enrichment", team: "data", customer: "harborline" },
    follows: [people(1, 0.8), jobs("052", 0)],
    requests: 3560,
    perRequest: { input: 4200, output: 380 },
    lengths: lengths("052", 1),
  },
  {
    ...bedrock,
    id: "bedrock nova",
    model: "amazon.nova-pro",
    priceOf: "nova-pro",
    tags: { feature: "enrichment", team: "data", customer: "quillmark" },
    follows: [people(1, 0.8), jobs("014", 1)],
    requests: 4350,
    perRequest: { input: 5000, output: 500 },
    lengths: lengths("014", 1),
  },
  {
    ...ec2,
    id: "ec2 app",
    meter: "m7i.xlarge",
    price: 0.2016,
    quantity: 132,
    tags: { feature: "assistant", team: "platform" },
    follows: [{ shape: "compute cost", week: 0.5, noise: 0.15, shift: 0 }],
  },
  {
    ...ec2,
    id: "ec2 other",
    meter: "c7i.xlarge",
    price: 0.1785,
    quantity: 125,
    tags: null,
    follows: [{ shape: "compute cost", week: 0.5, noise: 0.15, shift: 3 }],
  },
  {
    ...s3,
    id: "s3",
    meter: "Standard Storage",
    price: 0.023,
    quantity: 340,
    tags: null,
    follows: [{ shape: "storage cost", week: 0, noise: 0.3, shift: 0 }],
  },
  {
    ...vectors,
    id: "pinecone reads",
    meter: "Read Units",
    unit: "Read Units",
    price: 16,
    per: 1_000_000,
    quantity: 690_000,
    counted: true,
    tags: { feature: "search", team: "platform" },
    follows: [people(3, 0.8)],
  },
  {
    ...vectors,
    id: "pinecone storage",
    meter: "Storage",
    unit: "GB-Mo",
    price: 0.33,
    quantity: 15,
    tags: { feature: "search", team: "platform" },
    follows: [{ shape: "storage cost", week: 0, noise: 0.2, shift: 0 }],
  },
  {
    ...cursor,
    id: "cursor requests",
    meter: "Requests",
    price: 0.04,
    quantity: 265,
    counted: true,
    tags: { feature: "coding", team: "engineering" },
    follows: [people(3, 1.4)],
  },
];
