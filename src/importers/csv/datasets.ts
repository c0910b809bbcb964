import type { Condition, Kind, Noise, Note, Role } from "../../core/dataset.ts";
import * as say from "../../core/messages/csv.ts";
import { matrixMessages } from "../../core/messages/import-maps.ts";
import { type ColumnData, type Dataset, makeDataset } from "../../tables/dataset.ts";
import type { Hints } from "../importer.ts";
import { mapNotes } from "../maps/grid.ts";
import { refuseUnused } from "../maps/statement.ts";
import { distinctNames } from "../meaning/distinct-names.ts";
import { withoutPlaceholders } from "../network/odd-scattering.ts";
import type { Body } from "./body.ts";
import type { KindFound } from "./kind.ts";
import { partition, type SplitRule } from "./partition.ts";
import type { Quantity } from "./quantities.ts";
import { type Series, separateSeries } from "./series.ts";
import { type CountedPart, countColumns, settingOf, withShotsCounted } from "./shots.ts";

/** What holds for the whole file. */
export interface FileFacts {
  readonly found: KindFound;
  readonly hints: Hints;
  readonly body: Body;
  readonly notes: readonly Note[];
  readonly conditions: readonly Condition[];
  /** ISO 8601, or empty. */
  readonly started: string;
  readonly place: string;
}

/** One dataset per trace of the file. */
export function buildDatasets(quantities: readonly Quantity[], facts: FileFacts): Dataset[] {
  const { series: allSeries, notes: shots } = countColumns(separateSeries(atTime(quantities, facts), facts.place));
  const notes = [...facts.notes, ...shots];
  const repeatedNames = allSeries
    .filter((s) => s.repeated)
    .map((s) => s.quantities.find((q) => q.repeat !== undefined && q.role !== "delay" && q.role !== "frequency")?.name ?? s.signal);
  if (repeatedNames.length > 1) notes.push({ code: "repeats", text: say.repeatsInColumns(repeatedNames) });
  const drafts = allSeries.flatMap((series) => traces(series, { ...facts, notes }));
  const perTrace = new Map<string, number>();
  for (const { key } of drafts) perTrace.set(key, (perTrace.get(key) ?? 0) + 1);
  const counters = new Map<string, number>();
  return drafts.map(({ key, signal, qubit, draft }) => {
    const index = counters.get(key) ?? 0;
    counters.set(key, index + 1);
    const trace = perTrace.get(key)! > 1 ? `${signal}[${index}]` : signal;
    return makeDataset({ ...draft, labels: { cooldown: "", device: "", qubit, trace } });
  });
}

/** A map whose time stands in the file's name has it in every row. */
function atTime(quantities: readonly Quantity[], { found, hints, body, place }: FileFacts): readonly Quantity[] {
  refuseUnused(hints.map, ["at", "axes", "mask"], matrixMessages.aTable(), hints.place ?? place);
  const at = hints.map?.at;
  if (at === undefined || !found.kind.startsWith("field") || quantities.some((q) => q.role === "time")) return quantities;
  return [{ name: "t", role: "time", unit: "s", values: new Float64Array(body.rows).fill(at), unitless: false }, ...quantities];
}

interface Trace {
  /** Traces with equal keys are counted together. */
  readonly key: string;
  readonly signal: string;
  readonly qubit: string;
  readonly draft: Parameters<typeof makeDataset>[0];
}

function traces(series: Series, facts: FileFacts): Trace[] {
  const { kind } = facts.found;
  const rule = splitRule(kind, series.quantities);
  const split = partition(series.quantities, facts.body, rule);
  const kept = series.quantities
    .filter((quantity) => !split.consumed.has(quantity) && !isEmpty(quantity))
    .map((quantity) => (split.monitors.includes(quantity) ? { ...quantity, role: "other" as const } : quantity));
  const parts: readonly CountedPart[] = rule.axis?.role === "delay" ? withShotsCounted(split, kept, facts.body.rows) : split.parts;
  const notes = [...facts.notes];
  const alike = parts.length === split.parts.length;
  if (alike && split.blocks === "repeats") notes.push({ code: "repeats", text: say.blocksAsRepeats(split.parts.length) });
  if (alike && split.blocks === "passes" && rule.axis?.role === "delay")
    notes.push({ code: "repeats", text: say.passesAsRepeats(split.parts.length) });
  if (split.blocks === "sweep") notes.push({ code: "swept", text: say.blocksAsSweep(split.parts.length, split.blockName) });
  if (rule.axis?.role === "delay")
    for (const { name, unit, values } of split.monitors.filter(isReading))
      notes.push({ code: "monitor", text: say.monitor(name, unit, values) });
  const frequency = kept.find((q) => q.role === "frequency")?.values;
  if (
    frequency !== undefined &&
    split.parts.length === 1 &&
    (kind === "scattering" || kind === "reference") &&
    !kept.some((q) => q.role === "power")
  ) {
    const twice = repetitions(frequency);
    if (twice > 0) notes.push({ code: "duplicate_frequencies", text: say.duplicateFrequencies(twice) });
  }
  const noise = noiseOf(kept, facts.hints);
  if (noise.type === "binomial" && kept.some((q) => q.role === "sigma")) notes.push({ code: "noise", text: say.shotsOverSigma() });
  const signal = series.signal === "" ? kind : series.signal;
  const repeats = new Set(parts.map(settingOf)).size < parts.length;
  return parts.map((part) => {
    const { counted } = part;
    const conditions = [...facts.conditions, ...part.conditions];
    const siblings = parts.filter((other) => other.qubit === part.qubit).length;
    const repeated = (part.repeated && repeats) || series.repeated;
    const axis = repeated ? "repeat" : siblings > 1 ? "swept" : "single";
    const qubit = part.qubit || series.qubit;
    const own: Note[] = counted === undefined ? [] : [counted.note];
    const all = distinctNames(
      counted === undefined
        ? kept.map((quantity) => toColumn(quantity, part.rows))
        : counted.quantities.map((quantity) => toColumn(quantity, undefined)),
    );
    const columns = kind === "scattering" || kind === "reference" ? withoutPlaceholders(all, own) : all;
    if (kind === "field" || kind === "field-source") own.push(...mapNotes(columns, facts.place));
    const draft = {
      kind,
      kindInferred: facts.found.inferred,
      labels: { cooldown: "", device: "", qubit, trace: signal },
      started: part.started || facts.started,
      columns,
      conditions,
      axis,
      noise: counted?.noise ?? noise,
      notes: own.length === 0 ? notes : [...notes, ...own],
    } as const;
    return { key: `${qubit}/${signal}`, signal, qubit, draft };
  });
}

/** How many numbers stand there again. */
function repetitions(values: Float64Array): number {
  let rising = 1;
  while (rising < values.length && values[rising]! > values[rising - 1]!) rising++;
  return rising < values.length ? values.length - new Set(values).size : 0;
}

/** Which columns are outer axes: for decays everything but the signal; for scattering not the power, which is one of its columns. */
function splitRule(kind: Kind, quantities: readonly Quantity[]): SplitRule {
  const role = (wanted: Role) => quantities.find((q) => q.role === wanted);
  const axis = role("delay") ?? role("frequency");
  const table = { axis: undefined, outer: () => false, blocks: false, passes: false };
  // Rabi frequencies against power, without the oscillations that they were read from.
  if (kind === "rabi" && axis?.role !== "delay" && role("power")) return table;
  switch (kind) {
    case "field":
    case "field-source":
      return { axis: undefined, outer: (q) => q.role === "condition", blocks: false, passes: false };
    case "scattering":
    case "reference":
      return { axis, outer: (q) => q.role === "other", blocks: true, passes: false };
    case "power":
    case "population":
    case "equilibrium":
    case "total-power":
      return table;
    case "emission":
      // Its power is what comes out, a signal beside the population.
      return { axis, outer: (q) => q.role === "other" || q.role === "condition", blocks: true, passes: true };
    default:
      return {
        axis,
        outer: (q) =>
          q.role === "other" || q.role === "condition" || (role("delay") !== undefined && (q.role === "power" || q.role === "frequency")),
        blocks: true,
        passes: role("delay") !== undefined,
      };
  }
}

function noiseOf(quantities: readonly Quantity[], hints: Hints): Noise {
  const has = (role: Role) => quantities.some((quantity) => quantity.role === role);
  if (has("population") && has("shots")) return { type: "binomial", shots: "column" };
  if (has("population") && typeof hints.shots === "number") return { type: "binomial", shots: hints.shots };
  return has("sigma") ? { type: "sigma" } : { type: "unknown" };
}

/** A number without unit that is another in every row may be anything. */
const isReading = ({ unitless, values }: Quantity) => !unitless || new Set(values).size * 2 <= values.length;

const isEmpty = (quantity: Quantity) => quantity.role === "other" && quantity.values.every(Number.isNaN);

function toColumn(quantity: Quantity, rows: readonly number[] | undefined): ColumnData {
  const { name, role, unit, values, inferred, port } = quantity;
  return {
    name,
    unit,
    role: role === "repeat" ? "other" : role,
    values: rows === undefined ? values : Float64Array.from(rows, (row) => values[row]!),
    ...(inferred === undefined ? {} : { inferred }),
    ...(port === undefined ? {} : { port }),
  };
}
