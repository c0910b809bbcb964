import type { Note } from "../../core/dataset.ts";
import * as say from "../../core/messages/import-network.ts";
import type { ColumnData } from "../../tables/dataset.ts";

/** Nine digits of a total reflection. */
const ROUNDING = 1e-9;
/** Hz: what network analysers measure, from audio to the extenders of millimetre waves. A sweep may begin at 0. */
const MEASURED = { from: 1e3, to: 1e12 };

interface Parameter {
  readonly port: string;
  readonly re: Float64Array;
  readonly im: Float64Array | undefined;
}

/** The columns with what an analyser writes for a parameter that it did not measure left without a role; that, and |S| above 1, is noted. */
export function withoutPlaceholders(columns: readonly ColumnData[], notes: Note[]): readonly ColumnData[] {
  const imaginary = new Map(columns.flatMap((c) => (c.role === "s_im" ? [[c.port ?? "", c.values]] : [])));
  const parameters = columns.flatMap((c): Parameter[] => {
    if (c.role !== "s_re" && c.role !== "s_mag") return [];
    const port = c.port ?? "";
    return [{ port, re: c.values, im: c.role === "s_re" ? imaginary.get(port) : undefined }];
  });
  const large = parameters.map((p) => ({ port: p.port, most: largest(p) })).filter(({ most }) => most > 1 + ROUNDING);
  const [first, ...others] = large.sort((a, b) => b.most - a.most);
  if (first !== undefined) notes.push({ code: "above_one", text: say.aboveOne(first.port, first.most, others.length) });
  const suspects = parameters.filter((p) => isConstant(p) && isPlaceholder(p)).map((p) => p.port);
  if (suspects.length === 0) return columns;
  // Where nothing else was measured they may be an ideal open, match or through: they are kept, and said to be no measurement.
  const alone = parameters.every(isConstant);
  notes.push({ code: "placeholder", text: (alone ? say.idealElement : say.placeholder)(suspects) });
  if (alone) return columns;
  const unused = new Set(suspects);
  return columns.map((c) => (c.role.startsWith("s_") && unused.has(c.port ?? "") ? { ...c, role: "other" } : c));
}

/** Frequencies that can only be in another unit than stated are noted. */
export function noteOddFrequency(frequencies: Float64Array, notes: Note[]): void {
  const highest = frequencies.reduce((most, f) => (f > most ? f : most), 0);
  if (highest > MEASURED.to || (highest > 0 && highest < MEASURED.from))
    notes.push({ code: "odd_frequency", text: say.oddFrequency(highest) });
}

function largest({ re, im }: Parameter): number {
  let square = 0;
  for (let i = 0; i < re.length; i++) {
    const s = re[i]! ** 2 + (im?.[i] ?? 0) ** 2;
    if (s > square) square = s;
  }
  return Math.sqrt(square);
}

function isConstant({ re, im }: Parameter): boolean {
  return re.length > 1 && re.every((x) => x === re[0]) && (im?.every((x) => x === im[0]) ?? true);
}

/** What analysers write for a parameter that was not measured: 0, 1, or 1e-10 at any angle. */
function isPlaceholder({ re, im }: Parameter): boolean {
  const magnitude = Math.hypot(re[0]!, im?.[0] ?? 0);
  return magnitude < 1.001e-10 || (re[0] === 1 && (im?.[0] ?? 0) === 0);
}
