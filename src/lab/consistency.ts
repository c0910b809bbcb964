import { pointWithTable, twoUncertainties } from "../core/messages/attenuation.ts";
import * as say from "../core/messages/lab.ts";
import { nearest } from "../core/nearest.ts";
import { fieldProblems } from "./field-keys.ts";
import { kindKeyProblems } from "./kind-keys.ts";
import type { RawLab, RawLine, RawReadout } from "./schema.ts";
import type { Located, Path, Problem } from "./yaml.ts";

/** What each part alone cannot tell: readout errors that leave nothing, lines without qubits or with doubled ones, exclusions of nothing, keys of another kind of file. */
export function consistencyProblems(lab: RawLab, located: Located): Problem[] {
  return [
    ...readoutProblems(lab, located),
    ...lineProblems(lab, located),
    ...exclusionProblems(lab, located),
    ...kindKeyProblems(lab, located),
    ...fieldProblems(lab, located),
  ];
}

/** A part of the whole lab (first), and of every cooldown, with its path. */
function levels<T>(path: string, whole: T | undefined, lab: RawLab, part: (cooldown: Cooldown) => T | undefined): [Path, T][] {
  const all: [Path, T | undefined][] = [
    [[path], whole],
    ...Object.entries(lab.cooldowns ?? {}).map(([name, c]): [Path, T | undefined] => [["cooldowns", name, path], part(c)]),
  ];
  return all.filter((level): level is [Path, T] => level[1] !== undefined);
}
type Cooldown = NonNullable<RawLab["cooldowns"]>[string];

function readoutProblems(lab: RawLab, located: Located): Problem[] {
  return levels<RawReadout>("readout", lab.readout, lab, (c) => c.readout).flatMap(([path, r]) => {
    if (r.p1_given_0 === undefined && r.p0_given_1 === undefined) return [];
    const errors = { ...lab.readout, ...Object.fromEntries(Object.entries(r).filter(([, v]) => v !== undefined)) };
    const sum = (errors.p1_given_0?.value ?? 0) + (errors.p0_given_1?.value ?? 0);
    return sum >= 1 ? [{ ...located.at(path, true), message: say.twoReadoutErrors() }] : [];
  });
}

function lineProblems(lab: RawLab, located: Located): Problem[] {
  const problems: Problem[] = [];
  const known = new Set(levels("qubits", lab.qubits, lab, (c) => c.qubits).flatMap(([, qubits]) => Object.keys(qubits)));
  const all = levels<Record<string, RawLine>>("lines", lab.lines, lab, (c) => c.lines);
  const driving = new Set(all.flatMap(([, lines]) => Object.keys(lines).filter((name) => lines[name]?.qubits)));
  for (const [path, lines] of all) {
    const driven = new Map<string, string>();
    for (const [line, { qubits, attenuation, attenuation_at }] of Object.entries(lines)) {
      if (attenuation && "file" in attenuation) {
        const at = [...path, line, "attenuation"];
        if (attenuation.columns.sigma !== undefined && attenuation.uncertainty !== undefined)
          problems.push({ ...located.at([...at, "uncertainty"], true), message: twoUncertainties() });
        if (attenuation_at !== undefined)
          problems.push({ ...located.at([...path, line, "attenuation_at"], true), message: pointWithTable() });
      }
      if (!driving.has(line))
        problems.push({ ...located.at([...path, line], true), message: say.lineWithoutQubits(line, nearest(line, [...driving])) });
      for (const [i, qubit] of (qubits ?? []).entries()) {
        const place = located.at([...path, line, "qubits", i]);
        const other = driven.get(qubit);
        if (other !== undefined && other !== line) problems.push({ ...place, message: say.qubitOnTwoLines(qubit, other, line) });
        driven.set(qubit, line);
        // A line may drive qubits of which nothing else is known; another way of writing a known one is a typing error.
        const twin = known.has(qubit) ? undefined : [...known].find((k) => k.toLowerCase() === qubit.toLowerCase());
        if (twin !== undefined) problems.push({ ...place, message: say.qubitCase(qubit, twin) });
      }
    }
  }
  return problems;
}

function exclusionProblems(lab: RawLab, located: Located): Problem[] {
  return (lab.exclude ?? []).flatMap((x, i) => {
    if (x.file === undefined && x.match === undefined) return [{ ...located.at(["exclude", i]), message: say.excludeWhat() }];
    const place = located.at(["exclude", i, "file"]);
    if (x.file?.includes("\\")) return [{ ...place, message: say.patternBackslash(x.file) }];
    return x.file !== undefined && /^\.{0,2}\//.test(x.file) ? [{ ...place, message: say.patternPath(x.file) }] : [];
  });
}
