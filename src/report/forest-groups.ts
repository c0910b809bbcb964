import { combinedName, forestLine, withoutLine } from "../core/messages/comparison-section.ts";
import type { Comparison } from "../routes/comparison.ts";
import type { ForestGroup, ForestRow } from "./figures/forest.ts";
import type { markersOf } from "./figures/marker.ts";
import { groupName } from "./names.ts";
import type { Study } from "./study.ts";

/** Ratios by the attenuation they rest on, in the order of line and cooldown; below each the combined one where there are two or more. */
export function forestGroups(study: Study, markerOf: ReturnType<typeof markersOf>): ForestGroup[] {
  const entries = new Map<string, Comparison[]>();
  for (const c of study.comparisons) {
    if (!Number.isFinite(c.ratioDb)) continue;
    const key = c.line?.entry ?? "";
    entries.set(key, [...(entries.get(key) ?? []), c]);
  }
  // By line, then in the order of the comparisons; last those without a line.
  const name = (all: readonly Comparison[]) => all[0]?.line?.name;
  const ordered = [...entries.values()].sort((a, b) => compareNames(name(a), name(b)));
  return ordered.map((members) => {
    const line = members[0]!.line;
    const test = line && study.lines.find((t) => t.line.entry === line.entry);
    const rows: ForestRow[] = members.map((c) => ({
      name: groupName({ ...c.labels, device: "" }, 12),
      ...{ db: c.ratioDb, stat: c.sigmaStatDb, total: c.sigmaDb, hollow: isNoTest(c), marker: markerOf(c.labels) },
    }));
    if (test && test.members.length > 1)
      rows.push({
        name: combinedName(test.members.length, test.standing),
        ...{ db: test.ratioDb, stat: test.sigmaStatDb, total: test.sigmaDb, hollow: test.standing !== "independent" },
      });
    return { title: line ? forestLine(line, [...new Set(members.map((c) => c.labels.cooldown))]) : withoutLine(), rows };
  });
}

function compareNames(a: string | undefined, b: string | undefined): number {
  if (a === b) return 0;
  if (a === undefined || b === undefined) return a === undefined ? 1 : -1;
  return a < b ? -1 : 1;
}

/** Circular, of unknown origin, or a lower bound. */
function isNoTest(c: Comparison): boolean {
  return c.verdict === "empty" || (c.line !== undefined && c.line.standing !== "independent") || c.power?.estimator === "scalar_difference";
}

/** Parts of about so many rows: a picture that breaks over pages is none. */
export function inFigures(groups: readonly ForestGroup[], most: number): ForestGroup[][] {
  const figures: ForestGroup[][] = [];
  let rows = Number.POSITIVE_INFINITY;
  for (const group of groups) {
    for (let from = 0; from < group.rows.length; from += most) {
      const part = { ...group, rows: group.rows.slice(from, from + most) };
      if (rows + part.rows.length > most) {
        figures.push([]);
        rows = 0;
      }
      figures.at(-1)!.push(part);
      rows += part.rows.length + 1;
    }
  }
  return figures;
}
