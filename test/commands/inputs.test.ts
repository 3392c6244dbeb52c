import { cpSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { ledgerHash } from "../../src/shell/ledger.ts";
import { bend, checked, freshReview, ledgerPath, reviewPath, textIn } from "../rules/bending.ts";
import { copyOf, folderWith, overpace } from "../support/world.ts";

let made = "";
beforeAll(async () => {
  made = await freshReview();
});

/** A copy of the project with its review. */
const copy = () => copyOf(made);

describe("inputs", () => {
  const cent = (text: string) => {
    const lines = text.split("\n");
    const index = lines.findLastIndex((line) => line.startsWith("2027-02-19,"));
    const cells = (lines[index] ?? "").split(",");
    for (const at of [8, 9]) cells[at] = (Number(cells[at]) + 0.01).toFixed(2);
    return lines.with(index, cells.join(",")).join("\n");
  };

  test("one cent in the ledger", async () => {
    const folder = copy();
    const before = textIn(folder, ledgerPath);
    const after = cent(before);
    writeFileSync(join(folder, ledgerPath), after);
    const stale = (await checked(folder)).figures;
    expect(stale).toMatchObject([{ severity: "error", remedy: expect.stringContaining("overpace weekly --as-of 2027-02-22") }]);
    expect(stale[0]?.message).toBe("the figures are out of date, their inputs differ: ledger 2027-02-22.2027-W07.csv");
    bend(folder, reviewPath, ledgerHash(before), ledgerHash(after));
    const bent = (await checked(folder)).figures.map(({ message }) => message);
    expect(bent).toContain("`figures.last7` says `4820.00`; computed again it is `4820.01`");
    expect(bent).toContainEqual(expect.stringContaining("the zone `summary`"));
  });

  const message = async (folder: string) => (await checked(folder)).figures.map((finding) => finding.message);

  test.each([
    ["plan.yaml", "config/plan.yaml", /16000/, "16001"],
    ["overpace.yaml", "config/overpace.yaml", /^/, "thresholds: { week: 25 }\n"],
    ["overpace.yaml", "config/overpace.yaml", /^/, "growth: { percentPerWeek: 3 }\n"],
    ["overpace.yaml", "config/overpace.yaml", /^/, "aliases: { provider: { AWS: Amazon } }\n"],
  ])("%s changed", async (name, path, from, to) => {
    const folder = copy();
    bend(folder, path, from, to);
    expect(await message(folder)).toEqual([`the figures are out of date, their inputs differ: ${name}`]);
  });

  test("allocation.yaml added, and the ledger gone: both are named", async () => {
    const folder = copy();
    writeFileSync(join(folder, "config/allocation.yaml"), "rules:\n  - match: { provider: OpenAI }\n    feature: chat\n");
    rmSync(join(folder, ledgerPath));
    expect(await message(folder)).toEqual([
      "the figures are out of date, their inputs differ: allocation.yaml, ledger 2027-02-22.2027-W07.csv (missing)",
    ]);
  });

  test("a ledger that is none", async () => {
    const folder = copy();
    writeFileSync(join(folder, ledgerPath), "nonsense\n");
    expect(await message(folder)).toEqual(["the figures are out of date, their inputs differ: ledger 2027-02-22.2027-W07.csv"]);
  });

  test("an older ledger file that the review does not know of", async () => {
    const folder = copy();
    writeFileSync(
      join(folder, "reviews/ledger/2027-02-15.2027-W06.csv"),
      textIn(folder, ledgerPath).replace(/^(?!2027-02-0[1-9]|Charge).*\n/gm, ""),
    );
    expect((await message(folder))[0]).toContain("2027-02-15.2027-W06.csv (not among the inputs of the file)");
    writeFileSync(join(folder, "reviews/ledger/2027-02-15.2027-W06.csv"), "nonsense\n");
    expect((await message(folder))[0]).toContain("reviews/ledger/2027-02-15.2027-W06.csv:1: not a ledger file");
  });

  test("of many inputs that differ three are named", async () => {
    const folder = copy();
    for (const day of [1, 2, 3, 4, 5])
      writeFileSync(
        join(folder, `reviews/ledger/2027-02-1${day}.2027-W06.csv`),
        textIn(folder, ledgerPath).replace(new RegExp(`^(?!2027-02-0${day}|Charge).*\n`, "gm"), ""),
      );
    expect((await message(folder))[0]).toMatch(/ledger 2027-02-13\.2027-W06\.csv \(not among the inputs of the file\) and 2 more$/);
  });

  test("what figures do not depend on may change, and a newer ledger file is not read", async () => {
    const folder = copy();
    bend(folder, "config/overpace.yaml", /login: \S+/, "login: someone-else");
    writeFileSync(join(folder, "config/plan.yaml"), `# a comment\n${textIn(folder, "config/plan.yaml")}`);
    writeFileSync(join(folder, "reviews/ledger/2027-03-01.2027-W08.csv"), "nonsense\n");
    expect(await message(folder)).toEqual([]);
  });

  test("without settings a warning says so; unsound ones, which would hide bent figures, are an error", async () => {
    const folder = copy();
    cpSync(join(folder, reviewPath), join(folder, "reviews/2027/2027-W06.md"));
    bend(folder, "config/overpace.yaml", /^/, "costbasis: billed\n");
    const unsound = (await checked(folder)).figures;
    expect(unsound).toMatchObject([
      { severity: "error", file: "config/overpace.yaml", line: 1, message: expect.stringContaining("`costbasis`") },
    ]);
    rmSync(join(folder, "config"), { recursive: true });
    expect((await checked(folder)).figures).toMatchObject([
      { severity: "warning", file: "config/overpace.yaml", message: expect.stringContaining("there is no configuration") },
    ]);
  });

  test("a file that stands elsewhere is not computed again, and says so", async () => {
    const folder = copy();
    cpSync(join(folder, reviewPath), join(folder, "copy.md"));
    expect((await checked(folder, ["copy.md"])).figures).toMatchObject([{ severity: "warning", file: "copy.md" }]);
    const elsewhere = folderWith();
    expect(
      (await checked(elsewhere, [join(folder, reviewPath), "--config", join(folder, "config"), "--reviews", join(folder, "reviews")]))
        .figures,
    ).toEqual([]);
  });

  test("a refresh after a change makes it sound again", async () => {
    const folder = copy();
    bend(folder, "config/plan.yaml", "16000", "15000");
    expect(await message(folder)).toHaveLength(1);
    await overpace(folder, ["weekly", "--as-of", "2027-02-22"]);
    expect(await message(folder)).toEqual([]);
    expect(textIn(folder)).toContain("Figures moved");
  });
});
