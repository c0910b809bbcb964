import { spawnSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { writeCiti } from "../../src/importers/citi/write.ts";
import { writeNetcdf3 } from "../../src/importers/netcdf/write.ts";
import type { Complex } from "../../src/importers/network/complex.ts";
import { writeNpy, writeNpz } from "../../src/importers/numpy/write.ts";
import { writeTouchstone } from "../../src/importers/touchstone/write.ts";

const PYTHON = "/usr/bin/python3";
const hasModules = (...names: string[]) => spawnSync(PYTHON, ["-c", `import ${names.join(", ")}`]).status === 0;

/** What Python prints as JSON in a folder of these files. */
function inPython(files: Readonly<Record<string, string | Uint8Array>>, script: string): unknown {
  const folder = mkdtempSync(join(tmpdir(), "gammawatt-python-"));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  const run = spawnSync(PYTHON, ["-c", `import json, os\nos.chdir(${JSON.stringify(folder)})\n${script}`], { encoding: "utf8" });
  if (run.status !== 0) throw new Error(run.stderr);
  return JSON.parse(run.stdout);
}

const frequency = [1e9, 2.5e9];
const matricesOf = (ports: number) =>
  frequency.map((_, k) => Array.from({ length: ports ** 2 }, (_cell, c): Complex => [0.1 + 0.03 * c + 0.01 * k, -0.2 + 0.05 * c]));

describe.skipIf(!hasModules("skrf"))("scikit-rf (skipped: not installed)", () => {
  it("reads the same S of 1 to 6 ports from both versions, and Z of version 2", () => {
    const files: Record<string, string> = {};
    const expected: Record<string, readonly (readonly Complex[])[]> = {};
    // scikit-rf multiplies Y, H and G of version 1 by R, where the specification divides Y, H22 and G11, and multiplies G22 and H11 only.
    for (const ports of [1, 2, 3, 4, 6])
      for (const version of ["1.1", "2.0"] as const)
        for (const format of ["RI", "MA", "DB"] as const)
          for (const parameter of version === "2.0" ? (["S", "Z", "Y"] as const) : (["S", "Z"] as const)) {
            const name = `${parameter}_${format}_${version[0]}.s${ports}p`;
            files[name] = writeTouchstone({ parameter, frequency, matrices: matricesOf(ports) }, { version, format, unit: "GHz" });
            expected[name] = matricesOf(ports);
          }
    const script = `
import skrf, glob
def read(name):
    n = skrf.Network(name)
    m = {"S": n.s, "Z": n.z, "Y": n.y}[name[0]]
    return [[[x.real, x.imag] for x in point.ravel()] for point in m]
print(json.dumps({name: read(name) for name in glob.glob("*.s?p")}))`;
    const found = inPython(files, script) as typeof expected;
    expect(Object.keys(found).sort()).toEqual(Object.keys(expected).sort());
    for (const [name, matrices] of Object.entries(expected))
      matrices.flat(2).forEach((x, i) => {
        expect(Math.abs(found[name]!.flat(2)[i]! - x), name).toBeLessThan(1e-10);
      });
  });

  it("reads noise parameters, and S out of a CITIfile", () => {
    const noise = [{ frequency: 1e9, minimumFigure: 0.5, optimum: [0, 0.25] as const, resistance: 20 }];
    const data = [0, 1, 2, 3].map((c) => ({
      name: `S[${Math.floor(c / 2) + 1},${(c % 2) + 1}]`,
      values: matricesOf(2).map((matrix) => matrix[c]!),
    }));
    const files = {
      "n.s2p": writeTouchstone({ frequency, matrices: matricesOf(2), noise }),
      "a.cti": writeCiti([{ name: "DATA", variables: [{ name: "FREQ", values: frequency }], data }]),
    };
    const script = `
import skrf
n = skrf.Network("n.s2p")
c = skrf.io.Citi("a.cti").networks[0]
print(json.dumps([list(n.noise_freq.f), list(n.rn), [[x.real, x.imag] for x in c.s[1].ravel()]]))`;
    expect(inPython(files, script)).toEqual([[1e9], [20], matricesOf(2)[1]]);
  });
});

describe.skipIf(!hasModules("numpy"))("NumPy (skipped: not installed)", () => {
  it("reads the same arrays, stored, deflated and with zip64", () => {
    const arrays = { "δ/a": writeNpy([1, 2, 3, 5e-324], [2, 2]), c: writeNpy([1, 2], [2], [3, -0]), one: writeNpy([5], []) };
    const files = { "a.npz": writeNpz(arrays), "b.npz": writeNpz(arrays, { deflate: true, zip64: true }) };
    const script = `
import numpy as np
def plain(x): return [x.real.tolist(), x.imag.tolist()] if x.dtype.kind == "c" else x.tolist()
print(json.dumps([{k: plain(z[k]) for k in z.files} for z in map(np.load, ["a.npz", "b.npz"])]))`;
    const expected = {
      "δ/a": [
        [1, 2],
        [3, 5e-324],
      ],
      c: [
        [1, 2],
        [3, -0],
      ],
      one: 5,
    };
    expect(inPython(files, script)).toEqual([expected, expected]);
  });
});

describe.skipIf(!hasModules("netCDF4"))("netCDF4 (skipped: not installed)", () => {
  it("reads the same variables from all three versions, one or several with records", () => {
    const content = (version: 1 | 2 | 5) =>
      writeNetcdf3({
        version,
        dimensions: { x: 3, t: "unlimited" },
        attributes: { title: "Ω", n: 4 },
        variables: {
          a: { type: "f8", dimensions: ["x"], values: [1, 2, 5e-324], attributes: { units: "s", _FillValue: -1 } },
          b: { type: "i2", dimensions: ["t", "x"], values: [1, 2, 3, 4, 5, -6] },
          c: { type: "f4", dimensions: ["t"], values: [0.5, 1] },
        },
      });
    const lone = writeNetcdf3({
      version: 1,
      dimensions: { t: "unlimited" },
      variables: { b: { type: "i2", dimensions: ["t"], values: [1, 2, 3] } },
    });
    const files = { "1.nc": content(1), "2.nc": content(2), "5.nc": content(5), "l.nc": lone };
    const script = `
import netCDF4
def read(name):
    n = netCDF4.Dataset(name)
    return [{k: n.getncattr(k) for k in n.ncattrs()}, {k: v[:].tolist() for k, v in n.variables.items()}, n.variables["b"].dimensions]
print(json.dumps([read(n) for n in ["1.nc", "2.nc", "5.nc", "l.nc"]], default=float))`;
    const full = [
      { title: "Ω", n: 4 },
      {
        a: [1, 2, 5e-324],
        b: [
          [1, 2, 3],
          [4, 5, -6],
        ],
        c: [0.5, 1],
      },
      ["t", "x"],
    ];
    expect(inPython(files, script)).toEqual([full, full, full, [{}, { b: [1, 2, 3] }, ["t"]]]);
  });
});
