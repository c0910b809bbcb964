import { readFileSync } from "node:fs";
import type { Dataset as Array5, File } from "h5wasm/node";
import { writeNetcdf3 } from "../../../src/importers/netcdf/write.ts";
import { quantifyFile } from "../../../src/simulate/writers/quantify.ts";
import { COMPLEX, ddh5File } from "../ddh5-writer.ts";
import { writeHdf5, writeLabber } from "../hdf5-file.ts";
import { chestFile, qkitFile, vaultFile } from "../labrad-qkit-writer.ts";
import { pycqedFile } from "../pycqed-writer.ts";
import { type Seed, utf8 } from "./seed.ts";

const RAMP = Array.from({ length: 24 }, (_, k) => k / 2);
const DECAY = RAMP.map((t) => Math.exp(-t / 7));
const DELAY = { name: "delay", unit: "us", values: RAMP };

/** The HDF5 families and netCDF. A damaged HDF5 file costs its thread: fewer of them. */
export async function hdf5Seeds(): Promise<readonly Seed[]> {
  const hdf5 = { weight: 0.1 };
  const written = async (build: (file: File) => void) => new Uint8Array(readFileSync(await writeHdf5(build)));
  const labber = await writeLabber({
    steps: [
      { name: "Sequence duration", unit: "s", length: 20 },
      { name: "Repetition", length: 3 },
    ],
    logged: [{ name: "Voltage, QB1", unit: "V", complex: true }],
    logName: "T1",
    value: (name, [p = 0, r = 0]) => (name === "Sequence duration" ? p * 1e-6 : name === "Repetition" ? r : Math.exp(-p / 7)),
  });
  const signals = {
    values: [{ name: "raw w0", unit: "V", values: DECAY }],
    sweeps: [{ name: "Time", unit: "s", values: RAMP.map((t) => t * 1e-6) }],
  };
  const fields = {
    delay: { shape: [24], items: RAMP, unit: "us" },
    signal: { type: COMPLEX, shape: [24], items: DECAY.map((x) => [x, -x] as const), axes: ["delay"] },
  };
  const voltages = DECAY.map((re) => ({ re, im: -re }));
  return [
    { importer: "labber", title: "complex, repeated", file: "T1_q0.hdf5", bytes: readFileSync(labber), ...hdf5 },
    {
      importer: "pycqed",
      title: "T1",
      file: "152324_T1_QL.hdf5",
      bytes: pycqedFile({ measurement: "T1_QL", ...signals, corrected: DECAY }),
      ...hdf5,
    },
    {
      importer: "ddh5",
      title: "with tags",
      file: "data.ddh5",
      bytes: ddh5File({ fields }),
      beside: { "__complete__.tag": utf8(""), "__star__.tag": utf8("x") },
      ...hdf5,
    },
    {
      importer: "labrad",
      title: "dataChest",
      file: "a_T1.hdf5",
      bytes: chestFile({ independents: [DELAY], dependents: [{ name: "V", unit: "V", values: DECAY }] }),
      ...hdf5,
    },
    {
      importer: "labrad",
      title: "data vault",
      file: "00001 - T1.hdf5",
      bytes: vaultFile("T1", [DELAY], [{ name: "V", legend: "V", unit: "V", values: DECAY }]),
      ...hdf5,
    },
    {
      importer: "qkit",
      title: "one signal",
      file: "S3GQ1A_T1.h5",
      bytes: qkitFile({ delay: { unit: "us", shape: [24], items: RAMP }, v: { unit: "V", shape: [24], items: DECAY, over: ["delay"] } }),
      ...hdf5,
    },
    {
      importer: "quantify",
      title: "contiguous",
      file: "dataset.hdf5",
      bytes: quantifyFile("T1 q0", "20210827-174946-357-70a986", RAMP, voltages),
      ...hdf5,
    },
    { importer: "quantify", title: "chunked and deflated", file: "dataset.hdf5", bytes: await written(quantifyChunked), ...hdf5 },
    { importer: "xarray", title: "netCDF-4", file: "x.nc", bytes: await written(netcdf4), ...hdf5 },
    { importer: "xarray", title: "classic", file: "y.nc", bytes: classic() },
    { importer: "tergite", title: "classic", file: "dataset_0.hdf5", bytes: tergite() },
    { importer: "matlab", title: "version 7.3", file: "t1.mat", bytes: mat73(await written(matlabArrays)), ...hdf5 },
    {
      importer: "hdf5",
      title: "named by the lab file",
      file: "x.h5",
      bytes: await written((file) => {
        file.create_dataset({ name: "t", data: Float64Array.from(RAMP) });
        file.create_group("g").create_dataset({ name: "p", data: Float64Array.from(DECAY) });
      }),
      hints: { kind: "decay", columns: { delay: "/t [us]", population: "/g/p" } },
      ...hdf5,
    },
  ];
}

function quantifyChunked(file: File): void {
  file.create_attribute("tuid", "20210827-174946-357-70a986");
  file.create_attribute("name", "T1 q0");
  for (const [id, name, units] of [
    ["x0", "tau", "s"],
    ["y0", "I", "V"],
    ["y1", "Q", "V"],
  ] as const) {
    const array = file.create_dataset({ name: id, data: Float64Array.from(RAMP, (t) => t * 1e-6), chunks: [24], compression: 4 });
    array.create_attribute("name", name);
    array.create_attribute("long_name", name);
    array.create_attribute("units", units);
  }
}

function netcdf4(file: File): void {
  file.create_attribute("title", "T1 of q3 against flux");
  for (const [name, data, units] of [
    ["delay", RAMP, "us"],
    ["flux", [0.1, 0.2], "mV"],
  ] as const) {
    const array: Array5 = file.create_dataset({ name, data: Float64Array.from(data) });
    array.make_scale(name);
    array.create_attribute("units", units);
  }
  for (const name of ["I", "Q"]) {
    const signal = file.create_dataset({ name, data: Float64Array.from([...DECAY, ...DECAY]), shape: [2, 24] });
    signal.create_attribute("units", "mV");
    signal.attach_scale(0, "/flux");
    signal.attach_scale(1, "/delay");
  }
}

const classic = () =>
  writeNetcdf3({
    version: 1,
    dimensions: { delay: 3 },
    attributes: { title: "q1 T1" },
    variables: {
      delay: { dimensions: ["delay"], type: "i2", values: [0, 5, 10], attributes: { units: "us" } },
      p1: { dimensions: ["delay"], type: "i2", values: [900, -1, 100], attributes: { units: "1", scale_factor: 0.001, _FillValue: -1 } },
    },
  });

const tergite = () =>
  writeNetcdf3({
    dimensions: { delaysq16: 3, repeatq16: 2, ReIm: 2 },
    attributes: { name: "T1", tuid: "20240826-164721-601" },
    variables: {
      yq16: {
        dimensions: ["delaysq16", "repeatq16", "ReIm"],
        type: "f8",
        values: Array.from({ length: 12 }, (_, k) => k / 10),
        attributes: { qubit: "q16", units: "NA" },
      },
      delaysq16: { dimensions: ["delaysq16"], type: "f8", values: [8e-9, 6e-6, 1.2e-5], attributes: { qubit: "q16", units: "NA" } },
    },
  });

function matlabArrays(file: File): void {
  for (const [name, data] of [
    ["delay_us", RAMP],
    ["p1", DECAY],
  ] as const)
    file.create_dataset({ name, data: Float64Array.from(data), shape: [data.length, 1] }).create_attribute("MATLAB_class", "double");
}

/** HDF5 behind the 512 bytes of header that MATLAB puts in front. */
function mat73(hdf5: Uint8Array): Uint8Array {
  const block = new Uint8Array(512).fill(0x20, 0, 116);
  block.set(utf8("MATLAB 7.3 MAT-file, Platform: GLNXA64, Created on: Tue Jun  7 11:55:33 2016 HDF5 schema 1.00 ."));
  block.set([0, 2, 0x49, 0x4d], 124);
  return new Uint8Array(Buffer.concat([block, hdf5]));
}
