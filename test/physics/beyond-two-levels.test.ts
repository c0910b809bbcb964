import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { solveSquare } from "../../src/numerics/solve-square.ts";
import { counterRotatingError } from "../../src/physics/beyond-rwa.ts";
import { ladderEquations, ladderState } from "../../src/physics/driven-ladder.ts";
import { internalPower, ladderRates, meanNumber, quantaFlow, thermalLadder, transmonEnergies } from "../../src/physics/multilevel.ts";
import { ratesOf, steadyState, workFlux } from "../../src/physics/two-level.ts";

const close = (actual: number, expected: number, rtol: number, scale = Math.abs(expected)) => {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(rtol * scale);
};
const size = (least: number, most: number) => fc.double({ min: Math.log(least), max: Math.log(most), noNaN: true }).map(Math.exp);

describe("driven ladder", () => {
  it("with two levels it is the two-level steady state, with temperature, dephasing and detuning", () => {
    fc.assert(
      fc.property(
        size(1e-3, 10),
        size(1e-3, 3),
        size(0.01, 30),
        fc.double({ min: -5, max: 5, noNaN: true }),
        (nTh, gammaPhi, rabi, delta) => {
          const rates = ratesOf([{ gamma: 1, n: nTh }], gammaPhi);
          const { n, matrix, right } = ladderEquations({ levels: 2, anharmonicity: 0, gamma10: 1, nTh, gammaPhi, rabi, delta });
          const { populations, lowering } = ladderState(2, solveSquare(matrix, right, n)!);
          const two = steadyState(rates, { omega: rabi, delta });
          close(populations[1]!, two.population, 1e-10);
          close(lowering.re, two.sigmaMinus.re, 1e-9, Math.hypot(two.sigmaMinus.re, two.sigmaMinus.im));
          close(lowering.im, two.sigmaMinus.im, 1e-9, Math.hypot(two.sigmaMinus.re, two.sigmaMinus.im));
          close(quantaFlow(ladderRates(2, 1, nTh), populations), workFlux(rates, { omega: rabi, delta }), 1e-8, rates.total);
        },
      ),
      { numRuns: 100, seed: 3 },
    );
  });

  it("work by the drive is -Omega Im <a>, at any detuning, also at the two-photon resonance", () => {
    fc.assert(
      fc.property(size(0.05, 2), fc.double({ min: -6, max: 3, noNaN: true }), size(1e-3, 0.1), (rabi, delta, nTh) => {
        const ladder = { levels: 5, anharmonicity: -8, gamma10: 0.1, nTh, gammaPhi: 0.05, rabi, delta };
        const { n, matrix, right } = ladderEquations(ladder);
        const { populations, lowering } = ladderState(5, solveSquare(matrix, right, n)!);
        close(quantaFlow(ladderRates(5, 0.1, nTh), populations), -rabi * lowering.im, 1e-8, 0.1);
        close(
          populations.reduce((a, b) => a + b, 0),
          1,
          1e-12,
        );
        for (const p of populations) expect(p).toBeGreaterThan(-1e-12);
      }),
      { numRuns: 60, seed: 4 },
    );
  });

  it("at rest it is thermal, gives nothing to its bath, and its mean number is the bath's occupation", () => {
    const nTh = 0.07;
    const { n, matrix, right } = ladderEquations({ levels: 6, anharmonicity: -50, gamma10: 1, nTh, gammaPhi: 0, rabi: 0, delta: 0 });
    const { populations } = ladderState(6, solveSquare(matrix, right, n)!);
    thermalLadder(6, nTh).forEach((p, j) => {
      close(populations[j]!, p, 1e-13, 1);
    });
    close(internalPower(transmonEnergies(6, 3e10, -1e9), ladderRates(6, 1e5, nTh), thermalLadder(6, nTh)), 0, 1e-12, 1e-19);
    close(meanNumber(thermalLadder(40, nTh)), nTh, 1e-12);
  });
});

describe("counter-rotating term", () => {
  it("is second order and negative: four times for twice the drive; on resonance -(Omega^2/4 + G1^2/8)/w_q^2", () => {
    const at = (omega: number, delta: number, gamma2 = 0) => counterRotatingError({ gamma2 }, { omega, delta }, 1);
    close(at(0.02, 0), 4 * at(0.01, 0), 1e-12);
    close(at(0.01, 0), -2.5e-5, 1e-12);
    close(at(0.1, 0), -2.5e-3, 1e-12);
    close(at(0, 0, 0.5e-3), -(1e-3 ** 2) / 8, 1e-12);
    fc.assert(
      fc.property(size(1e-6, 0.1), fc.double({ min: -0.1, max: 0.1, noNaN: true }), size(1e-7, 1e-3), (omega, delta, gamma2) => {
        expect(at(omega, delta, gamma2)).toBeLessThan(0);
        expect(at(omega, delta, gamma2)).toBeGreaterThan(-(omega ** 2 + gamma2 ** 2 + delta ** 2));
      }),
      { seed: 6 },
    );
  });
});
