import type { Dataset as Array5, File } from "h5wasm/node";
import { afterAll, describe, expect, it } from "vitest";
import { formatMessages } from "../../src/core/messages/formats.ts";
import { closeHdf5 } from "../../src/importers/hdf5/open.ts";
import { importFile } from "../../src/importers/import-file.ts";
import { NO_HINTS } from "../../src/importers/importer.ts";
import { writeNetcdf3 } from "../../src/importers/netcdf/write.ts";
import { columnOf, columnsOf, type Dataset } from "../../src/tables/dataset.ts";
import { writeHdf5 } from "./hdf5-file.ts";
import { importContent } from "./import-text.ts";
import { datasetsFrom } from "./write-file.ts";

afterAll(closeHdf5);
const values = (d: Dataset | undefined, role: Parameters<typeof columnOf>[1]) => Array.from((d && columnOf(d, role)?.values) ?? []);

function tergiteFile(delays: readonly number[], repeats: number, name = "T1"): Uint8Array {
  const n = delays.length;
  const units = { units: "NA" };
  return writeNetcdf3({
    dimensions: { delaysq16: n, repeatq16: repeats, ReIm: 2 },
    attributes: { name, tuid: "20240826-164721-601" },
    variables: {
      // Element (delay d, repeat r, part c) is 100 d + 10 r + c.
      yq16: {
        dimensions: ["delaysq16", "repeatq16", "ReIm"],
        type: "f8",
        values: delays.flatMap((_, d) => Array.from({ length: repeats }, (_, r) => [100 * d + 10 * r, 100 * d + 10 * r + 1]).flat()),
        attributes: { qubit: "q16", ...units },
      },
      delaysq16: { dimensions: ["delaysq16"], type: "f8", values: delays, attributes: { qubit: "q16", ...units } },
    },
  });
}

describe("tergite", () => {
  it("takes the kind from the file's name where the metadata say nothing, and refuses delays that cannot be seconds", async () => {
    const nameless = await importContent("dataset_T1_0.hdf5", tergiteFile([0, 1e-6], 1, "node"));
    expect(nameless).toMatchObject({ status: "imported", datasets: [{ kind: "decay", kindInferred: false }] });
    const unknown = await importContent("dataset_0.hdf5", tergiteFile([0, 1e-6], 1, "node"));
    expect(unknown).toMatchObject({ status: "imported", datasets: [{ kind: "decay", kindInferred: true }] });
    const echo = await importContent("dataset_0.hdf5", tergiteFile([0, 1e-6], 1, "T2_echo"));
    expect(echo).toMatchObject({ status: "imported", datasets: [{ kind: "other" }] });
    const gap = await importContent("dataset_T1_0.hdf5", tergiteFile([0, Number.NaN, 1e-6], 1));
    expect(gap.status === "imported" && values(gap.datasets[0], "delay")).toEqual([0, Number.NaN, 1e-6]);
    const nanoseconds = await importContent("dataset_T1_0.hdf5", tergiteFile([0, 40, 80], 1));
    expect(nanoseconds).toMatchObject({
      status: "failed",
      place: "dataset_T1_0.hdf5:delaysq16",
      message: formatMessages.implausibleSeconds(80, "NA"),
    });
  });
});

describe("plain xarray files", () => {
  const scale = (file: File, name: string, data: readonly number[], units: string): Array5 => {
    const array = file.create_dataset({ name, data: Float64Array.from(data) });
    array.make_scale(name);
    array.create_attribute("units", units);
    return file.get(name) as Array5;
  };
  const build = (title: string) => (file: File) => {
    file.create_attribute("title", title);
    scale(file, "delay", [0, 1, 2], "us");
    scale(file, "flux", [0.1, 0.2], "mV");
    for (const [k, name] of ["I", "Q"].entries()) {
      const y = file.create_dataset({ name, data: Float64Array.from({ length: 6 }, (_, n) => 10 * n + k), shape: [2, 3] });
      y.create_attribute("units", "mV");
      y.attach_scale(0, "/flux");
      y.attach_scale(1, "/delay");
    }
  };

  it("reads variables along a delay coordinate; another coordinate was swept", async () => {
    const result = await importFile(await writeHdf5(build("T1 of q3 against flux")), "x.nc", NO_HINTS);
    expect(result).toMatchObject({ status: "imported", importer: "xarray" });
    const all = result.status === "imported" ? result.datasets : [];
    expect(all.map((d) => [d.kind, d.kindInferred, d.labels.qubit, d.axis, d.conditions[0]?.value])).toEqual([
      ["decay", false, "q3", "swept", expect.closeTo(1e-4, 12)],
      ["decay", false, "q3", "swept", expect.closeTo(2e-4, 12)],
    ]);
    expect(values(all[1], "i")).toEqual([0.03, 0.04, 0.05].map((x) => expect.closeTo(x, 12)));
    expect(values(all[1], "delay")).toEqual([0, 1e-6, 2e-6].map((x) => expect.closeTo(x, 15)));
    expect(columnsOf(all[0]!).map((c) => c.unit)).toEqual(["s", "V", "V"]);
  });

  it("undoes packing and missing values of a classic file", async () => {
    const bytes = writeNetcdf3({
      version: 1,
      dimensions: { delay: 3 },
      attributes: { title: "q1 T1" },
      variables: {
        delay: { dimensions: ["delay"], type: "i2", values: [0, 5, 10], attributes: { units: "us" } },
        p1: {
          dimensions: ["delay"],
          type: "i2",
          values: [900, -1, 100],
          attributes: { units: "1", scale_factor: 0.001, _FillValue: -1 },
        },
      },
    });
    const result = await importContent("x.nc", bytes);
    const [d] = result.status === "imported" ? result.datasets : [];
    expect([d?.kind, values(d, "population")]).toEqual(["decay", [expect.closeTo(0.9, 12), Number.NaN, expect.closeTo(0.1, 12)]]);
  });

  it.each([
    ["#152_05_T1_095214", "decay"],
    ["#153_06_ramsey_100000", "other"],
  ])("takes the kind of QUAlibrate's ds_raw.h5 from its folder %s: %s", async (folder, kind) => {
    const bytes = writeNetcdf3({
      dimensions: { idle_time: 2 },
      variables: {
        idle_time: { dimensions: ["idle_time"], type: "f8", values: [16, 416], attributes: { units: "ns" } },
        I: { dimensions: ["idle_time"], type: "f8", values: [2, 1], attributes: { units: "V" } },
        Q: { dimensions: ["idle_time"], type: "f8", values: [0, 3], attributes: { units: "V" } },
      },
    });
    const [d] = await datasetsFrom("xarray", { "ds_raw.h5": bytes }, NO_HINTS, folder);
    expect([d?.kind, d?.kindInferred, values(d, "delay")]).toEqual([kind, false, [1.6e-8, 4.16e-7]]);
  });

  it("counts single shots of a variable without unit", async () => {
    const bytes = writeNetcdf3({
      dimensions: { shot: 3, delay: 2 },
      attributes: { title: "T1 q1" },
      variables: {
        delay: { dimensions: ["delay"], type: "f8", values: [0, 5], attributes: { units: "us" } },
        state: { dimensions: ["shot", "delay"], type: "i1", values: [1, 0, 1, 1, 1, 0] },
      },
    });
    const result = await importContent("x.nc", bytes);
    const [d, ...more] = result.status === "imported" ? result.datasets : [];
    expect([more, d?.noise, values(d, "population"), values(d, "shots")]).toEqual([
      [],
      { type: "binomial", shots: "column" },
      [1, expect.closeTo(1 / 3, 15)],
      [3, 3],
    ]);
  });

  it("lists a netCDF file that is no measurement, and fails one that is damaged", async () => {
    const weather = writeNetcdf3({
      version: 1,
      dimensions: { lat: 2 },
      variables: { rain: { dimensions: ["lat"], type: "f4", values: [1, 2], attributes: { units: "mm" } } },
    });
    expect(await importContent("rain.nc", weather)).toMatchObject({ status: "unrecognised", message: formatMessages.noVariables() });
    expect(await importContent("rain.nc", weather.subarray(0, 60))).toMatchObject({ status: "failed", importer: "xarray" });
  });
});
