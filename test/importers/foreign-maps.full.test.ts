import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { quantity } from "../../src/core/quantity.ts";
import { closeHdf5 } from "../../src/importers/hdf5/open.ts";
import { importFile } from "../../src/importers/import-file.ts";
import type { Hints } from "../../src/importers/importer.ts";
import { columnOf } from "../../src/tables/dataset.ts";

/** Writes maps with tifffile, Pillow and xarray, and the numbers that each file should give. */
const PYTHON = `
import json, sys
import numpy as np, tifffile, xarray
from PIL import Image
folder = sys.argv[1] + "/"
rng = np.random.default_rng(1)
expected = {}
def put(name, array): expected[name] = np.asarray(array, dtype=float).ravel().tolist()
for dtype in ["uint8", "int8", "uint16", "int16", "uint32", "int32", "float32", "float64"]:
    whole = not dtype.startswith("f")
    a = rng.integers(np.iinfo(dtype).min, np.iinfo(dtype).max, size=(3, 37, 45), dtype=dtype) if whole else rng.normal(size=(3, 37, 45)).astype(dtype)
    for order in "<>":
        for compression in [None, "zlib"]:
            for predictor in [False, True] if compression and whole else [False]:
                for tile in [None, (16, 16)]:
                    for big in [False, True]:
                        name = f"{dtype}{'le' if order == '<' else 'be'}-{compression}-{predictor}-{'tiles' if tile else 'strips'}-{big}.tif"
                        tifffile.imwrite(folder + name, a, byteorder=order, compression=compression, predictor=predictor, tile=tile, bigtiff=big, photometric="minisblack", rowsperstrip=None if tile else 7, metadata=None)
                        put(name, a)
stack = rng.integers(0, 60000, size=(4, 9, 11)).astype(np.uint16)
tifffile.imwrite(folder + "imagej.tif", stack, imagej=True, resolution=(2, 2), metadata={"unit": "um", "finterval": 0.1, "axes": "TYX"})
tifffile.imwrite(folder + "imagej-contiguous.tif", stack, imagej=True, truncate=True, metadata={"axes": "TYX"})
tifffile.imwrite(folder + "ome.tif", stack, ome=True, metadata={"axes": "TYX", "PhysicalSizeX": 0.5, "PhysicalSizeXUnit": "µm", "PhysicalSizeY": 0.5, "PhysicalSizeYUnit": "µm", "TimeIncrement": 100, "TimeIncrementUnit": "ms"})
tifffile.imwrite(folder + "shaped.tif", stack, photometric="minisblack", truncate=True)
for name in ["imagej.tif", "imagej-contiguous.tif", "ome.tif", "shaped.tif"]: put(name, stack)
for method in ["tiff_lzw", "packbits", "tiff_adobe_deflate"]:
    for dtype in [np.uint8, np.uint16, np.float32, np.int32]:
        a = (np.add.outer(np.arange(200), np.arange(150)) * 3 % 251).astype(dtype)
        a[20:60, 30:90] = 7
        name = f"pillow-{method}-{np.dtype(dtype).name}.tif"
        Image.fromarray(a).save(folder + name, compression=method)
        put(name, a)
noise = rng.integers(0, 65535, size=(300, 200)).astype(np.uint16)
for name in ["pillow-noise.tif", "pillow-noise.png"]:
    Image.fromarray(noise).save(folder + name, **({"compression": "tiff_lzw"} if name.endswith("tif") else {}))
    put(name, noise)
smooth = (np.add.outer(np.arange(70) ** 2, np.arange(50) * 3) % 251).astype(np.uint8)
Image.fromarray(smooth).save(folder + "pillow-smooth.png"); put("pillow-smooth.png", smooth)
u = rng.normal(size=(4, 4, 4))
data = xarray.Dataset({"energy": (("t", "y", "x"), u, {"units": "J/m^2"})}, coords={n: (n, np.arange(4.0), {"units": s}) for n, s in [("t", "s"), ("y", "um"), ("x", "um")]})
data.to_netcdf(folder + "xarray4.nc"); data.to_netcdf(folder + "xarray3.nc", format="NETCDF3_64BIT")
put("xarray4.nc", u); put("xarray3.nc", u)
json.dump(expected, open(folder + "expected.json", "w"))
`;

const python = "/usr/bin/python3";
const able = spawnSync(python, ["-c", "import numpy, tifffile, xarray, netCDF4, PIL"]).status === 0;
const stated: Hints = { kind: "field", map: { pixel: [1e-6, 1e-6], frame: 1, count: quantity(1, "J/m^2") } };

describe.skipIf(!able)("maps written by tifffile, Pillow and xarray (skipped where python3 or one of them is absent)", () => {
  const folder = mkdtempSync(join(tmpdir(), "gammawatt-foreign-maps-"));
  let expected: Record<string, number[]> = {};

  beforeAll(() => {
    execFileSync(python, ["-c", PYTHON, folder]);
    expected = JSON.parse(readFileSync(join(folder, "expected.json"), "utf8"));
  });
  afterAll(closeHdf5);

  it("come back number by number", async () => {
    expect(Object.keys(expected).length).toBeGreaterThan(150);
    for (const [name, numbers] of Object.entries(expected)) {
      const result = await importFile(join(folder, name), name, name.endsWith(".nc") ? {} : stated);
      const u = result.status === "imported" ? columnOf(result.datasets[0]!, "u") : undefined;
      expect([name, u && Array.from(u.values)]).toEqual([name, numbers]);
    }
  }, 120_000);

  it("have the scale that ImageJ and OME-XML state", async () => {
    for (const name of ["imagej.tif", "ome.tif"]) {
      const result = await importFile(join(folder, name), name, { kind: "field", map: { count: quantity(1, "J/m^2") } });
      if (result.status !== "imported") throw new Error(result.message);
      const [d] = result.datasets;
      expect([columnOf(d!, "x")?.values[0], columnOf(d!, "time")?.values[99]]).toEqual([0.25e-6, 0.1]);
    }
  });
});
