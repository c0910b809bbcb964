import { type Estimate, type GroupLabels, sigmaOf } from "../estimate.ts";

/** `cd07/q1  decay 26.5(2) 1/ms  power 24.0(2.8) 1/ms  <sentence>`. */
export function verdictLine(labels: GroupLabels, decay: Estimate | undefined, power: Estimate | undefined, sentence: string): string {
  const name = [labels.cooldown, labels.device, labels.qubit].filter(Boolean).join("/");
  const routes = [decay && `decay ${rate(decay)}`, power && `power ${rate(power)}`].filter(Boolean);
  return [`  ${name}`, ...routes, sentence].filter(Boolean).join("   ");
}

/** `  drive1   Four qubits on one attenuation ...`. */
export const sharedLine = (line: string, sentence: string): string => `  ${line}   ${sentence}`;

function rate(e: Estimate): string {
  if (!Number.isFinite(e.value)) return "refused";
  const mark = e.status === "doubtful" ? " (doubtful)" : "";
  return `${perMillisecond(e.value, sigmaOf(e))}${mark}`;
}

/** Rounded to two digits of the uncertainty; here, where it is shown, and nowhere else. */
function perMillisecond(value: number, sigma: number): string {
  const [v, s] = [value / 1e3, sigma / 1e3];
  if (!(s > 0)) return `${Number(v.toPrecision(4))} ± ? /ms`;
  const digits = Math.max(0, 1 - Math.floor(Math.log10(s)));
  return `${v.toFixed(digits)} ± ${s.toFixed(digits)} /ms`;
}
