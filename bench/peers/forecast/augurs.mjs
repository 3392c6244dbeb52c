// MSTL with AutoETS of @bsull/augurs, by the contract of bench/series.ts: cases on standard input, answers on standard output.
import { readFileSync } from "node:fs";
import { initSync, MSTL } from "@bsull/augurs/mstl";

initSync({ module: readFileSync(new URL("mstl_bg.wasm", import.meta.resolve("@bsull/augurs/mstl"))) });
const { cases } = JSON.parse(readFileSync(0, "utf8"));

function pathOf(values, days) {
  const model = MSTL.ets([7]);
  model.fit(values);
  return model.predict(days).point;
}

const results = cases.map(({ id, values, monthDays, cut }) => {
  const daily = pathOf(values, Math.max(monthDays - cut, 7));
  const sum = (list) => list.reduce((total, value) => total + value, 0);
  return { id, monthTotal: { point: sum(values.slice(-cut)) + sum(daily.slice(0, monthDays - cut)) }, daily };
});
console.log(JSON.stringify({ schema: "bench-forecast-out/1", method: "augurs MSTL+ETS", results }));
