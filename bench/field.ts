import { spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Course, Solution } from "../src/field/equation.ts";
import { solve } from "../src/field/forward.ts";
import { equalEdges, gridOf } from "../src/field/grid.ts";
import { pythonWith, scriptPath } from "./peers/python.ts";
import { processorTime } from "./processor-time.ts";

const STEPS = 200;
const CLOSED = { x: [{ type: "no-flux" }, { type: "no-flux" }], y: [{ type: "no-flux" }, { type: "no-flux" }] } as const;

/** What bench/peers/field.py says. */
interface Peer {
  readonly version: string;
  readonly factor_s: number;
  readonly forward_s: number;
  readonly adjoint_s: number;
  readonly difference: number;
}

interface Times {
  readonly forward: number;
  readonly adjoint: number;
  readonly tangent: number;
  readonly last: Float64Array;
}

/** A transient field model, its adjoint and tangents on n x n cells, and the same with scipy's SuperLU where it is installed. */
export async function fieldBench(): Promise<string[]> {
  // The compiler's share.
  measure(64);
  const lines: string[] = [];
  const all = [32, 64, 128, 256, 512].map((n) => [n, measure(n)] as const);
  for (const part of ["forward", "adjoint", "tangent"] as const) {
    const costs = all.map(([n, times]) => `${n} x ${n}: ${((times[part] * 1e6) / (n * n * STEPS)).toFixed(1)}`);
    lines.push(`field model ${part}, nanoseconds per cell and step: ${costs.join(", ")}`);
  }
  for (const [n, times] of all) if (n === 128 || n === 256) lines.push(await peerLine(n, times));
  return lines;
}

/** Fastest of some rounds, milliseconds of processor time: memory that the machine gives out slowly counts only once. */
function measure(n: number): Times {
  const grid = gridOf(equalEdges(0, 1e-4, n), equalEdges(0, 1e-4, n));
  const cells = Array.from({ length: n * n }, (_, k) => k);
  const medium = {
    gamma0: Float64Array.from(cells, (k) => 2e4 * (1 + 0.5 * Math.sin(k))),
    gamma2: Float64Array.from(cells, (k) => 3e-6 * (1 + 0.5 * Math.cos(k))),
  };
  const ends = Float64Array.from({ length: STEPS }, (_, i) => (i + 1) * 1e-6);
  const sources = [{ density: new Float64Array(n * n).fill(1e-8), on: [[0, 1]] as const }];
  const course: Course = { type: "transient", sources, start: new Float64Array(n * n), from: 0, times: ends.slice(-1) };
  const directions = Array.from({ length: n > 256 ? 2 : 8 }, (_, d) => ({
    gamma0: medium.gamma0.map((g, k) => ((k >> 3) % 8 === d ? g : 0)),
  }));
  const rounds = n <= 64 ? 20 : n <= 256 ? 3 : 1;
  let [forward, adjoint, tangent] = [Infinity, Infinity, Infinity];
  let solution: Solution | undefined;
  for (let round = 0; round < rounds; round++) {
    const started = processorTime();
    solution = solve(grid, CLOSED, medium, course, ends);
    const solved = processorTime();
    solution.adjoint(solution.states);
    const back = processorTime();
    solution.tangents(directions, () => undefined);
    forward = Math.min(forward, solved - started);
    adjoint = Math.min(adjoint, back - solved);
    tangent = Math.min(tangent, (processorTime() - back) / directions.length);
  }
  return { forward, adjoint, tangent, last: solution!.states[0]! };
}

async function peerLine(n: number, ours: Times): Promise<string> {
  const title = `field model ${n} x ${n} x ${STEPS}: forward ${ours.forward.toFixed(0)} ms, adjoint ${ours.adjoint.toFixed(0)} ms`;
  const script = scriptPath("field.py");
  const python = pythonWith("scipy");
  if (python === undefined || script === undefined) return `${title}; python3-scipy is not installed (bench/peers/README.md)`;
  const folder = await mkdtemp(join(tmpdir(), "gammawatt-bench-"));
  try {
    const state = join(folder, "state.f64");
    await writeFile(state, new Uint8Array(ours.last.buffer, ours.last.byteOffset, ours.last.byteLength));
    const ended = spawnSync(python, [script, String(n), String(STEPS), state], { encoding: "utf8" });
    if (ended.status !== 0) return `${title}; scipy could not be run: ${ended.stderr.trim().split("\n").at(-1)}`;
    const peer = JSON.parse(ended.stdout) as Peer;
    const ratio = (scipy: number, mine: number) => `${((1000 * scipy) / mine).toFixed(1)} x faster`;
    const theirs = `scipy ${peer.version} SuperLU ${(1000 * peer.forward_s).toFixed(0)} ms and ${(1000 * peer.adjoint_s).toFixed(0)} ms after ${(1000 * peer.factor_s).toFixed(0)} ms of factorisation`;
    return `${title} (${ratio(peer.forward_s, ours.forward)} and ${ratio(peer.adjoint_s, ours.adjoint)}: ${theirs}); last states within ${peer.difference.toExponential(1)}`;
  } finally {
    await rm(folder, { recursive: true });
  }
}
