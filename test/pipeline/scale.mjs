/**
 * A process of its own that measures the store on many or large records with the built program; prints one JSON object.
 * Arguments: folder, records, numbers per record, cache in bytes.
 */
import { Store } from "../../dist/src/pipeline/store.js";

const [dir, count, length, cacheBytes] = [process.argv[2], ...process.argv.slice(3).map(Number)];
/** Passes arrays through as they are: nothing but the store's own memory is measured. */
const codec = { encode: (a) => ({ text: "", arrays: [a] }), decode: (e) => e.arrays[0] };

const started = performance.now();
const store = await Store.open(dir, { cacheBytes });
const open = performance.now() - started;
let [fresh, wrong] = [0, 0];
for (let n = 0; n < count; n++) {
  const slot = { stage: "import", name: `trace ${n}`, file: `cd07/file${n}.csv` };
  const key = { stage: "import", version: 1, inputs: [`input${n}`], options: {} };
  const result = await store.compute(slot, key, codec, () => new Float64Array(length).fill(n));
  if (result.fresh) fresh++;
  if (result.value.length !== length || result.value[length - 1] !== n) wrong++;
}
await store.close({ complete: true });
const seconds = (performance.now() - started) / 1000;
process.stdout.write(JSON.stringify({ open, fresh, wrong, seconds, megabytes: process.resourceUsage().maxRSS / 1024 }));
