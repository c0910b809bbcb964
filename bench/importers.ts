import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openHdf5 } from "../src/importers/hdf5/open.ts";
import { importFile } from "../src/importers/import-file.ts";
import { discover } from "../src/lab/discover.ts";
import { simulateTo } from "../src/simulate/lab-folder.ts";
import { hdf5File, row } from "../src/simulate/writers/hdf5/file.ts";
import { F64 } from "../src/simulate/writers/hdf5/types.ts";
import { manyFilesBench } from "./many-files.ts";
import { textBench } from "./text-files.ts";

/** Import speed: long text files, many small files, and each binary format of the simulated lab. */
export async function importBench(): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), "gammawatt-bench-"));
  try {
    const lines = await textBench(folder);
    lines.push(...(await manyFilesBench(folder)));
    lines.push(...(await hdf5Speed(join(folder, "contiguous.h5"))));
    await simulateTo(join(folder, "lab"), { seed: 1 });
    const { files } = await discover(join(folder, "lab"), { skip: [] });
    // The simulated lab's Labber log, tergite netCDF-3 and quantify netCDF-4.
    for (const name of [/\/T1_.*\.hdf5$/, /\/dataset_T1_/, /\/dataset\.hdf5$/]) {
      const file = files.filter((f) => name.test(f.path)).sort((a, b) => b.bytes - a.bytes)[0];
      if (file) lines.push(await speed(file.absolute, file.path, 20));
    }
    return lines;
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Two contiguous arrays of 50 MB: read from the worker, and imported through the lab file's paths (both hashes included). */
async function hdf5Speed(path: string): Promise<string[]> {
  const points = 6_250_000;
  const ramp = Float64Array.from({ length: points }, (_, k) => k * 1e-9);
  const children = {
    t: row(F64, ramp),
    p: row(
      F64,
      ramp.map((t) => Math.exp(-t / 1e-3)),
    ),
  };
  await writeFile(path, hdf5File({ children }));
  const read = async () => {
    const reader = await openHdf5(path);
    return [await reader.numbers("/t"), await reader.numbers("/p")];
  };
  const imported = () => importFile(path, "contiguous.h5", { kind: "decay", columns: { delay: "/t [s]", population: "/p" } });
  return [await best("read HDF5 (goal: under 0.3 s)", read), await best("import HDF5, hashes of file and dataset included", imported)];
}

/** The shortest of a few runs: the first one starts the thread. */
async function best(what: string, work: () => Promise<unknown>): Promise<string> {
  let shortest = Number.POSITIVE_INFINITY;
  for (let run = 0; run < 5; run++) {
    const started = performance.now();
    await work();
    shortest = Math.min(shortest, performance.now() - started);
  }
  return `${what}: 100 MB contiguous in ${(shortest / 1000).toFixed(3)} s`;
}

async function speed(path: string, name: string, times: number): Promise<string> {
  await importFile(path, name, {});
  const started = performance.now();
  let importer = "";
  for (let i = 0; i < times; i++) {
    const result = await importFile(path, name, {});
    importer = result.status === "imported" ? result.importer : `NOT IMPORTED (${result.message})`;
  }
  const seconds = (performance.now() - started) / 1000;
  const megabytes = ((await stat(path)).size * times) / 1e6;
  return `import ${importer}: ${(megabytes / seconds).toFixed(1)} MB/s (${name.slice(name.lastIndexOf("/") + 1)}, ${(megabytes / times).toFixed(2)} MB, ${((1000 * seconds) / times).toFixed(1)} ms each)`;
}
