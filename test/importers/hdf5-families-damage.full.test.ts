import { writeFileSync } from "node:fs";
import { afterAll, describe, expect, it } from "vitest";
import { hdf5Messages } from "../../src/core/messages/hdf5.ts";
import { closeHdf5 } from "../../src/importers/hdf5/open.ts";
import { COMPLEX, ddh5File } from "./ddh5-writer.ts";
import { temporaryPath } from "./hdf5-file.ts";
import { chestFile, qkitFile, vaultFile } from "./labrad-qkit-writer.ts";
import { importDamaged } from "./mutation.ts";
import { pycqedFile } from "./pycqed-writer.ts";
import { importFrom } from "./write-file.ts";

afterAll(closeHdf5);

const ramp = Array.from({ length: 24 }, (_, k) => k);
const decay = ramp.map((k) => Math.exp(-k / 7));
const delay = { name: "delay", unit: "us", values: ramp };

const FILES: Readonly<Record<string, Uint8Array>> = {
  pycqed: pycqedFile({
    measurement: "T1_QL",
    sweeps: [{ name: "Time", unit: "s", values: ramp }],
    values: [{ name: "raw w0", unit: "V", values: decay }],
    corrected: decay,
    fit: { tau: 7, sigma: 0.1, as: "numbers", offset: "free" },
  }),
  ddh5: ddh5File({
    fields: {
      delay: { shape: [24], items: ramp, unit: "us" },
      signal: { type: COMPLEX, shape: [24], items: decay.map((x) => [x, -x] as const), axes: ["delay"] },
    },
  }),
  dataChest: chestFile({ independents: [delay], dependents: [{ name: "V", unit: "V", values: decay }] }),
  "data vault": vaultFile("T1", [delay], [{ name: "V", legend: "V", unit: "V", values: decay }]),
  qkit: qkitFile({
    delay: { unit: "us", shape: [24], items: ramp },
    v: { unit: "V", shape: [24], items: decay, over: ["delay"] },
  }),
};

describe("damaged files of the HDF5 families", () => {
  it.each(Object.keys(FILES))("%s ends as datasets or as a named failure, never otherwise", { timeout: 120_000 }, async (name) => {
    const path = temporaryPath(`${name}.hdf5`);
    writeFileSync(path, FILES[name]!);
    const ends = await importDamaged(path, 20, 31);
    expect(ends.failed! + ends.unrecognised!).toBeGreaterThan(2);
  });

  it.each(Object.keys(FILES))("%s says that it was cut off", async (name) => {
    const bytes = FILES[name]!;
    expect(await importFrom({ "a.hdf5": bytes.slice(0, bytes.length - 40) })).toMatchObject({
      status: "failed",
      place: "cd1/run/a.hdf5",
      message: hdf5Messages.truncated(bytes.length - 40, bytes.length),
    });
  });
});
