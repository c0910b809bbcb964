import type { GroupLabels } from "../core/estimate.ts";
import type { Facts, LineFacts, QubitFacts, Readout, Stated } from "./lab.ts";
import type { RawLab, RawLine, RawQubit, RawReadout } from "./schema.ts";

/** How the drive and the readout follow each other: stated for the readout, or for one qubit. */
const TIMING: readonly string[] = ["drive_to_readout", "drive_duration", "duty_cycle", "if_bandwidth"];

/** A statement and where in the lab file it stands. */
type Level<T> = readonly [entry: string, statement: T | undefined];

/** Everything stated about one qubit in one cooldown. Key by key the nearest statement wins: that of the cooldown before that of the whole lab. */
export function factsOf(lab: RawLab, labels: GroupLabels): Facts {
  const cooldown = lab.cooldowns?.[labels.cooldown];
  const here = `cooldowns.${labels.cooldown}`;
  const qubit: Level<RawQubit>[] = [
    [`${here}.qubits.${labels.qubit}`, cooldown?.qubits?.[labels.qubit]],
    [here, cooldown && bathOf(cooldown)],
    [`qubits.${labels.qubit}`, lab.qubits?.[labels.qubit]],
  ];
  const readout: Level<RawReadout>[] = [
    [`${here}.qubits.${labels.qubit}`, timingOf(cooldown?.qubits?.[labels.qubit])],
    [`qubits.${labels.qubit}`, timingOf(lab.qubits?.[labels.qubit])],
    [`${here}.readout`, cooldown?.readout],
    ["readout", lab.readout],
  ];
  const line = lineOf(lab, labels);
  return {
    device: labels.device || cooldown?.device || lab.device || "",
    qubit: merged<QubitFacts>(
      qubit,
      ["geometry", "temperature_from", "participation"],
      { position: (p: readonly { value: number }[]) => p.map((q) => q.value) },
      ["couplings", ...TIMING],
    ),
    readout: merged<Readout>(readout, ["prepared", "duty_cycle"]),
    ...(line ? { line } : {}),
  };
}

/** The line whose list names the qubit, in this cooldown or else in the whole lab. */
function lineOf(lab: RawLab, labels: GroupLabels): LineFacts | undefined {
  const cooldown = lab.cooldowns?.[labels.cooldown];
  const names = new Set([...Object.keys(cooldown?.lines ?? {}), ...Object.keys(lab.lines ?? {})]);
  for (const name of names) {
    const levels: Level<RawLine>[] = [
      [`cooldowns.${labels.cooldown}.lines.${name}`, cooldown?.lines?.[name]],
      [`lines.${name}`, lab.lines?.[name]],
    ];
    const qubits = levels.find(([, l]) => l?.qubits !== undefined)?.[1]?.qubits ?? [];
    if (!qubits.includes(labels.qubit)) continue;
    const found = merged<Omit<LineFacts, "name" | "qubits">>(levels, ["attenuation_from", "power_at"], {}, ["qubits"]);
    return { ...found, name, qubits, attenuation_from: found.attenuation_from ?? "unknown", power_at: found.power_at ?? "source" };
  }
  return undefined;
}

/** Key by key the first level that states it; quantities with the entry they come from, `plain` keys as they are. */
function merged<T>(
  levels: readonly Level<object>[],
  plain: readonly string[],
  converted: Readonly<Record<string, (value: never) => unknown>> = {},
  left: readonly string[] = [],
): T {
  const result: Record<string, unknown> = {};
  for (const [entry, statement] of levels)
    for (const [key, value] of Object.entries(statement ?? {})) {
      if (value === undefined || key in result || left.includes(key)) continue;
      const convert = converted[key];
      result[key] = convert
        ? convert(value as never)
        : plain.includes(key)
          ? value
          : ({ quantity: value, entry: `${entry}.${key}` } as Stated<unknown>);
    }
  return result as T;
}

const BATH = ["temperature", "temperature_from", "equilibrium_population"] as const;

/** A cooldown's own temperature holds for all its qubits. */
function bathOf(cooldown: Partial<Record<(typeof BATH)[number], unknown>>): RawQubit {
  return Object.fromEntries(BATH.filter((k) => cooldown[k] !== undefined).map((k) => [k, cooldown[k]])) as RawQubit;
}

function timingOf(qubit: RawQubit | undefined): RawReadout {
  return Object.fromEntries(Object.entries(qubit ?? {}).filter(([k]) => TIMING.includes(k))) as RawReadout;
}
