import { access, mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { UserError } from "../core/errors.ts";
import { simulateMessages } from "../core/messages/simulate.ts";
import { benchOf, digitiserOf } from "./bench-of.ts";
import { labOfSize } from "./default-lab.ts";
import { experimentFiles, type SimulatedFile } from "./experiment-files.ts";
import { filmFiles } from "./film-files.ts";
import type { Experiment, LabSpec } from "./lab-spec.ts";
import { drawInputs } from "./lab-truth.ts";
import { labYaml } from "./lab-yaml.ts";
import { LABS } from "./labs.ts";
import { measure } from "./measure.ts";
import type { Recording, Table } from "./recording.ts";
import { siteFiles } from "./site-files.ts";
import { filmsTruth, inputTruth, type LabTruth, type QubitTruth, qubitTruth, quirksOf } from "./truth-record.ts";

export type { SimulatedFile };

/** A lab folder in memory. `files` are what the lab has (gammawatt.yaml first); `truth` is what its people would like to know. */
export interface SimulatedLab {
  readonly files: readonly SimulatedFile[];
  readonly truth: LabTruth;
}

/** Everything recorded in one cooldown. */
export interface RecordedCooldown {
  readonly name: string;
  readonly recorded: readonly (readonly [Experiment, readonly Recording[]])[];
}

/** Draws the shared inputs anew for this seed and carries out every experiment. The same seed gives the same numbers. */
export function recordLab(spec: LabSpec, seed: number): { readonly cooldowns: readonly RecordedCooldown[]; readonly truth: LabTruth } {
  const inputs = drawInputs(spec, seed);
  const cooldowns = spec.cooldowns.map(({ name, experiments }) => ({
    name,
    recorded: experiments.map((e) => [e, e.what === "other-file" ? [] : measure(benchOf(spec, inputs, name, e, seed), e)] as const),
  }));
  const truths: Record<string, Record<string, QubitTruth>> = {};
  for (const { name, recorded } of cooldowns) {
    truths[name] = Object.fromEntries(Object.keys(spec.qubits).map((q) => [q, qubitTruth(spec, inputs, name, q, recorded)]));
  }
  const truth = {
    made_by: "gammawatt simulate",
    seed,
    ...inputTruth(spec, inputs),
    cooldowns: truths,
    quirks: quirksOf(spec),
  };
  return { cooldowns, truth };
}

/** One table of each name: the lab file has one entry for all of them. */
function tablesOf(cooldowns: readonly RecordedCooldown[]): Table[] {
  const tables = cooldowns.flatMap((c) => c.recorded.flatMap(([, list]) => list.filter((r) => r.kind === "table")));
  return [...new Map(tables.map((t) => [t.name, t])).values()];
}

/** The lab folder in memory: path -> bytes, without truth.json. */
export function simulateLab(spec: LabSpec, seed: number): SimulatedLab {
  const { cooldowns, truth } = recordLab(spec, seed);
  const data = cooldowns.flatMap(({ name, recorded }, i) => {
    const shelf = { cooldown: spec.cooldowns[i]!, seed, digitiser: (qubit: string) => digitiserOf(seed, name, qubit) };
    const films = (shelf.cooldown.films ?? []).flatMap((film) => filmFiles(name, film, seed));
    const sites = shelf.cooldown.sites ? siteFiles(spec, name, shelf.cooldown.sites, seed) : [];
    return [...recorded.flatMap(([e, recordings]) => experimentFiles(e, recordings, shelf)), ...films, ...sites];
  });
  const paths = data.map((f) => f.path);
  const files = [{ path: "gammawatt.yaml", bytes: labYaml(spec, paths, tablesOf(cooldowns)) }, ...data];
  return { files, truth: { ...truth, ...filmsTruth(spec, seed) } };
}

/**
 * Writes a lab folder and its truth.json.
 * @throws UserError when a file stands already (nothing is written then) or the folder cannot be written
 */
export async function writeLab(out: string, spec: LabSpec, seed: number): Promise<LabTruth> {
  const { files, truth } = simulateLab(spec, seed);
  await writeFiles(out, [...files, truthFile(truth)]);
  return truth;
}

export function truthFile(truth: LabTruth): SimulatedFile {
  return { path: "truth.json", bytes: new TextEncoder().encode(`${JSON.stringify(truth, null, 1)}\n`) };
}

export interface SimulateOptions {
  /** Seed of all random draws; default 1. */
  readonly seed?: number;
  /** One of `LABS`; default `default`. */
  readonly lab?: string;
  /** Default: as many as the lab has. */
  readonly cooldowns?: number;
  /** T1 repeats per qubit and cooldown; default as in `DEFAULT_LAB`. */
  readonly traces?: number;
}

/**
 * Writes one of the labs (or a larger one like it) into a folder.
 * @returns the paths written, relative to `out`
 * @throws UserError as `writeLab`, and for numbers that make no sense
 */
export async function simulateTo(out: string, options: SimulateOptions = {}): Promise<string[]> {
  const { seed = 1, lab = "default", traces } = options;
  const spec = Object.entries(LABS).find(([name]) => name === lab)?.[1];
  if (!spec) throw new UserError(simulateMessages.unknownLab(lab, Object.keys(LABS)));
  const { cooldowns = spec.cooldowns.length } = options;
  for (const [name, value] of Object.entries({ cooldowns, traces: traces ?? 1 }))
    if (!(Number.isSafeInteger(value) && value >= 1)) throw new UserError(simulateMessages.notACount(name, value));
  const { files, truth } = simulateLab(labOfSize(spec, cooldowns, traces), seed);
  return writeFiles(out, [...files, truthFile(truth)]);
}

/** Writes files below a folder; none that stands already is touched. */
export async function writeFiles(out: string, files: readonly SimulatedFile[]): Promise<string[]> {
  for (const { path } of files) {
    const there = join(out, path);
    if (await exists(there)) throw new UserError(simulateMessages.exists(there), there);
  }
  for (const { path, bytes } of files) {
    const there = join(out, path);
    try {
      await mkdir(dirname(there), { recursive: true });
      await writeFile(there, bytes, { flag: "wx" });
    } catch (error) {
      throw new UserError(simulateMessages.cannotWrite(there, error instanceof Error ? error.message : String(error)), there, {
        cause: error,
      });
    }
  }
  return files.map(({ path }) => path);
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return false;
    return true;
  }
}
