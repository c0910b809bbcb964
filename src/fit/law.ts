import { type Check, check } from "../core/check.ts";
import { UserError } from "../core/errors.ts";
import { badFixedValue, channelsMismatch, lawNoMinimum, lawPoints, noSuchParameter } from "../core/messages/laws.ts";
import { degenerate } from "./degenerate.ts";
import { refusedOutcome } from "./fit-outcome.ts";
import { lawOutcome } from "./law-outcome.ts";
import { lawSignalCheck } from "./law-signal-check.ts";
import { likelihoodOf } from "./likelihood.ts";
import type { DecayModel } from "./model.ts";
import { decayLaw } from "./models/index.ts";
import { fitLawFrom, startsOf } from "./multistart.ts";
import type { FitOutcome } from "./outcome.ts";
import type { Signal } from "./signal-type.ts";

export interface LawOptions {
  /** Parameters held at a value, by name. Default none. */
  readonly fixed?: Readonly<Record<string, number>>;
  /** Complete parameter sets to start from, besides the law's own. Default none. */
  readonly starts?: readonly (readonly number[])[];
  /** Checks that the signal already carries. Default none. */
  readonly checks?: readonly Check[];
}

/**
 * Fits a decay law by name: the law's own starts, every one followed to its minimum, the lowest quoted with its errors, `gamma1_total`, `t1` and what
 * the law derives. Refused, with its sentence, where there is no minimum or the data leave a direction open; the check `law_not_determined` fails where
 * the minimum is one of a simpler law, `chi2_high` and `chi2_low` where stated noise does not fit what is left, `no_signal` refuses where a constant
 * does as well.
 * @throws UserError for an unknown law or parameter, a value out of bounds, a signal with channels that the law does not have, or a voltage
 * for a law of populations.
 */
export function fitByLaw(signal: Signal, name: string, options: LawOptions = {}): FitOutcome {
  const model = decayLaw(name);
  const held = heldValues(model, options.fixed ?? {});
  checkChannels(model, signal);
  const fixed = model.parameters.map((_, j) => held.has(j));
  const given = options.checks ?? [];
  const method = likelihoodOf(signal).name;
  const points = signal.t.length;
  const free = model.parameters.length - held.size;
  if (points <= free) {
    const refused = check("too_few_points", false, lawPoints(points, free, model.name), points, free + 1);
    return refusedOutcome(model.name, points, method, [...given, refused], refused);
  }
  const own = (options.starts ?? []).map((p) => p.map((v, j) => held.get(j) ?? v));
  const found = fitLawFrom(model, signal, [...own, ...startsOf(model, signal, held)], fixed);
  if (!found) {
    const refused = check("not_converged", false, lawNoMinimum(model.name));
    return refusedOutcome(model.name, points, method, [...given, refused], refused);
  }
  const seen = lawSignalCheck(found.fit, signal);
  if (!seen.holds) return refusedOutcome(model.name, points, method, [...given, seen], seen);
  return lawOutcome(found, degenerate(found.fit), signal.unit, [...given, seen]);
}

function heldValues(model: DecayModel, fixed: Readonly<Record<string, number>>): Map<number, number> {
  const names = model.parameters.map((p) => p.name);
  return new Map(
    Object.entries(fixed).map(([name, value]) => {
      const j = names.indexOf(name);
      const p = model.parameters[j];
      if (!p) throw new UserError(noSuchParameter(model.name, name, names));
      if (!(value >= p.lower && value <= p.upper && Number.isFinite(value)))
        throw new UserError(badFixedValue(model.name, name, value, p.lower, p.upper));
      return [j, value];
    }),
  );
}

function checkChannels(model: DecayModel, signal: Signal): void {
  const channels = model.channels ?? ["the signal"];
  if (signal.channel?.some((c) => c >= channels.length)) throw new UserError(channelsMismatch(model.name, channels));
}
