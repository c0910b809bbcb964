import { availableParallelism } from "node:os";
import { random } from "../src/core/random.ts";
import { fitTraces, fitTracesInThreads, type TraceOptions } from "../src/fit/batch/fit-traces.ts";
import { fitLaw } from "../src/fit/law-fit.ts";
import { exponential } from "../src/fit/models/exponential.ts";
import type { Signal } from "../src/fit/signal-type.ts";
import { secondOpinion } from "../src/numerics/second-opinion.ts";
import { CONVERGED } from "../src/numerics/separable/endings.ts";
import type { Rates } from "../src/numerics/separable/results.ts";
import { joined, type TraceColumn, traceColumn } from "../src/tables/traces.ts";
import { peersBench } from "./peers/peers.ts";

const POINTS = 101;
const TRACES = 20_000;
const SHOTS = 2000;
/** Of the engines that take their time. */
const FEW = 100;

/** Fits of the same 20000 traces: the batch path against the general engine, against ml-levenberg-marquardt, and against peers where they are installed. */
export async function batchBench(): Promise<string[]> {
  const delays = Float64Array.from({ length: POINTS }, (_, i) => i * 2.5e-6);
  const nudged = delays.map((t, i) => (i === 50 ? t * (1 + 1e-9) : t));
  const values = new Float64Array(new SharedArrayBuffer(8 * TRACES * POINTS));
  simulate(delays, values);
  const column = traceColumn(
    values,
    Int32Array.from({ length: TRACES + 1 }, (_, k) => k * POINTS),
  );
  const lines: string[] = [];
  const known: TraceOptions = { noise: { type: "binomial", shots: SHOTS } };

  const uniform = timed(column, delays, {});
  const others = [
    ["equal weights, any delays", timed(column, nudged, {})],
    ["binomial maximum likelihood", timed(column, delays, known)],
  ] as const;
  lines.push(`batch, equal weights, uniform delays, one core: ${rateOf(uniform.microseconds)}, ${endingsOf(uniform.rates)}`);
  for (const [name, run] of others) lines.push(`batch, ${name}: ${rateOf(run.microseconds)}, ${endingsOf(run.rates)}`);

  // The same traces ten times over, so that the start of the threads does not count for more than the fits.
  const threads = availableParallelism();
  const long = joined(Array.from({ length: 10 }, () => column));
  for (const [name, options, alone] of [
    ["equal weights, uniform delays", {}, uniform.microseconds],
    ["binomial maximum likelihood", known, others[1][1].microseconds],
  ] as const) {
    const started = performance.now();
    await fitTracesInThreads(long, delays, options, threads);
    const each = (1000 * (performance.now() - started)) / long.length;
    const gain =
      each < alone
        ? `${(alone / each).toFixed(2)} x one core`
        : "no gain over one core: too short for the start of the threads, or the machine is busy";
    lines.push(
      `batch, ${name}, ${threads} threads (${long.length} traces, start of the threads included, wall clock): ${rateOf(each)}, ${gain}`,
    );
  }

  const general = generalEngine(delays, values, "unknown");
  const likelihood = generalEngine(delays, values, "binomial");
  const other = otherOptimiser(delays, values);
  const ratio = (slow: number, fast: number) => `${(slow / fast).toFixed(0)} x`;
  lines.push(
    `general engine (fitLaw): ${general.toFixed(0)} us per trace, batch path ${ratio(general, uniform.microseconds)} faster (any delays ${ratio(general, others[0][1].microseconds)})`,
    `general engine, binomial: ${likelihood.toFixed(0)} us per trace, batch path ${ratio(likelihood, others[1][1].microseconds)} faster`,
    `ml-levenberg-marquardt: ${other.toFixed(0)} us per trace, no standard errors, batch path ${ratio(other, uniform.microseconds)} faster`,
  );
  const ours = new Float64Array(2 * TRACES);
  for (let k = 0; k < TRACES; k++) {
    ours[2 * k] = uniform.rates.rate[k]!;
    ours[2 * k + 1] = uniform.rates.sigmaRate[k]!;
  }
  lines.push(...(await peersBench(delays, values, ours, uniform.microseconds)));
  return lines;
}

function simulate(delays: Float64Array, values: Float64Array): void {
  const source = random(1);
  for (let k = 0; k < TRACES; k++) {
    const rate = 1 / (20e-6 + 60e-6 * source.uniform());
    for (let i = 0; i < POINTS; i++) values[k * POINTS + i] = source.binomial(SHOTS, 0.02 + 0.93 * Math.exp(-rate * delays[i]!)) / SHOTS;
  }
}

/** Processor time of this process, garbage collector and compiler included: what others do on the machine does not count. */
function cpuMilliseconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** The best of three seconds of runs: the compiler needs to see the code first, and the plan is made in every run. */
function timed(column: TraceColumn, delays: Float64Array, options: TraceOptions): { readonly microseconds: number; readonly rates: Rates } {
  let rates = fitTraces(column, delays, options);
  let best = Number.POSITIVE_INFINITY;
  for (const begun = performance.now(); performance.now() - begun < 3000; ) {
    const started = cpuMilliseconds();
    rates = fitTraces(column, delays, options);
    best = Math.min(best, cpuMilliseconds() - started);
  }
  return { microseconds: (1000 * best) / TRACES, rates };
}

const rateOf = (microseconds: number) => `${microseconds.toFixed(2)} us per trace (${Math.round(1e6 / microseconds)} per second)`;

function endingsOf(rates: Rates): string {
  const converged = rates.ending.filter((e) => e === CONVERGED).length;
  return `${converged} of ${rates.ending.length} converged, ${(rates.iterations.reduce((s, v) => s + v, 0) / TRACES).toFixed(2)} iterations`;
}

/** Microseconds per trace of the trust-region engine from the law's own start. */
function generalEngine(t: Float64Array, values: Float64Array, noise: "unknown" | "binomial"): number {
  const shots = new Float64Array(POINTS).fill(SHOTS);
  const fit = (k: number) => {
    const y = values.slice(k * POINTS, (k + 1) * POINTS);
    const signal: Signal = { t, y, unit: "1", noise: noise === "binomial" ? { type: "binomial", shots } : { type: "unknown" } };
    fitLaw(exponential, signal, exponential.starts(signal)[0]!, [false, false, false]);
  };
  return each(fit);
}

/** Microseconds per trace of ml-levenberg-marquardt, used as `second-opinion.ts` must use it. */
function otherOptimiser(t: Float64Array, values: Float64Array): number {
  const gradient = new Float64Array(3);
  const fit = (k: number) => {
    const y = values.slice(k * POINTS, (k + 1) * POINTS);
    const start = exponential.starts({ t, y })[0]!;
    const law = {
      points: POINTS,
      y,
      value: (p: readonly number[], i: number) => exponential.evaluate(p, t[i]!),
      gradient: (p: readonly number[], i: number) => {
        exponential.gradient(p, t[i]!, gradient);
        return [...gradient];
      },
    };
    secondOpinion(
      law,
      start,
      start.map((v) => Math.abs(v) || 1),
    );
  };
  return each(fit);
}

/** Best of five times a hundred traces, microseconds per trace. */
function each(engine: (k: number) => void): number {
  let best = Number.POSITIVE_INFINITY;
  for (let k = 0; k < FEW; k++) engine(k);
  for (let round = 0; round < 5; round++) {
    const started = cpuMilliseconds();
    for (let k = 0; k < FEW; k++) engine(round * FEW + k);
    best = Math.min(best, cpuMilliseconds() - started);
  }
  return (1000 * best) / FEW;
}
