import type { GroupLabels } from "../estimate.ts";
import { byHowMuch, emptyBecause, explained, notIndependent } from "./compare.ts";

/** Sentences about comparisons that share an attenuation, and about changes from cooldown to cooldown. */

const two = (x: number) => Math.abs(x).toFixed(2);
const known = (x: number) => (Number.isFinite(x) ? two(x) : "?");
const NUMBERS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
const inWords = (n: number) => NUMBERS[n] ?? String(n);
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

interface LineNumbers {
  readonly line: { readonly name: string; readonly attenuation: number; readonly sigma: number; readonly origin: string };
  readonly members: readonly GroupLabels[];
  readonly leftOut: readonly GroupLabels[];
  readonly standing: "independent" | "unknown" | "unclear" | "circular";
  readonly verdict: string;
  readonly ratioDb: number;
  readonly sigmaStatDb: number;
  readonly sigmaCommonDb: number;
  readonly sigmaDb: number;
  readonly sigmaImpliedDb: number;
  readonly pull: number;
  readonly chi2: number;
  readonly dof: number;
  readonly agreement: number;
}

/** `72.30 ± 1.50 dB`; of a table without the qubit's frequency nothing is known here. */
export const attenuationText = (value: number, sigma: number) =>
  Number.isFinite(value) ? `${value.toFixed(2)} ± ${known(sigma)} dB` : "from a table";

/** `Four qubits on one attenuation (...) are one independent test: ...`. */
export const lineSentence = (t: LineNumbers) => {
  const { line, members, standing } = t;
  const qubits = new Set(members.map((m) => JSON.stringify([m.device, m.qubit]))).size;
  const cooldowns = [...new Set(members.map((m) => m.cooldown))];
  const when = cooldowns.length > 1 ? ` in ${inWords(cooldowns.length)} cooldowns` : cooldowns[0] === "" ? "" : ` in ${cooldowns[0]}`;
  const who = `${inWords(qubits)} qubit${qubits === 1 ? "" : "s"}${when}`;
  const several = members.length > 1;
  const count = standing === "independent" ? "one independent test" : standing === "circular" ? "no test" : "no independent test";
  const head = `${capital(who)} on one attenuation of ${line.name} (${attenuationText(line.attenuation, line.sigma)}, ${line.origin}) ${several ? "are" : "is"} ${count}`;
  const size = `power reads ${byHowMuch(t.ratioDb, t.sigmaDb)} than decay (statistical ${known(t.sigmaStatDb)}, common ${known(t.sigmaCommonDb)} dB)`;
  const words: Readonly<Record<string, string>> = {
    agree: `, ${two(t.pull)} sigma: the routes agree.`,
    tension:
      Math.abs(t.pull) < 2
        ? `, ${two(t.pull)} sigma in the mean.`
        : `, ${two(t.pull)} sigma: the routes are in tension. ${explained(t.ratioDb)}`,
    disagree: `, ${two(t.pull)} sigma: the routes disagree. ${explained(t.ratioDb)}`,
    empty: `. ${standing === "independent" ? "" : emptyBecause[standing]}`,
    none: "; the error is not known, so there is no verdict.",
  };
  const doubt = (standing === "unknown" || standing === "unclear") && t.verdict !== "empty" ? ` ${notIndependent[standing]}` : "";
  const implied =
    standing === "circular" || !Number.isFinite(line.attenuation) || t.agreement < 0.01
      ? ""
      : ` With T1 taken as right the line loses ${(line.attenuation + t.ratioDb).toFixed(2)} ± ${known(t.sigmaImpliedDb)} dB (once stated so, attenuation_from is saturation+T1 and the test is used up).`;
  const scatter = Number.isFinite(t.agreement) ? ` ${qubitsScatter(t.chi2, t.dof, t.agreement)}` : "";
  const left = t.leftOut.length > 0 ? ` ${leftOutOfLine(t.leftOut)}` : "";
  return `${head}: ${size}${words[t.verdict] ?? "."}${doubt}${implied}${scatter}${left}`;
};

export const qubitsScatter = (chi2: number, dof: number, agreement: number) =>
  agreement < 0.01
    ? `They differ among themselves by more than their own errors (chi2 = ${chi2.toFixed(1)} for ${dof}, p = ${agreement.toPrecision(2)}): no attenuation can explain that; ripple over frequency, readout or geometry of single qubits can.`
    : `Among themselves they agree within their own errors (chi2 = ${chi2.toFixed(1)} for ${dof}, p = ${agreement.toFixed(2)}).`;
const leftOutOfLine = (left: readonly GroupLabels[]) =>
  `Not in the mean, as incident minus reflected gives a lower bound or as their own error is not known: ${[...new Set(left.map((l) => [l.cooldown, l.qubit].filter(Boolean).join("/")))].join(", ")}.`;

interface CooldownNumbers {
  readonly of: "decay" | "power" | "power_over_decay";
  readonly value: number;
  readonly sigma: number;
  readonly pull: number;
  readonly earlier: string;
  readonly later: string;
  readonly line: string;
  readonly attenuation: "cancels" | "stays" | "absent";
  readonly repeatability: boolean;
  readonly circular: boolean;
}

const WHAT = { decay: "The rate from decay", power: "The rate from power", power_over_decay: "Power/decay" } as const;

/** `The rate from decay changed from cd07 to cd08: +12.0 ± 3.0 % (4.00 sigma).` */
export const cooldownChange = (n: Omit<CooldownNumbers, "circular" | "attenuation" | "line" | "repeatability">) => {
  const change = `${n.value < 1 ? "-" : "+"}${Math.abs(100 * (n.value - 1)).toFixed(1)} ± ${Number.isFinite(n.sigma) ? (100 * n.sigma).toFixed(1) : "?"} %`;
  const where = `from ${n.earlier} to ${n.later}`;
  const size = Math.abs(n.pull);
  return !Number.isFinite(size)
    ? `${WHAT[n.of]} differs by ${change} ${where}; the error is not known.`
    : size < 2
      ? `${WHAT[n.of]} did not change significantly ${where}: ${change} (${two(n.pull)} sigma).`
      : size < 3
        ? `${WHAT[n.of]} may have changed ${where}: ${change} (${two(n.pull)} sigma).`
        : `${WHAT[n.of]} changed ${where}: ${change} (${two(n.pull)} sigma).`;
};

/** What became of the attenuation's error in such a ratio; empty where none is in it. */
export const cooldownLine = (n: Pick<CooldownNumbers, "circular" | "attenuation" | "line" | "repeatability">) =>
  [attenuationOf(n), n.circular ? repeats() : ""].filter(Boolean).join(" ");

function attenuationOf(n: Pick<CooldownNumbers, "attenuation" | "line" | "repeatability">): string {
  if (n.attenuation === "absent") return "";
  if (n.attenuation === "stays") return `The attenuation of ${n.line} is another statement in each cooldown: its error does not cancel.`;
  const rest = n.repeatability
    ? "what is stated as its repeatability stays."
    : "state repeatability: if cooling down again changes the line.";
  return `The attenuation of ${n.line} is the same statement in both: its error cancels; ${rest}`;
}
const repeats = () =>
  "An attenuation made from the same relaxation in one of them: this ratio repeats that of the decay and tests nothing.";
