import type { JointNumbers } from "../../fit/joint/joint-fit.ts";
import type { JointParameter, JointProblem } from "../../fit/joint/joint-problem.ts";
import { ofQubit } from "../../fit/joint/saturation.ts";
import { HBAR } from "../../physics/constants.ts";
import type { JointData } from "./assemble.ts";

/** The problem of a fit without (default) or with a free width of quasi-static frequency noise. @param from an earlier fit to start at */
export function jointProblem(data: JointData, held: ReadonlySet<string>, noisy = false, from?: JointNumbers): JointProblem {
  const { model, evidence, inputs, open } = data;
  const start = startOf(data);
  const own: JointParameter[] = [
    { name: "gamma_r", unit: "1/s", start: start.gammaR },
    { name: "gamma_nr", unit: "1/s", start: start.gammaNr },
    { name: "gamma_phi", unit: "1/s", start: start.gammaPhi },
    { name: "n_r", unit: "1", start: start.bath, lower: -0.4 },
    { name: "offset", unit: "1/s", start: 0 },
    noisy
      ? { name: "variance", unit: "1", start: (0.2 * data.fit.law.gamma2) ** 2, lower: 0 }
      : { name: "variance", unit: "1", start: 0, fixed: true },
    ...open.map((p) => (p.name === "ln_attenuation" ? { ...p, start: start.lnAttenuation } : p)),
  ];
  const stated = inputs.map(({ shared }): JointParameter => ({ name: shared, unit: "1", start: 0, prior: { mean: 0, sigma: 1 } }));
  return {
    parameters: [...own, ...stated, ...evidence.flatMap((e) => e.own)]
      .map((p) => (from && p.name !== "variance" ? { ...p, start: from.parameter(p.name).value } : p))
      .map((p) => (held.has(p.name) ? atStart(p) : p)),
    blocks: ofQubit(
      evidence.flatMap((e) => e.blocks),
      model,
    ),
  };
}

function atStart({ name, unit, start }: JointParameter): JointParameter {
  return { name, unit, start, fixed: true };
}

/** Values that make the fitted sweep exactly, with T1 where there is one, else with the stated power, else half of gamma2 to each. */
function startOf({ fit, sweep, decay, attenuated, equilibrium, model }: JointData) {
  const { amplitude, gamma2, k } = fit.law;
  const [share, photons] = sweep.geometry === "one-port" ? [1, 4] : [0.5, 2];
  const nEq = Math.min(Math.max(equilibrium.value, 0), 0.4);
  const gammaR = amplitude / share / (1 - 2 * nEq);
  const fromPower = (photons * gammaR) / (HBAR * model.reference * k * gamma2);
  const wanted = decay && decay.value > 0 ? decay.value : attenuated ? fromPower : gamma2;
  const total = Math.max(wanted, (1.001 * gammaR) / (1 - 2 * nEq));
  return {
    gammaR,
    gammaNr: total * (1 - 2 * nEq) - gammaR,
    gammaPhi: gamma2 - total / 2,
    bath: nEq / (1 - 2 * nEq),
    lnAttenuation: Math.log(total / fromPower),
  };
}

/** ln of the widest attenuation that is looked for, one s.d. (13 dB). */
export const WIDEST = 3;

/**
 * An attenuation that the data know in name only (through the decay of the population during a short gap, say) runs away in the fit; held this loosely
 * it stays, its error says that nothing is known, and one that is known to 10 % moves by a thousandth of its error.
 */
export function withinReason(p: JointParameter): JointParameter {
  return p.name === "ln_attenuation" && !p.fixed ? { ...p, prior: { mean: p.start, sigma: WIDEST } } : p;
}
