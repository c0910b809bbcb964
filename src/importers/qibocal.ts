import type { Kind, Note } from "../core/dataset.ts";
import { ImportError } from "../core/errors.ts";
import { magnitudeOnly } from "../core/messages/csv.ts";
import { formatMessages } from "../core/messages/formats.ts";
import { arrayMessages } from "../core/messages/import-numpy.ts";
import { qubitJsonMessages as say } from "../core/messages/import-qubit-json.ts";
import { type ColumnData, columnsOf, type Dataset, makeDataset } from "../tables/dataset.ts";
import { arrayDatasets } from "./arrays/datasets.ts";
import { type NamedArray, parentOf } from "./arrays/named-array.ts";
import type { FileContent, Hints, Importer, Probe } from "./importer.ts";
import { kindOfName } from "./meaning/measurement-name.ts";
import { siColumn } from "./meaning/si-column.ts";
import { datasetOf, polarToIq } from "./meaning/signal.ts";
import { firstEntry, numpyArrays } from "./npz.ts";
import { Unrecognised } from "./unrecognised.ts";

/**
 * qibocal: `data.npz`, one structured array per qubit under its name in JSON (`0`, `"q0"`), with fields `wait` (ns, never stated) and `signal`, `phase`
 * or `prob`, `error`. `action.yml` beside it names the operation: a T1 and an echo look alike otherwise.
 */
export const qibocal: Importer = {
  name: "qibocal",
  version: 3,
  reference: "https://qibo.science/qibocal/stable/; qibocal.auto.operation.Data",
  recognise(probe: Probe): number {
    const key = firstEntry(probe.head)?.replace(/\.npy$/, "");
    if (key === undefined || qubitOf(key) === undefined) return 0;
    return /'descr': \[[^\]]*'wait'/.test(new TextDecoder("latin1").decode(probe.head.subarray(0, 4096))) ? 0.95 : 0;
  },
  companions: (name) => (name === "data.npz" ? /^(?:action\.ya?ml|data\.json)$/ : undefined),
  async read(file: FileContent, hints: Hints): Promise<readonly Dataset[]> {
    const { path, name } = file.probe;
    const arrays = numpyArrays(await file.bytes(), path);
    if (hints.columns !== undefined) return arrayDatasets(arrays, { path, words: { name, prose: "" }, started: "" }, hints);
    const known = await beside(file);
    const found = [...new Set(arrays.map((a) => parentOf(a.path)))].flatMap((key) => {
      const fields = new Map(arrays.filter((a) => parentOf(a.path) === key).map((a) => [a.path.slice(key.length + 1), a]));
      return qubitDataset(key, fields, known, path, hints);
    });
    if (found.length === 0) throw new Unrecognised(arrayMessages.noAxis(arrays.map((a) => a.path)));
    return found;
  },
};

/** The qubit of a key: `0` -> `q0`, `"q3"` -> `q3`; undefined for pairs and what is no key. */
function qubitOf(key: string): string | undefined {
  if (/^\d{1,6}$/.test(key)) return `q${key}`;
  return /^"[^"\\]{1,80}"$/.test(key) ? key.slice(1, -1) : undefined;
}

interface Beside {
  readonly stated: Extract<Kind, "decay" | "other"> | undefined;
  readonly shots: number | undefined;
  readonly notes: readonly Note[];
}

/** What action.yml and data.json say, else what the folder is called. */
async function beside(file: FileContent): Promise<Beside> {
  const [action, data] = await Promise.all([sidecar(file, /^action\.ya?ml$/), sidecar(file, /^data\.json$/)]);
  const operation = /^operation:\s*['"]?([\w.-]+)/m.exec(action)?.[1];
  const shots = /^\s+nshots:\s*(\d{1,9})\s*$/m.exec(action)?.[1];
  const notes: Note[] = [];
  let stated = operation === undefined ? kindOfName(file.probe.path) : (kindOfName(operation) ?? "other");
  if (operation !== undefined) notes.push({ code: "kind_from_name", text: say.operation(operation) });
  try {
    const params: unknown = data === "" ? {} : JSON.parse(data);
    if (operation === undefined && typeof params === "object" && params !== null && "detuning" in params && params.detuning) {
      stated = "other";
      notes.push({ code: "kind_from_name", text: say.detuned() });
    }
  } catch (error) {
    notes.push({ code: "sidecar", text: say.brokenSidecar("data.json", error instanceof Error ? error.message : String(error)) });
  }
  return { stated, shots: shots === undefined || Number(shots) === 0 ? undefined : Number(shots), notes };
}

async function sidecar(file: FileContent, pattern: RegExp): Promise<string> {
  const name = (await file.siblings()).find((other) => pattern.test(other));
  const bytes = name === undefined ? undefined : await file.sibling(name);
  return bytes === undefined ? "" : new TextDecoder().decode(bytes);
}

function qubitDataset(key: string, fields: ReadonlyMap<string, NamedArray>, known: Beside, path: string, hints: Hints): Dataset[] {
  const qubit = qubitOf(key);
  const wait = fields.get("wait");
  const magnitude = fields.get("signal") ?? fields.get("msr");
  const probability = fields.get("prob") ?? fields.get("probability");
  const main = probability ?? magnitude;
  if (qubit === undefined || wait?.values === undefined || main?.values === undefined) return [];
  // Another swept quantity (flux, frequency) stands beside the wait: not one trace.
  const expected = ["wait", "signal", "msr", "phase", "prob", "probability", "error"];
  if ([...fields.keys()].some((name) => !expected.includes(name))) return [];
  const notes = [...known.notes];
  const points = wait.shape.at(-1) ?? 0;
  const shots = points === 0 ? 0 : wait.values.length / points;
  if (shots > 1) {
    for (let k = 0; k < wait.values.length; k++)
      if (wait.values[k] !== wait.values[k % points])
        throw new ImportError(arrayMessages.lengths(wait.path, wait.shape, "wait", points), path);
    notes.push({ code: "averaged_shots", text: say.averagedShots(shots) });
  }
  const mean = (values: Float64Array) => {
    const sums = new Float64Array(points);
    for (const [k, x] of values.entries()) sums[k % points]! += x / shots;
    return sums;
  };
  const axis: ColumnData = siColumn("wait", "delay", wait.values.slice(0, points), "ns", { inferred: say.nanoseconds() });
  const trace = { axis, qubit, trace: probability === undefined ? "signal" : "prob", stated: known.stated };
  if (probability === undefined) {
    const column = (name: string, values: Float64Array): ColumnData => ({
      name,
      role: "voltage",
      unit: "1",
      values,
      inferred: say.arbitrary(),
    });
    const phase = fields.get("phase")?.values;
    if (phase === undefined) {
      notes.push({ code: "magnitude_only", text: magnitudeOnly("signal") });
      return [datasetOf({ ...trace, signal: [column("signal", mean(main.values))], notes }, hints)];
    }
    notes.push({ code: "polar_to_iq", text: formatMessages.polarToIq("signal", "phase") });
    const iq = polarToIq(column("signal", main.values), phase).map((c) => ({ ...c, inferred: say.arbitrary(), values: mean(c.values) }));
    return [datasetOf({ ...trace, signal: iq, notes }, hints)];
  }
  const population: ColumnData = { name: "prob", role: "population", unit: "1", values: mean(main.values) };
  return [withErrors(datasetOf({ ...trace, signal: [population], notes }, hints), population, fields.get("error")?.values, known, hints)];
}

/** qibocal's errors are sqrt(p (1 - p) / n), 0 where p is 0 or 1: the shots behind them are the better statement. */
function withErrors(d: Dataset, p: ColumnData, errors: Float64Array | undefined, known: Beside, hints: Hints): Dataset {
  if (d.noise.type === "binomial") return d;
  const inferred = errors === undefined ? undefined : shotsOf(p.values, errors);
  const shots = known.shots ?? inferred;
  const { id: _id, table: _table, ...rest } = d;
  if (shots !== undefined && hints.shots === undefined) {
    const notes = known.shots === undefined ? [...d.notes, { code: "shots", text: say.shotsFromErrors(shots) }] : d.notes;
    return makeDataset({ ...rest, columns: columnsOf(d), noise: { type: "binomial", shots }, notes });
  }
  if (errors === undefined || !errors.every((e) => e > 0)) return d;
  const sigma: ColumnData = { name: "error", role: "sigma", unit: "1", values: errors };
  return makeDataset({ ...rest, columns: [...columnsOf(d), sigma], noise: { type: "sigma" } });
}

function shotsOf(p: Float64Array, errors: Float64Array): number | undefined {
  const estimates = [...p].flatMap((x, k) => (x > 0 && x < 1 ? [(x * (1 - x)) / errors[k]! ** 2] : []));
  const shots = Math.round(estimates[0] ?? Number.NaN);
  return shots >= 1 && estimates.every((n) => Math.abs(n - shots) < 1e-6 * shots) ? shots : undefined;
}
