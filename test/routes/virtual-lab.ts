import type { Estimate } from "../../src/core/estimate.ts";
import { type Random, random } from "../../src/core/random.ts";
import { noisySteadyState } from "../../src/physics/frequency-noise.ts";
import type { PortGeometry } from "../../src/physics/ports.ts";
import { incidentPower, scattering } from "../../src/physics/ports.ts";
import { readValue } from "../../src/physics/readout.ts";
import { ratesOf, steadyState } from "../../src/physics/two-level.ts";
import { type PowerDataset, type PowerInput, powerRoute } from "../../src/routes/power/power.ts";
import { dataset, facts, LABELS, stated } from "./power-lab.ts";

/** A virtual experiment from the closed forms of PHYSICS.md sec. 0: every common input is drawn anew, the analyst is told its nominal value. */
export interface VirtualLab {
  readonly seed: number;
  readonly geometry?: PortGeometry;
  readonly gammaR?: number;
  readonly gammaNr?: number;
  readonly gammaPhi?: number;
  readonly nBath?: number;
  /** Noise of S per quadrature at the lowest power. */
  readonly noise?: number;
  /** Noise per quadrature of the reference, relative to its size. */
  readonly referenceNoise?: number;
  readonly shots?: number;
  readonly frequencies?: number;
  readonly saturations?: readonly number[];
  readonly sigmaDb?: number;
  readonly sigmaReadout?: number;
  readonly gap?: number;
  readonly stateNoise?: boolean;
  readonly reference?: boolean;
  readonly magnitudeOnly?: boolean;
  readonly engineering?: boolean;
  /** Added to every driven population, not to the undriven one. */
  readonly populationOffset?: number;
  /** Quasi-static Gaussian noise of the qubit's frequency, s.d. in rad/s. */
  readonly frequencyNoise?: number;
  /** A loss that really depends on the drive: gammaNr at this S. */
  readonly gammaNrAt?: (saturation: number) => number;
}

export interface VirtualResult {
  readonly input: PowerInput;
  readonly estimates: readonly Estimate[];
  readonly truth: Record<string, number>;
  find(quantity: string, estimator: string, condition?: string): Estimate;
}

export function virtualLab(options: VirtualLab): VirtualResult {
  const {
    geometry = "one-port",
    gammaR = 8000,
    gammaNr = 20000,
    gammaPhi = 10000,
    nBath = 0.02,
    noise = 0.004,
    referenceNoise = 3e-4,
    shots = 20000,
    frequencies = 41,
    saturations = [0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15],
    sigmaDb = 0.4,
    sigmaReadout = 0.003,
    gap = 0,
    frequencyNoise = 0,
  } = options;
  const draw: Random = random(options.seed);
  const omegaQ = 2 * Math.PI * 5.0123e9;
  const bathed = (other: number) =>
    ratesOf(
      [
        { gamma: gammaR, n: nBath },
        { gamma: other, n: nBath },
      ],
      gammaPhi,
    );
  const rates = bathed(gammaNr);
  const truthDb = 80 + sigmaDb * draw.normal();
  const errors = { oneGivenZero: 0.015 + sigmaReadout * draw.normal(), zeroGivenOne: 0.045 + sigmaReadout * draw.normal() };
  const span = 12 * (rates.gamma2 + frequencyNoise);
  const axis = Array.from({ length: frequencies }, (_, i) => (frequencies === 1 ? 0 : (i / (frequencies - 1) - 0.5) * span));
  const hertz = axis.map((d) => (omegaQ + d) / (2 * Math.PI));
  const port = geometry === "one-port" ? "11" : "21";
  const line = axis.map((d) => {
    const phase = 0.7 - 3 * (d / span);
    const gain = 0.03 * Math.exp(0.05 * (d / span));
    return { re: gain * Math.cos(phase), im: gain * Math.sin(phase) };
  });
  const sign = options.engineering ? -1 : 1;
  const trace = (
    kind: "scattering" | "reference",
    values: readonly { re: number; im: number }[],
    sigma: number,
    power?: number,
  ): PowerDataset => {
    const raw = values.map((s, i) => {
      const l = line[i]!;
      const off = Math.hypot(l.re, l.im);
      return {
        re: l.re * s.re - l.im * s.im + off * sigma * draw.normal(),
        im: sign * (l.re * s.im + l.im * s.re + off * sigma * draw.normal()),
        sigma: off * sigma,
      };
    });
    const noiseColumn = options.stateNoise ? [["sigma", "1", raw.map((r) => r.sigma)] as const] : [];
    const s = options.magnitudeOnly
      ? [["s_mag", "1", raw.map((r) => Math.hypot(r.re, r.im)), port] as const]
      : [["s_re", "1", raw.map((r) => r.re), port] as const, ["s_im", "1", raw.map((r) => r.im), port] as const];
    return dataset(kind, [["frequency", "Hz", hertz], ...s, ...noiseColumn], power === undefined ? {} : { power });
  };
  const datasets: PowerDataset[] = [];
  const sources: number[] = [];
  const populations: number[] = [];
  for (const s of saturations) {
    const omega = Math.sqrt(s * rates.total * rates.gamma2);
    const device = incidentPower(geometry, omegaQ, omega, gammaR);
    const source = device * 10 ** (truthDb / 10);
    sources.push(source);
    const sigma = noise * Math.sqrt(saturations[0]! / s);
    const here = bathed(options.gammaNrAt?.(s) ?? gammaNr);
    datasets.push(
      trace(
        "scattering",
        axis.map((delta) => {
          if (frequencyNoise === 0) return scattering(geometry, here, { omega, delta }, gammaR);
          const { extinction } = noisySteadyState(here, { omega, delta }, frequencyNoise);
          const coupling = geometry === "one-port" ? gammaR : gammaR / 2;
          return { re: 1 - coupling * extinction.re, im: -coupling * extinction.im };
        }),
        sigma,
        source,
      ),
    );
    const still = { omega, delta: 0 };
    const driven = frequencyNoise === 0 ? steadyState(here, still) : noisySteadyState(here, still, frequencyNoise);
    const excess = driven.excess * Math.exp(-rates.total * gap);
    populations.push(draw.binomial(shots, readOf(rates.nEq + excess + (options.populationOffset ?? 0))) / shots);
  }
  if (options.reference !== false)
    datasets.push(
      trace(
        "reference",
        axis.map(() => ({ re: 1, im: 0 })),
        referenceNoise,
      ),
    );
  const binomial = { noise: { type: "binomial", shots } as const };
  datasets.push(
    dataset(
      "population",
      [
        ["power", "W", sources],
        ["population", "1", populations],
      ],
      binomial,
    ),
    dataset("equilibrium", [["population", "1", [draw.binomial(4 * shots, readOf(rates.nEq)) / (4 * shots)]]], {
      noise: { type: "binomial", shots: 4 * shots },
    }),
  );
  const input: PowerInput = {
    labels: LABELS,
    datasets,
    facts: facts({
      qubit: {
        geometry: geometry === "one-port" ? "reflection" : "hanger",
        anharmonicity: stated("qubits.q1.anharmonicity", -220e6, "Hz"),
      },
      readout: {
        p1_given_0: stated("readout.p1_given_0", 0.015, "1", sigmaReadout),
        p0_given_1: stated("readout.p0_given_1", 0.045, "1", sigmaReadout),
        prepared: "heralded",
        ...(gap > 0 ? { drive_to_readout: stated("readout.drive_to_readout", gap, "s") } : {}),
      },
      line: {
        name: "drive1",
        qubits: ["q1"],
        attenuation: stated("lines.drive1.attenuation", 80, "dB", sigmaDb),
        attenuation_from: "cold-through",
        power_at: "source",
      },
    }),
  };
  let made: readonly Estimate[] | undefined;
  const estimatesOf = () => {
    made ??= powerRoute(input).estimates;
    return made;
  };
  return {
    input,
    get estimates() {
      return estimatesOf();
    },
    truth: {
      gamma1_total: rates.total,
      gamma1: gammaR + gammaNr,
      gamma_down: rates.down,
      gamma_up: rates.up,
      gamma2: rates.gamma2,
      gamma_phi: gammaPhi,
      f_nonradiative: gammaNr / (gammaR + gammaNr),
      gamma_r: gammaR,
      gamma_nr: gammaNr,
      n_eq: rates.nEq,
    },
    find: (quantity, estimator, condition = "combined") => {
      const found = estimatesOf().find((e) => e.quantity === quantity && e.estimator === estimator && e.condition === condition);
      if (!found) throw new Error(`no estimate ${quantity} ${estimator} ${condition}`);
      return found;
    },
  };

  function readOf(n: number): number {
    return readValue(errors, n);
  }
}
