import { spawnSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { simulateTo } from "../src/simulate/lab-folder.ts";

const MAIN = fileURLToPath(new URL("../src/cli/main.js", import.meta.url));

/** The whole command on about 1000 traces, and again with nothing changed; start of Node included. */
export async function runBench(): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), "gammawatt-bench-"));
  try {
    const lab = join(folder, "lab");
    await simulateTo(lab, { seed: 1, traces: 170 });
    const first = timed(lab);
    const again = timed(lab);
    const traces = first.summary.counts.fits.run;
    return [
      `whole run: ${((1000 * first.seconds) / traces).toFixed(2)} s per 1000 traces (${traces} fits in ${first.seconds.toFixed(2)} s)`,
      `no-op run: ${again.seconds.toFixed(2)} s for ${again.summary.counts.fits.reused} reused fits (${(again.seconds / first.seconds).toFixed(3)} of the first)`,
    ];
  } finally {
    await rm(folder, { recursive: true });
  }
}

interface Timed {
  readonly seconds: number;
  readonly summary: { counts: { fits: { run: number; reused: number } } };
}

function timed(lab: string): Timed {
  const started = performance.now();
  const ended = spawnSync(process.execPath, [MAIN, "run", lab, "--out", `${lab}-report`, "--json"], {
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  if (ended.status !== 0) throw new Error(`run ended with ${ended.status}: ${ended.stderr}`);
  return { seconds: (performance.now() - started) / 1000, summary: JSON.parse(ended.stdout) as Timed["summary"] };
}
