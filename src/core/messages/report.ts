/** Sentences of the report. */

const s = (n: number) => (n === 1 ? "" : "s");
const are = (n: number) => (n === 1 ? "is" : "are");

export const VERDICT_WORDS = {
  agree: "agree",
  tension: "tension",
  disagree: "disagree",
  bound: "consistent bound",
  empty: "empty test",
  "one-route": "one route",
  none: "no number",
} as const;

// page
export const summaryLine = (files: number, fits: number, refused: number, seconds: string) =>
  `${files} file${s(files)} read, ${fits} fit${s(fits)}, ${refused} of them refused; ${seconds} s.`;
export const failureBanner = (n: number) => `${n} file${s(n)} could not be read or fitted. The rest is complete.`;
export const standsInCsv = (shown: number, all: number, file: string) => `Shown: ${shown} of ${all}; all of them stand in ${file}.`;

// verdict
export const noGroups = () =>
  "No qubit has a number from either route, so there is nothing to compare. The sections on files and on what is missing say why.";
export const noNumberFrom = (route: string) => `the ${route} route gives no number`;
export const notComparable = () => "needs a number from both routes";

// changes
export const firstRun = () => "This is the first run in this folder: there is nothing to compare with.";
export const nothingChangedSince = () => "Nothing has changed since the last run: every fit was taken from the store.";
export const changeCounts = (n: { new: number; changed: number; unchanged: number }, run: number, reused: number) =>
  `Files: ${n.new} new, ${n.changed} changed, ${n.unchanged} unchanged. Fits: ${run} computed, ${reused} taken from the store.`;
export const noPrevious = () => "There are no numbers of an earlier run to compare with.";
export const headlinesStand = (n: number) => `All ${n} headline number${s(n)} are those of the last run.`;
export const reasonsTotal = (shown: number, all: number) => `Reasons: ${shown} of ${all} shown; all of them stand in summary.json.`;
export const moreFiles = (n: number) => `and ${n} more file${s(n)}, all in summary.json`;
export const REASON_WORDS = {
  "new-input": "new input",
  "input-changed": "input changed",
  "option-changed": "option or lab file changed",
  "stage-version": "new version of the stage",
  "missing-output": "output was missing",
  "corrupt-record": "stored record was corrupt",
  forced: "forced",
} as const;
export const gone = () => "it stood in the last run and has no number now";
export const appeared = () => "it had no number in the last run";

export const pageTitle = (mapsAlone: boolean) => (mapsAlone ? "Energy relaxation in space" : "Energy relaxation measured two ways");
export const nothingToShow = (titles: string) => `Nothing to show for: ${titles}`;

// estimates
export const noEstimates = () => "There are no estimates: no decay could be fitted and there are no power data.";
export const noCombined = () => "No combined value has a number; see the refused ones below.";
export const otherEstimates = (count: number) => `Other combined values (${count}): averages, scatter, temperatures, rates up and down`;
export const operatingPoints = (n: number) => `Single operating points, lines and changes between cooldowns (${n})`;
export const refusedEstimates = (n: number) => `Refused (${n}): no number, and why`;
export const noReasonGiven = () => "no number is given; no reason is recorded";
export const commonUnknown = () =>
  "the common part of the error is not known; the error shown is the statistical part alone, a lower bound";

// power figures
export const noPower = () =>
  "There are no power data. Scattering or absorbed power of the driven qubit, and its population at the same powers, would give the second route.";
export const panelsCapped = (shown: number, all: number) =>
  `${shown} of ${all} qubits and cooldowns are drawn; all numbers stand in estimates.csv.`;
export const noPairs = () => "No qubit has a number from both routes, so there is no point to draw.";
export const scatterIntro = () =>
  "One point per qubit and cooldown, with total errors. Colour is the qubit, shape the cooldown. On the dashed line both routes agree.";
export const noPulls = () => "No comparison has a pull: it needs a number with an error from both routes.";
export const pullsIntro = () =>
  "ln(power/decay) over its error, the shared errors taken into account. About two of three should lie within the dark band. Errors that are common to all (one attenuation for several qubits) move all points together.";
export const pullsCapped = (shown: number, all: number) => `The ${shown} largest of ${all} pulls are drawn.`;
export const saturationIntro = () => "Excess population against drive power with the fitted saturation law. Hollow points were not used.";
export const noSaturationData = () => "No power study holds populations against power.";
export const circleIntro = () =>
  "Normalised scattering in the complex plane (physics sign). Small dots: data against frequency, weak drive dark to strong drive light; lines: the fit, joined from frequency to frequency; large markers: the value used at each power. Far from resonance, or with the qubit off, S is 1.";
export const powersAtSource = () => "Power at the source, weak to strong:";
export const noCircles = () => "There are no complex scattering data.";

// gallery
export const noFits = () => "No trace was fitted, so there is no decay to draw.";
export const galleryIntro = () =>
  "Each trace with its fit and residuals in units of the error, the worst first: refused, doubtful, then by chi-square. Refused ones are drawn too.";
export const galleryCounts = (shown: number, all: number, perSeries: number) =>
  shown === all
    ? `All ${all} trace${s(all)} ${are(all)} drawn.`
    : `${shown} of ${all} traces are drawn: of each channel of a file ${perSeries} at most: the fit of the average, then the worst traces. The others stand in the table below the pictures.`;
export const notDrawn = (n: number) => `Traces that are not drawn (${n})`;
export const noFitDrawn = () => "no fit is drawn";
export const leftOut = (n: number) => `${n} row${s(n)} left out of the fit`;
export const fitRowsCapped = (shown: number, all: number) => `${shown} of ${all} rows; all of them stand in fits.csv.`;

// series
export const noSeries = () => "No series: no trace was repeated or swept.";
export const seriesIntro = () =>
  "T1 of every repeat with the error of its own fit. Dashed line: mean; grey band: scatter between repeats. Hollow: doubtful; crosses: refused; dotted lines: another file begins; black lines: levels between jumps; grey stripes: gaps. Swept settings are drawn against the setting and never averaged.";
export const seriesCapped = (shown: number, all: number) => `The ${shown} longest of ${all} series are drawn.`;
export const seriesNumbers = (mean: string, scatter: string, median: string) =>
  `mean ${mean}, scatter ${scatter}, median error of a fit ${median}`;
export const seriesFits = (n: number, refused: number) => `${n} fit${s(n)}${refused > 0 ? `, ${refused} refused` : ""}`;

// budget
export const noBudget = () => "No estimate carries an uncertainty budget.";
export const budgetIntro = () =>
  "What each input contributes to the error of a combined value, ordered by what it comes from: statistical, attenuation, readout, reference, phase, temperature, frequency, model. Solid: this result's own noise, which averages down. Hollow: shared with other results (the same attenuation, the same readout), which does not. Drawn are the values that the verdict quotes; all others stand in the table.";
export const budgetsCapped = (shown: number, all: number) => `${shown} of ${all} budgets are drawn; all stand in the table.`;

// checks
export const noFailedChecks = (held: number) => (held > 0 ? `All ${held} checks held.` : "No check was made: there is no result to check.");
export const checkCounts = (failed: number, held: number) => `${failed} check${s(failed)} did not hold, ${held} held.`;
export const SEVERITY_WORDS = {
  refuses: "no number is given",
  doubts: "the number stands, marked doubtful",
  informs: "for information",
} as const;
export const moreSentences = (n: number) => `and ${n} more of the same kind`;

// files
export const noFiles = () => "No files were found.";
export const noFailures = () => "No file failed.";
export const fileCounts = (c: { imported: number; unrecognised: number; failed: number; filtered: number }) =>
  `${c.imported} imported, ${c.unrecognised} not recognised, ${c.failed} failed, ${c.filtered} left out by a filter.`;
export const notesMore = (n: number) => `and ${n} more note${s(n)}`;

// missing, provenance
export const nothingMissing = () => "Nothing that would unlock a further result is known to be missing.";
export const missingIntro = (labFile: string) =>
  labFile === ""
    ? "There is no gammawatt.yaml in the folder: the results rest on what the files say by themselves. These facts would unlock more:"
    : "These facts would unlock more:";
export const provenanceIntro = () => "What made these numbers. Run the same command on the same files, and the same numbers come out.";
export const noLabFile = () => "none";
export const hashes = (n: number) => `SHA-256 of ${n} file${s(n)}`;
export const dottedLaw = (law: string) => `dotted: ${law}`;
