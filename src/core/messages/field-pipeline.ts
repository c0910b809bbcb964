/** Sentences of a run about its field fits. */

interface Named {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
}

export const progress = (k: number, count: number, name: string, text: string) =>
  `field model ${k} of ${count}: ${name}${text === "" ? "" : `, ${text}`}`;
/** The best point of an interrupted fit: to look at, not a result. */
export const bestSoFar = (name: string, numbers: readonly Named[]) => {
  const shown = numbers.filter((n) => n.name === "gamma0_mean" || n.name.startsWith("gamma2"));
  const values = shown.map((n) => `${n.name} ${Number(n.value.toPrecision(4))} ${n.unit}`).join(", ");
  return `The field fit of ${name} was stopped before its end. Best point so far (no result, nothing is stored): ${values || "none yet"}.`;
};
