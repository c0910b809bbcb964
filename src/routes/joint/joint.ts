import { type Check, check } from "../../core/check.ts";
import type { Estimate } from "../../core/estimate.ts";
import * as say from "../../core/messages/joint-route.ts";
import { fitJoint, type JointFit, type JointNumbers } from "../../fit/joint/joint-fit.ts";
import type { JointProblem } from "../../fit/joint/joint-problem.ts";
import { gradientOf, qubitAt, qubitQuantities } from "../../fit/joint/saturation.ts";
import { decibel, LN_PER_DB } from "../../physics/decibel.ts";
import { HELD, type Held, type JointStudy } from "../joint-study.ts";
import type { PowerInput } from "../power/input.ts";
import { validityChecks } from "../power/validity.ts";
import { assemble, type JointData, withTwoBaths } from "./assemble.ts";
import { candidatesFor } from "./candidates.ts";
import { type OpenEnds, openEnds } from "./open.ts";
import { jointProblem, withinReason } from "./problem.ts";
import { pivotsOf, type Rank, rankOf } from "./rank.ts";
import { isHeldLoosely, jointRows, refusedRows } from "./rows.ts";

/** Raised when the same inputs would give other estimates: part of the stage's key. */
export const JOINT_ROUTE_VERSION = 2;

export interface JointResult {
  readonly estimates: readonly Estimate[];
  readonly studies: readonly JointStudy[];
}

/** chi2 that a free frequency noise must gain before it is taken as real: 3 sigma on the side that is physical. */
const NOISE_GAIN = 9;
/** Standard deviations by which an input may be moved. */
const PULL = 3;

/**
 * One fit of all that one qubit's data hold (PHYSICS.md sec. 1): S(Delta, P), populations through the readout, T1, attenuation, n_eq. Rates, dephasing,
 * bath and attenuation are its parameters; what the data leave open is refused, with the direction named. Pure.
 * 1 data, 2 what they determine, 3 fit, with frequency noise where it is seen, 4 rows and study.
 */
export function jointRoute(input: PowerInput): JointResult {
  // 1
  const assembled = assemble(input);
  if (!assembled) return { estimates: [], studies: [] };
  // 2
  const data = bathsOf(assembled);
  const pivots = pivotsOf(startRank(data, jointProblem(data, new Set())));
  // 3
  const lorentzian = solve(data, pivots);
  const { fit: first } = lorentzian;
  const noisy = first.state === "converged" && data.sweep.extraCovariance === undefined ? solve(data, pivots, first) : undefined;
  const gain = first.state === "converged" && noisy?.fit.state === "converged" ? first.chi2 - noisy.fit.chi2 : 0;
  const chosen = noisy && gain > NOISE_GAIN ? noisy : lorentzian;
  if (chosen.fit.state !== "converged") return { estimates: refusedRows(data, input.labels, chosen.fit), studies: [] };
  // 4
  return resultOf(input, data, chosen.problem, chosen.fit, noiseOf(noisy?.fit, gain));
}

/** Two bath temperatures where the data tell them apart, else one. */
function bathsOf(data: JointData): JointData {
  if (!data.evidence.some((e) => e.held === "loss")) return data;
  const two = withTwoBaths(data);
  return startRank(two, jointProblem(two, new Set())).undetermined.length === 0 ? two : data;
}

function startRank(data: JointData, { blocks, parameters }: JointProblem): Rank {
  const starts = new Map(parameters.map((p) => [p.name, p.start]));
  const own = new Set(data.evidence.flatMap((e) => e.own.map((p) => p.name)));
  return rankOf(
    blocks,
    parameters.filter((p) => !own.has(p.name)),
    (name) => starts.get(name)!,
  );
}

/**
 * The fit with one parameter of every open direction held: the others are then determined, and numbers that do not depend on the choice are too.
 * @param from the Lorentzian fit, to start one with frequency noise at
 */
function solve(
  data: JointData,
  pivots: ReadonlySet<string>,
  from?: JointNumbers,
): { readonly problem: JointProblem; readonly fit: JointFit } {
  const problem = jointProblem(data, pivots, from !== undefined, from);
  return { problem, fit: fitJoint({ ...problem, parameters: problem.parameters.map(withinReason) }) };
}

function noiseOf(fit: JointFit | undefined, gain: number): JointStudy["frequencyNoise"] {
  if (fit?.state !== "converged") return undefined;
  const { value, sigma } = fit.parameter("variance");
  if (!Number.isFinite(sigma)) return undefined;
  const width = Math.sqrt(Math.max(value, 0));
  if (gain > NOISE_GAIN) return { found: true, sigma: width, error: sigma / (2 * width), gain };
  return { found: false, sigma: Math.sqrt(Math.max(value, 0) + 1.645 * sigma), error: Number.NaN, gain };
}

function resultOf(
  input: PowerInput,
  data: JointData,
  problem: JointProblem,
  fit: JointNumbers,
  noise: JointStudy["frequencyNoise"],
): JointResult {
  const { labels, facts } = input;
  const at = (name: string) => fit.parameter(name).value;
  const held: Held[] = [...data.evidence.map((e) => e.held), ...(data.attenuated ? (["attenuation"] as const) : [])];
  const ends = endsOf(data, held, at, noise?.found === true);
  const q = qubitQuantities(qubitAt(data.model, at), data.model.geometry, data.model.reference);
  const driven = data.sweep.traces.map((t) => ({ omega: data.model.reference, saturation: q.k.value * t.pFit }));
  const pulled = pullCheck(data, fit);
  const total = gradientOf(data.model, q.gamma1_total);
  const vague = ends.sentenceFor(total) === undefined && isHeldLoosely(fit, total);
  const db = gradientOf(data.model, q.ln_attenuation);
  const sigmaDb = data.line && ends.sentenceFor(db) === undefined ? fit.combination(Object.fromEntries(db)).sigma / LN_PER_DB : Number.NaN;
  const attenuation = -decibel((data.line?.ratio ?? Number.NaN) * Math.exp(q.ln_attenuation.value));
  const stated = data.line?.stated ?? Number.NaN;
  const words = held.map((h) => HELD[h]);
  const remark = [
    say.jointOf(
      words,
      data.open.some((p) => p.name === "n_nr"),
    ),
    ...(held.includes("decay") ? [say.withDecay()] : []),
    ...(Number.isFinite(sigmaDb) ? [say.attenuationFound(attenuation, sigmaDb, stated)] : []),
    ...(noise
      ? [noise.found ? say.noiseFound(noise.sigma, noise.error, noise.gain) : say.noiseLimit(noise.sigma, noise.sigma / q.gamma2.value)]
      : []),
    ...data.remarks,
  ].join(" ");
  const checks: Check[] = [
    ...data.checks,
    ...validityChecks(facts, data.sweep, driven, vague || ends.sentenceFor(total) !== undefined ? Number.NaN : q.gamma1_total.value),
    ...chi2Check(data, fit),
    ...(pulled ? [pulled] : []),
  ];
  const estimates = jointRows(data, problem, fit, ends, labels, checks, remark);
  const open = vague
    ? [...ends.sentences, say.vagueAttenuation("gamma1_total", [HELD.decay, HELD.attenuation, HELD.rabi])]
    : ends.sentences;
  const parameters = ends.rank.names.filter((name) => !data.inputs.some((i) => i.shared === name));
  const study: JointStudy = {
    labels,
    held,
    parameters,
    rank: parameters.length - open.length,
    open,
    closedBy: ends.closedBy,
    chi2: fit.chi2,
    dof: fit.dof,
    attenuationDb: Number.isFinite(sigmaDb) ? attenuation - stated : Number.NaN,
    sigmaDb,
    frequencyNoise: noise,
    sentence: open.length === 0 ? say.allDetermined(parameters.length) : open.join(" "),
  };
  return { estimates, studies: [study] };
}

function endsOf(data: JointData, held: readonly Held[], at: (name: string) => number, noisy: boolean): OpenEnds {
  const { blocks, parameters } = jointProblem(data, new Set(), noisy);
  const own = new Set(data.evidence.flatMap((e) => e.own.map((p) => p.name)));
  const powers = data.sweep.traces.map((t) => t.pFit);
  return openEnds(
    blocks,
    parameters.filter((p) => !own.has(p.name)),
    at,
    candidatesFor(new Set(held), data.model, at, powers),
  );
}

/** Five standard deviations: of chi2 itself, and of noise that was estimated from the data. */
function chi2Check({ sweep }: JointData, { chi2, dof }: JointNumbers): Check[] {
  if (!(dof > 0)) return [];
  const reduced = chi2 / dof;
  const limit = 1 + 5 * Math.sqrt(2 / dof + sweep.noiseVariance);
  return [check("joint_chi2", reduced < limit, say.jointChi2(reduced, dof, reduced < limit), reduced, limit)];
}

/** The input of the lab file that the data move most. */
function pullCheck(data: JointData, fit: JointNumbers): Check | undefined {
  const pulls = data.inputs
    .map(({ shared, input }) => ({ input, pull: fit.parameter(shared).pull }))
    .filter((p) => Number.isFinite(p.pull));
  const worst = pulls.reduce<(typeof pulls)[number] | undefined>((a, b) => (a && Math.abs(a.pull) >= Math.abs(b.pull) ? a : b), undefined);
  if (!worst) return undefined;
  const holds = Math.abs(worst.pull) <= PULL;
  return check("inputs_disagree", holds, holds ? say.inputsAgree(worst.pull) : say.inputPulled(worst.input, worst.pull), worst.pull, PULL);
}
