import type { Note } from "../../core/dataset.ts";
import * as say from "../../core/messages/import-network.ts";
import type { ColumnData } from "../../tables/dataset.ts";
import type { Complex } from "./complex.ts";
import { type NamedParameter, parameterNamed } from "./parameter-name.ts";
import { type PortPair, portName } from "./port-pair.ts";
import { normalised, type Parameter, toScattering } from "./to-scattering.ts";

/** One column of network parameters against the axis, as the file names it. */
export interface Trace {
  readonly name: string;
  readonly re: Float64Array;
  /** Absent for a real number, or a modulus without phase. */
  readonly im?: Float64Array;
}

/** How Y, Z, G and H are written when the file converts them. */
export interface Normalisation {
  /** Reference resistance of all ports or of each, where the file states it, ohm. */
  readonly references?: readonly number[];
  /** True: divided by it, as in Touchstone 1; false: in ohm and siemens. */
  readonly normalised: boolean;
}

type Indexed = Extract<NamedParameter, { receiving: number }>;

/** S-parameters and, beside them, what is no S-parameter. */
export interface Interpreted {
  readonly pairs: readonly PortPair[];
  readonly others: readonly Trace[];
}

/**
 * S-parameters are taken as they stand. Where there are none, a complete matrix of Z, Y, H or G is converted at the port impedances
 * that the file states, else at 50 ohm, which is noted. Everything else is kept under its name.
 */
export function interpretTraces(traces: readonly Trace[], normalisation: Normalisation, notes: Note[]): Interpreted {
  const named = traces.map((trace) => ({ trace, parameter: parameterNamed(trace.name) }));
  const ports = Math.max(
    1,
    ...named.map(({ parameter: p }) => (p !== undefined && "receiving" in p ? Math.max(p.receiving, p.driven) : 1)),
  );
  const pairs: PortPair[] = [];
  const rest: { trace: Trace; parameter: NamedParameter | undefined }[] = [];
  for (const { trace, parameter } of named) {
    if (parameter?.letter !== "S") {
      rest.push({ trace, parameter });
      continue;
    }
    const port = "receiving" in parameter ? nameOf(parameter, ports) : "";
    if (pairs.some((pair) => pair.port === port)) {
      notes.push({ code: "repeated_parameter", text: say.repeatedParameter(trace.name) });
      rest.push({ trace, parameter: undefined });
    } else pairs.push({ port, re: trace.re, ...(trace.im && { im: trace.im }) });
  }
  const ohm = portResistances(rest, ports);
  const stated = normalisation.references;
  const plain = rest.filter(({ parameter }) => parameter?.letter !== "PortZ" || ohm === undefined).map(({ trace }) => trace);
  if (pairs.length > 0) {
    const other = ohm ?? (stated?.some((r) => r !== 50) ? stated : undefined);
    if (other !== undefined) notes.push({ code: "reference", text: say.portResistances(other) });
    return { pairs, others: plain };
  }
  for (const letter of ["Z", "Y", "H", "G"] as const) {
    const matrix = completeMatrix(rest, letter, ports);
    if (matrix === undefined || ((letter === "H" || letter === "G") && ports !== 2)) continue;
    // A complex or varying port impedance is no reference resistance.
    if (ohm === undefined && rest.some(({ parameter }) => parameter?.letter === "PortZ")) break;
    const references = ohm ?? Array.from({ length: ports }, (_, i) => stated?.[i] ?? stated?.[0] ?? 50);
    if (ohm === undefined && stated === undefined) notes.push({ code: "reference", text: say.referenceAssumed(letter) });
    notes.push({ code: "converted", text: say.converted(letter, references) });
    const converted = convert(letter, matrix, ports, normalisation.normalised ? undefined : references);
    return { pairs: converted, others: plain.filter((trace) => !matrix.some((used) => used === trace)) };
  }
  return { pairs, others: plain };
}

/** Columns of what is no S-parameter, kept without a role. */
export function otherColumns(traces: readonly Trace[]): ColumnData[] {
  return traces.flatMap((trace): ColumnData[] => {
    const parameter = parameterNamed(trace.name);
    const unit = parameter === undefined ? {} : { inferred: say.parameterUnit() };
    const column = (name: string, values: Float64Array): ColumnData => ({ name, unit: "1", role: "other", ...unit, values });
    if (trace.im === undefined) return [column(trace.name, trace.re)];
    return [column(`${trace.name}_re`, trace.re), column(`${trace.name}_im`, trace.im)];
  });
}

const nameOf = (p: Indexed, ports: number) => portName(String(p.receiving), String(p.driven), ports);

/** One real resistance per port that holds at all points, or undefined. */
function portResistances(
  rest: readonly { trace: Trace; parameter: NamedParameter | undefined }[],
  ports: number,
): readonly number[] | undefined {
  const found = Array.from({ length: ports }, (_, i) => {
    const trace = rest.find(({ parameter: p }) => p?.letter === "PortZ" && "port" in p && p.port === i + 1)?.trace;
    const first = trace?.re[0];
    const constant = trace?.re.every((x) => x === first) && (trace.im?.every((x) => x === 0) ?? true);
    return constant && first !== undefined && first > 0 ? first : undefined;
  });
  const stated = found.filter((x) => x !== undefined);
  return stated.length === ports ? stated : undefined;
}

/** The complex traces of all pairs of ports row by row, or undefined where one is missing. */
function completeMatrix(
  rest: readonly { trace: Trace; parameter: NamedParameter | undefined }[],
  letter: Parameter,
  ports: number,
): readonly Required<Trace>[] | undefined {
  const cells = Array.from({ length: ports * ports }, (_, cell) => {
    const [i, j] = [Math.floor(cell / ports) + 1, (cell % ports) + 1];
    return rest.find(({ parameter: p }) => p?.letter === letter && "receiving" in p && p.receiving === i && p.driven === j)?.trace;
  });
  const complex = cells.filter((trace): trace is Required<Trace> => trace?.im !== undefined);
  return complex.length === cells.length ? complex : undefined;
}

function convert(letter: Parameter, matrix: readonly Required<Trace>[], ports: number, ohm: readonly number[] | undefined): PortPair[] {
  const points = matrix[0]!.re.length;
  const result = matrix.map((_, cell) => ({
    port: portName(String(Math.floor(cell / ports) + 1), String((cell % ports) + 1), ports),
    re: new Float64Array(points),
    im: new Float64Array(points),
  }));
  for (let point = 0; point < points; point++) {
    const written = matrix.map((trace): Complex => [trace.re[point]!, trace.im[point]!]);
    toScattering(letter, ohm === undefined ? written : normalised(letter, written, ohm), ports).forEach((s, cell) => {
      result[cell]!.re[point] = s[0];
      result[cell]!.im[point] = s[1];
    });
  }
  return result;
}
