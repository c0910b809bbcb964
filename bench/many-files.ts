import { spawnSync } from "node:child_process";
import { cp, mkdir, writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { random } from "../src/core/random.ts";
import { Folders } from "../src/importers/folders.ts";
import { importFile } from "../src/importers/import-file.ts";
import { discover } from "../src/lab/discover.ts";
import { simulateTo } from "../src/simulate/lab-folder.ts";
import { processorTime } from "./processor-time.ts";

const MAIN = fileURLToPath(new URL("../src/cli/main.js", import.meta.url));
const SMALL_FILES = 10_000;

/** 10000 small CSV files found and imported in this thread, and `gammawatt inspect` on a thousand files of all the simulated lab's formats. */
export async function manyFilesBench(folder: string): Promise<string[]> {
  const small = join(folder, "small");
  await writeSmallFiles(small);
  const lines = [];
  for (const run of ["first", "again"]) lines.push(await imported(small, run));

  const mixed = join(folder, "mixed");
  await simulateTo(join(folder, "one"), { seed: 1 });
  for (let i = 0; i < 7; i++) await cp(join(folder, "one"), join(mixed, `copy${i}`), { recursive: true });
  const { files } = await discover(mixed, { skip: [] });
  const started = performance.now();
  const ended = spawnSync(process.execPath, [MAIN, "inspect", mixed], { encoding: "utf8", maxBuffer: 1 << 28 });
  const seconds = (performance.now() - started) / 1000;
  lines.push(
    `inspect: ${files.length} mixed files in ${seconds.toFixed(2)} s, start of Node included (goal: under 3 s); ${ended.stdout.split("\n").length} lines, the last: ${ended.stdout.trimEnd().split("\n").at(-1)}`,
  );
  return lines;
}

async function imported(folder: string, run: string): Promise<string> {
  const [started, cpu] = [performance.now(), processorTime()];
  const { files } = await discover(folder, { skip: [] });
  const folders = new Folders();
  let [next, read] = [0, 0];
  const lane = async () => {
    while (next < files.length) {
      const file = files[next++]!;
      if ((await importFile(file.absolute, file.path, {}, folders)).status === "imported") read++;
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, lane));
  const [wall, spent] = [(performance.now() - started) / 1000, (processorTime() - cpu) / 1000];
  return `small files, ${run}: ${read} CSV files of 51 points found and imported in ${wall.toFixed(2)} s, ${spent.toFixed(2)} s of processor time (goal: under 2 s), ${((1e6 * spent) / read).toFixed(0)} us each`;
}

async function writeSmallFiles(folder: string): Promise<void> {
  const source = random(1);
  for (let i = 0; i < SMALL_FILES; i++) {
    const cooldown = join(folder, `cd${String(1 + (i % 10)).padStart(2, "0")}`);
    if (i < 10) await mkdir(cooldown, { recursive: true });
    const rows = Array.from(
      { length: 51 },
      (_, k) => `${4 * k},${(source.binomial(1000, 0.04 + 0.9 * Math.exp(-k / 15)) / 1000).toFixed(3)},1000`,
    );
    await writeFile(join(cooldown, `q${i % 20}_t1_${i}.csv`), `delay [us],p1,shots\n${rows.join("\n")}\n`);
  }
}
