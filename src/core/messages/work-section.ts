/** Section "Absorbed work against excess population": titles, descriptions and captions. Numbers come in as they are to be read. */

export const workTitle = (group: string) => `Absorbed work against excess population, ${group}`;
export const workDesc = (points: number, gamma: string, decay: string) =>
  `${points} operating points; the line through the origin has the slope Gamma1_total = ${gamma}; the slope from T1 is ${decay}.`;
export const plateauTitle = (group: string) => `Absorbed work against power, ${group}`;
export const plateauDesc = (points: number, plateau: string) =>
  `${points} operating points${plateau ? ` with the law of the scattering, which saturates at ${plateau}` : ", without a fitted law"}.`;
export const rateTitle = (group: string, decay: boolean) =>
  `Rate of every drive power over ${decay ? "1/T1" : "the combined rate"}, ${group}`;
export const rateDesc = (points: number, ratio: string, decay: boolean) =>
  `${points} operating points with statistical errors against the saturation, ratio on the left and dB on the right${decay ? `; power over decay is ${ratio} with the common error` : ""}.`;

export const workIntro = () =>
  "Absorbed work over ħω_{d} against n_{e} − n_{eq}: every power and detuning of one qubit lies on one straight line through the origin, and its slope is Γ_{1} = 1/T_{1}. Beside it the same work against power, which saturates at (Γ↓ − Γ↑)/2, and the rate of every power over 1/T_{1}. Error bars are statistical; what all points share (attenuation, readout) is one band that moves them together.";
export const studyRefused = (estimator: string) => `${estimator}: no combined slope is given.`;

export const keyLine = () => "straight line through the points";
export const keyCombined = () => "combined slope";
export const keyCommon = (relative: string, db: string) => `common to all points: ± ${relative} % (${db} dB)`;
export const keyCommonUnknown = () => "common to all points: not known";
export const keyDecay = (rate: string) => `1/T_{1} from the decay: ${rate}`;
export const keyQuoted = (name: string, detuned: boolean) => `${name}${detuned ? ", on resonance" : ""}`;
export const keyDetuned = (name: string) => `${name}, off resonance`;
export const keyHollow = (name: string) => `${name} (hollow), or points not used`;
export const keyUnused = () => "points not used";
export const keyLaw = () => "law fitted to the scattering alone";
export const keyPlateau = () => "plateau (Γ↓ − Γ↑)/2";
export const keyFitted = (offset: string, amplitude: string, held: boolean) =>
  `as fitted${held ? ", held by what is stated" : " to these points alone"}: d = ${offset} %, e = ${amplitude} %`;
export const keyOffset = (size: string, stated: boolean) =>
  `d: population off by ± ${size} %${stated ? ", as stated" : ", as the fit leaves it"}`;
export const keyAmplitude = (size: string, stated: boolean) =>
  `e: reference off by ± ${size} %${stated ? ", as stated" : ", as the fit leaves it"}`;

export const onLine = (points: number, detuned: number, slope: string) =>
  `${points} points${detuned > 0 ? ` (${detuned} off resonance)` : ""} on a line of slope ${slope}.`;
export const interceptIs = (value: string, sigma: string, through: boolean) =>
  `Intercept ${value} ± ${sigma} 1/s: ${through ? "through the origin" : "not through the origin"}.`;
export const noIntercept = () => "No intercept: it takes three points or more whose noise is known.";
export const scalarLine = () =>
  "No intercept: what the scalar difference misses depends on the power, so that its points lie on no straight line.";
export const scalarSees = (least: string, largest: string) =>
  `The scalar difference falls off: it sees ${least} to ${largest} of the work.`;
export const plateauIs = (rate: string, reached: string) =>
  `The law saturates at ${rate}, half of Γ↓ − Γ↑; the strongest drive reaches ${reached} % of it. No population enters the curve.`;
export const belowCurve = () => "Points off resonance lie below it.";
export const noPlateau = () => "Without a law of the scattering against power there is no plateau to show.";
export const ratioIs = (ratio: string, stat: string, db: string) => `Power over decay: ${ratio} (statistical ± ${stat}), ${db} dB.`;
export const noRatio = () => "There is no T_{1} of this qubit and cooldown: the rates are shown over their own mean.";
export const spanIs = (low: string, high: string) => `S from ${low} to ${high}.`;
export const fluctuationIs = (scatter: string, least: string, largest: string) =>
  `T_{1} scatters by ${scatter} % between repeats, which alone can move the points between ${least} and ${largest}.`;
