import { ImportError } from "../../core/errors.ts";
import { qubitJsonMessages as say } from "../../core/messages/import-qubit-json.ts";
import type { Json } from "../json.ts";
import { decoded, isObject, type JsonObject } from "./encoded.ts";

/** What the experiment that holds a list of results says of itself. */
export interface Experiment {
  /** `T1`, `T2Ramsey`; empty when not known. */
  readonly type: string;
  readonly started: string;
  /** `q3`, or empty. */
  readonly qubit: string;
  /** Seconds per `dt`, or undefined. */
  readonly dt: number | undefined;
}

/** One list of circuit results of one experiment: objects with `metadata` and `counts` or `memory`. */
export interface ResultList {
  readonly experiment: Experiment;
  readonly records: readonly JsonObject[];
  readonly place: string;
}

/** Wrapped objects nest three levels for each of their own. */
const DEEPEST = 200;
const NOTHING: Experiment = { type: "", started: "", qubit: "", dt: undefined };

/**
 * All lists of results in the JSON of Qiskit Experiments, whatever its version: `_result_data` (since 0.5) or `_data`, or a bare list from
 * `ExperimentData.data()`. Results of experiments run in parallel are taken from the children, or, where those were not stored, from the bits of each child.
 * @throws ImportError when the file is nested beyond reason
 */
export function resultLists(content: Json, file: string): ResultList[] {
  const found: ResultList[] = [];
  visit(content, NOTHING, "", 0);
  const single = found.filter((list) => !list.records.some(isComposite));
  return single.length > 0 ? single : found.flatMap(split);

  function visit(wrapped: Json, around: Experiment, place: string, depth: number): void {
    if (depth > DEEPEST) throw new ImportError(say.deep(), file);
    const value = decoded(wrapped);
    if (Array.isArray(value)) {
      const records = (value as readonly Json[]).map(decoded).filter(isResult);
      if (records.length > 0) found.push({ experiment: around, records, place: place === "" ? file : `${file}:${place}` });
      else if (value.some((inner: Json) => typeof inner === "object"))
        for (const [k, inner] of (value as readonly Json[]).entries()) visit(inner, around, `${place}/${k}`, depth + 1);
    } else if (isObject(value)) {
      const own = experimentOf(value, around);
      for (const [key, inner] of Object.entries(value))
        if (typeof inner === "object" && inner !== null) visit(inner, own, `${place}/${key}`, depth + 1);
    }
  }
}

function isResult(value: Json | undefined): value is JsonObject {
  return isObject(value) && isObject(value.metadata) && ("counts" in value || "memory" in value);
}

const isComposite = (record: JsonObject) => isObject(record.metadata) && Array.isArray(record.metadata.composite_metadata);

function experimentOf(settings: JsonObject, around: Experiment): Experiment {
  const stored = decoded(settings._db_data);
  const data = isObject(stored) ? stored : settings;
  if (data === settings && typeof data.experiment_type !== "string") return around;
  const metadata = decoded(data.metadata);
  const extra = isObject(metadata) ? metadata : {};
  const qubits = decoded(extra.physical_qubits);
  const first = Array.isArray(qubits) && qubits.length === 1 ? (qubits as readonly Json[])[0] : undefined;
  const started = data.start_datetime ?? data.creation_datetime;
  const dt = [extra.dt, extra.dt_factor].find((x): x is number => typeof x === "number" && x > 0);
  return {
    type: typeof data.experiment_type === "string" ? data.experiment_type : "",
    started: typeof started === "string" && /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/.test(started) ? started.replace(" ", "T") : "",
    qubit: typeof first === "number" ? `q${first}` : "",
    dt: dt ?? around.dt,
  };
}

/** The parts of results of parallel experiments: metadata, and the classical bits that are its own. */
function split(list: ResultList): ResultList[] {
  const parts = new Map<number, JsonObject[]>();
  for (const record of list.records) {
    const metadata = record.metadata as JsonObject;
    const children = metadata.composite_metadata as readonly Json[];
    const indices = Array.isArray(metadata.composite_index) ? (metadata.composite_index as readonly Json[]) : children.map((_, k) => k);
    const bits = Array.isArray(metadata.composite_clbits) ? (metadata.composite_clbits as readonly Json[]) : [];
    for (const [k, child] of children.entries()) {
      const own = bits[k];
      const index = indices[k];
      if (!Array.isArray(own) || own.length !== 1 || typeof own[0] !== "number" || typeof index !== "number" || !isObject(child))
        throw new ImportError(say.compositeBits(), list.place);
      const part: JsonObject = { ...record, metadata: child, counts: marginal(record.counts, own[0], list.place) };
      parts.set(index, [...(parts.get(index) ?? []), part]);
    }
  }
  const experiment = { ...list.experiment, type: "", qubit: "" };
  return [...parts].map(([index, records]) => ({ experiment, records, place: `${list.place}[${index}]` }));
}

/** Counts of one classical bit; bit 0 is the last letter of an outcome. */
function marginal(counts: Json | undefined, bit: number, place: string): JsonObject {
  if (!isObject(counts)) throw new ImportError(say.compositeBits(), place);
  const sums: Record<string, number> = {};
  for (const [outcome, n] of Object.entries(counts)) {
    const letters = outcome.replaceAll(" ", "");
    const letter = letters[letters.length - 1 - bit];
    if (letter === undefined || typeof n !== "number") throw new ImportError(say.outcome(outcome), place);
    sums[letter] = (sums[letter] ?? 0) + n;
  }
  return sums;
}
