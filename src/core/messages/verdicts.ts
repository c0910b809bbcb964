import { type Estimate, type GroupLabels, sigmaOf } from "../estimate.ts";

const LINE = 240;

/** `cd07/q1  decay 26.5(2) 1/ms  power 24.0(2.8) 1/ms  <sentence>`. */
export function verdictLine(labels: GroupLabels, decay: Estimate | undefined, power: Estimate | undefined, sentence: string): string {
  const name = [labels.cooldown, labels.device, labels.qubit].filter(Boolean).join("/");
  const routes = [decay && `decay ${rate(decay)}`, power && `power ${rate(power)}`].filter(Boolean);
  return [`  ${name}`, ...routes, sentence].filter(Boolean).join("   ");
}

/** `  drive1   Four qubits on one attenuation ...`. */
export const sharedLine = (line: string, sentence: string): string => `  ${line}   ${sentence}`;

/**
 * `cd07/chipA  field gamma0 2540 ± 12 1/s (mean), gamma2 0.001003 ± 0.000004 m^2/s`, with what two fields say where they describe the data better; a
 * refusal with its reason.
 */
export function fieldLine(labels: GroupLabels, estimates: readonly Estimate[]): string {
  const name = [labels.cooldown, labels.device, labels.qubit].filter(Boolean).join("/") || "map";
  const of = (two: boolean) => estimates.filter((e) => (e.estimator === "two_fields") === two).flatMap(fieldNumber);
  const [one, two] = [of(false), of(true)];
  const refused = estimates.find((e) => !Number.isFinite(e.value));
  const parts = [...one, ...(refused ? [`refused: ${briefly(refused.remark)}`] : [])];
  return [`  ${name}`, `field ${parts.join(", ")}`, two.length > 0 ? `two fields: ${two.join(", ")}` : ""].filter(Boolean).join("   ");
}

/** A long reason by the first of its sentences; the report has all of it. */
function briefly(remark: string): string {
  return remark.length <= LINE ? remark : (/^.*?[.](?=\s|$)/.exec(remark)?.[0] ?? remark);
}

function fieldNumber(e: Estimate): string[] {
  if (!Number.isFinite(e.value)) return [];
  const region = e.condition === "combined" ? "" : ` (${e.condition})`;
  if (e.quantity === "field_gamma0") return [`gamma0 ${withError(e)} 1/s${e.labels.qubit === "" ? " (mean)" : ""}${doubt(e)}`];
  return e.quantity === "field_gamma2" ? [`gamma2${region} ${withError(e)} m^2/s${doubt(e)}`] : [];
}

/** Rounded to two digits of the uncertainty. */
function withError(e: Estimate): string {
  const sigma = sigmaOf(e);
  if (!(sigma > 0)) return `${Number(e.value.toPrecision(4))} ± ?`;
  const digits = Math.floor(Math.log10(Math.abs(e.value))) - Math.floor(Math.log10(sigma)) + 2;
  return `${Number(e.value.toPrecision(Math.min(12, Math.max(2, digits))))} ± ${Number(sigma.toPrecision(2))}`;
}

function rate(e: Estimate): string {
  if (!Number.isFinite(e.value)) return "refused";
  return `${perMillisecond(e.value, sigmaOf(e))}${doubt(e)}`;
}

const doubt = ({ status }: Estimate) => (status === "doubtful" ? " (doubtful)" : "");

/** Rounded to two digits of the uncertainty; here, where it is shown, and nowhere else. */
function perMillisecond(value: number, sigma: number): string {
  const [v, s] = [value / 1e3, sigma / 1e3];
  if (!(s > 0)) return `${Number(v.toPrecision(4))} ± ? /ms`;
  const digits = Math.max(0, 1 - Math.floor(Math.log10(s)));
  return `${v.toFixed(digits)} ± ${s.toFixed(digits)} /ms`;
}
