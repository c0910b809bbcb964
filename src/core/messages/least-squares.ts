/** Sentences of the minimiser and of what it finds undetermined. */

export const notASumOfSquares = (objective: number, half: number) =>
  `The objective (${objective}) is not half the sum of squared residuals (${half}): finite differences and robust losses of a likelihood would be wrong. Give an analytic Jacobian, or residuals whose squares sum to the objective.`;

/** A parameter's part in a direction that the data do not see: its value at the minimum, and by how much it moves. */
export interface Part {
  readonly name: string;
  readonly unit: string;
  readonly value: number;
  readonly change: number;
}

/** Most parts that a sentence names. */
const NAMED = 6;

/** What the data determine of several parameters that only occur together, in words. */
export function onlyTogether(parts: readonly Part[]): string {
  const names = listed(parts);
  if (parts.length === 1) return `${names} has no effect on the data`;
  const relative = parts.every((p) => p.value !== 0) ? parts.map((p) => p.change / p.value) : undefined;
  const [a, b] = parts;
  if (parts.length === 2 && a && b) {
    const same = (x: number, y: number) => Math.abs(x - y) <= 1e-3 * Math.max(Math.abs(x), Math.abs(y));
    if (relative && same(relative[0]!, -relative[1]!)) return `${names} can only be determined as a product`;
    if (relative && same(relative[0]!, relative[1]!)) return `${names} can only be determined as a ratio`;
    if (a.unit === b.unit && same(a.change, -b.change)) return `${names} can only be determined as a sum`;
    if (a.unit === b.unit && same(a.change, b.change)) return `${names} can only be determined as a difference`;
  }
  return `${names} can only be determined together: no point changes when they move by ${moves(parts, relative)}`;
}

function listed(parts: readonly Part[]): string {
  const names = parts.slice(0, NAMED).map((p) => p.name);
  if (parts.length > NAMED) return `${names.join(", ")} and ${parts.length - NAMED} more`;
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names[names.length - 1]}`;
}

/** The move of each part, the largest one being 1 %, or in its own unit where a value is zero. */
function moves(parts: readonly Part[], relative: readonly number[] | undefined): string {
  const shown = parts.slice(0, NAMED);
  const signed = (x: number) => `${x < 0 ? "-" : "+"}${Number(Math.abs(x).toPrecision(3))}`;
  if (!relative) return shown.map((p) => `${p.name} ${signed(p.change)}${p.unit === "1" ? "" : ` ${p.unit}`}`).join(", ");
  const largest = relative.reduce((x, y) => (Math.abs(y) > Math.abs(x) ? y : x), 0);
  return shown.map((p, k) => `${p.name} ${signed(relative[k]! / largest)} %`).join(", ");
}

export const undetermined = (parts: readonly Part[]) =>
  `${onlyTogether(parts)}. Fix ${parts.length === 1 ? "it" : "one of them"}, state it with its uncertainty, or measure what tells them apart.`;
export const hardlyDetermined = (parts: readonly Part[], condition: number, limit: number) =>
  `${onlyTogether(parts)}, very nearly: the condition number is ${condition.toExponential(1)} (limit ${limit.toExponential(0)}), so that a small error of the law moves them far. State one of them with its uncertainty.`;
