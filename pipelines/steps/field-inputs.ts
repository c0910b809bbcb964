import type { GroupLabels } from "../../src/core/estimate.ts";
import type { Lab } from "../../src/lab/load.ts";
import type { FieldDataset, FieldInput } from "../../src/routes/field/input.ts";
import type { SiteInput } from "../../src/routes/field/sites.ts";
import { columnOf, type Dataset, withoutRows } from "../../src/tables/dataset.ts";
import { POWER_KINDS, sameGroup } from "./groups.ts";
import type { PlacedDataset } from "./place.ts";

/** One per cooldown and device that has maps, in the order of their names; what the lab file excludes is left out. */
export function fieldInputs(placed: readonly PlacedDataset[], lab: Lab | undefined): FieldInput[] {
  const groups = new Map<string, { labels: GroupLabels; maps: FieldDataset[]; sources: FieldDataset[] }>();
  for (const { dataset, member } of membersOf(placed)) {
    if (isOfSite(dataset)) continue;
    const { cooldown, device } = dataset.labels;
    const key = JSON.stringify([cooldown, device]);
    const group = groups.get(key) ?? { labels: { cooldown, device, qubit: "" }, maps: [], sources: [] };
    groups.set(key, group);
    (dataset.kind === "field" ? group.maps : group.sources).push(member);
  }
  return [...groups.entries()]
    .filter(([, { maps }]) => maps.length > 0)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { labels, maps, sources }]) => ({
      ...{ labels, maps: onceEach(maps, () => ""), sources: onceEach(sources, namesOf) },
      facts: lab?.field(labels.cooldown) ?? { regions: [], spots: [], background: false },
    }));
}

/** One per qubit whose population is a place of a map, with its other datasets. */
export function siteInputs(placed: readonly PlacedDataset[], lab: Lab | undefined): SiteInput[] {
  const groups = new Map<string, { labels: GroupLabels; populations: FieldDataset[]; powers: FieldDataset[] }>();
  for (const { dataset, member } of membersOf(placed)) {
    if (!isOfSite(dataset)) continue;
    const { cooldown, device, qubit } = dataset.labels;
    const key = JSON.stringify([cooldown, device, qubit]);
    const group = groups.get(key) ?? { labels: { cooldown, device, qubit }, populations: [], powers: [] };
    groups.set(key, group);
    (dataset.kind === "field" ? group.populations : group.powers).push(member);
  }
  return [...groups.entries()]
    .filter(([, { populations }]) => populations.length > 0)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { labels, populations, powers }]) => ({
      ...{ labels, populations: populations.sort(byPath), powers: powers.sort(byPath) },
      facts: lab?.facts(labels) ?? { device: labels.device, qubit: {}, readout: {} },
      others: placed
        .filter((p) => sameGroup(p.dataset.labels, labels) && POWER_KINDS.includes(p.dataset.kind) && p.excluded !== "all")
        .map((p) => ({
          dataset: withoutRows(p.dataset, p.excluded === "all" ? [] : p.excluded),
          ...(p.match ? { entry: p.match.entry } : {}),
        })),
    }));
}

/** Populations of a qubit, or its absorbed power: their place is the qubit's. */
function isOfSite(dataset: Dataset): boolean {
  const power = columnOf(dataset, "r_total");
  return columnOf(dataset, "x") === undefined && (columnOf(dataset, "population") !== undefined || power?.unit === "W");
}

function membersOf(placed: readonly PlacedDataset[]): { readonly dataset: Dataset; readonly member: FieldDataset }[] {
  return placed.flatMap(({ dataset, path, match, excluded, checks }) => {
    if ((dataset.kind !== "field" && dataset.kind !== "field-source") || excluded === "all") return [];
    const entry = match ? { entry: match.entry } : {};
    return [{ dataset, member: { dataset: withoutRows(dataset, excluded), path, ...entry, cut: match?.labels ?? {}, checks } }];
  });
}

/** Equal numbers are one measurement, however many files hold them: the one that the lab file describes, of several the shortest path, stands for all. */
function onceEach(members: readonly FieldDataset[], apart: (member: FieldDataset) => string): FieldDataset[] {
  const first = [...members].sort((a, b) => Number(!a.entry) - Number(!b.entry) || a.path.length - b.path.length || byPath(a, b));
  const each = new Map<string, FieldDataset>();
  for (const member of first.reverse()) each.set(JSON.stringify([member.dataset.id, apart(member)]), member);
  return [...each.values()].sort(byPath);
}

/** One source may feed several maps by their names. */
const namesOf = ({ cut: { cooldown: _cooldown, device: _device, ...names } }: FieldDataset) => JSON.stringify(names);

const byPath = (a: FieldDataset, b: FieldDataset) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0);
