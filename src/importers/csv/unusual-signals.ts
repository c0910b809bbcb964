import * as say from "../../core/messages/csv.ts";
import type { FileColumn } from "./columns.ts";
import { type Meaning, SIGNALS } from "./names.ts";

/** What a lock-in amplifier writes: both columns of a pair, or none. */
const LOCK_IN: readonly { readonly names: readonly [RegExp, RegExp]; readonly meanings: readonly [Meaning, Meaning] }[] = [
  { names: [/^x$/i, /^y$/i], meanings: ["i", "q"] },
  { names: [/^r$/i, /^(?:theta|θ|phase)$/i], meanings: ["magnitude", "phase"] },
];
/** `p0`, `P(0)`, `P(|g>)`, `P_g`, `ground_state_population`. */
const GROUND = /^(?:p(?:op|rob)?[_\s]*\(?\s*\|?\s*[0g]\s*[>⟩]?\s*\)?|ground(?:[_\s]state)?(?:[_\s]population)?|population_[0g])$/i;
/** A third level makes 1 - p0 the population of two. */
const THIRD = /^(?:p(?:op|rob)?[_\s]*\(?\s*\|?\s*[2f]\s*[>⟩]?\s*\)?|population_[2f])$/i;

/** Names that mean a signal against delays only, and only where no other column is one: all this is said in `inferred`. */
export function unusualSignals(columns: readonly FileColumn[]): readonly FileColumn[] {
  const has = (...meanings: readonly Meaning[]) => columns.some((column) => meanings.includes(column.meaning));
  if (!has("delay", "time") || has("u", "r_total") || has(...SIGNALS.filter((signal) => !PHASES.includes(signal)))) return columns;
  const readings = new Map<FileColumn, Partial<FileColumn>>();
  for (const { names, meanings } of LOCK_IN) {
    const [first, second] = names.map((name) => columns.find((column) => name.test(column.name)));
    if (first === undefined || second === undefined || !isVoltage(first) || !(PHASES.includes(meanings[1]) || isVoltage(second))) continue;
    readings.set(first, { meaning: meanings[0], inferred: say.lockIn(first.name, meanings[0]) });
    readings.set(second, { meaning: meanings[1], inferred: say.lockIn(second.name, meanings[1]) });
  }
  const [ground, another] = columns.filter(({ name, conversion }) => GROUND.test(name) && conversion.unit === "1");
  if (ground !== undefined && another === undefined && !columns.some(({ name }) => THIRD.test(name)))
    readings.set(ground, { meaning: "population", name: "population", complement: true, inferred: say.groundPopulation(ground.name) });
  return columns.map((column) => ({ ...column, ...readings.get(column) }));
}

/** Whether the name is that of the ground state or of a third level: no population of the excited state. */
export const isOtherLevel = (name: string): boolean => GROUND.test(name) || THIRD.test(name);

const PHASES: readonly Meaning[] = ["phase", "s_deg"];
const isVoltage = ({ unitless, conversion }: FileColumn) => !unitless && ["V", "A"].includes(conversion.unit);
