/** Words of the report's section about the field model. */

const s = (n: number) => (n === 1 ? "" : "s");

export const title = () => "Field model";
export const none = () =>
  "No data resolve the energy in space. Maps or lines of the energy density u against time, or qubits with positions, would give γ₀(r), γ₂ and the local partition f(r).";
export const intro = () =>
  "du/dt = R_{total}(r, t) − γ₀(r) u + div(γ₂ grad u), fitted to the excess energy density u. γ₂ is only as good as its boundary condition and its profile, which stand with it; hatched places show the prior, not the data.";
export const panelsCapped = (shown: number, all: number) =>
  `${shown} of ${all} fields are drawn; all numbers stand in estimates.csv, all maps in field_<cooldown>.csv.`;

/** One sentence with what was found. */
export const found = (c: { readonly gamma2: string; readonly gamma0: string; readonly length: string; readonly boundary: string }) =>
  `γ₂ = ${c.gamma2}, mean γ₀ = ${c.gamma0}, diffusion length √(γ₂/γ₀) = ${c.length}; boundary: ${c.boundary}.`;
export const ofRegion = (region: string, value: string) => (region === "" ? value : `${region}: ${value}`);
export const range = (low: string, high: string) => (low === high ? low : `${low} to ${high}`);
export const profileInterval = (interval: string) => `68 % interval from the profile: ${interval}`;
export const openInterval = (bound: string) => `the profile does not close; the data say only γ₂ ${bound}`;
export const noInterval = () => "γ₂ has no 68 % interval";
export const atMost = (value: string) => `≤ ${value}`;
export const atLeast = (value: string) => `≥ ${value}`;

const SIDES = { x: ["left", "right"], y: ["lower", "upper"] } as const;
const SIDE_WORDS = {
  "no-flux": () => "no flux",
  dirichlet: () => "u = 0",
  robin: (h: string) => `flux out = h u with h = ${h}`,
  periodic: () => "joined to the opposite side",
} as const;
type SideWords = { readonly type: keyof typeof SIDE_WORDS; readonly h: string };
/** `no flux through any side`, or side by side. */
export const boundary = (x: readonly [SideWords, SideWords], y: readonly [SideWords, SideWords] | undefined) => {
  const all = [
    ...x.map((side, i) => [SIDES.x[i]!, words(side)] as const),
    ...(y ?? []).map((side, i) => [SIDES.y[i]!, words(side)] as const),
  ];
  const kinds = new Set(all.map(([, text]) => text));
  const text = kinds.size === 1 ? `${all[0]![1]} at every side` : all.map(([name, own]) => `${name}: ${own}`).join(", ");
  return text;
};
const words = (side: SideWords) => SIDE_WORDS[side.type](side.h);

export const law = (gamma0: string, gamma2: string, background: boolean) =>
  `Law of γ₀: ${gamma0}; of γ₂: ${gamma2}${background ? "; constant background fitted" : ""}.`;
export const quality = (chi2: string, dof: string, n: number) => `χ² = ${chi2} for ${dof} degrees of freedom (${n} value${s(n)}).`;
export const stopped = (sentence: string) => `Not finished: ${sentence} What follows is the best point so far, no result.`;
export const unusable = (reasons: string) => `No number of this fit is quoted. ${reasons}`;
export const refused = () => "Refused:";
export const bound = (value: string) =>
  `What the data give nevertheless: γ₂ is at most ${value}, the least R/(−∇²u) of the measured places.`;
export const under = (boundaryText: string) => `Boundary: ${boundaryText}.`;
export const restsOn = () => "What it rests on";
export const assumed = () => "assumed";
export const failed = () => "Checks that did not hold:";
export const held = (n: number) => (n === 1 ? "1 check held." : `${n} checks held.`);

// maps
export const mapsTitle = () => "Maps";
export const gamma0Map = (name: string) => `γ₀ of ${name}`;
export const sigmaMap = (name: string) => `Relative error of γ₀, ${name}`;
export const partitionMap = (name: string) => `f = γ₀ u/R of ${name}`;
export const nullTitle = () => "What the data leave open";
export const nullMap = (name: string) => `Null direction of ${name}`;
export const mapDesc = (points: number, low: string, high: string) => `${points} points, from ${low} to ${high}.`;
export const gamma0Caption = (shared: boolean) => `γ₀(r)${shared ? ", one scale for all fields of this device" : ""}.`;
export const ruled = () => "The bar is the diffusion length.";
export const gamma0LineCaption = () => "γ₀(x) with its 68 % band.";
export const ruler = (length: string) => `√(γ₂/γ₀) = ${length}`;
export const noRuler = (length: string) => `The diffusion length, ${length}, does not fit into the map.`;
export const sigmaCaption = () => "σ(γ₀)/γ₀, one standard deviation of the posterior.";
export const partitionCaption = () =>
  "f(r) = γ₀ u/R of the steady state that the sources keep up: white is 1, where what is absorbed is dissipated on the spot; below 1 it flows away, above 1 it comes from elsewhere. Grey: R is below 1 % of its largest value.";
export const partitionLineCaption = () =>
  "f(x) = γ₀ u/R of the steady state; dashed: 1. No line where R is below 1 % of its largest value.";
export const shareMap = (name: string) => `Where the power is dissipated, ${name}`;
export const shareCaption = () =>
  "Where the absorbed power is dissipated: γ₀ u/∫R of the same state, times the size of the domain. 1 is the mean where nothing leaves through the sides.";
export const noPartition = () => "No source is on anywhere (free decay): there is no f.";
export const priorShown = (count: number, all: number) =>
  `Hatched (${count} of ${all} points): the posterior spread exceeds 0.7 of the prior's: the map shows the prior, not the data.`;
export const priorShort = () => "Hatched: the prior, not the data.";
export const circles = () => "Circles: measured positions.";
export const nearest = () => "Each value fills the places that are nearest to its position.";
export const clipped = () => "Values beyond the ends of the scale have the colour of the end.";
export const nullCaption = (others: string) =>
  `Change of ln γ₀ that leaves the data as they are${others === "" ? "" : `, together with ${others}`}. Largest change scaled to 1.`;
export const nullOther = (name: string, change: string) => `${change} in ${name}`;

// films
export const filmsTitle = () => "Data, model and residuals";
export const filmName = (name: string, group: string) => `${group}${name === "" ? "" : `, ${name}`}`;
export const stripTitle = (name: string) => `Data, model and residuals of ${name}`;
export const dataTitle = () => "Data";
export const layerTitle = (layer: string, name: string) => `${layer} of ${name}`;
export const DATA = "data";
export const MODEL = "model";
export const RESIDUAL = "residual/σ";
const LAYERS: Readonly<Record<string, string>> = { [DATA]: "Data", [MODEL]: "Model", [RESIDUAL]: "(data − model)/σ" };
export const stripCaption = (shown: number, all: number, log: boolean) =>
  `${shown} of ${all} times${log ? "; colours of u logarithmic" : ""}. Grey: not measured.`;
export const playerCaption = (frames: number, all: number) =>
  frames === all
    ? `All ${all} times, one after the other.`
    : `${frames} of ${all} times, one after the other; all stand in field_<cooldown>.csv's data.`;
export const thinned = (shown: number, all: number) => `Drawn: ${shown} of ${all} positions.`;
export const layerCaption = (layer: string, log: boolean, scattered: boolean) =>
  `${LAYERS[layer] ?? layer}${log ? "; colours logarithmic" : ""}. Grey: not measured.${scattered ? ` ${nearest()}` : ""}`;
export const filmsCapped = (shown: number, all: number) => `${shown} of ${all} films are drawn.`;
export const on = () => "source on";
export const off = () => "off";
export const linesTitle = (name: string) => `u at selected times, ${name}`;
export const linesCaption = (times: string) => `Points: data; lines: model; dark to light: ${times}.`;
export const steadyLineCaption = () => "Points: data with their errors; line: model.";
export const histogramTitle = (name: string) => `Distribution of the residuals of ${name}`;
export const histogramDesc = (n: number) => `${n} residuals in units of their error, and the normal law of spread 1.`;
export const histogramCaption = (c: {
  readonly n: number;
  readonly rms: string;
  readonly beyond: string;
  readonly expected: string;
  readonly neighbours: string | undefined;
}) =>
  `${c.n} residual${s(c.n)}: rms ${c.rms}, beyond 2σ ${c.beyond} (a normal law: ${c.expected})${c.neighbours === undefined ? "" : `, correlation of neighbours ${c.neighbours}`}. Line: normal law of spread 1.`;
export const energyTitle = (name: string) => `Total energy of ${name} against time`;
export const energyDesc = (times: number, model: boolean) => `${times} times${model ? ", with the model" : ""}.`;
export const energyCaption = (masked: boolean) =>
  `Energy of all measured places against time: points data, line model at the times of the data.${masked ? " Places that are masked at a time are left out of both." : ""}`;

// profile, laws, numbers
export const profileTitle = (name: string) => `Profile likelihood of γ₂, ${name}`;
export const profileDesc = (points: number) => `${points} values of γ₂ held, the rest fitted anew; dashed: the covariance alone.`;
export const profileCaption = (interval: string, boundaryText: string) =>
  `Δχ² with γ₂ held and everything else fitted anew. Grey: ${interval}. Dashed: the parabola of the covariance alone. Boundary: ${boundaryText}.`;
export const lawsTitle = () => "Laws compared";
export const twoFieldsTitle = () => "One field or two";
/** What a number of the fit is, by its name. */
export const numberWords = (name: string): string => {
  const known = NUMBERS[name];
  if (known !== undefined) return known;
  for (const [pattern, text] of NUMBER_PATTERNS) {
    const found = pattern.exec(name);
    if (found) return text(found[1] ?? "", found[2] ?? "");
  }
  return "";
};
const NUMBERS: Readonly<Record<string, string>> = {
  gamma0_mean: "mean of γ₀ over the domain",
  gamma2: "γ₂, how fast energy spreads",
  background: "constant offset of the measured u",
  "gamma0 ground": "γ₀ away from the defects",
  bath_rate: "rate at which the second field U loses its energy",
  bath_diffusion: "how fast the second field U spreads",
  bath_slope: "change of ln γ₀ with U",
  gamma0_change: "relative change of γ₀ at the largest U of the data",
};
const NUMBER_PATTERNS: readonly (readonly [RegExp, (a: string, b: string) => string])[] = [
  [/^gamma2 (.+)$/, (region) => `γ₂ in ${region}`],
  [/^gamma0 (.+)$/, (region) => `γ₀ in ${region}`],
  [/^scale (.+)$/, (source) => `factor on the stated power of ${source}`],
  [/^defect (\d+) (.+)$/, (n, what) => `${what} of defect ${n}`],
  [/^(.+) (x|y|width|power)$/, (source, what) => `${what === "x" || what === "y" ? `centre along ${what}` : what} of ${source}`],
];
export const between = (low: string, high: string, unit: string) =>
  unit === "" ? `${low} to ${high}` : unit.startsWith("×") ? `(${low} to ${high})${unit}` : `${low} to ${high} ${unit}`;
export const numbersTitle = () => "Numbers of the fit";

// qubits
export const sitesHead = () => "γ₀ at the qubits";
export const sitesPlaces = () => "γ₀ at the positions of the qubits.";
export const sitesTitle = (name: string) => `γ₀ at the qubits against their rates, ${name}`;
export const sitesDesc = (n: number) =>
  `${n} rate${s(n)} of qubits with positions against γ₀ of the field there, and the line of equality.`;
export const sitesCaption = () =>
  "γ₀(r_{i}) of the field against Γ_{1} of the same qubit: solid 1/T1, hollow absorbed power. For γ₂ → 0 all lie on the dashed line (PHYSICS.md sec. 4).";

// cooldowns
export const cooldownsTitle = () => "Fields from cooldown to cooldown";
export const differenceTitle = (a: string, b: string) => `Change of γ₀ from ${a} to ${b}`;
export const differenceCaption = (a: string, b: string) =>
  `(γ₀ of ${b} − γ₀ of ${a})/σ, own errors of both maps. A source scale that both share makes its part of the error too large here.`;
export const gamma2Ratio = (a: string, b: string, ratio: string) => `γ₂ of ${b} over γ₂ of ${a}: ${ratio}.`;
export const differenceDesc = (points: number) => `${points} common positions, from −4 to 4 sigma.`;
export const otherPositions = () => "No two cooldowns have maps at the same positions, so there is no difference of maps.";
