/**
 * A process of its own that computes the numbers 0..count-1 into a store; started by the tests for locks and kills with the built program.
 * Arguments: folder, count, ms of work per number, what to do (`run`, `churn`: complete runs over changing parts of the numbers without end,
 * `hold`: open the store and wait).
 * Prints one line per event.
 */

import { jsonCodec } from "../../dist/src/pipeline/codec.js";
import { Store } from "../../dist/src/pipeline/store.js";

const [, , dir, count, work, mode] = process.argv;
const codec = jsonCodec();

function resultOf(n) {
  return { n, square: n * n, curve: Array.from({ length: 20 }, (_, i) => Math.sin(n + i)) };
}

function say(line) {
  process.stdout.write(`${line}\n`);
}

async function computeNumbers(store, from, to) {
  for (let n = from; n < to; n++) {
    const slot = { stage: "square", name: `trace ${n}`, file: `file${n}.csv` };
    const key = { stage: "square", version: 1, inputs: [`input${n}`], options: { offset: "free" } };
    const { fresh } = await store.compute(slot, key, codec, async () => {
      if (Number(work) > 0) await new Promise((resolve) => setTimeout(resolve, Number(work)));
      return resultOf(n);
    });
    if (fresh) say(`computed ${n}`);
    // Written often, so that a kill falls into writing as often as into computing.
    if (n % 7 === 6) await store.flush();
  }
}

try {
  const store = await Store.open(dir);
  for (const note of store.notes) say(`note ${note}`);
  say("open");
  if (mode === "hold") await new Promise((resolve) => setTimeout(resolve, 60_000));
  if (mode === "run") await computeNumbers(store, 0, Number(count));
  await store.close({ complete: mode === "run" });
  say("closed");
  for (let round = 0; mode === "churn"; round++) {
    const part = await Store.open(dir);
    const from = (round * 13) % (Number(count) / 2);
    await computeNumbers(part, from, from + Number(count) / 2);
    await part.close({ complete: true });
  }
} catch (error) {
  say(`error ${error.message}`);
  process.exitCode = 1;
}
