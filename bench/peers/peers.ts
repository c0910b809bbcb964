import { spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pythonWith, scriptPath } from "./python.ts";

/** What one peer says of itself (peers.py). */
interface Peer {
  readonly name: string;
  readonly version: string;
  readonly traces: number;
  readonly microseconds: number;
  readonly rate_difference_in_sigma: number;
  readonly sigma_relative_difference: number;
}

/**
 * The same traces fitted by scipy, lmfit and cminpack, where they are installed (README.md).
 * @param ours rate and its standard deviation per trace. @param microseconds of the batch path per trace, same run, one core.
 */
export async function peersBench(delays: Float64Array, values: Float64Array, ours: Float64Array, microseconds: number): Promise<string[]> {
  const script = scriptPath("peers.py");
  const python = pythonWith("scipy, lmfit");
  if (python === undefined || script === undefined)
    return ["peers: python3-scipy and python3-lmfit are not installed (bench/peers/README.md)"];
  const folder = await mkdtemp(join(tmpdir(), "gammawatt-bench-"));
  try {
    const [traces, mine] = [join(folder, "traces.f64"), join(folder, "ours.f64")];
    await writeFile(traces, Buffer.concat([delays, values].map((a) => Buffer.from(a.buffer, a.byteOffset, a.byteLength))));
    await writeFile(mine, Buffer.from(ours.buffer));
    const ended = spawnSync(python, [script, traces, String(values.length / delays.length), String(delays.length), mine], {
      encoding: "utf8",
    });
    const lines = ended.stdout
      .split("\n")
      .filter((line) => line.startsWith("{"))
      .map((line) => sentence(JSON.parse(line) as Peer, microseconds));
    if (ended.status !== 0) lines.push(`peers: a peer could not be run: ${ended.stderr.trim().split("\n").at(-1)}`);
    return lines;
  } finally {
    await rm(folder, { recursive: true });
  }
}

function sentence(p: Peer, microseconds: number): string {
  const ratio = p.microseconds / microseconds;
  return `peer ${`${p.name} ${p.version}`.trim()}: ${p.microseconds.toFixed(1)} us per trace (${p.traces} traces), batch path ${ratio.toFixed(1)} x faster per core; rates within ${p.rate_difference_in_sigma.toExponential(1)} sigma, standard errors within ${p.sigma_relative_difference.toExponential(1)}`;
}
