import { type Check, check } from "../../core/check.ts";
import * as say from "../../core/messages/partition.ts";
import { mergeBudget, scaled, sigmasOf } from "../budget.ts";
import { sumOf, type Term } from "./term.ts";

/** A share by one combination, without the bounds of 0 and 1, which would hide a disagreement. */
export interface FreeShare {
  readonly name: string;
  readonly f: Term;
}

/** f_nonradiative = x/y of a non-radiative part, 1 - x/y of a radiative one. */
export function freeShare(name: string, part: "gamma_r" | "gamma_nr", x: Term, y: Term): FreeShare {
  const ratio = x.value / y.value;
  const d = sumOf(1, x, -ratio, y);
  const sign = part === "gamma_r" ? -1 : 1;
  return { name, f: { ...d, value: part === "gamma_r" ? 1 - ratio : ratio, lines: scaled(d.lines, sign / y.value) } };
}

const FARTHEST = 3;

/** Of each share against the one that it disagrees with most, errors of common inputs taken out; none where it stands alone or no error is known. */
export function agreementChecks(shares: readonly FreeShare[]): ReadonlyMap<string, Check> {
  const checks = new Map<string, Check>();
  for (const mine of shares) {
    let worst: { readonly other: FreeShare; readonly pull: number } | undefined;
    for (const other of shares) {
      const pull = other === mine ? Number.NaN : pullOf(mine.f, other.f);
      if (pull > (worst?.pull ?? -1)) worst = { other, pull };
    }
    if (!worst) continue;
    const { other, pull } = worst;
    const sentence =
      pull > FARTHEST ? say.combinationsDisagree(other.name, mine.f.value, other.f.value, pull) : say.combinationsAgree(other.name, pull);
    checks.set(mine.name, check("partition_disagrees", !(pull > FARTHEST), sentence, pull, FARTHEST));
  }
  return checks;
}

function pullOf(a: Term, b: Term): number {
  const lines = mergeBudget([...a.lines, ...scaled(b.lines, -1)]);
  const { sigmaStat, sigmaCommon } = sigmasOf(lines);
  const sigma = Math.hypot(sigmaStat, sigmaCommon);
  // Two ways that share everything differ by rounding only.
  const rounding = 1e-9 * (Math.abs(a.value) + Math.abs(b.value));
  return Math.abs(a.value - b.value) <= rounding ? 0 : Math.abs(a.value - b.value) / sigma;
}
