import { expect, test } from "vitest";
import { acme, actions, branch, branchOff, pull, serveAcme } from "./lab.ts";
import type { GitHub } from "./server.ts";

async function work(github: GitHub): Promise<void> {
  const sha = await branchOff(github, branch);
  const octokit = actions(github);
  await octokit.pulls.create(pull);
  await octokit.issues.addLabels({ ...acme, issue_number: 1, labels: ["ai-cost"] });
  await octokit.checks.create({ ...acme, name: "overpace", head_sha: sha, conclusion: "success" });
}

test("the same work leads to the same snapshot, whatever the time, the ids and the failures on the way", async () => {
  const [one, other] = [await serveAcme(), await serveAcme()];
  other.setTime("2027-01-04T00:00:00Z");
  other.token({ user: "hubot" });
  await work(one);
  await work(other);
  expect(await other.snapshot()).toEqual(await one.snapshot());
  await other.as("hubot").comment("acme/app", 1, "hm");
  expect(await other.snapshot()).not.toEqual(await one.snapshot());
});

test("a client that leaves in the middle of a request is no error of the server", async () => {
  const github = await serveAcme();
  const stop = new AbortController();
  const body = new ReadableStream({ start: (stream) => stream.enqueue(Buffer.from('{"title":')) });
  const request = fetch(`${github.url}/repos/acme/app/issues`, {
    method: "POST",
    body,
    duplex: "half",
    signal: stop.signal,
  } as RequestInit);
  setTimeout(() => stop.abort(), 50);
  await expect(request).rejects.toThrow(/abort/);
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(github.findings.violations).toEqual([]);
  expect(github.repo("acme/app").issues()).toEqual([]);
});
