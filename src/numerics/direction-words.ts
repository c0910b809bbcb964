import { hardlyDetermined, type Part, undetermined } from "../core/messages/least-squares.ts";
import { type Direction, type Identifiability, TAKES_PART } from "./null-directions.ts";

/** A parameter at the minimum, as a sentence names it. */
export interface NamedValue {
  readonly name: string;
  readonly unit: string;
  readonly value: number;
}

/**
 * One sentence per direction that the data do not determine, or hardly do: which parameters occur only as a sum, product, or with which coefficients.
 * @param parameters in the order of the Jacobian's columns.
 */
export function directionSentences(found: Identifiability, parameters: readonly NamedValue[]): string[] {
  const parts = ({ scaled, physical }: Direction): Part[] =>
    [...scaled.keys()]
      .filter((j) => Math.abs(scaled[j]!) > TAKES_PART)
      .sort((i, j) => Math.abs(scaled[j]!) - Math.abs(scaled[i]!))
      .map((j) => ({ ...parameters[j]!, change: physical[j]! }));
  return sentencesOf(found, parts);
}

/** The same for directions of any kind: the undetermined ones first. @param parts the parameters that take part in one, the largest first. */
export function sentencesOf<D>(
  found: { readonly undetermined: readonly D[]; readonly weak: readonly (D & { readonly share: number })[]; readonly limit: number },
  parts: (direction: D) => readonly Part[],
): string[] {
  return [
    ...found.undetermined.map((d) => undetermined(parts(d))),
    ...found.weak.map((d) => hardlyDetermined(parts(d), 1 / d.share, 1 / found.limit)),
  ];
}
