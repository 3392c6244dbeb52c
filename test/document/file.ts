/** A small review file: two deltas and an anomaly are asked about; `front` replaces lines of the front matter by their key. */
export function fileText(front: Readonly<Record<string, string>> = {}, answers = ["", "", ""]): string {
  const lines = {
    review: "2026-W47",
    period: "{ start: 2026-11-16, end: 2026-11-23 }",
    state: "draft",
    attendees: '{ engineering: "@octocat", product: "@hubot", others: [] }',
    minutes: "",
    outcome: "",
    reason: "",
    actions: "",
    previous: "",
    waivers: "",
    silenced: "",
    next: "2026-11-30",
    figures: "{ generator: overpace, zones: {} }",
    ...front,
  };
  const zones = ["delta openai/inference", "delta aws/ec2", "anomaly aws/ec2@2026-11-18"].map((name, index) => {
    const close = name.split(" ")[0] ?? "";
    return `<!-- overpace:${name} -->\nFigures.\n<!-- /overpace:${close} -->\n${answers[index] ?? ""}\n`;
  });
  const keys = Object.entries(lines).map(([key, value]) => `${key}: ${value}`);
  return `---\n${keys.join("\n")}\n---\n${zones.join("\n")}`;
}
