import type { Estimate } from "../../src/core/estimate.ts";
import { random } from "../../src/core/random.ts";
import type { FileEntry, LineFacts, QubitFacts } from "../../src/lab/lab.ts";
import { type PowerDataset, type PowerInput, powerRoute } from "../../src/routes/power/power.ts";
import { type Col, dataset, facts, LABELS, stated } from "./power-lab.ts";

/**
 * A driven qubit in any lossless network, from the formulas of PHYSICS.md sec. 0 and of reference/README.md (ref03), written out here and not taken
 * from src/physics: `a_out = C a_in + d s-`, drive in port 1, so `S_j1 = C_j1 + d_j (d+ C)_1 z/(G2 - i D)` and `Omega^2 = 4 |(d+ C)_1|^2 |a|^2`.
 */
export interface Complex {
  readonly re: number;
  readonly im: number;
}
const HBAR = 1.054571817e-34;
const c = (re: number, im = 0): Complex => ({ re, im });
export const mul = (a: Complex, b: Complex): Complex => ({ re: a.re * b.re - a.im * b.im, im: a.re * b.im + a.im * b.re });
const conj = (a: Complex): Complex => ({ re: a.re, im: -a.im });
const turn = (size: number, angle: number): Complex => ({ re: size * Math.cos(angle), im: size * Math.sin(angle) });

/** Qubit-off matrix and couplings, `sum |d_j|^2 = Gr`. */
export interface Network {
  readonly off: readonly (readonly Complex[])[];
  readonly d: readonly Complex[];
}

export const endOfLine = (gr: number): Network => ({ off: [[c(1)]], d: [c(Math.sqrt(gr))] });
/** Beside a line that is mismatched mirror-symmetrically (phi = 0: matched). */
export const beside = (gr: number, phi = 0): Network => ({
  off: [
    [c(0, Math.sin(phi)), c(Math.cos(phi))],
    [c(Math.cos(phi)), c(0, Math.sin(phi))],
  ],
  d: [c(Math.sqrt(gr / 2)), c(Math.sqrt(gr / 2))],
});
export const twoPorts = (k1: number, k2: number): Network => ({
  off: [
    [c(1), c(0)],
    [c(0), c(1)],
  ],
  d: [c(Math.sqrt(k1)), c(Math.sqrt(k2))],
});
/** Random unitary of three ports (Gram-Schmidt) and random couplings. */
export function threePorts(gr: number, seed: number): Network {
  const draw = random(seed);
  const columns: Complex[][] = [];
  for (let k = 0; k < 3; k++) {
    let v = Array.from({ length: 3 }, () => c(draw.normal(), draw.normal()));
    for (const u of columns) {
      const along = u.reduce((s, x, j) => ({ re: s.re + mul(conj(x), v[j]!).re, im: s.im + mul(conj(x), v[j]!).im }), c(0));
      v = v.map((x, j) => ({ re: x.re - mul(along, u[j]!).re, im: x.im - mul(along, u[j]!).im }));
    }
    const size = Math.sqrt(v.reduce((s, x) => s + x.re ** 2 + x.im ** 2, 0));
    columns.push(v.map((x) => c(x.re / size, x.im / size)));
  }
  const d = Array.from({ length: 3 }, () => c(draw.normal(), draw.normal()));
  const size = Math.sqrt(d.reduce((s, x) => s + x.re ** 2 + x.im ** 2, 0) / gr);
  return { off: [0, 1, 2].map((j) => [0, 1, 2].map((k) => columns[k]![j]!)), d: d.map((x) => c(x.re / size, x.im / size)) };
}

export interface NetworkLab {
  readonly network: Network;
  readonly geometry: NonNullable<QubitFacts["geometry"]>;
  /** Columns in the scattering files; in the reference, absent: the same. */
  readonly ports: readonly string[];
  readonly referencePorts?: readonly string[];
  /** What the files call the one port that is measured. */
  readonly called?: string;
  readonly withoutCouplings?: boolean;
  /** Amplitude of every return chain. */
  readonly chain?: readonly Complex[];
  readonly reference?: "detuned" | "through" | "none";
  readonly qubit?: QubitFacts;
  readonly line?: Partial<LineFacts>;
  readonly saturations?: readonly number[];
  readonly detunings?: readonly number[];
  /** Detunings of the populations, in G2. */
  readonly drivenAt?: readonly number[];
  readonly magnitude?: boolean;
  readonly engineering?: boolean;
  readonly seed?: number;
  /** Per quadrature at the lowest power, relative to the chain; falls with the root of the power. */
  readonly noise?: number;
  readonly referenceNoise?: number;
  /** Detunings of the reference, in G2; absent: those of the scattering. */
  readonly referencedAt?: readonly number[];
  /** Noise written beside the data. */
  readonly stateNoise?: boolean;
  readonly shots?: number;
  readonly gr: number;
  readonly gnr?: number;
  readonly gphi?: number;
  readonly n?: number;
  readonly sigmaDb?: number;
  readonly sigmaGainDb?: number;
  readonly gainDb?: number;
  /** One s.d. of the stated couplings, relative. */
  readonly sigmaCouplings?: number;
}

export const HERTZ = 5.0123e9;

/** The lab as the route gets it; with a seed, noise and every common input drawn anew. */
export function networkLab(o: NetworkLab) {
  const draw = o.seed === undefined ? undefined : random(o.seed);
  const normal = () => draw?.normal() ?? 0;
  const { gr, gnr = 20000, gphi = 10000, n = 0.02, noise = 0, referenceNoise = 0, sigmaDb = 0.4, sigmaGainDb = 0.3 } = o;
  const total = (gr + gnr) * (1 + 2 * n);
  const g2 = total / 2 + gphi;
  const nEq = n / (1 + 2 * n);
  const z0 = 1 - 2 * nEq;
  const omegaQ = 2 * Math.PI * HERTZ;
  const { off, d } = o.network;
  const driving = d.reduce((s, x, j) => {
    const p = mul(conj(x), off[j]![0]!);
    return { re: s.re + p.re, im: s.im + p.im };
  }, c(0));
  const share = driving.re ** 2 + driving.im ** 2;
  const lossDb = 80 + sigmaDb * normal();
  const gainDb = (o.gainDb ?? 0) + sigmaGainDb * normal();
  const saturations = o.saturations ?? [0.05, 0.2, 1, 4, 15];
  const detunings = (o.detunings ?? Array.from({ length: 61 }, (_, i) => ((i - 30) / 30) * 8)).map((x) => x * g2);
  const zOf = (s: number, delta: number) => z0 / (1 + s / (1 + (delta / g2) ** 2));
  const sOf = (j: number, k: number, s: number, delta: number): Complex => {
    const m = -zOf(s, delta) / (g2 * g2 + delta * delta);
    const into = d.reduce((a, x, i) => {
      const p = mul(conj(x), off[i]![k]!);
      return { re: a.re + p.re, im: a.im + p.im };
    }, c(0));
    const wave = mul(mul(d[j]!, into), { re: m * g2, im: m * delta });
    return { re: off[j]![k]!.re + wave.re, im: off[j]![k]!.im + wave.im };
  };
  const chains = o.chain ?? off.map(() => turn(o.geometry === "separate-ports" ? 10 ** ((gainDb - lossDb) / 20) : 1, 0));
  const cable = (delta: number) => turn(1, 0.4 - (1.5 * delta) / (8 * g2));
  const seen = (j: number, delta: number, s: Complex, sigma: number): Complex => {
    const g = mul(chains[j]!, cable(delta));
    const size = Math.hypot(g.re, g.im);
    const m = mul(g, s);
    return { re: m.re + size * sigma * normal(), im: (o.engineering ? -1 : 1) * (m.im + size * sigma * normal()) };
  };
  const file = (
    kind: "scattering" | "reference",
    ports: readonly string[],
    of: (j: number, k: number, delta: number) => Complex,
    sigma: number,
    extra: object,
    axis = detunings,
  ) =>
    dataset(
      kind,
      [
        ["frequency", "Hz", axis.map((x) => (omegaQ + x) / 2 / Math.PI)] as const,
        ...ports.flatMap((port): Col[] => {
          const [j, k] = [Number(port[0]) - 1, Number(port[1]) - 1];
          const values = axis.map((x) => seen(j, x, of(j, k, x), sigma));
          if (o.magnitude) return [["s_mag", "1", values.map((v) => Math.hypot(v.re, v.im)), o.called ?? port] as const];
          return [
            ["s_re", "1", values.map((v) => v.re), o.called ?? port] as const,
            ["s_im", "1", values.map((v) => v.im), o.called ?? port] as const,
          ];
        }),
        ...((draw && !o.stateNoise
          ? []
          : [
              ["sigma", "1", axis.map(() => Math.max(sigma, 1e-7) * Math.hypot(chains[0]!.re, chains[0]!.im))] as const,
            ]) satisfies readonly Col[]),
      ],
      extra,
    );
  // S on resonance sets the power: Omega^2 = S G1tot G2, P = hbar w Omega^2/(4 |d+ C|^2).
  const device = (s: number, delta: number) => (HBAR * (omegaQ + delta) * s * total * g2) / (4 * share);
  const source = (s: number) => device(s, 0) * 10 ** (lossDb / 10);
  // A stated power is one power at every frequency, so its photons are fewer at a higher one.
  const at = (s: number, delta: number) => (s * omegaQ) / (omegaQ + delta);
  const datasets: PowerDataset[] = saturations.map((s) =>
    file("scattering", o.ports, (j, k, x) => sOf(j, k, at(s, x), x), noise * Math.sqrt(saturations[0]! / s), { power: source(s) }),
  );
  const off1 = (j: number, k: number) => off[j]![k]!;
  const reference = o.reference ?? "detuned";
  const entry = (value: NonNullable<FileEntry["off"]>) => ({ entry: { off: value } });
  const referenced = o.referencedAt?.map((x) => x * g2) ?? detunings;
  if (reference === "detuned")
    datasets.push(file("reference", o.referencePorts ?? o.ports, off1, referenceNoise, entry("detuned"), referenced));
  if (reference === "through") datasets.push(file("reference", o.ports, () => c(1), referenceNoise, entry("through")));
  const errors = { zero: 0.015 + (draw ? 0.003 * normal() : 0), one: 0.955 + (draw ? 0.003 * normal() : 0) };
  const read = (x: number) => errors.zero + (errors.one - errors.zero) * x;
  const shots = o.shots ?? 20000;
  const rows = saturations.flatMap((s) => (o.drivenAt ?? [0]).map((x) => ({ s, delta: x * g2 })));
  const excess = (s: number, delta: number) => {
    const local = at(s, delta) / (1 + (delta / g2) ** 2);
    return (z0 * local) / (2 * (1 + local));
  };
  const counted = (p: number, times: number) => (draw ? draw.binomial(times, p) / times : p);
  datasets.push(
    dataset(
      "population",
      [
        ["power", "W", rows.map((r) => source(r.s))],
        ["frequency", "Hz", rows.map((r) => (omegaQ + r.delta) / 2 / Math.PI)],
        ["population", "1", rows.map((r) => counted(read(nEq + excess(r.s, r.delta)), shots))],
      ],
      { noise: { type: "binomial", shots: draw ? shots : 1e9 } },
    ),
    dataset("equilibrium", [["population", "1", [counted(read(nEq), 4 * shots)]]], {
      noise: { type: "binomial", shots: draw ? 4 * shots : 1e9 },
    }),
  );
  const sc = o.sigmaCouplings ?? 0.02;
  const [k1, k2] = [d[0]!.re ** 2 + d[0]!.im ** 2, (d[1]?.re ?? 1) ** 2 + (d[1]?.im ?? 0) ** 2];
  const coupling = (name: string, k: number) => stated(`qubits.q1.couplings.${name}`, k * (1 + sc * normal()), "1/s", k * sc);
  const input: PowerInput = {
    labels: LABELS,
    datasets,
    facts: facts({
      qubit: {
        geometry: o.geometry,
        frequency: stated("qubits.q1.frequency", HERTZ, "Hz"),
        ...(o.geometry === "separate-ports" && !o.withoutCouplings
          ? { couplings: { drive: coupling("drive", k1), detect: coupling("detect", k2) } }
          : {}),
        ...o.qubit,
      },
      readout: {
        p1_given_0: stated("readout.p1_given_0", 0.015, "1", draw ? 0.003 : 1e-6),
        p0_given_1: stated("readout.p0_given_1", 0.045, "1", draw ? 0.003 : 1e-6),
        prepared: "heralded",
      },
      line: {
        name: "drive1",
        qubits: ["q1"],
        attenuation: stated("lines.drive1.attenuation", 80, "dB", sigmaDb),
        attenuation_from: "cold-through",
        power_at: "source",
        ...(o.gainDb === undefined ? {} : { gain: stated("lines.drive1.gain", o.gainDb, "dB", sigmaGainDb) }),
        ...o.line,
      },
    }),
  };
  const result = powerRoute(input);
  const find = (quantity: string, estimator: string, condition = "combined"): Estimate => {
    const found = result.estimates.find((e) => e.quantity === quantity && e.estimator === estimator && e.condition === condition);
    if (!found)
      throw new Error(
        `no ${quantity} ${estimator} ${condition}: ${result.estimates.map((e) => `${e.quantity} ${e.estimator}`).join(", ")}`,
      );
    return found;
  };
  return { input, result, find, truth: { gamma1_total: total, gamma_r: gr, gamma2: g2, n_eq: nEq } };
}
