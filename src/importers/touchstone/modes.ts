import { ImportError } from "../../core/errors.ts";
import * as say from "../../core/messages/touchstone.ts";

/** Ports of a mixed-mode matrix in the order of the file. */
export interface Modes {
  /** `D2,3`, `C2,3`; a single-ended port keeps its number, `4`. */
  readonly names: readonly string[];
  /** Reference resistance of each mode, ohm. */
  readonly references: readonly number[];
}

/**
 * Checks `[Mixed-Mode Order]` and gives each mode its resistance: 2 R for the differential, R / 2 for the common mode of two ports of R
 * (D. E. Bockelman and W. R. Eisenstadt, IEEE Trans. MTT 43, 1530 (1995), sec. II).
 * @param references resistance of each port
 * @throws ImportError when the modes are not those of all ports
 */
export function mixedModes(order: readonly string[], references: readonly number[], line: number, path: string): Modes {
  const fail = (sentence: string): never => {
    throw new ImportError(sentence, `${path}:${line}`);
  };
  const ports = references.length;
  const pairs = new Map<string, Set<string>>();
  const used: number[] = [];
  const modes = order.map((written) => {
    const [, kind, first, second] = /^([DC])(\d+),(\d+)$/i.exec(written) ?? /^(S)(\d+)$/i.exec(written) ?? [];
    const [i, j] = [Number(first), second === undefined ? undefined : Number(second)];
    const inside = (port: number) => port >= 1 && port <= ports;
    if (kind === undefined || !inside(i) || (j !== undefined && (!inside(j) || i === j))) fail(say.badMode(line, written, ports));
    const letter = kind!.toUpperCase();
    const ohm = references[i - 1]!;
    if (j === undefined) {
      used.push(i);
      return { name: String(i), ohm };
    }
    const key = `${i},${j}`;
    const letters = pairs.get(key) ?? new Set();
    if (letters.size === 0) used.push(i, j);
    pairs.set(key, letters.add(letter));
    if (references[j - 1] !== ohm) fail(say.pairResistances(key));
    return { name: `${letter}${key}`, ohm: letter === "D" ? 2 * ohm : ohm / 2 };
  });
  const complete = new Set(used).size === ports && used.length === ports && [...pairs.values()].every((letters) => letters.size === 2);
  if (!complete || modes.length !== ports) fail(say.modesDoNotFit(line, ports));
  return { names: modes.map((mode) => mode.name), references: modes.map((mode) => mode.ohm) };
}
