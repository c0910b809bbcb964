import { partOf, type VendorColumn } from "./table.ts";

/**
 * Reads the column names of Keysight and Copper Mountain: `Freq(Hz)`, `S21(REAL)`, `A,1(IMAG)`, `S11 Log Mag(dB)`, `S11 Phase(deg)`, `S21 Lin Mag(U)`.
 * A name without a known part is kept as a number.
 */
export function headerCell(cell: string): VendorColumn {
  const [, name = cell, unit] = /^(.*?)\s*\(([^()]*)\)$/.exec(cell.trim()) ?? [];
  if (/^(?:freq|frequency|time|power|pow)$/i.test(name)) return { is: "axis", name, unit };
  const [, stem = name, words] =
    /^(.*?)\s+((?:log|lin|linear)\s*mag\w*|(?:unwrapped\s+|unwrap\s+|exp\s+)?phase|real|imag\w*)$/i.exec(name) ?? [];
  const spelled = words === undefined ? undefined : partOf(words.replace(/^(?:unwrapped|unwrap|exp)\s+/i, ""));
  const stated = unit === undefined ? "other" : partOf(unit);
  // "Phase(rad)" is in radians, "Lin Mag(U)" has no unit.
  const part = spelled === undefined || (spelled === "deg" && stated === "rad") ? stated : spelled;
  return { is: "part", name: part === "other" ? name : stem, label: cell, part };
}
