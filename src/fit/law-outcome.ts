import { type Check, check } from "../core/check.ts";
import { lawDecays, lawDetermined, lawMethod } from "../core/messages/laws.ts";
import { outcomeOf, refusedOutcome } from "./fit-outcome.ts";
import type { MultistartFit } from "./multistart.ts";
import { chi2Checks } from "./noise-checks.ts";
import type { FitOutcome } from "./outcome.ts";
import type { Signal } from "./signal-type.ts";

/**
 * What is said of a law's lowest minimum: its numbers, whether the data determine them, and chi2 against stated noise.
 * @param open what the data leave open (`degenerate`), undefined where nothing. @param given checks kept in front.
 */
export function lawOutcome(
  { fit, starts, reached }: MultistartFit,
  open: string | undefined,
  unit: Signal["unit"],
  given: readonly Check[] = [],
): FitOutcome {
  const rate = fit.model.rate(fit.p).value;
  const decays = check("growing", rate > 0, lawDecays(fit.model.name, rate), rate, 0);
  const checks = [...given, check("law_not_determined", open === undefined, open ?? lawDetermined()), ...chi2Checks(fit), decays];
  const method = lawMethod(fit.likelihood.name, fit.model.name, starts, reached);
  if (!decays.holds) return refusedOutcome(fit.model.name, fit.values.length, method, checks, decays);
  return outcomeOf(fit, { unit, checks, method });
}
