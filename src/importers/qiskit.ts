import type { Note } from "../core/dataset.ts";
import { ImportError } from "../core/errors.ts";
import { qubitJsonMessages as say } from "../core/messages/import-qubit-json.ts";
import { unitConversion } from "../core/units.ts";
import { type ColumnData, type Dataset, makeDataset } from "../tables/dataset.ts";
import type { FileContent, Hints, Importer, Probe } from "./importer.ts";
import { type Json, parseJson } from "./json.ts";
import { kindOfName } from "./meaning/measurement-name.ts";
import { isUnitOf, siColumn } from "./meaning/si-column.ts";
import { datasetOf } from "./meaning/signal.ts";
import { type JsonObject, numbersOf } from "./qiskit/encoded.ts";
import { type Experiment, type ResultList, resultLists } from "./qiskit/records.ts";
import { Unrecognised } from "./unrecognised.ts";

/**
 * Qiskit Experiments: `ExperimentData` as its ExperimentEncoder writes it (`json.dump(data, file, cls=ExperimentEncoder)`), or the bare list of results.
 * Each result carries its delay as `metadata.xval` in `metadata.unit` (s where none is stated), and counts of outcomes (level 2) or points of the
 * I/Q plane (level 1).
 */
export const qiskit: Importer = {
  name: "qiskit",
  version: 1,
  reference: "https://qiskit-community.github.io/qiskit-experiments/stubs/qiskit_experiments.framework.ExperimentEncoder.html",
  recognise({ text, name }: Probe): number {
    if (text === undefined || !/^\s*[[{]/.test(text)) return 0;
    if (/"module":\s*"qiskit_experiments/.test(text)) return 0.95;
    return /"xval"\s*:/.test(text) && /"(?:counts|memory)"\s*:/.test(text) ? (/\.json$/i.test(name) ? 0.8 : 0.5) : 0;
  },
  async read(file: FileContent, hints: Hints): Promise<readonly Dataset[]> {
    const { path } = file.probe;
    const lists = resultLists(parseJson(await file.text(), path), path);
    const found = lists.flatMap((list) => traces(list).map((records) => datasetOfRecords(records, list, hints)));
    const datasets = found.filter((d) => d !== undefined);
    if (datasets.length === 0) throw new Unrecognised(say.noResults([...new Set(lists.map((l) => l.experiment.type))]));
    return datasets;
  },
};

const metadataOf = (record: JsonObject) => record.metadata as JsonObject;
const textOf = (value: Json | undefined) => (typeof value === "string" ? value : "");

/** Results of one qubit and one series, in the order of the file. */
function traces(list: ResultList): (readonly JsonObject[])[] {
  const groups = new Map<string, JsonObject[]>();
  for (const record of list.records) {
    const { xval, qubit, series } = metadataOf(record);
    if (typeof xval !== "number") continue;
    const key = JSON.stringify([qubit ?? null, series ?? null]);
    groups.set(key, [...(groups.get(key) ?? []), record]);
  }
  return [...groups.values()];
}

function datasetOfRecords(records: readonly JsonObject[], list: ResultList, hints: Hints): Dataset | undefined {
  const { experiment, place } = list;
  const first = metadataOf(records[0]!);
  const type = textOf(first.experiment_type) || experiment.type;
  const stated = type === "" ? undefined : (kindOfName(type) ?? "other");
  const axis = delays(records, type, experiment, hints, place);
  if (axis === undefined) return undefined;
  const qubit = typeof first.qubit === "number" ? `q${first.qubit}` : experiment.qubit;
  const series = textOf(first.series);
  const trace = { axis, qubit, started: experiment.started, stated, trace: [type || "results", series].filter((t) => t !== "").join("/") };
  const counted = records.every((r) => "counts" in r && Object.keys((r.counts ?? {}) as JsonObject).length > 0);
  if (counted) return withCounts(records, trace, place, hints);
  const notes: Note[] = [{ code: "level1", text: say.level1() }];
  return datasetOf({ ...trace, signal: iq(records, place), notes }, hints);
}

function delays(records: readonly JsonObject[], type: string, experiment: Experiment, hints: Hints, place: string): ColumnData | undefined {
  const values = Float64Array.from(records, (r) => metadataOf(r).xval as number);
  const units = new Set(records.map((r) => textOf(metadataOf(r).unit)));
  const [own] = units;
  if (units.size !== 1 || own === undefined) throw new ImportError(say.mixedUnits([...units]), place);
  const written = /\[([^\]]+)\]\s*$/.exec(hints.columns?.delay ?? "")?.[1];
  if (own === "dt") {
    const dt = numberIn(records, "dt") ?? numberIn(records, "dt_factor") ?? experiment.dt;
    if (dt !== undefined) return { name: "xval", role: "delay", unit: "s", values: values.map((x) => x * dt), inferred: say.dtStated(dt) };
    throw new ImportError(say.dtMissing(), place);
  }
  if (own !== "" && !isUnitOf("s", own)) return undefined;
  if (written !== undefined && !isUnitOf("s", written)) throw new ImportError(say.notTime(written), hints.place ?? place);
  if (written !== undefined && own !== "" && unitConversion(written)?.toSI(1) !== unitConversion(own)?.toSI(1))
    throw new ImportError(say.unitConflict(own, written), hints.place ?? place);
  if (own !== "" || written !== undefined) return siColumn("xval", "delay", values, written ?? own);
  // Only of experiments against a delay is it known that xval is in seconds.
  if (!/^T[12]/.test(type)) return undefined;
  return siColumn("xval", "delay", values, "s", { inferred: say.seconds(type) });
}

function numberIn(records: readonly JsonObject[], key: string): number | undefined {
  const values = new Set(records.map((r) => metadataOf(r)[key]));
  const [value] = values;
  return values.size === 1 && typeof value === "number" && value > 0 ? value : undefined;
}

type TraceFacts = Pick<Parameters<typeof datasetOf>[0], "axis" | "qubit" | "trace" | "started" | "stated">;

function withCounts(records: readonly JsonObject[], trace: TraceFacts, place: string, hints: Hints): Dataset {
  const ones = new Float64Array(records.length);
  const shots = new Float64Array(records.length);
  let differing = false;
  for (const [k, record] of records.entries()) {
    for (const [outcome, n] of Object.entries(record.counts as JsonObject)) {
      const state = outcome.startsWith("0x") ? String(Number(outcome)) : outcome.trim();
      if ((state !== "0" && state !== "1") || typeof n !== "number" || !(n >= 0)) throw new ImportError(say.outcome(outcome), place);
      shots[k]! += n;
      if (state === "1") ones[k]! += n;
    }
    if (!(shots[k]! > 0)) throw new ImportError(say.noCounts(k), place);
    if (typeof record.shots === "number" && record.shots !== shots[k]) differing = true;
  }
  const population: ColumnData = { name: "population", role: "population", unit: "1", values: ones.map((n, k) => n / shots[k]!) };
  const counted: ColumnData = { name: "shots", role: "shots", unit: "1", values: shots };
  const notes: Note[] = differing ? [{ code: "shots", text: say.shotsDiffer() }] : [];
  const { shots: _shots, ...other } = hints;
  const { id: _id, table: _table, ...rest } = datasetOf({ ...trace, signal: [population], notes }, other);
  const d = { ...rest, columns: [trace.axis, population, counted] };
  return makeDataset({ ...d, noise: { type: "binomial", shots: "column" } });
}

/** Mean point of each result in the plane; shots, if they were kept, are averaged. */
function iq(records: readonly JsonObject[], place: string): ColumnData[] {
  const points = records.map((record) => {
    const memory = numbersOf(record.memory, place);
    const slots = memory?.shape.at(-2);
    if (memory === undefined || memory.shape.at(-1) !== 2 || slots !== 1 || memory.values.length === 0)
      throw new ImportError(say.memory(), place);
    const shots = memory.values.length / 2;
    let [re, im] = [0, 0];
    for (let k = 0; k < shots; k++) {
      re += memory.values[2 * k]! / shots;
      im += memory.values[2 * k + 1]! / shots;
    }
    return [re, im] as const;
  });
  const column = (name: "i" | "q", part: 0 | 1): ColumnData => ({
    name,
    role: name,
    unit: "1",
    values: Float64Array.from(points, (p) => p[part]),
    inferred: say.arbitraryPlane(),
  });
  return [column("i", 0), column("q", 1)];
}
