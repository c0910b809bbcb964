import { LabFileError } from "../core/errors.ts";
import type { GroupLabels } from "../core/estimate.ts";
import { twoTimings } from "../core/messages/lab.ts";
import type { Quantity } from "../core/quantity.ts";
import { type AttenuationTable, attenuationAt } from "./attenuation-table.ts";
import { type Facts, type FileEntry, type LineFacts, type QubitFacts, type Readout, type Stated, TIMING, type Timing } from "./lab.ts";
import { own } from "./own.ts";
import type { RawLab, RawLine, RawQubit, RawReadout } from "./schema.ts";

/** Attenuation tables as read, by the entry of the lab file that names them. */
export type Tables = ReadonlyMap<string, AttenuationTable>;

/** A statement and where in the lab file it stands. */
type Level<T> = readonly [entry: string, statement: T | undefined];

/**
 * Everything stated about one qubit in one cooldown. Key by key the nearest statement wins: that of the cooldown before that of the whole lab, at each
 * that of the qubit before that of all, and for the timing that of the files' entries before both. Temperature and equilibrium population say the
 * same thing and are one statement: the nearest level that has either hides both of the farther ones.
 * @param entries the entries of `files:` that this qubit's data matched
 * @param tables files of attenuation against frequency; one that was not read is no attenuation
 * @throws LabFileError when two of them state the timing differently: one qubit has one readout
 */
export function factsOf(lab: RawLab, labels: GroupLabels, entries: readonly FileEntry[] = [], tables: Tables = new Map()): Facts {
  const cooldown = own(lab.cooldowns, labels.cooldown);
  const here = `cooldowns.${labels.cooldown}`;
  const ofQubit: Level<RawQubit> = [`${here}.qubits.${labels.qubit}`, own(cooldown?.qubits, labels.qubit)];
  const ofLab: Level<RawQubit> = [`qubits.${labels.qubit}`, own(lab.qubits, labels.qubit)];
  const readout: Level<RawReadout>[] = [
    timingOf(ofQubit),
    [`${here}.readout`, cooldown?.readout],
    timingOf(ofLab),
    ["readout", lab.readout],
  ];
  // A temperature of the cooldown holds for all its qubits.
  const qubit = qubitFacts(nearestBath([ofQubit, [here, bathOf(cooldown)], ofLab]));
  const line = lineOf(lab, labels, tables, qubit.frequency?.quantity.value ?? Number.NaN);
  return {
    device: labels.device || cooldown?.device || lab.device || "",
    qubit,
    readout: { ...merged<Readout>(readout, ["prepared", "duty_cycle"]), ...timingOfEntries(entries) },
    ...(line ? { line } : {}),
  };
}

function qubitFacts(levels: readonly Level<RawQubit>[]): QubitFacts {
  const facts = merged<QubitFacts>(
    levels,
    ["geometry", "driven_port", "temperature_from", "participation"],
    ["position", "couplings", ...TIMING],
  );
  const position = levels.find(([, q]) => q?.position)?.[1]?.position?.map((x) => x.value);
  const [entry, qubit] = levels.find(([, q]) => q?.couplings) ?? [];
  const coupling = (port: "drive" | "detect") => ({ quantity: qubit!.couplings![port], entry: `${entry}.couplings.${port}` });
  return {
    ...facts,
    ...(position ? { position } : {}),
    ...(qubit ? { couplings: { drive: coupling("drive"), detect: coupling("detect") } } : {}),
  };
}

/** The line that drives the qubit: one that the cooldown itself puts it on before one that it inherits from the whole lab. */
function lineOf(lab: RawLab, labels: GroupLabels, tables: Tables, frequency: number): LineFacts | undefined {
  const here = own(lab.cooldowns, labels.cooldown)?.lines ?? {};
  const drives = (qubits: readonly string[] | undefined) => qubits?.includes(labels.qubit) === true;
  const name =
    Object.keys(here).find((n) => drives(here[n]?.qubits)) ??
    Object.keys(lab.lines ?? {}).find((n) => own(here, n)?.qubits === undefined && drives(lab.lines?.[n]?.qubits));
  if (name === undefined) return undefined;
  const levels: Level<RawLine>[] = [
    [`cooldowns.${labels.cooldown}.lines.${name}`, own(here, name)],
    [`lines.${name}`, own(lab.lines, name)],
  ];
  const qubits = levels.find(([, l]) => l?.qubits !== undefined)?.[1]?.qubits ?? [];
  const found = merged<Omit<LineFacts, "name" | "qubits">>(levels, ["attenuation_from", "power_at"], ["qubits"]);
  const { attenuation, ...others } = found;
  return {
    ...others,
    ...(attenuation ? attenuationOf(attenuation, tables, frequency) : {}),
    ...{ name, qubits, attenuation_from: found.attenuation_from ?? "unknown", power_at: found.power_at ?? "source" },
  };
}

/** A number as it stands; a table, and its value at the qubit's frequency. */
function attenuationOf(
  stated: NonNullable<LineFacts["attenuation"]>,
  tables: Tables,
  frequency: number,
): Pick<LineFacts, "attenuation" | "attenuation_table"> {
  const { entry } = stated;
  const worth = stated.quantity as NonNullable<RawLine["attenuation"]>;
  if (!("file" in worth)) return { attenuation: stated };
  const table = tables.get(entry);
  if (!table) return {};
  const quantity = attenuationAt(table, frequency);
  return { attenuation_table: { table, entry }, ...(quantity ? { attenuation: { quantity, entry } } : {}) };
}

/** Key by key the first level that states it; quantities with the entry they come from, `plain` keys as they are, `left` keys not at all. */
function merged<T>(levels: readonly Level<object>[], plain: readonly string[], left: readonly string[] = []): T {
  const result: Record<string, unknown> = {};
  for (const [entry, statement] of levels)
    for (const [key, value] of Object.entries(statement ?? {})) {
      if (value === undefined || key in result || left.includes(key)) continue;
      result[key] = plain.includes(key) ? value : ({ quantity: value as Quantity, entry: `${entry}.${key}` } satisfies Stated<Quantity>);
    }
  return result as T;
}

function bathOf(cooldown: Pick<RawQubit, "temperature" | "temperature_from" | "equilibrium_population"> | undefined): RawQubit {
  const { temperature, temperature_from, equilibrium_population } = cooldown ?? {};
  return { temperature, temperature_from, equilibrium_population };
}

/** Without temperature and population of the levels behind the nearest that states one of them. */
function nearestBath(levels: readonly Level<RawQubit>[]): Level<RawQubit>[] {
  const first = levels.findIndex(([, q]) => q?.temperature !== undefined || q?.equilibrium_population !== undefined);
  return levels.map(([entry, q], i) =>
    first >= 0 && i > first && q ? [entry, { ...q, temperature: undefined, equilibrium_population: undefined }] : [entry, q],
  );
}

function timingOf([entry, qubit]: Level<RawQubit>): Level<RawReadout> {
  return [entry, Object.fromEntries(TIMING.map((key) => [key, qubit?.[key]]))];
}

function timingOfEntries(entries: readonly FileEntry[]): Timing {
  const result: Record<string, unknown> = {};
  for (const key of TIMING) {
    const stating = entries.filter((e) => e.timing?.[key] !== undefined);
    const [first] = stating;
    if (!first) continue;
    const worth = (e: FileEntry) => {
      const stated = e.timing?.[key];
      return typeof stated === "number" ? stated : stated?.quantity.value;
    };
    const other = stating.find((e) => worth(e) !== worth(first));
    if (other) throw new LabFileError(twoTimings(key, first.place, other.place), other.place);
    result[key] = first.timing?.[key];
  }
  return result;
}
