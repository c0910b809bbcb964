import { type Check, check } from "../../core/check.ts";
import { heraldedAssumed, noReadoutErrors, readoutNoSigma } from "../../core/messages/power.ts";
import type { Facts } from "../../lab/lab.ts";

/** What the lab file leaves open about the readout. */
export function readoutChecks(facts: Facts): Check[] {
  const { p1_given_0: a, p0_given_1: b, prepared } = facts.readout;
  if (!a || !b) return [check("no_readout", false, noReadoutErrors())];
  const assumed = prepared === undefined ? [check("prepared_assumed", false, heraldedAssumed())] : [];
  return [...withoutSigma(facts), ...assumed];
}

/** Readout errors without an uncertainty: for every number that a read value went into. */
export function withoutSigma(facts: Facts): Check[] {
  return [facts.readout.p1_given_0, facts.readout.p0_given_1].flatMap((stated) =>
    stated && !Number.isFinite(stated.quantity.sigma) ? [check("readout_no_sigma", false, readoutNoSigma(stated.entry))] : [],
  );
}
