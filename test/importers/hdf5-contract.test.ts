import { readFileSync } from "node:fs";
import { afterAll, describe, expect, it } from "vitest";
import { hdf5Messages } from "../../src/core/messages/hdf5.ts";
import { closeHdf5 } from "../../src/importers/hdf5/open.ts";
import { NO_HINTS } from "../../src/importers/importer.ts";
import { quantifyFile } from "../../src/simulate/writers/quantify.ts";
import { columnOf } from "../../src/tables/dataset.ts";
import { COMPLEX, ddh5File } from "./ddh5-writer.ts";
import { writeLabber } from "./hdf5-file.ts";
import { values } from "./import-text.ts";
import { chestFile, qkitFile, vaultFile } from "./labrad-qkit-writer.ts";
import { pycqedFile } from "./pycqed-writer.ts";
import { datasetsFrom, importFrom } from "./write-file.ts";

afterAll(closeHdf5);

const ramp = Array.from({ length: 24 }, (_, k) => k / 1024);
const delay = { name: "delay", unit: "us", values: ramp };

/** A T1 of one trace in every HDF5 layout: importer, file name, bytes. All stored numbers are exact in float32. */
const LAYOUTS: Readonly<
  Record<string, readonly [importer: string, name: string, build: (signal: readonly number[]) => Uint8Array | Promise<Uint8Array>]>
> = {
  PycQED: [
    "pycqed",
    "152324_T1_QL.hdf5",
    (v) =>
      pycqedFile({
        measurement: "T1_QL",
        sweeps: [{ ...delay, name: "Time" }],
        values: [{ name: "raw w0", unit: "V", values: v }],
      }),
  ],
  ddh5: [
    "ddh5",
    "data.ddh5",
    (v) =>
      ddh5File({
        fields: {
          delay: { shape: [24], items: ramp, unit: "us" },
          signal: { type: COMPLEX, shape: [24], items: v.map((x) => [x, 0] as const), axes: ["delay"], unit: "V" },
        },
      }),
  ],
  dataChest: ["labrad", "a_T1.hdf5", (v) => chestFile({ independents: [delay], dependents: [{ name: "V", unit: "V", values: v }] })],
  "data vault": ["labrad", "00001 - T1.hdf5", (v) => vaultFile("T1", [delay], [{ name: "V", legend: "V", unit: "V", values: v }])],
  qkit: [
    "qkit",
    "S3GQ1A_T1.h5",
    (v) => qkitFile({ delay: { unit: "us", shape: [24], items: ramp }, v: { unit: "V", shape: [24], items: v, over: ["delay"] } }),
  ],
  quantify: [
    "quantify",
    "dataset.hdf5",
    (v) =>
      quantifyFile(
        "T1 q0",
        "20210827-174946-357-70a986",
        ramp,
        v.map((re) => ({ re, im: 0 })),
      ),
  ],
  Labber: [
    "labber",
    "T1_q0.hdf5",
    async (v) =>
      readFileSync(
        await writeLabber({
          logName: "T1 q0",
          steps: [{ name: "Sequence duration", unit: "us", length: 24 }],
          logged: [{ name: "Voltage, QB1", unit: "V" }],
          value: (name, [p = 0]) => (name === "Sequence duration" ? ramp[p]! : v[p]!),
        }),
      ),
  ],
};

const signal = ramp.map((_, k) => 1 - k / 64);

describe.each(Object.entries(LAYOUTS))("every HDF5 layout: %s", (_, [importer, name, build]) => {
  it("gives the numbers that were written, as a stated T1", async () => {
    const [d, ...others] = await datasetsFrom(importer, { [name]: await build(signal) });
    expect(others).toEqual([]);
    expect([d?.kind, d?.kindInferred, d?.axis]).toEqual(["decay", false, "single"]);
    const role = columnOf(d!, "i") === undefined ? "voltage" : "i";
    expect(values(d!, role)).toEqual(signal);
    // The others state us; quantify's delays are in s.
    const scale = importer === "quantify" ? 1 : 1e-6;
    expect(values(d!, "delay")[7]! / scale).toBeCloseTo(ramp[7]!, 12);
  });

  it("has one id for equal numbers in different bytes, another for another number", async () => {
    const bytes = await build(signal);
    const idOf = async (content: Uint8Array) => (await datasetsFrom(importer, { [name]: content }, NO_HINTS))[0]?.id;
    const padded = new Uint8Array(bytes.length + 64);
    padded.set(bytes);
    const id = await idOf(bytes);
    expect(await idOf(padded)).toBe(id);
    expect(await idOf(await build(signal.map((x, k) => (k === 5 ? x + 1 / 1024 : x))))).not.toBe(id);
  });

  it("says that it was cut off", async () => {
    const bytes = await build(signal);
    const cut = { [name]: bytes.slice(0, bytes.length - 40) };
    expect(await importFrom(cut)).toMatchObject({
      status: "failed",
      place: `cd1/run/${name}`,
      message: hdf5Messages.truncated(bytes.length - 40, bytes.length),
    });
  });
});
