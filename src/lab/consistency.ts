import * as say from "../core/messages/lab.ts";
import type { RawLab } from "./schema.ts";
import type { Located, Path, Problem } from "./yaml.ts";

/** What each part alone cannot tell: lines that name unknown qubits, readout errors without their preparation, exclusions of nothing. */
export function consistencyProblems(lab: RawLab, located: Located): Problem[] {
  return [...readoutProblems(lab, located), ...lineProblems(lab, located), ...exclusionProblems(lab, located)];
}

function readoutProblems(lab: RawLab, located: Located): Problem[] {
  const levels: [Path, RawLab["readout"]][] = [
    [["readout"], lab.readout],
    ...Object.entries(lab.cooldowns ?? {}).map(([name, c]): [Path, RawLab["readout"]] => [["cooldowns", name, "readout"], c.readout]),
  ];
  return levels.flatMap(([path, r]) => {
    const sum = (r?.p1_given_0?.value ?? 0) + (r?.p0_given_1?.value ?? 0);
    return sum >= 1 ? [{ ...located.at(path, true), message: say.twoReadoutErrors() }] : [];
  });
}

function lineProblems(lab: RawLab, located: Located): Problem[] {
  const problems: Problem[] = [];
  const lists: [Path, RawLab["lines"]][] = [
    [["lines"], lab.lines],
    ...Object.entries(lab.cooldowns ?? {}).map(([name, c]): [Path, RawLab["lines"]] => [["cooldowns", name, "lines"], c.lines]),
  ];
  for (const [path, lines] of lists) {
    const driven = new Map<string, string>();
    for (const [line, { qubits }] of Object.entries(lines ?? {}))
      for (const [i, qubit] of (qubits ?? []).entries()) {
        const place = located.at([...path, line, "qubits", i]);
        const other = driven.get(qubit);
        if (other !== undefined && other !== line) problems.push({ ...place, message: say.qubitOnTwoLines(qubit, other, line) });
        driven.set(qubit, line);
      }
  }
  return problems;
}

function exclusionProblems(lab: RawLab, located: Located): Problem[] {
  return (lab.exclude ?? []).flatMap((x, i) => {
    return x.file === undefined && x.match === undefined ? [{ ...located.at(["exclude", i]), message: say.excludeWhat() }] : [];
  });
}
