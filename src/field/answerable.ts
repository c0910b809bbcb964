import { type Check, check } from "../core/check.ts";
import * as say from "../core/messages/field-checks.ts";
import { chi2Tail } from "../numerics/gamma-function.ts";
import { normalQuantile } from "../numerics/normal.ts";
import type { Experiment, SourceTerm } from "./problem.ts";
import { usedData } from "./used-data.ts";

/** Probability below which values are no noise about zero. */
const RISK = 1e-3;

/** Why the data can give no number at all, whatever the model: a failed check; undefined where they can. */
export function unanswerable(experiments: readonly Experiment[]): Check | undefined {
  const { values, sigma, absolute } = usedData(experiments);
  if (values.length === 0) return check("field_dark", false, say.nothingUsed(), 0, 1);
  const undriven = experiments.filter(isUndriven);
  if (undriven.length === experiments.length) return check("field_undriven", false, say.undriven(undriven.map((e) => e.name)), 0, 1);
  if (values.every((v) => v === 0)) return check("field_dark", false, say.darkData(0), 0, 1);
  if (!absolute.every(Boolean)) return undefined;
  const inSigma = values.map((v, i) => v / sigma[i]!);
  const p = chi2Tail(
    inSigma.reduce((s, v) => s + v * v, 0),
    values.length,
  );
  const largest = inSigma.reduce((most, v) => Math.max(most, v), 0);
  const limit = -normalQuantile(RISK / values.length);
  return p > RISK && largest < limit ? check("field_dark", false, say.darkData(largest), largest, limit) : undefined;
}

/** The model can only be zero: nothing at the start, and no source that is ever on. */
function isUndriven({ start, sources, times }: Experiment): boolean {
  const end = times?.at(-1) ?? Number.POSITIVE_INFINITY;
  return start !== "unknown" && !sources.some((s) => isBright(s) && s.on.some(([from]) => from < end));
}

const isBright = ({ shape }: SourceTerm): boolean => (shape.type === "spot" ? shape.power > 0 : shape.values.some((v) => v > 0));
