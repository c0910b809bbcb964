import { access, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { UserError } from "../../src/core/errors.ts";
import type { Estimate, GroupLabels } from "../../src/core/estimate.ts";
import * as say from "../../src/core/messages/plan.ts";
import { seconds as inSeconds } from "../../src/core/messages/seconds.ts";
import type { Facts } from "../../src/lab/lab.ts";
import { LAB_FILE, type Lab, loadLabFile } from "../../src/lab/load.ts";
import { equilibriumPopulation } from "../../src/physics/thermal.ts";
import { Store } from "../../src/pipeline/store.ts";
import type { Expected, ExpectedQubit } from "../../src/routes/plan/expected.ts";
import { type Plan, planPower } from "../../src/routes/plan/plan.ts";
import { analyse } from "./analyse.ts";
import type { RunOptions } from "./options.ts";

/** What the user gives beside the lab file, SI. */
export interface PlanOptions {
  readonly qubit?: string;
  readonly cooldown?: string;
  readonly t1?: number;
  readonly t2?: number;
  readonly gammaR?: number;
  readonly noisePhotons?: number;
  readonly shotPeriod?: number;
  /** Whole time of the measurement, s. */
  readonly time: number;
}

/** The plan of one qubit, or why there is none. */
export interface PlannedQubit {
  readonly labels: GroupLabels;
  readonly facts: Facts;
  readonly result: Plan | { readonly refused: string };
}

export interface Planned {
  readonly qubits: readonly PlannedQubit[];
  readonly notes: readonly string[];
}

/** Taken where nothing is known, and always printed as assumed: a transmon of today, weakly coupled, behind a good amplifier chain. */
const ASSUMED = { t1: 50e-6, couplingShare: 0.1, nEq: 0.01, noisePhotons: 20, idle: 5 } as const;

/**
 * Plans the power route of every qubit of a lab file. Rates come from the options, else from the last run of the lab file's folder, else they are assumed and
 * said to be. Writes nothing.
 * @param at the lab file, or its folder
 * @throws UserError without lab file, qubits, or with rates that no qubit has
 */
export async function planLab(at: string, options: PlanOptions): Promise<Planned> {
  const isFolder = await stat(at).then(
    (s) => s.isDirectory(),
    () => false,
  );
  const path = isFolder ? join(at, LAB_FILE) : at;
  const lab = await loadLabFile(path);
  if (!lab) throw new UserError(say.noLabFile(path));
  const names = [...new Set(lab.statements.qubits.map((q) => q.name))];
  if (names.length === 0) throw new UserError(say.noQubits(path));
  if (options.qubit !== undefined && !names.includes(options.qubit)) throw new UserError(say.noSuchQubit(options.qubit, names));
  const cooldowns = Object.keys(lab.cooldowns);
  if (options.cooldown !== undefined && cooldowns.length > 0 && !cooldowns.includes(options.cooldown))
    throw new UserError(say.noSuchCooldown(options.cooldown, cooldowns));
  const cooldown = options.cooldown ?? latest(lab) ?? "";
  const { estimates, notes } = await lastRun(path, lab);
  const qubits = names
    .filter((name) => options.qubit === undefined || name === options.qubit)
    .map((qubit): PlannedQubit => {
      const bare = lab.facts({ cooldown, device: lab.device, qubit });
      const labels = { cooldown, device: bare.device, qubit };
      const why = unplannable(labels, bare);
      if (why !== undefined) return { labels, facts: bare, result: { refused: why } };
      const expected = expectedOf(labels, bare, estimates, options);
      const t1 = 1 / expected.gamma1Total.value;
      const period = (bare.readout.drive_duration?.quantity.value ?? ASSUMED.idle * t1) + ASSUMED.idle * t1;
      const setting = {
        noisePhotons: given(options.noisePhotons) ?? assumed(ASSUMED.noisePhotons),
        shotPeriod: given(options.shotPeriod) ?? assumed(period),
      };
      return { labels, facts: bare, result: planPower({ labels, facts: bare, qubit: expected, setting }, options.time) };
    });
  return { qubits, notes };
}

function unplannable({ qubit }: GroupLabels, { qubit: facts }: Facts): string | undefined {
  if (!facts.frequency) return say.needsFrequency(qubit);
  if (!facts.geometry) return say.needsGeometry(qubit);
  return facts.geometry === "multiport" || facts.geometry === "separate-ports" ? say.otherGeometry(facts.geometry) : undefined;
}

/** The cooldown that started last; without dates the one written last. */
function latest(lab: Lab): string | undefined {
  const all = Object.entries(lab.cooldowns);
  return all.reduce<(typeof all)[number] | undefined>((a, b) => (a === undefined || b[1].started >= a[1].started ? b : a), undefined)?.[0];
}

/** Results of the folder around the lab file as they stand in its store. */
async function lastRun(path: string, lab: Lab): Promise<{ estimates: readonly Estimate[]; notes: readonly string[] }> {
  const folder = dirname(path);
  const store = join(folder, ".gammawatt");
  const stands =
    basename(path) === LAB_FILE &&
    (await access(store).then(
      () => true,
      () => false,
    ));
  if (!stands) return { estimates: [], notes: [] };
  const options: RunOptions = {
    ...{ folder, out: store, store, jobs: 2, dryRun: true, crossCheck: false, force: false, command: "plan" },
    ...{ onProgress: () => undefined, signal: new AbortController().signal },
  };
  const opened = await Store.open(store, { dryRun: true });
  try {
    const { results, done } = await analyse(options, { decay: true, power: true, field: false }, lab, opened, []);
    return { estimates: results.estimates, notes: done.counts.fits.run > 0 ? [say.newData(folder)] : [] };
  } finally {
    await opened.close();
  }
}

function expectedOf(labels: GroupLabels, facts: Facts, all: readonly Estimate[], options: PlanOptions): ExpectedQubit {
  const own = all.filter((e) => e.labels.qubit === labels.qubit && e.condition === "combined" && Number.isFinite(e.value));
  const ordered = [...own.filter((e) => e.labels.cooldown === labels.cooldown), ...own.reverse()];
  const find = (quantity: Estimate["quantity"], test: (e: Estimate) => boolean = () => true): Expected | undefined => {
    const found = ordered.find((e) => e.quantity === quantity && e.value > 0 && test(e));
    return found && { value: found.value, from: "measured" };
  };
  const gamma1Total =
    given(options.t1 === undefined ? undefined : 1 / options.t1) ??
    find("gamma1_total", (e) => e.route === "decay") ??
    find("gamma1_total", (e) => e.estimator === "complex_s") ??
    assumed(1 / ASSUMED.t1);
  const total = gamma1Total.value;
  const nEq = find("n_eq") ?? statedEquilibrium(facts) ?? assumed(ASSUMED.nEq);
  const gamma2 = given(options.t2 === undefined ? undefined : 1 / options.t2) ?? find("gamma2") ?? assumed(total);
  const zero = total * (1 - 2 * nEq.value);
  const gammaR = given(options.gammaR) ?? find("gamma_r") ?? assumed(ASSUMED.couplingShare * zero);
  // Measured rates have errors; only what was typed can be wrong.
  if (gamma2.value < total / 2) {
    if (gamma2.from === "given") throw new UserError(say.tooShort(inSeconds(1 / total), inSeconds(1 / gamma2.value)));
    return { gamma1Total, gamma2: { ...gamma2, value: total / 2 }, gammaR, nEq };
  }
  if (gammaR.from === "given" && gammaR.value > zero) throw new UserError(say.couplingAboveTotal());
  return { gamma1Total, gamma2, gammaR, nEq };
}

function statedEquilibrium({ qubit }: Facts): Expected | undefined {
  if (qubit.equilibrium_population) return { value: qubit.equilibrium_population.quantity.value, from: "stated" };
  if (!qubit.temperature || !qubit.frequency) return undefined;
  return { value: equilibriumPopulation(2 * Math.PI * qubit.frequency.quantity.value, qubit.temperature.quantity.value), from: "stated" };
}

const given = (value: number | undefined): Expected | undefined => (value === undefined ? undefined : { value, from: "given" });
const assumed = (value: number): Expected => ({ value, from: "assumed" });
