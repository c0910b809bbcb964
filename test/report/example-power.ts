import type { GroupLabels } from "../../src/core/estimate.ts";
import type { Random } from "../../src/core/random.ts";
import type { DriveDependence, PowerStudy } from "../../src/routes/power-study.ts";

const HBAR = 1.054571817e-34;

/** A power sweep of a one-port qubit from the steady-state formulas of PHYSICS.md sec. 0, with noise. @param scale of the power calibration. */
export function powerSweep(labels: GroupLabels, gamma1: number, scale: number, random: Random, estimator = "complex_s"): PowerStudy {
  const [gammaR, gamma2, frequency] = [0.6 * gamma1, 0.8 * gamma1, 2 * Math.PI * 5e9];
  const at = (pDevice: number) => (4 * gammaR * pDevice) / (HBAR * frequency * gamma1 * gamma2);
  const powers = Array.from({ length: 12 }, (_, i) => (0.04 * 1.75 ** i * (HBAR * frequency * gamma1 * gamma2)) / (4 * gammaR));
  const points = powers.map((p) => {
    const s = at(p);
    const excess = s / (2 * (1 + s));
    const bias = estimator === "complex_s" ? 1 : (1 + (1 - gammaR / gamma2 / (1 + s))) / 2;
    const sigmaS = 0.004;
    const sRe = 1 - gammaR / gamma2 / (1 + s) + sigmaS * random.normal();
    const sigmaExcess = 0.006;
    const measured = excess + sigmaExcess * random.normal();
    const flux = ((2 * p * scale * (1 - sRe)) / (HBAR * frequency)) * bias;
    const sigmaFlux = ((2 * p * sigmaS) / (HBAR * frequency)) * bias;
    const gamma = flux / measured;
    return {
      pSource: p * 10 ** 7.2,
      pDevice: p * scale,
      frequency: frequency / (2 * Math.PI),
      detuning: 0,
      sRe,
      sIm: sigmaS * random.normal(),
      sigmaS,
      population: measured + 0.01,
      sigmaPopulation: sigmaExcess,
      excess: measured,
      sigmaExcess,
      flux,
      sigmaFlux,
      gamma: measured > 0.01 ? gamma : Number.NaN,
      sigmaGamma: measured > 0.01 ? Math.abs(gamma) * Math.hypot(sigmaExcess / measured, sigmaFlux / flux) : Number.NaN,
      saturation: s,
      used: measured > 0.02,
      remark: measured > 0.02 ? "" : "too weak for its population error",
    };
  });
  const detunings = Array.from({ length: 81 }, (_, i) => (i - 40) * 0.15 * gamma2);
  const resonances = powers
    .filter((_, i) => i % 2 === 0)
    .map((p) => {
      const circle = detunings.map((d) => {
        const s = at(p) / (1 + (d / gamma2) ** 2);
        const z = -1 / (1 + s);
        const norm = gamma2 ** 2 + d ** 2;
        return [1 + (gammaR * z * gamma2) / norm, (gammaR * z * d) / norm] as const;
      });
      const noisy = () => 0.008 * random.normal();
      return {
        pSource: p * 10 ** 7.2,
        frequency: detunings.map((d) => (frequency + d) / (2 * Math.PI)),
        sRe: circle.map(([re]) => re + noisy()),
        sIm: circle.map(([, im]) => im + noisy()),
        fitRe: circle.map(([re]) => re),
        fitIm: circle.map(([, im]) => im),
      };
    });
  const curve = Array.from({ length: 60 }, (_, i) => powers[0]! * (powers.at(-1)! / powers[0]!) ** (i / 59));
  const factor = estimator === "complex_s" ? 1 : 0.72;
  return {
    labels,
    estimator,
    points,
    gamma: gamma1 * scale * factor,
    sigma: gamma1 * 0.11 * factor,
    sigmaCommon: gamma1 * 0.109 * factor,
    line:
      estimator === "complex_s"
        ? {
            slope: gamma1 * scale,
            sigmaSlope: gamma1 * 0.01,
            intercept: 0.0004 * gamma1,
            sigmaStat: 0.0011 * gamma1,
            sigmaCommon: 0.0004 * gamma1,
          }
        : undefined,
    driveDependence: estimator === "complex_s" ? dependence(gamma1 * scale, gammaR / gamma2) : undefined,
    workCurve: {
      pDevice: curve.map((p) => p * scale),
      flux: curve.map((p) => (scale * gamma1 * at(p)) / (2 * (1 + at(p)))),
      plateau: (scale * gamma1) / 2,
    },
    fluctuation: undefined,
    saturationCurve: { pDevice: curve.map((p) => p * scale), excess: curve.map((p) => at(p) / (2 * (1 + at(p)))) },
    untested: [],
    resonances: estimator === "complex_s" ? resonances : [],
    remarks:
      estimator === "complex_s"
        ? ["The rate per power is constant within its errors (p = 0.4)."]
        : ["The rate is a lower bound, low by 28 %."],
  };
}

/** Shapes of a population offset of 0.1 % and an amplitude error of 0.05 %, and a small fitted offset. @param depth Gr|z_eq|/G2. */
function dependence(gamma: number, depth: number): DriveDependence {
  const saturation = Array.from({ length: 40 }, (_, i) => 0.02 * 1.23 ** i);
  const byOffset = (d: number) => saturation.map((s) => 1 / (1 + (2 * d * (1 + s)) / s));
  const byAmplitude = (e: number) => saturation.map((s) => 1 - e * ((1 + s) / depth - 1));
  return {
    gamma,
    sigma: 0.012 * gamma,
    scale: 0.109,
    offset: { value: 0.0004, sigma: 0.0007, stated: 0.001 },
    amplitude: { value: 0.0001, sigma: 0.0004, stated: 0.0005 },
    held: true,
    probability: 0.4,
    curves: {
      saturation,
      fitted: byOffset(0.0004),
      offset: [byOffset(-0.001), byOffset(0.001)],
      amplitude: [byAmplitude(-0.0005), byAmplitude(0.0005)],
    },
    sentence: "The rate per power is constant within its errors (p = 0.4).",
  };
}
