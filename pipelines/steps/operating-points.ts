import type { Dataset } from "../../src/tables/dataset.ts";

/** Settings closer together than this are one operating point: a read-back temperature wanders, a set power does not. */
const TOLERANCE: Readonly<Record<string, number>> = { temperature: 0.2 };
const ROUNDING = 2.3e-3;

/**
 * Decays under equal labels whose files state different settings (`30mK` and `90mK` in their paths, powers in their sidecars) are steps of a sweep,
 * never repeats that may be averaged. A setting that only some of them state tells nothing apart.
 */
export function withOperatingPoints<T extends { readonly dataset: Dataset }>(placed: readonly T[]): T[] {
  const groups = new Map<string, Dataset[]>();
  for (const { dataset } of placed)
    if (dataset.kind === "decay") groups.set(keyOf(dataset), [...(groups.get(keyOf(dataset)) ?? []), dataset]);
  const swept = new Set([...groups].filter(([, members]) => stepped(members)).map(([key]) => key));
  return placed.map((p) =>
    p.dataset.kind === "decay" && swept.has(keyOf(p.dataset)) ? { ...p, dataset: { ...p.dataset, axis: "swept" as const } } : p,
  );
}

const keyOf = ({ labels: { cooldown, device, qubit } }: Dataset) => JSON.stringify([cooldown, device, qubit]);

function stepped(members: readonly Dataset[]): boolean {
  if (members.length < 2) return false;
  const names = members[0]!.conditions.map((c) => c.name).filter((name) => name !== "attenuation");
  return names.some((name) => {
    const values = members.map((d) => d.conditions.find((c) => c.name === name)?.value);
    if (!values.every((value) => value !== undefined)) return false;
    const [least, most] = [Math.min(...values.map(Math.abs)), Math.max(...values.map(Math.abs))];
    const signs = new Set(values.map(Math.sign));
    return signs.size > 1 || most - least > (TOLERANCE[name] ?? ROUNDING) * most;
  });
}
