import { attenuationText } from "./lines.ts";

/** Sentences and words of the report's section on the comparison of the routes. */

export const verdictIntro = () =>
  "Γ_{1} = 1/T_{1} (gamma1_total), measured two ways: from the decay of the excited population, and from the power that the driven qubit absorbs. Numbers in brackets are one standard deviation of the last digits, statistical and common errors together. The ratio is power over decay; in dB it is by how much the line would have to lose more than stated to explain it.";
export const forestIntro = () =>
  "One row per qubit and cooldown, ordered by the attenuation that it rests on. Thick bar: the qubit's own noise. Thin bar: with everything that other results share. Hollow: no independent test (attenuation made from T1, of unknown origin, or perhaps from this very qubit), or a lower bound (incident minus reflected). Diamond: all qubits of one attenuation together, which is one test, however many they are: its thin bar does not shrink with their number.";
export const forestLine = (
  line: { readonly name: string; readonly attenuation: number; readonly sigma: number; readonly origin: string },
  cooldowns: readonly string[],
) =>
  `${line.name}${cooldowns.filter(Boolean).length > 0 ? `, ${cooldowns.filter(Boolean).join(" and ")}` : ""}: ${attenuationText(line.attenuation, line.sigma)}, ${line.origin}`;
export const withoutLine = () => "No attenuation of the lab file enters";
export const combinedName = (n: number, standing: keyof typeof STANDING_WORDS) =>
  `all ${n}: ${standing === "independent" ? "one test" : standing === "circular" ? "no test" : "not independent"}`;

export const STANDING_WORDS = {
  independent: "independent",
  unknown: "origin unknown: not independent",
  unclear: "from another qubit, perhaps this one: not independent",
  circular: "circular",
} as const;
export const SOURCE_WORDS: Readonly<Record<string, string>> = {
  measured: "measured",
  stated: "stated",
  temperature: "temperature",
};
export const noEquilibriumHere = () => "not known; taken as zero";
export const noRange = () => "no saturation law for these powers";
export const saturationRange = (low: string, high: string) => (low === high ? `S = ${low}` : `S ${low} to ${high}`);
export const noShare = () => "needs the radiative rate or the total output power beside the whole rate";
export const noLineHere = () => "no attenuation of the lab file enters this rate";

export const cooldownsIntro = () =>
  "The same qubit from one cooldown to the next. What both cooldowns share cancels: the attenuation only where both rest on the same entry of the lab file.";
const NO_ATTENUATION = "no attenuation in it";
export const ATTENUATION_WORDS = { cancels: "cancels", stays: "does not cancel", absent: NO_ATTENUATION } as const;
export const notInBoth = () => "has no number in one of the two cooldowns";
