import { describe, expect, it } from "vitest";
import { random } from "../../src/core/random.ts";
import { driveQubit } from "../../src/simulate/input-output.ts";
import { besideLine, drivingShare, endOfLine, multiport, type Surroundings, separatePorts } from "../../src/simulate/ports.ts";

// One hot and one cold bath, dephasing, detuned: PHYSICS.md sec. 1 holds for all of them.
const RATES = { gammaR: 9e3, gammaNr: 14e3, gammaPhi: 4e3, nR: 0.3, nNr: 0.02 };
const DRIVE = { omega: 2.1e4, delta: 1.3e4 };
const driven = (ports: Surroundings, into = 0, drive = DRIVE, rates = RATES) => driveQubit(ports[into]!, rates, drive, 3e10);
const relative = (a: number, b: number) => Math.abs(a / b - 1);

describe("the work of the drive from amplitudes, PHYSICS.md sec. 1", () => {
  it("end of a line (1): 2P(1 - Re S11)", () => {
    const { s, incident, work } = driven(endOfLine());
    expect(relative(2 * incident * (1 - s[0]!.re), work)).toBeLessThan(1e-9);
  });
  it("matched, two-sided (4): 2P(1 - Re S21) = -2P Re S11", () => {
    const { s, incident, work } = driven(besideLine());
    expect(relative(2 * incident * (1 - s[1]!.re), work)).toBeLessThan(1e-9);
    expect(relative(-2 * incident * s[0]!.re, work)).toBeLessThan(1e-9);
  });
  it.each([2, 3, 5])("lossless network of %i ports (5), driven through each: 2P(1 - Re sum conj(C) S)", (n) => {
    const ports = multiport(random(n), n);
    ports.forEach(({ background }, into) => {
      const { s, incident, work } = driven(ports, into);
      const kept = s.reduce((sum, x, j) => sum + background[j]!.re * x.re + background[j]!.im * x.im, 0);
      expect(relative(2 * incident * (1 - kept), work)).toBeLessThan(1e-9);
    });
    // sum over all ports of |e+ C|^2 is |e|^2.
    expect(ports.reduce((sum, p) => sum + drivingShare(p), 0)).toBeCloseTo(1, 12);
  });
  it.each([0.2, -0.6])("mirror-symmetric mismatch %d (6): 2P cos(phi) Re[e^{-i phi}(1 - S21/C21)]", (phi) => {
    const ports = besideLine(phi);
    const { s, incident, work } = driven(ports);
    const c = ports[0]!.background[1]!.re;
    const x = { re: 1 - s[1]!.re / c, im: -s[1]!.im / c };
    expect(relative(2 * incident * Math.cos(phi) * (Math.cos(phi) * x.re + Math.sin(phi) * x.im), work)).toBeLessThan(1e-9);
    const kept = s.reduce((sum, y, j) => sum + ports[0]!.background[j]!.re * y.re + ports[0]!.background[j]!.im * y.im, 0);
    expect(relative(2 * incident * (1 - kept), work)).toBeLessThan(1e-9);
  });
  it("separate ports (7), on resonance: 2P sqrt(k1/k2)|S21|", () => {
    const { s, incident, work } = driven(separatePorts(6e3, 3e3), 0, { ...DRIVE, delta: 0 });
    expect(relative(2 * incident * Math.sqrt(2) * Math.hypot(s[1]!.re, s[1]!.im), work)).toBeLessThan(1e-9);
  });
  it("cold baths, no dephasing, weak drive, no other loss: all that goes in comes out", () => {
    const cold = { ...RATES, gammaNr: 0, gammaPhi: 0, nR: 0, nNr: 0 };
    for (const ports of [endOfLine(), besideLine(), besideLine(0.5), multiport(random(9), 4), separatePorts(6e3, 3e3)]) {
      const { s } = driven(ports, 0, { omega: 0.1, delta: 2e3 }, cold);
      expect(s.reduce((sum, x) => sum + x.re ** 2 + x.im ** 2, 0)).toBeCloseTo(1, 7);
    }
  });
});
