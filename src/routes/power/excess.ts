import { type Check, check } from "../../core/check.ts";
import { thermalLevels } from "../../core/messages/power.ts";
import { heating as heated, noHeating } from "../../core/messages/power-data.ts";
import type { Facts } from "../../lab/lab.ts";
import { type AssignmentErrors, fidelity, populationOf } from "../../physics/readout.ts";
import { type CommonInput, pointwiseInput } from "./common-input.ts";
import type { Equilibrium } from "./equilibrium.ts";
import type { PopulationRow } from "./population-rows.ts";
import { readoutChecks } from "./readout-checks.ts";
import { sharesAt, type UndrivenRead } from "./undriven.ts";

/** n_e - n_eq of every row with its own error, and the inputs that all rows share. */
export interface Excesses {
  readonly population: readonly number[];
  readonly excess: readonly number[];
  readonly sigma: readonly number[];
  readonly common: readonly CommonInput[];
  readonly checks: readonly Check[];
  readonly remarks: readonly string[];
}

/** Assignment errors from the lab file, or undefined. */
export function assignmentErrors(facts: Facts): AssignmentErrors | undefined {
  const { p1_given_0: a, p0_given_1: b } = facts.readout;
  return a && b ? { oneGivenZero: a.quantity.value, zeroGivenOne: b.quantity.value } : undefined;
}

/**
 * `n_e - n_eq` by the rules of PHYSICS.md sec. 1:
 * heralded or reset levels, undriven read with the same readout: `(p - p0)/Fid`; n_eq from elsewhere: `(p - eps_ge)/Fid - n_eq`;
 * levels prepared from the thermal state: `(1 - 2 n_eq) x`, x the read value between them (n_eq is not subtracted again).
 * Signs are those of ln G = -ln(n_e - n_eq).
 */
export function excessesOf(
  rows: readonly PopulationRow[],
  facts: Facts,
  readout: AssignmentErrors,
  undriven: UndrivenRead | undefined,
  equilibrium: Equilibrium,
): Excesses {
  const thermal = facts.readout.prepared === "thermal";
  const fid = fidelity(readout);
  const scale = thermal ? 1 - 2 * equilibrium.value : 1;
  const heating = undriven?.heating;
  const shares = heating && rows.map((r) => sharesAt(heating, r.pSource));
  const readAt = (i: number) => (heating ? heating.knots.reduce((a, k, j) => a + shares![i]![j]! * k.value, 0) : undriven!.value);
  const baseline = (i: number) => (undriven ? populationOf(readout, readAt(i)) : thermal ? 0 : equilibrium.value);
  const m = rows.map((r) => populationOf(readout, r.read));
  const difference = m.map((x, i) => x - baseline(i));
  const excess = difference.map((d) => scale * d);
  const common: CommonInput[] = [];
  const { p1_given_0: e1, p0_given_1: e2 } = facts.readout;
  if (e1 && e2) {
    const [s1, s2] = [e1.quantity.sigma, e2.quantity.sigma];
    common.push(
      pointwiseInput("p1_given_0", e1.entry, (i) => (undriven ? -s1 / fid : ((1 - m[i]!) * s1) / (fid * difference[i]!))),
      pointwiseInput("p0_given_1", e2.entry, (i) => (undriven ? -s2 / fid : (-m[i]! * s2) / (fid * difference[i]!))),
    );
  }
  if (heating)
    for (const [j, knot] of heating.knots.entries())
      common.push(pointwiseInput("undriven population", knot.shared, (i) => (shares![i]![j]! * knot.sigma) / (fid * difference[i]!)));
  else if (undriven) common.push(pointwiseInput("undriven population", undriven.shared, (i) => undriven.sigma / (fid * difference[i]!)));
  // n_eq enters by subtraction, or, for thermally prepared levels, through their distance 1 - 2 n_eq.
  if (thermal || !undriven)
    for (const line of equilibrium.budget)
      common.push(
        pointwiseInput(line.input, line.shared ?? line.input, (i) =>
          thermal ? (2 * line.contribution) / (1 - 2 * equilibrium.value) : line.contribution / difference[i]!,
        ),
      );
  return {
    population: excess.map((e) => e + equilibrium.value),
    excess,
    sigma: rows.map((r) => (scale * r.sigma) / fid),
    common,
    checks: [...readoutChecks(facts), ...heatingChecks(undriven, fid)],
    remarks: thermal ? [thermalLevels()] : [],
  };
}

/** Whether the equilibrium read rises with the power of a far-detuned drive. */
export function heatingChecks(undriven: UndrivenRead | undefined, fid: number): Check[] {
  const { rise, heating } = undriven ?? {};
  if (!rise) return [];
  const [value, sigma, sigmas] = [rise.value / fid, rise.sigma / fid, rise.value / rise.sigma];
  return [check("heating", !heating, heating ? heated(value, sigma, sigmas) : noHeating(value, sigma), sigmas, 3)];
}
