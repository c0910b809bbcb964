/** Sentences about port geometries: which estimator reads the work of the drive, what it needs, what contradicts it. */
const percent = (x: number) => `${Number((100 * x).toPrecision(2))} %`;
const short = (x: number) => String(Number(x.toPrecision(3)));

// which estimator and formula a result comes from (PHYSICS.md sec. 1)
export const FORMULAS = {
  reflection: "Estimator 1 (one port): W = 2 P (1 - Re S11).",
  transmission: "Estimator 4 (two-sided, from S21): W = 2 P (1 - Re S21).",
  back: "Estimator 4 (two-sided, from S11 with its phase at the qubit): W = -2 P Re S11.",
  both: "Estimator 4 (two-sided, from S21 and S11 together): W = P (1 - Re S21 - Re S11).",
  column: "Estimator 5 (lossless multiport): W = 2 P (1 - Re sum_j conj(C_j1) S_j1), C the qubit-off column.",
  mismatch: "Estimator 6 (mirror-symmetric mismatched hanger): W = 2 P cos(phi) Re[exp(-i phi) (1 - S21/S21bg)].",
  separate: "Estimator 7 (separate ports): W = 2 P sqrt(k1/k2) |S21| on resonance, S21 absolute.",
  scalar: "Estimator 8 (magnitude on resonance): W = 2 P (1 - sgn |S11|).",
} as const;

// what is missing
export const noColumn = (geometry: string, has: readonly string[], wants: string) =>
  `Geometry ${geometry} needs ${wants}; the scattering files hold ${listed(has)}.`;
const listed = (ports: readonly string[]) =>
  ports.length > 0 ? ports.map((p) => (p === "" ? "an S without port" : `S${p}`)).join(", ") : "no S";
export const columnWants = (driven: number) =>
  `complex S of the driven port at every port (S1${driven}, S2${driven}, ...), and the same of the reference with the qubit detuned; driven_port: ${driven} of the qubit says which`;
export const complexOnly = (geometry: string) =>
  `Geometry ${geometry} needs complex S: magnitudes do not add up over ports. Measure real and imaginary part.`;
export const noColumnReference = () =>
  "The qubit-off column is not known: geometry multiport needs a reference of the same ports with the qubit detuned (kind: reference, off: detuned).";
export const noCouplings = () =>
  "Geometry separate-ports needs couplings: { drive: 2000 ± 100 1/s, detect: 60000 ± 2000 1/s } of the qubit in gammawatt.yaml.";
export const noChainGain = () =>
  "With separate ports there is no qubit-off value, so the absolute gain of the chain is needed: state gain: 62.3 ± 0.5 dB of the line (from the device's output to the receiver), or add a reference with the device replaced by a through (kind: reference, off: through).";
export const noReflectionPhase = () =>
  "A two-sided line of which only S11 was measured needs the wave that a full reflection at the qubit's plane would give: add a reference of kind reference with off: through, or measure S21.";
export const chainNoSigma = (entry: string) =>
  `${entry} has no uncertainty, so the common error of the rate is not known and left empty. Write it as 62.3 ± 0.5 dB (a rate as 2000 ± 100 1/s).`;
export const onePower = (widths: number) =>
  Number.isFinite(widths)
    ? `There is no reference, and the one power was measured over ${short(widths)} half-widths on the shorter side of the resonance: 4 are needed on both sides to fit gain and delay of the line with it. Add a reference (off: detuned), sweep wider, or measure a second power.`
    : "There is no reference, and the one power shows no resonance with which gain and delay of the line could be fitted. Add a reference (off: detuned), or measure more powers.";

export const referenceUnused = (file: string, has: readonly string[], wants: readonly string[]) =>
  `Reference ${file} was not used: it holds ${listed(has)}, the sweep is ${listed(wants)}. Name the columns' ports alike, or add the reference of that port.`;

// what was found
export const portLoss = (sum: number) =>
  `The qubit-off column carries ${percent(sum)} of the incident power, not 100 %: the return chains are part of it. Equal gain of all of them is assumed; what their difference does is not in the error bar. Give the reference all columns (then unitarity tells the gains), or calibrated S.`;
export const portsLossless = (sum: number) => `The qubit-off column carries ${percent(sum)} of the incident power.`;
export const portsBalanced = (sum: number) =>
  `The qubit-off column carries ${percent(sum)} of the incident power as measured; the gains of the return chains were taken from the whole qubit-off matrix (a lossless network is unitary).`;
export const portsLossy = (overlap: number) =>
  `The columns of the qubit-off matrix overlap by ${percent(overlap)}; those of a lossless network are orthogonal, whatever gain its chains have. Power is lost between the ports, or goes out at one that was not measured: what that does to the work of the drive is not in the error bar. Measure all ports.`;
export const mismatch = (phi: number, sigma: number, naive: number) =>
  `The circle is turned by phi = ${short(phi)} ± ${short(sigma)} rad (mirror-symmetric mismatch), which was taken out; 2 P (1 - Re S21) without it would be off by ${percent(naive)} of the work one G2 away from resonance (nothing on resonance).`;
export const mismatchUnseen = () =>
  "A mismatch of the line shows only in the circle of S21 over frequency, which was not measured widely enough: the rate is right on resonance, and wrong by tan(phi) one G2 away from it.";
export const emissionAgrees = (re: number, im: number, sigmas: number) =>
  `What the qubit sends back is ${short(re)} ${im < 0 ? "-" : "+"} ${short(Math.abs(im))}i times what it sends on (${short(sigmas)} sigma from 1): S11 and S21 agree and both are used.`;
export const emissionDisagrees = (re: number, im: number, sigmas: number) =>
  `What the qubit sends back is ${short(re)} ${im < 0 ? "-" : "+"} ${short(Math.abs(im))}i times what it sends on, ${short(sigmas)} sigma from 1: the two return chains or the couplings are not equal. S21 alone is used.`;
export const tooDeep = (depth: number, geometry: string) =>
  `1 - Re S is ${short(depth)} on resonance; ${geometry} cannot exceed ${geometry === "reflection" ? 2 : 1}. A qubit at the end of a line (geometry: reflection) can reach 2; a wrong geometry is a factor of 2 in the rate.`;
export const looksTwoSided = (re: number) =>
  `S11 and S21 show the same wave from the qubit (ratio ${short(re)}), as beside a line that goes on: the geometry is two-sided or hanger, not reflection, and the rate is off by a factor of 2.`;
export const signUndecided = () =>
  "The magnitude |S11| alone does not tell the sign of S11 here: over-coupled and under-coupled both describe it. Measure powers on both sides of the dip, or complex S.";
export const offResonance = (distance: number) =>
  `The magnitude was measured ${short(distance)} half-widths away from resonance; W = 2 P (1 - sgn |S11|) holds exactly on it (limit 0.05). Measure on resonance, or complex S.`;
export const signTold = (flips: number) =>
  flips > 0
    ? `S11 is negative at ${flips} of the powers (|S11| dips through zero at S = Gr|z_eq|/G2 - 1).`
    : "S11 is positive at every power (Gr|z_eq| < G2 (1 + S)).";
export const fewPowers = () => "The sign of S11 follows from |S11| against power: three powers or more are needed.";
