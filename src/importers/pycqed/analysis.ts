import type { Calibration, Note } from "../../core/dataset.ts";
import { hdf5FamilyMessages as say } from "../../core/messages/import-hdf5.ts";
import type { ColumnData } from "../../tables/dataset.ts";
import type { AttributeValue, Hdf5Reader } from "../hdf5/reader.ts";
import { trailingCalibration } from "../meaning/calibration-points.ts";
import { kindOfName } from "../meaning/measurement-name.ts";
import { numberOf, textOf } from "../netcdf/view.ts";
import { parseNumber } from "../text/numbers.ts";

/** Two prepared 0, then two prepared 1. */
const PAIR = 2;
const POINTS = 2 * PAIR;

/** `/Analysis/Corrected data`: the signal on the scale of the calibration points, as PycQED computed it; undefined where there is none. */
export async function correctedData(reader: Hdf5Reader, points: number): Promise<Float64Array | undefined> {
  const node = reader.outline.nodes.find((n) => n.path === "/Analysis/Corrected data" && n.type === "array");
  if (node === undefined || node.shape.length !== 1 || node.shape[0] !== points) return undefined;
  return (await reader.numbers(node.path)).values;
}

/** Where the last four points are calibration points: 0 at the mean of the first pair, 1 at that of the second, `((s - s0) . d)/|d|^2`. */
export function normalised(columns: readonly ColumnData[]): Float64Array | undefined {
  const n = columns[0]?.values.length ?? 0;
  if (n <= POINTS) return undefined;
  const pair = (c: ColumnData, first: number) => (c.values[first]! + c.values[first + 1]!) / 2;
  const zero = columns.map((c) => pair(c, n - POINTS));
  const step = columns.map((c, k) => pair(c, n - PAIR) - zero[k]!);
  const size = step.reduce((sum, d) => sum + d * d, 0);
  if (!(size > 0)) return undefined;
  return Float64Array.from({ length: n }, (_, row) =>
    columns.reduce((sum, c, k) => sum + ((c.values[row]! - zero[k]!) * step[k]!) / size, 0),
  );
}

/**
 * The calibration points of a trace, which nothing in the data marks. Either the file's corrected data say so (their last pairs average to 0 and 1, as
 * only normalising to them makes it), or the last pair clearly lies where the decay starts.
 * @param rows rows of the file that make the trace
 */
export function pycqedCalibration(
  signal: readonly ColumnData[],
  axis: ColumnData,
  rows: readonly number[],
  corrected: Float64Array | undefined,
): Calibration | undefined {
  const n = rows.length;
  if (axis.role !== "delay" || n <= POINTS) return undefined;
  const numbers = Array.from({ length: POINTS }, (_, k) => n - POINTS + k);
  const [zero, one] = [numbers.slice(0, PAIR), numbers.slice(PAIR)];
  const found = (why: string): Calibration => ({ zero, one, origin: "layout", note: say.calibrationPairs(zero, one, why) });
  if (corrected !== undefined && n === corrected.length) {
    const [a, b, c, d] = numbers.map((k) => corrected[k]!);
    if (Math.abs(a! + b!) < 1e-6 && Math.abs(c! + d! - 2) < 1e-6) return found(say.byCorrectedData());
  }
  const [i, q] = signal.map((c) => Float64Array.from(rows, (row) => c.values[row]!));
  const jump = i === undefined ? undefined : trailingCalibration(i, q, PAIR);
  return jump === undefined ? undefined : found(say.byJump(Number(jump.jump.toPrecision(2))));
}

/**
 * PycQED's own fit of a T1, as a note: `/Analysis/Fitted Params <signal>/tau` with `value` and `stderr` as numbers or as texts, else the line
 * `tau: 3.5e-05 +/- 7e-07` of the fit's report. Undefined where the measurement is no T1 or no fit is stored.
 */
export function storedFit(reader: Hdf5Reader, measurement: string): Note | undefined {
  if (kindOfName(measurement) !== "decay") return undefined;
  const fits = reader.outline.nodes.filter((n) => n.type === "group" && /^\/Analysis\/Fitted Params [^/]*$/.test(n.path));
  for (const fit of fits) {
    const attributes = (name: string) => reader.outline.nodes.find((n) => n.path === `${fit.path}/${name}`)?.attributes ?? {};
    const tau = attributes("tau");
    const report = textOf(fit.attributes["Fit Report"]);
    const line = /^\s*tau:\s*(\S+)(?:\s*\+\/-\s*(\S+))?/m.exec(report);
    const written = tau.value ?? line?.[1];
    if (written === undefined) continue;
    const t1 = numeric(written);
    if (t1 === undefined) return { code: "stored_fit_unread", text: say.storedFitUnread(String(written)) };
    const sigma = numeric(tau.stderr ?? line?.[2]) ?? Number.NaN;
    const { vary } = attributes("offset");
    const offset = vary === undefined || vary === null ? "" : vary === true || vary === 1 || vary === "True" ? "free" : "fixed";
    return { code: "stored_fit", text: say.storedFit(t1, sigma, offset) };
  }
  return undefined;
}

const numeric = (value: AttributeValue | undefined) => numberOf(value) ?? parseNumber(textOf(value));
