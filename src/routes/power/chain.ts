import { type Check, check } from "../../core/check.ts";
import * as say from "../../core/messages/ports.ts";
import type { Facts } from "../../lab/lab.ts";
import { LN_PER_DB } from "../../physics/decibel.ts";
import { type CommonInput, constantInput } from "./common-input.ts";
import type { DrivePower } from "./drive-power.ts";
import type { PowerDataset } from "./input.ts";
import type { PortLayout } from "./port-layout.ts";
import { type Reference, referenceOf } from "./reference.ts";
import { referenceTraces } from "./scattering-traces.ts";

/** What the instrument would show for a wave that passes the device whole, with what that makes common to all points. */
export interface Chain {
  readonly references: readonly Reference[];
  readonly common: readonly CommonInput[];
  readonly checks: readonly Check[];
}

/**
 * Where no direct path gives a qubit-off value: a trace with the device replaced by a through, else the stated attenuation and gain,
 * `|S_chain|^2 = 10^((gain - A)/10)`. The attenuation then acts on W by half of what it does to the power, since W ~ P |S|/|S_chain|.
 */
export function chainOf(datasets: readonly PowerDataset[], facts: Facts, power: DrivePower, layout: PortLayout): Chain | Check {
  const { couplings } = facts.qubit;
  const parts =
    layout.geometry === "separate-ports" && couplings
      ? ([
          [couplings.drive, 0.5],
          [couplings.detect, -0.5],
        ] as const)
      : [];
  const common: CommonInput[] = parts.map(([c, half]) =>
    constantInput(
      c.entry.endsWith(".drive") ? "coupling of the drive" : "coupling of the detection",
      c.entry,
      // An uncertainty of 0 is none that anybody measured.
      (half * (c.quantity.sigma > 0 ? c.quantity.sigma : Number.NaN)) / c.quantity.value,
    ),
  );
  const vague = parts.filter(([c]) => !(c.quantity.sigma > 0)).map(([c]) => check("chain_no_sigma", false, say.chainNoSigma(c.entry)));
  const through = datasets.filter((d) => d.dataset.kind === "reference" && d.entry?.off === "through");
  if (through.length > 0) {
    const references = through.flatMap((d) => referenceTraces(d, layout).map((t) => referenceOf(t, "through")));
    const [first] = references;
    if (!first) return check("no_chain_gain", false, say.noChainGain());
    const size = Math.hypot(first.trace.points[0]?.re ?? Number.NaN, first.trace.points[0]?.im ?? Number.NaN);
    // One level for all powers: the scatter of the through is its error where it is read, not averaged over the trace.
    common.push(
      constantInput("reference (noise of the through)", `dataset:${first.trace.dataset}`, -(first.noise[0] ?? Number.NaN) / size),
    );
    return { references, common, checks: vague };
  }
  if (layout.geometry !== "separate-ports") return check("no_reference", false, say.noReflectionPhase());
  const { line } = facts;
  const gain = line?.gain;
  const measured = datasets.find((d) => d.dataset.kind === "scattering");
  const hertz = facts.qubit.frequency?.quantity.value ?? Number.NaN;
  // Peak over average power is no part of what the instrument divides by.
  const ratio = power.toDevice(1, measured?.entry?.power_at, hertz) * (facts.readout.duty_cycle ?? 1);
  if (!gain || !(ratio > 0)) return check("no_chain_gain", false, say.noChainGain());
  const entries = [line.attenuation?.entry, line.attenuation_table?.entry].filter((e) => e !== undefined);
  for (const c of power.common)
    if (entries.some((e) => c.shared === e) || c.shared.startsWith(`${line.ripple?.entry} @`))
      common.push({ ...c, effect: (w) => -c.effect(w) / 2 });
  common.push(
    constantInput(`gain of ${line.name}`, gain.entry, -0.5 * LN_PER_DB * (gain.quantity.sigma > 0 ? gain.quantity.sigma : Number.NaN)),
  );
  if (!(gain.quantity.sigma > 0)) vague.push(check("chain_no_sigma", false, say.chainNoSigma(gain.entry)));
  return { references: [flat(Math.sqrt(ratio) * 10 ** (gain.quantity.value / 20))], common, checks: vague };
}

/** A chain of one amplitude at every frequency; its phase is fitted. */
function flat(amplitude: number): Reference {
  const point = { frequency: Number.NaN, re: amplitude, im: 0, sigma: 0, eta: 0 };
  const trace = { dataset: "", pSource: Number.NaN, powerAt: undefined, complex: true, points: [point], others: [] };
  return { trace, noise: [0], off: "through", balance: undefined };
}
