import { describe, expect, it } from "vitest";
import { failedCodes } from "../../src/core/check.ts";
import { beside, endOfLine, type NetworkLab, networkLab, threePorts, twoPorts } from "./network-lab.ts";

const GR = 8000;
const turned = { re: 0.6 * Math.cos(1), im: 0.6 * Math.sin(1) };
const CASES: readonly (readonly [string, string, NetworkLab])[] = [
  ["1 reflection", "complex_s", { network: endOfLine(GR), geometry: "reflection", ports: ["11"], gr: GR }],
  [
    "1 reflection, engineering sign",
    "complex_s",
    { network: endOfLine(GR), geometry: "reflection", ports: ["11"], gr: GR, engineering: true },
  ],
  ["4 two-sided, S21", "complex_s", { network: beside(GR), geometry: "two-sided", ports: ["21"], gr: GR }],
  ["4 two-sided, S21 and S11", "complex_s", { network: beside(GR), geometry: "two-sided", ports: ["11", "21"], gr: GR }],
  [
    "4 two-sided, S11 over a through",
    "complex_s",
    { network: beside(GR), geometry: "two-sided", ports: ["11"], gr: GR, reference: "through" },
  ],
  [
    "5 multiport, whole matrix, unequal chains",
    "complex_s",
    {
      network: threePorts(GR, 4),
      geometry: "multiport",
      ports: ["11", "21", "31"],
      gr: GR,
      referencePorts: ["11", "12", "13", "21", "22", "23", "31", "32", "33"],
      chain: [turned, { re: 0.9, im: 0 }, { re: 0, im: 0.3 }],
    },
  ],
  [
    "5 multiport, calibrated column",
    "complex_s",
    { network: threePorts(GR, 5), geometry: "multiport", ports: ["11", "21", "31"], gr: GR, engineering: true },
  ],
  ["6 hanger, matched", "complex_s", { network: beside(GR), geometry: "hanger", ports: ["21"], gr: GR }],
  ["6 hanger, mismatched", "complex_s", { network: beside(GR, 0.4), geometry: "hanger", ports: ["21"], gr: GR }],
  [
    "6 hanger, mismatched, S11 too, engineering sign",
    "complex_s",
    {
      network: beside(GR, -0.5),
      geometry: "hanger",
      ports: ["11", "21", "12", "22"],
      gr: GR,
      engineering: true,
    },
  ],
  [
    "7 separate ports, stated gain",
    "separate_ports",
    { network: twoPorts(2000, 6000), geometry: "separate-ports", ports: ["21"], gr: GR, gainDb: 60, reference: "none" },
  ],
  [
    "7 separate ports, through",
    "separate_ports",
    { network: twoPorts(2000, 6000), geometry: "separate-ports", ports: ["21"], gr: GR, reference: "through", engineering: true },
  ],
];

describe("recovered G1tot of every port geometry without noise, 10^-6, on and off resonance (exact scattering of network-lab.ts)", () => {
  it.each(CASES)("%s", (_name, estimator, options) => {
    const lab = networkLab({ ...options, drivenAt: [-1.2, 0, 0.6] });
    const e = lab.find("gamma1_total", estimator);
    expect(e.value / lab.truth.gamma1_total - 1, e.remark).toBeCloseTo(0, 6);
    expect(e.remark).toContain(`Estimator ${_name[0]}`);
    expect(failedCodes(e.checks).filter((code) => code !== "mismatch_fitted")).toEqual([]);
  });
});
