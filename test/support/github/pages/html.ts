/** Text as it may stand in HTML, in attributes too. */
export const escape = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;").replaceAll("'", "&#39;");

/** HTML that is known to be safe; anything else put into a page is escaped. */
export interface Safe {
  readonly html: string;
}

export const safe = (html: string): Safe => ({ html });

type Part = Safe | string | number | null | readonly Part[];

const textOf = (part: Part): string => {
  if (part === null) return "";
  if (typeof part === "string" || typeof part === "number") return escape(String(part));
  return "html" in part ? part.html : part.map(textOf).join("");
};

/** A template whose values are escaped, unless they are `Safe`. */
export const h = (texts: TemplateStringsArray, ...parts: readonly Part[]): Safe =>
  safe(texts.map((text, at) => text + (at < parts.length ? textOf(parts[at] ?? null) : "")).join(""));

const style = `
body{margin:0;font:15px/1.5 system-ui,sans-serif;color:#1f2328;background:#fff}
header{background:#f6f8fa;border-bottom:1px solid #d1d9e0;padding:12px 24px}
main{max-width:1000px;margin:0 auto;padding:16px 24px 64px}
a{color:#0969da;text-decoration:none}a:hover{text-decoration:underline}
h1{font-size:24px}.muted{color:#59636e}
table{border-collapse:collapse;margin:8px 0;display:block;overflow-x:auto}
td,th{border:1px solid #d1d9e0;padding:4px 10px;text-align:left;vertical-align:top}
code,pre{font:13px/1.45 ui-monospace,monospace;background:#f6f8fa;border-radius:6px}
code{padding:1px 4px}pre{padding:12px;overflow:auto}pre code{padding:0}
img{max-width:100%}blockquote{margin:0 0 12px;padding:0 12px;border-left:4px solid #d1d9e0;color:#59636e}
.alert{color:inherit}.alert.warning{border-color:#9a6700}.alert.caution{border-color:#cf222e}.alert.important{border-color:#8250df}
.alert.tip{border-color:#1a7f37}.alert.note{border-color:#0969da}.alert b:first-child{display:block}
.state{display:inline-block;border-radius:16px;padding:2px 12px;color:#fff;background:#1a7f37}
.state.closed{background:#cf222e}.state.merged{background:#8250df}.state.draft{background:#59636e}
.label{border:1px solid #d1d9e0;border-radius:12px;padding:0 8px;margin-right:4px;font-size:13px}
.box{border:1px solid #d1d9e0;border-radius:6px;margin:12px 0}.box>h3{margin:0;padding:8px 12px;background:#f6f8fa;font-size:14px;font-weight:600}
.box>div{padding:4px 16px}.diff{margin:0;border-radius:0;padding:8px 0}
.diff span{display:block;padding:0 12px;white-space:pre-wrap}.add{background:#dafbe1}.del{background:#ffebe9}.hunk{color:#59636e;background:#ddf4ff}
`;

/** A whole page. */
export const layout = (title: string, crumbs: Safe, body: Safe): string =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escape(title)}</title>` +
  `<style>${style}</style><header>${crumbs.html}</header><main>${body.html}</main></html>\n`;
