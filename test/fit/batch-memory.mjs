// Run by batch-memory.full.test.ts in a process of its own: bytes that the batch path takes. `node batch-memory.mjs <folder of the compiled sources>`.
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { Vector } from "apache-arrow";

const dist = process.argv[2];
const { fitTraces } = await import(`${dist}/fit/batch/fit-traces.js`);
const { traceColumn } = await import(`${dist}/tables/traces.js`);
const { separablePlan } = await import(`${dist}/numerics/separable/make-plan.js`);
const { fitRows } = await import(`${dist}/numerics/separable/fit-rows.js`);
const { allocateRates } = await import(`${dist}/numerics/separable/results.js`);
const { random } = await import(`${dist}/core/random.js`);

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc");
const held = () => {
  collect();
  collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
};

const N = 21;
const ROWS = 10_000;
const delays = Float64Array.from({ length: N }, (_, i) => 5e-6 * i);
const uneven = delays.map((t, i) => (i === 3 ? 1.01 * t : t));
const values = new Float64Array(N * ROWS);
const source = random(1);
for (let k = 0; k < ROWS; k++)
  for (let i = 0; i < N; i++) values[k * N + i] = source.binomial(200, 0.9 * Math.exp(-delays[i] / 2e-5) + 0.05) / 200;
const piece = traceColumn(
  values,
  Int32Array.from({ length: ROWS + 1 }, (_, k) => k * N),
);
const binomial = { noise: { type: "binomial", shots: 200 } };
const answer = { perTrace: {}, beyond: {} };

for (const [name, t, options] of [
  ["uniform", delays, {}],
  ["any delays", uneven, {}],
  ["counts", delays, binomial],
]) {
  // Bytes that appear on the heap while rows are fitted; the young generation is larger than all of them, so none is collected meanwhile.
  const plan = separablePlan(t, options);
  const out = allocateRates(ROWS);
  for (let k = 0; k < 10; k++) fitRows(values, ROWS, N, plan, out);
  // The least of ten: the compiler, too, takes memory when it looks at the code again.
  answer.perTrace[name] = Math.min(
    ...Array.from({ length: 10 }, () => {
      collect();
      const before = process.memoryUsage().heapUsed;
      for (let k = 0; k < 10; k++) fitRows(values, ROWS, N, plan, out);
      return (process.memoryUsage().heapUsed - before) / (10 * ROWS);
    }),
  );

  // Memory held beyond input and results at the end, for 1e4 and 1e6 traces (the same numbers in 100 chunks).
  answer.beyond[name] = [1, 100].map((pieces) => {
    const column = new Vector(Array.from({ length: pieces }, () => piece.data[0]));
    const start = held();
    const rates = fitTraces(column, t, options);
    return held() - start - rates.rate.buffer.byteLength;
  });
}
process.stdout.write(JSON.stringify(answer));
