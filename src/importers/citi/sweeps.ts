import type { Condition, Note } from "../../core/dataset.ts";
import * as say from "../../core/messages/import-citi.ts";
import { sidecarMessages } from "../../core/messages/import-sidecars.ts";
import { fromDecibel, fromPairs } from "../network/pair-format.ts";
import { type Axis, axisNamed, conditionNamed, refuseTooMany, type Sweep } from "../network/sweep-dataset.ts";
import type { Trace } from "../network/traces.ts";
import { COMPLEX_FORMATS, type Data, isComplex, type Package, type Variable, widthOf } from "./package.ts";

const NOT_SETTINGS = /^(?:TIME|NBR_OF_PORTS|NORMALIZATION)$/i;

/**
 * The sweeps of a package: the VAR that is a frequency (else the innermost one) is the axis, one sweep for each combination of the others.
 * @throws ImportError when there are too many, or an axis cannot have its unit
 */
export function sweepsOf({ variables, data, constants, notes }: Package, place: string): Sweep[] {
  const named: Note[] = [...notes];
  const inner = innerIndex(variables);
  const axisVariable = variables[inner] ?? { name: "", count: 1, values: undefined };
  const first = data[0];
  const points = variables.length > 0 ? axisVariable.count : (first?.numbers.length ?? 0) / widthOf(first?.format ?? "RI");
  const outer = variables.filter((_, v) => v !== inner);
  const count = outer.reduce((product, variable) => product * variable.count, 1);
  refuseTooMany(count, place);
  if (data.length === 0) return [];
  if (variables.length === 0) named.push({ code: "axis", text: say.noVar() });
  for (const variable of variables) if (variable.values === undefined) named.push({ code: "axis", text: say.noValues(variable.name) });
  const axis = axisOf(axisVariable, points, place);
  const stride = variables.slice(inner + 1).reduce((product, variable) => product * variable.count, 1);
  const steady = settings(constants, named, place);
  const varied = new Set([axis.name, ...combination(variables, inner, 0, named, place).conditions.map(({ name }) => name)]);
  const fixed = steady.filter(({ name }) => !varied.has(name));
  for (const { name, value, unit } of steady)
    if (varied.has(name)) named.push({ code: "contradiction", text: say.constantAndVar(name, sidecarMessages.settingOf(value, unit)) });
  return Array.from({ length: count }, (_, k): Sweep => {
    const { conditions, start } = combination(variables, inner, k, named, place);
    return {
      axis,
      traces: data.map((array) => traceOf(array, start, stride, points)),
      conditions: [...fixed, ...conditions],
      swept: count > 1,
      started: startedAt(constants),
      notes: named,
      normalisation: { normalised: false },
    };
  });
}

function innerIndex(variables: readonly Variable[]): number {
  const frequency = variables.findLastIndex(({ name }) => /^freq(?:uency)?$/i.test(name));
  return frequency >= 0 ? frequency : variables.length - 1;
}

function axisOf({ name, values }: Variable, points: number, place: string): Axis {
  if (values !== undefined) return axisNamed(name, values, undefined, place);
  return { name: "index", role: "other", unit: "1", values: Float64Array.from({ length: points }, (_, i) => i) };
}

/** The k-th combination of the outer VARs, the first of them slowest, and where its first point stands in the arrays. */
function combination(
  variables: readonly Variable[],
  inner: number,
  k: number,
  notes: Note[],
  place: string,
): { conditions: Condition[]; start: number } {
  const conditions: Condition[] = [];
  let [rest, start, stride] = [k, 0, 1];
  for (let v = variables.length - 1; v >= 0; v--) {
    const { name, count, values } = variables[v]!;
    if (v !== inner) {
      const index = rest % count;
      rest = (rest - index) / count;
      start += index * stride;
      const condition =
        values === undefined ? { name: `${name} (index)`, value: index, unit: "1" } : conditionNamed(name, values[index]!, notes, place);
      conditions.unshift(condition);
    }
    stride *= count;
  }
  return { conditions, start };
}

/** Real and imaginary part, or one real column, of the points that begin at `start`. */
function traceOf({ name, format, numbers }: Data, start: number, stride: number, points: number): Trace {
  const width = widthOf(format);
  const part = (k: number) => Float64Array.from({ length: points }, (_, i) => numbers[width * (start + i * stride) + k]!);
  if (isComplex(format)) return { name, ...fromPairs(COMPLEX_FORMATS[format], part(0), part(1)) };
  if (format === "MAG") return { name, re: part(0) };
  if (format === "DB") return { name, re: part(0).map(fromDecibel) };
  // Half of a complex number is none: it keeps a name that is no S-parameter.
  if (format === "ANGLE") return { name: `${name} angle`, re: part(0).map((x) => (x * Math.PI) / 180) };
  return { name: `${name} ${format.toLowerCase()}`, re: part(0) };
}

/** CONSTANTs that are one number are settings of the whole package. */
function settings(constants: Package["constants"], notes: Note[], place: string): Condition[] {
  return constants.flatMap(({ name, values }) => {
    const value = Number(values[0]);
    if (values.length !== 1 || values[0] === "" || !Number.isFinite(value) || NOT_SETTINGS.test(name)) return [];
    return [conditionNamed(name, value, notes, place)];
  });
}

/** `CONSTANT TIME year month day hour minute seconds`, as ISO 8601. */
function startedAt(constants: Package["constants"]): string {
  const parts = constants.find(({ name }) => /^TIME$/i.test(name))?.values.map(Number);
  if (parts === undefined || parts.length < 6 || parts.slice(0, 6).some((x) => !Number.isFinite(x))) return "";
  const [year, month, day, hour, minute, second] = parts.map((x) => String(Math.floor(x)).padStart(2, "0"));
  return `${year!.padStart(4, "0")}-${month}-${day}T${hour}:${minute}:${second}`;
}
