import type { Estimate } from "../../core/estimate.ts";
import * as say from "../../core/messages/partition.ts";
import { sumOf, type Term, termOf, zeroTemperature } from "./term.ts";

/** A zero-temperature rate and the measurement that it comes from. */
export interface Source {
  readonly name: string;
  readonly rate: Term;
}

/** Everything that says something about where the energy goes: into the line, elsewhere, in all. */
export interface Sources {
  readonly radiative: readonly Source[];
  readonly nonradiative: readonly Source[];
  readonly total: readonly Source[];
  readonly nEq: Term | undefined;
}

/** In the order in which they are preferred. The scalar difference is a lower bound: a share of it would be no share. */
const RADIATIVE = ["saturation_sweep", "emission"] as const;
const NONRADIATIVE = ["total_power"] as const;
const TOTAL = ["complex_s", "separate_ports", "scalar_on_resonance", "saturation_sweep", "rabi"] as const;

/** @param decay gamma1_total of the decay route; undefined where it has no number. @param all estimates of the power route. */
export function sourcesOf(decay: Estimate | undefined, all: readonly Estimate[]): Sources {
  const find = (quantity: Estimate["quantity"], estimator?: string) =>
    all.find(
      (e) =>
        e.quantity === quantity &&
        (estimator === undefined || e.estimator === estimator) &&
        e.condition === "combined" &&
        Number.isFinite(e.value),
    );
  const n = find("n_eq");
  const nEq = n && termOf(n);
  const named = (names: readonly string[], rateOf: (name: string) => Term | undefined): Source[] =>
    names.flatMap((name) => {
      const rate = rateOf(name);
      return rate ? [{ name, rate }] : [];
    });
  const rate = (quantity: "gamma_r" | "gamma_nr" | "gamma1" | "gamma1_total") => (name: string) => {
    const found = find(quantity, name);
    return found && termOf(found);
  };
  const totalOf = (name: string) => {
    const total = rate("gamma1_total")(name);
    // Thermally prepared levels give G1 itself.
    return (n ? undefined : rate("gamma1")(name)) ?? (total && zeroTemperature(total, nEq));
  };
  const measured = decay ? [{ name: "t1", rate: zeroTemperature(termOf(decay), nEq) }] : [];
  return {
    radiative: named(RADIATIVE, rate("gamma_r")),
    nonradiative: named(NONRADIATIVE, rate("gamma_nr")),
    total: [...measured, ...named(TOTAL, totalOf)],
    nEq,
  };
}

/** One way to the share of a part: the part over the whole. */
export interface Combination {
  /** `saturation_sweep+t1`. */
  readonly name: string;
  readonly part: "gamma_r" | "gamma_nr";
  /** In words. */
  readonly how: string;
  readonly x: Term;
  readonly y: Term;
}

/** Every pair that determines the share: a part and the total, or, where there is no total, the two parts. A joint fit gives its share itself. */
export function combinationsOf({ radiative, nonradiative, total }: Sources): Combination[] {
  const pairs = (part: Combination["part"], parts: readonly Source[]) =>
    parts.flatMap((p) =>
      total.map((t) => ({
        name: p.name === t.name ? p.name : `${p.name}+${t.name}`,
        part,
        how: say.combination(part, p.name, t.name),
        x: p.rate,
        y: t.rate,
      })),
    );
  if (total.length > 0) return [...pairs("gamma_r", radiative), ...pairs("gamma_nr", nonradiative)];
  return radiative.flatMap((r) =>
    nonradiative.map((n) => ({
      name: `${r.name}+${n.name}`,
      part: "gamma_nr" as const,
      how: say.bothParts(r.name, n.name),
      x: n.rate,
      y: sumOf(1, r.rate, 1, n.rate),
    })),
  );
}
