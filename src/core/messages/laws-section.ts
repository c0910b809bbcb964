/** Words of the report's section on decay laws. */

export const lawsIntro = () =>
  "Every trace is tested for a second component, beating, a drift of the readout, a jump and outlying points. Where a test fails, wider laws are fitted; a law is asked for when the data determine it, nothing but noise is left in its residuals, and a clean exponential would hardly ever gain as much (Akaike's criterion, likelihood ratio). The quoted rate stays that of the exponential, marked doubtful.";
export const noLawsNeeded = (fits: number) =>
  `One exponential is enough in ${fits === 1 ? "the one trace" : `all ${fits} traces`}: no test found anything beyond noise.`;
export const noFitsForLaws = () => "No decay was fitted: there is no law to test.";
export const noneAskedFor = "no law surely better";
export const lawsByChance = (series: number) =>
  `${series === 1 ? "One series is" : `${series} series are`} not listed: as many of their traces fail a test as clean ones do by chance.`;
export const lawCount = (law: string, count: number) => `${law} in ${count}`;
export const lawMeaning = (law: string, meaning: string) => `T1 of the ${law} law: ${meaning}.`;
