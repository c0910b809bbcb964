import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type CoupledSites, type MicroscopicRates, microscopicRates } from "../../src/physics/microscopic-rates.ts";

const line = (count: number, spacing = 1) => Array.from({ length: count }, (_, i) => [i * spacing]);
const kernel = (positions: readonly (readonly number[])[], of: (r: number) => number) =>
  positions.map((a) => positions.map((b) => of(Math.hypot(...a.map((x, k) => x - b[k]!)))));
const neighbours = (strength: number) => (r: number) => (Math.abs(r - 1) < 1e-9 ? strength : 0);

function accepted(rates: MicroscopicRates) {
  if (rates.state !== "accepted") throw new Error(rates.sentence);
  return rates;
}
function refused(rates: MicroscopicRates) {
  if (rates.state !== "refused") throw new Error("not refused");
  return rates;
}

/**
 * Brute force, weak excitation: `dC/dt = -(G C + C G)/2 - i [J, C] - 2 Gphi (C - diag C)` (collective.json, meta (b), (d)) by Runge-Kutta from one excited
 * site in the middle; decay rate of the total, and half the growth of the variance of the populations, from t1 to t2.
 */
function simulate({ positions, coupling, matrix, decay, dephasing }: CoupledSites, t1: number, t2: number, step: number) {
  const n = positions.length;
  const g = (i: number, j: number) => (coupling === "dissipative" ? matrix[i]![j]! : i === j ? (decay as number) : 0);
  const h = (i: number, j: number) => (coupling === "coherent" && i !== j ? matrix[i]![j]! : 0);
  const derivative = (c: Float64Array) => {
    const d = new Float64Array(2 * n * n);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        let [re, im] = [0, 0];
        for (let k = 0; k < n; k++) {
          const [kj, ik] = [2 * (k * n + j), 2 * (i * n + k)];
          re += -(g(i, k) * c[kj]! + c[ik]! * g(k, j)) / 2 + h(i, k) * c[kj + 1]! - c[ik + 1]! * h(k, j);
          im += -(g(i, k) * c[kj + 1]! + c[ik + 1]! * g(k, j)) / 2 - h(i, k) * c[kj]! + c[ik]! * h(k, j);
        }
        const out = i === j ? 0 : 2 * dephasing;
        d[2 * (i * n + j)] = re - out * c[2 * (i * n + j)]!;
        d[2 * (i * n + j) + 1] = im - out * c[2 * (i * n + j) + 1]!;
      }
    }
    return d;
  };
  const add = (a: Float64Array, b: Float64Array, f: number) => a.map((x, i) => x + f * b[i]!);
  let c = new Float64Array(2 * n * n);
  const middle = (n - 1) / 2;
  c[2 * (middle * n + middle)] = 1;
  const look = () => {
    let [total, second] = [0, 0];
    for (let i = 0; i < n; i++) {
      total += c[2 * (i * n + i)]!;
      second += c[2 * (i * n + i)]! * (positions[i]![0]! - positions[middle]![0]!) ** 2;
    }
    return { total, variance: second / total };
  };
  let early = look();
  for (let s = 0; s < Math.round(t2 / step); s++) {
    if (s === Math.round(t1 / step)) early = look();
    const k1 = derivative(c);
    const k2 = derivative(add(c, k1, step / 2));
    const k3 = derivative(add(c, k2, step / 2));
    const k4 = derivative(add(c, k3, step));
    c = c.map((x, i) => x + (step / 6) * (k1[i]! + 2 * k2[i]! + 2 * k3[i]! + k4[i]!));
  }
  const late = look();
  return { gamma0: -Math.log(late.total / early.total) / (t2 - t1), gamma2: (late.variance - early.variance) / (2 * (t2 - t1)) };
}

describe("gamma0 and gamma2 from microscopic rates", () => {
  it("are those of the master equation where dephasing dominates, and the next order is what it says", () => {
    for (const dephasing of [20, 80]) {
      const positions = line(15);
      const chain: CoupledSites = { positions, coupling: "dissipative", matrix: kernel(positions, (r) => Math.exp(-r)), dephasing };
      const rates = accepted(microscopicRates(chain));
      const truth = simulate(chain, 4 / dephasing, 12 / dephasing, 0.1 / dephasing);
      const next = rates.limits.find((l) => l.name === "dephasing")!.measured;
      const off = rates.sites.gamma2[7]! / truth.gamma2 - 1;
      expect(off).toBeLessThan(1.1 * next);
      expect(off).toBeGreaterThan(0.9 * next);
      expect(Math.abs(rates.gamma0 / truth.gamma0 - 1)).toBeLessThan(next / 10);
    }
  });

  it("of coherent exchange agree with the master equation", () => {
    const positions = line(15);
    const chain: CoupledSites = { positions, coupling: "coherent", matrix: kernel(positions, neighbours(1)), decay: 0.3, dephasing: 10 };
    const rates = accepted(microscopicRates(chain));
    const truth = simulate(chain, 0.5, 2, 0.01);
    expect(rates.gamma2).toBeCloseTo(0.1, 12);
    expect(Math.abs(rates.gamma2 / truth.gamma2 - 1)).toBeLessThan(1e-4);
    expect(Math.abs(rates.gamma0 / truth.gamma0 - 1)).toBeLessThan(1e-9);
  });

  it("refuses the gradient expansion without dephasing: diffusion would be negative", () => {
    const positions = line(41, 1e-5);
    const bare = refused(
      microscopicRates({ positions, coupling: "dissipative", matrix: kernel(positions, (r) => 1e4 * Math.exp(-r / 2e-5)), dephasing: 0 }),
    );
    expect(bare.naive!.gamma2).toBeLessThan(0);
    expect(bare.sentence).toContain("negative");
    expect(bare.formula).toBeUndefined();
    const coherent = refused(
      microscopicRates({ positions, coupling: "coherent", matrix: kernel(positions, () => 1), decay: 1, dephasing: 0 }),
    );
    expect(coherent.sentence).toContain("coherently");
  });

  it("in two dimensions divides by 2d, and gives the tensor where directions differ", () => {
    const square = Array.from({ length: 81 }, (_, k) => [k % 9, Math.floor(k / 9)]);
    const even = accepted(
      microscopicRates({ positions: square, coupling: "coherent", matrix: kernel(square, neighbours(1)), decay: 1, dephasing: 10 }),
    );
    expect(even.gamma2).toBeCloseTo(0.1, 12); // four neighbours at 0.1, over 4
    expect(even.sites.inside.filter(Boolean)).toHaveLength(49);
    const tall = square.map(([x, y]) => [x!, 2 * y!]);
    const matrix = square.map((a) => square.map((b) => neighbours(1)(Math.hypot(a[0]! - b[0]!, a[1]! - b[1]!))));
    const uneven = refused(microscopicRates({ positions: tall, coupling: "coherent", matrix, decay: 1, dephasing: 10 }));
    expect(uneven.formula!.tensor[0]![0]).toBeCloseTo(0.1, 12);
    expect(uneven.formula!.tensor[1]![1]).toBeCloseTo(0.4, 12);
    expect(uneven.sentence).toContain("no scalar");
  });

  it("refuses what has no local or no long-wave diffusion, and what decay and dephasing forbid", () => {
    const positions = line(61);
    const sinc = (r: number) => (r === 0 ? 1 : Math.sin(0.8 * r) / (0.8 * r));
    const slow = refused(microscopicRates({ positions, coupling: "dissipative", matrix: kernel(positions, sinc), dephasing: 100 }));
    expect(slow.sentence).toContain("no local gamma2");
    const chain = { positions, coupling: "coherent", matrix: kernel(positions, neighbours(1)), decay: 1, dephasing: 10 } as const;
    expect(accepted(microscopicRates({ ...chain, wavelength: 10 })).leastWavelength).toBeCloseTo(2 * Math.PI * Math.sqrt(1 / 1.2), 9);
    expect(refused(microscopicRates({ ...chain, wavelength: 3 })).sentence).toContain("hops are not short");
    expect(refused(microscopicRates({ ...chain, matrix: kernel(positions, () => 0) })).sentence).toContain("gamma2 = 0");
    expect(refused(microscopicRates({ ...chain, dephasing: 1 })).sentence).toContain("not dominant");
    expect(refused(microscopicRates({ ...chain, decay: 10 })).sentence).toContain("lost before");
    const flat = kernel(positions, (r) => (r < 3.5 ? 1 : 0));
    expect(refused(microscopicRates({ ...chain, coupling: "dissipative", matrix: flat, dephasing: 1 })).sentence).toContain("not positive");
    expect(
      refused(
        microscopicRates({ positions: line(2), coupling: "coherent", matrix: kernel(line(2), neighbours(1)), decay: 1, dephasing: 10 }),
      ).sentence,
    ).toContain("Give more sites");
    const random = chain.matrix.map((row, i) => row.map((g, j) => g * (Math.min(i, j) % 3 === 0 ? 0.2 : 1)));
    expect(refused(microscopicRates({ ...chain, matrix: random })).state).toBe("refused");
    expect(refused(microscopicRates({ ...chain, matrix: chain.matrix.slice(1) })).sentence).toContain("rows");
    expect(
      refused(microscopicRates({ ...chain, coupling: "dissipative", matrix: kernel(positions, (r) => (r < 1.5 ? 1 + r : 0)) })).sentence,
    ).toContain("gain");
  });
});

const FILE = new URL("../../../shared/reference/collective.json", import.meta.url);
const reference = existsSync(FILE) ? JSON.parse(readFileSync(FILE, "utf8")) : undefined;

describe.skipIf(!reference)("ref09: collective decay (skipped: shared/reference/collective.json is absent)", () => {
  it("naive moments of exponential kernels", () => {
    for (const { xi, gamma0_closed, gamma2_linear_in_Gamma } of reference.dispersion_exponential_kernel) {
      const positions = line(301);
      const { naive } = refused(
        microscopicRates({ positions, coupling: "dissipative", matrix: kernel(positions, (r) => Math.exp(-r / xi)), dephasing: 0 }),
      );
      expect(Math.abs(naive!.gamma0 / gamma0_closed - 1)).toBeLessThan(1e-12);
      expect(Math.abs(naive!.gamma2 / gamma2_linear_in_Gamma - 1)).toBeLessThan(1e-12);
    }
  });

  it("dephased coarse graining: the predicted numbers, and refused where they are not the measured ones", () => {
    for (const row of reference.dephased_coarse_graining) {
      const positions = line(row.N);
      const coherent = row.kernel === "coherentNN";
      const matrix = coherent
        ? kernel(positions, neighbours(Math.sqrt(row.gamma2_predicted * row.Gamma_phi)))
        : kernel(positions, (r) => Math.exp(-r));
      const rates = microscopicRates({
        positions,
        coupling: coherent ? "coherent" : "dissipative",
        matrix,
        decay: 1,
        dephasing: row.Gamma_phi,
      });
      const formula = rates.state === "accepted" ? rates : rates.formula!;
      const middle = (row.N - 1) / 2;
      expect(Math.abs(formula.sites.gamma0[middle]! / row.gamma0_predicted - 1)).toBeLessThan(1e-12);
      expect(Math.abs(formula.sites.gamma2[middle]! / row.gamma2_predicted - 1)).toBeLessThan(1e-12);
      const off = Math.abs(row.gamma2_measured / row.gamma2_predicted - 1);
      expect(rates.state).toBe(off > 0.1 ? "refused" : "accepted");
      expect(off).toBeLessThan(Math.max(1.05 * formula.limits.find((l) => l.name === "dephasing")!.measured, 1e-8));
    }
  });
});
