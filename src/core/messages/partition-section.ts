/** Words of the report's section about the energy partition. */

const short = (x: number) => String(Number(x.toPrecision(2)));

export const title = () => "Energy partition";
export const none = () =>
  "No data here say where the energy goes. Scattering up to saturation or the total reflected power would, together with T1.";
export const intro = () =>
  "Where the energy of a relaxing qubit goes: into the line (Γ_{r}, solid) or elsewhere (Γ_{nr}, hollow); Γ_{1} = Γ_{r} + Γ_{nr} at zero temperature, baths of equal temperature assumed. The thin bar is the 68 % interval of the boundary. The share f_nonradiative is the most likely value from 0 to 1 with its likelihood's interval.";
export const artefact = () =>
  "f_route is G_{1tot} from T1 over G_{1tot} from power, another number: 1 for any number of Markovian channels. Against incident minus reflected power it is 2/(1 + S11) on resonance, an artefact of that estimator and no finding.";
export const figureTitle = () => "Radiative and non-radiative rate";
export const figureDesc = (rows: number) =>
  `${rows} qubits and cooldowns; solid: into the line; hollow: elsewhere; the bar at the boundary is the 68 % interval.`;
/** As many digits as tell the ends of the interval apart. */
export const shareText = (f: number, low: number, high: number) => {
  if (!Number.isFinite(high - low)) return `f ${short(f)} (error not known)`;
  const digits = high > low ? Math.min(6, Math.max(2, 1 - Math.floor(Math.log10(high - low)))) : 2;
  return `f ${f.toFixed(digits)} (${low.toFixed(digits)} to ${high.toFixed(digits)})`;
};
export const boundText = (f: number) => `f at most ${short(f)}: a bound`;
export const partTitle = (name: string, rate: string) => `${name}: ${rate}`;
export const combinations = (n: number) => `Every combination of data that gives a share (${n})`;
export const more = (shown: number, all: number) => `Drawn: ${shown} of ${all} qubits and cooldowns.`;
export const channelsIntro = () =>
  "G_{1} as a sum over loss channels, participation times the channel's rate, with the participations of gammawatt.yaml. Mark and bar: the measured rate with its error; the stack is the fit.";
export const channelsTitle = () => "Loss channels";
export const channelTitle = (rates: string) => `Loss channels, rates from ${rates}`;
export const channelDesc = (rows: number, channels: number) =>
  `${rows} rates as sums over ${channels} channels, and the measured rates with their errors.`;
export const alone = (n: number) => `Each cooldown by itself (${n})`;
export const channelTable = () => "Rates of the channels";
