import { batchBench } from "./batch.ts";
import { fieldBench } from "./field.ts";
import { fieldInversionBench } from "./field-inversion.ts";
import { fitBench } from "./fits.ts";
import { importBench } from "./importers.ts";
import { jointBench } from "./joint.ts";
import { runBench } from "./run.ts";
import { storeBench } from "./store.ts";

/** `npm run bench`: rates and ratios measured in one run on this machine. Nothing is asserted: machines are noisy. */
for (const bench of [fitBench, batchBench, jointBench, fieldBench, fieldInversionBench, importBench, storeBench, runBench])
  for (const line of await bench()) process.stdout.write(`${line}\n`);
