import { ImportError } from "../../core/errors.ts";
import { qcodesMessages } from "../../core/messages/import-qcodes.ts";
import type { Parameter } from "../sweep/parameter.ts";

/** Which parameters a run has, and which depend on which. */
export interface Description {
  readonly parameters: ReadonlyMap<string, Parameter>;
  /** Dependent parameter -> its setpoints, the outermost first. */
  readonly dependencies: ReadonlyMap<string, readonly string[]>;
}

/**
 * Reads `runs.run_description`. Version 0 lists `paramspecs` with their `depends_on`; version 1 has `parameters` and `dependencies` under
 * `interdependencies`; versions 2 and 3 have these under `interdependencies_` (and version 0's list beside them).
 * @param place of the run, for errors
 * @throws ImportError for any other content
 */
export function parseDescription(text: string, place: string): Description {
  let root: unknown;
  try {
    root = JSON.parse(text);
  } catch (error) {
    throw new ImportError(qcodesMessages.badDescription((error as Error).message), place, { cause: error });
  }
  if (!isRecord(root)) throw new ImportError(qcodesMessages.badDescription("it is no object"), place);
  const version = root.version ?? 0;
  if (![0, 1, 2, 3].includes(version as number)) throw new ImportError(qcodesMessages.descriptionVersion(String(version)), place);
  const graph = version === 1 ? root.interdependencies : root.interdependencies_;
  const found = isRecord(graph) && isRecord(graph.parameters) ? fromGraph(graph) : fromList(root.interdependencies, place);
  for (const [dependent, setpoints] of found.dependencies)
    for (const name of [dependent, ...setpoints])
      if (!found.parameters.has(name)) throw new ImportError(qcodesMessages.unknownParameter(dependent, name), place);
  return found;
}

function fromGraph(graph: Readonly<Record<string, unknown>>): Description {
  const parameters = new Map<string, Parameter>();
  for (const [name, spec] of Object.entries(graph.parameters as object)) parameters.set(name, parameterOf(name, spec));
  const dependencies = new Map<string, readonly string[]>();
  if (isRecord(graph.dependencies))
    for (const [name, setpoints] of Object.entries(graph.dependencies)) dependencies.set(name, namesIn(setpoints));
  return { parameters, dependencies };
}

function fromList(list: unknown, place: string): Description {
  const specs = isRecord(list) ? list.paramspecs : undefined;
  if (!Array.isArray(specs)) throw new ImportError(qcodesMessages.badDescription("it lists no parameters"), place);
  const parameters = new Map<string, Parameter>();
  const dependencies = new Map<string, readonly string[]>();
  for (const spec of specs as unknown[]) {
    const name = textOf(isRecord(spec) ? spec.name : undefined);
    if (!isRecord(spec) || name === "") throw new ImportError(qcodesMessages.badDescription("a parameter has no name"), place);
    parameters.set(name, parameterOf(name, spec));
    const setpoints = namesIn(spec.depends_on);
    if (setpoints.length > 0) dependencies.set(name, setpoints);
  }
  return { parameters, dependencies };
}

function parameterOf(name: string, spec: unknown): Parameter {
  const { label, unit, paramtype } = isRecord(spec) ? spec : {};
  return { name, label: textOf(label), unit: textOf(unit), type: textOf(paramtype) || "numeric" };
}

/** A list of names, or the names in one text, separated by commas, as the oldest versions wrote them. */
function namesIn(value: unknown): string[] {
  const names = Array.isArray(value) ? value.map(textOf) : textOf(value).split(",");
  return names.map((name) => name.trim()).filter((name) => name !== "");
}

export function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
