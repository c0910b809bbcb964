import type { Condition, Kind, Note } from "../../core/dataset.ts";
import * as say from "../../core/messages/csv.ts";
import type { Dataset } from "../../tables/dataset.ts";
import type { Hints } from "../importer.ts";
import { noteOddFrequency } from "../network/odd-scattering.ts";
import { withComments } from "../sidecar/comments.ts";
import { sayers } from "../sidecar/join.ts";
import { Unrecognised } from "../unrecognised.ts";
import type { Body } from "./body.ts";
import { type FileColumn, requireUnits } from "./columns.ts";
import { withoutComputed } from "./computed.ts";
import { settleMeanings } from "./context.ts";
import { buildDatasets } from "./datasets.ts";
import { findKind, isSequence } from "./kind.ts";
import type { Meaning } from "./names.ts";
import { numbersOf, type Quantity, toQuantities } from "./quantities.ts";
import { settleShots } from "./shot-columns.ts";
import { suggestColumns } from "./suggest.ts";

/** A record against time that lasts longer than this is a log of the laboratory, not a qubit's decay. */
const LONGEST_DECAY = 60;

/** W: no source delivers more into a cryostat. */
const LARGEST_POWER = 1e3;
const POWERS: readonly Quantity["role"][] = ["power", "incident", "reflected", "reflected_off"];

/** What is known about a table besides its columns. */
export interface TableFacts {
  /** The file's name and everything written in comments and headers: they tell a T1 from an echo. */
  readonly words: { readonly name: string; readonly prose: string };
  /** Comments in front of the table, line by line: settings may stand in them. */
  readonly comments: readonly string[];
  /** Settings that hold for the whole table. */
  readonly conditions?: readonly Condition[];
  readonly headerless: boolean;
  /** ISO 8601, or empty. */
  readonly started: string;
  readonly notes: readonly Note[];
  readonly hints: Hints;
  readonly place: string;
}

/**
 * Datasets from a table of numbers, whatever kind of file it stood in: 1. meanings that depend on what stands beside, without what could be computed; 2. kind; 3. units that must be
 * there; 4. roles in SI; 5. one dataset per trace.
 * @param named columns with numbers; columns of text are left out
 * @throws ImportError where units or columns are missing; Unrecognised where it is no measurement
 */
export function interpretTable(named: readonly FileColumn[], table: Body, facts: TableFacts): Dataset[] {
  const { words, headerless, hints, place } = facts;
  const shots = typeof hints.shots === "number" ? hints.shots : undefined;
  const settled = settleShots(settleMeanings(named, hints, isSequence(words)), table);
  const { body } = settled;
  const own = withoutComputed(settled.columns, (column) => numbersOf(column, body).values, shots);
  let { columns } = own;
  const numbers = (column: FileColumn) => body.columns[column.index]!;
  const unknown = () => {
    const names = columns.map((column) => column.written);
    return say.meaningUnknown(names, headerless, suggestColumns(columns, numbers));
  };
  const found = findKind(columns, hints, words, unknown, place);
  if (found.inferred && hints.columns === undefined && isScope(columns)) throw new Unrecognised(unknown());
  columns = requireUnits(columns, dispensable(found.kind), numbers, place);
  const quantities = toQuantities(columns, body, hints);
  if (found.inferred && hints.columns === undefined) refuseLog(columns, quantities);
  const power: Condition[] = hints.power === undefined ? [] : [{ name: "power", value: hints.power.value, unit: "W" }];
  const conditions = [...power, ...(facts.conditions ?? [])];
  const notes = [...facts.notes, ...own.notes, ...notesOf(columns, quantities, body)];
  const datasets = buildDatasets(quantities, { found, hints, body, notes, conditions, started: facts.started, place });
  return withComments(datasets, facts.comments, sayers(place, hints));
}

function largest(values: Float64Array): number {
  let max = 0;
  for (const x of values) if (Math.abs(x) > max) max = Math.abs(x);
  return max;
}

/** What a kind does not rest on: without a unit it is kept as a number, not guessed and not refused. */
function dispensable(kind: Kind): readonly Meaning[] {
  if (kind === "scattering" || kind === "reference") return ["power"];
  return kind === "decay" || kind === "coherence" || kind === "rabi" || kind === "other" ? ["power", "frequency"] : [];
}

const bareTime = (columns: readonly FileColumn[]) => columns.find((column) => column.meaning === "delay" && column.loose);

/** Bare `time` without unit beside a bare voltage, in a file that does not call itself T1: any oscilloscope writes that. */
function isScope(columns: readonly FileColumn[]): boolean {
  const time = bareTime(columns);
  return time?.unitless === true && !columns.some((column) => column.meaning === "population" || column.meaning === "counts");
}

/** A bare `time` that goes on for minutes, in a file that does not call itself T1. */
function refuseLog(columns: readonly FileColumn[], quantities: readonly Quantity[]): void {
  const delay = quantities.find((quantity) => quantity.role === "delay");
  if (bareTime(columns) === undefined || delay === undefined) return;
  const longest = largest(delay.values);
  if (longest >= LONGEST_DECAY) throw new Unrecognised(say.timeTooLong(longest));
}

function notesOf(columns: readonly FileColumn[], quantities: readonly Quantity[], body: Body): Note[] {
  const notes: Note[] = [];
  for (const inferred of new Set(columns.map((column) => column.inferred))) {
    if (inferred !== undefined) notes.push({ code: "unit_inferred", text: inferred });
  }
  for (const column of columns) {
    const gap = body.gaps[column.index]!;
    // A delimiter too many in every row makes a column of nothing.
    if (gap.count > 0 && (gap.count < body.rows || column.written !== `column ${column.index + 1}`))
      notes.push({ code: "missing_values", text: say.gaps(column.name, gap.count, gap.firstLine) });
  }
  for (const { name, meaning, conversion } of columns)
    if (meaning === "other" && conversion.unit === "dB" && /power|leistung/i.test(name))
      notes.push({ code: "power_in_decibel", text: say.powerInDecibel(name) });
  const scattering = quantities.some(({ role }) => role.startsWith("s_"));
  for (const quantity of quantities) {
    if (quantity.role === "frequency" && scattering) noteOddFrequency(quantity.values, notes);
    if (quantity.role === "voltage" && quantity.inferred === say.magnitudeOnly(quantity.name))
      notes.push({ code: "magnitude_only", text: quantity.inferred });
    if (quantity.unit === "W" && POWERS.includes(quantity.role) && largest(quantity.values) > LARGEST_POWER)
      notes.push({ code: "odd_power", text: say.oddPower(quantity.name, largest(quantity.values)) });
    if (quantity.role === "population" && quantity.unitless && largest(quantity.values) > 1.5)
      notes.push({ code: "not_a_probability", text: say.percentLike(quantity.name) });
  }
  return notes;
}
