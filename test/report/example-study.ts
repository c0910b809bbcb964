import { type Check, check } from "../../src/core/check.ts";
import type { Estimate, GroupLabels, QuantityName, Route } from "../../src/core/estimate.ts";
import { cannotTell } from "../../src/core/messages/joint-route.ts";
import { random } from "../../src/core/random.ts";
import type { Unit } from "../../src/core/units.ts";
import type { Study, StudyFile, StudyFit } from "../../src/report/study.ts";
import type { ComparedLine } from "../../src/routes/compared-line.ts";
import type { Comparison } from "../../src/routes/comparison.ts";
import { cooldownRatios } from "../../src/routes/cooldown-ratios.ts";
import { HELD, type JointStudy } from "../../src/routes/joint-study.ts";
import { lineTests } from "../../src/routes/line-tests.ts";
import type { PowerStudy } from "../../src/routes/power-study.ts";
import { seriesStudies } from "../../src/routes/series-study.ts";
import { decayFit } from "./example-decays.ts";
import { fieldStudy } from "./example-field.ts";
import { boundOf, channelsOf, partitionOf } from "./example-partition.ts";
import { powerSweep } from "./example-power.ts";

/** A study with nothing in it. */
export const EMPTY: Study = {
  folder: "lab",
  created: "2026-11-02T10:00:00.000Z",
  command: "gammawatt run lab",
  versions: { gammawatt: "0.1.0", node: "20.19.0" },
  seconds: 0.4,
  counts: { files: { new: 0, changed: 0, unchanged: 0, unrecognised: 0, failed: 0 }, fits: { run: 0, reused: 0, refused: 0 } },
  reasons: [],
  failures: [],
  files: [],
  fits: [],
  estimates: [],
  power: [],
  joint: [],
  comparisons: [],
  lines: [],
  cooldowns: [],
  participation: [],
  fields: [],
  series: [],
  previous: [],
  missing: [],
  labFile: "",
};

/** Names that a file system allows and a page must survive. */
export const HOSTILE = [
  `q"><script>globalThis.owned=1</script>`,
  `q1' onmouseover='globalThis.owned=1`,
  "line\nbreak\tand tab",
  "\u202Egnp.exe \u2066left\u2069",
  "</script><!--<svg onload=globalThis.owned=1>",
  "https://evil.example/x.js",
  "{{x}}$y`z`&amp;&lt;",
  "\u0000\u0007bell",
  `long-${"qubit-name-".repeat(60)}end`,
] as const;

export function estimate(route: Route, quantity: QuantityName, labels: GroupLabels, value: number, more: Partial<Estimate> = {}): Estimate {
  const unit: Unit = quantity.startsWith("t1") ? "s" : quantity.startsWith("g") ? "1/s" : "1";
  return {
    route,
    quantity,
    estimator: route === "decay" ? "exponential" : route === "power" ? "complex_s" : "complex_s",
    condition: "combined",
    labels,
    value,
    sigmaStat: Math.abs(value) * 0.01,
    sigmaCommon: route === "decay" ? 0 : Math.abs(value) * 0.11,
    unit,
    status: Number.isFinite(value) ? "usable" : "refused",
    checks: [],
    budget:
      route === "decay"
        ? [{ input: "noise of the traces", contribution: value * 0.01 }]
        : [
            { input: "attenuation of drive1", contribution: value * 0.105, shared: "lines.drive1.attenuation" },
            { input: "readout p0_given_1", contribution: -value * 0.03, shared: "readout.p0_given_1" },
            { input: "equilibrium population", contribution: value * 0.012, shared: "qubits.q1.temperature" },
            { input: "shots of the populations", contribution: value * 0.008 },
            { input: "noise of S", contribution: value * 0.006 },
          ],
    datasets: [JSON.stringify([route, labels.cooldown, labels.qubit])],
    remark: "",
    ...more,
  };
}

/** The comparison of two routes, as the routes room would word it. */
export function comparison(labels: GroupLabels, decay: Estimate | undefined, power: Estimate | undefined): Comparison {
  const both = decay !== undefined && power !== undefined && Number.isFinite(decay.value) && Number.isFinite(power.value);
  const ratio = both ? power.value / decay.value : Number.NaN;
  const pull = Math.log(ratio) / 0.112;
  const verdict = !both
    ? decay || power
      ? "one-route"
      : "none"
    : Math.abs(pull) < 2
      ? "agree"
      : Math.abs(pull) < 3
        ? "tension"
        : "disagree";
  return {
    labels,
    decay,
    power,
    ratio,
    sigmaRatio: ratio * 0.112,
    ratioDb: 10 * Math.log10(ratio),
    sigmaDb: both ? 0.49 : Number.NaN,
    sigmaStatDb: both ? 0.06 : Number.NaN,
    detectors: ["vna"],
    ...(both ? { line: lineOf(labels) } : {}),
    difference: both ? power.value - decay.value : Number.NaN,
    sigmaDifference: both ? decay.value * 0.112 : Number.NaN,
    pull,
    verdict,
    sentence: both
      ? `Power over decay is ${ratio.toFixed(2)}, ${Math.abs(pull).toFixed(1)} sigma from 1.`
      : "Only the decay route has a number; there is nothing to compare.",
    missing: both ? [] : ["gamma_r and gamma_nr need scattering of the driven qubit and its attenuation."],
  };
}

/** One line for all; the second cooldown states it anew. */
function lineOf({ cooldown }: GroupLabels): ComparedLine {
  const entry = cooldown === "cd08" ? "cooldowns.cd08.lines.drive1.attenuation" : "lines.drive1.attenuation";
  const about = { attenuation: 72.3, sigma: 0.5, origin: "warm", standing: "independent", repeatability: false } as const;
  return { name: "drive1", entry, ...about };
}

function file(path: string, kind: string, labels: StudyFit["labels"], more: Partial<StudyFile> = {}): StudyFile {
  return {
    path,
    bytes: 23456,
    sha256: "3f".repeat(32),
    status: "imported",
    change: "new",
    importer: "csv",
    datasets: [{ id: "id", kind, labels }],
    notes: [],
    message: "",
    ...more,
  };
}

/**
 * A rich study: qubits in two cooldowns, repeats, a sweep, refused and doubtful fits, both estimators, changes against a previous run.
 * @param options.names qubit names; @param options.repeats traces of the repeated series.
 */
export function richStudy(options: { names?: readonly string[]; repeats?: number; cooldowns?: readonly string[] } = {}): Study {
  const names = options.names ?? ["q1", "q2", "q3"];
  const cooldowns = options.cooldowns ?? ["cd07", "cd08"];
  const r = random(11);
  const [fits, estimates, comparisons, power, files]: [StudyFit[], Estimate[], Comparison[], PowerStudy[], StudyFile[]] = [
    [],
    [],
    [],
    [],
    [],
  ];
  for (const [c, cooldown] of cooldowns.entries())
    for (const [q, qubit] of names.entries()) {
      const labels = { cooldown, device: "chipA", qubit };
      const t1 = [37e-6, 12e-6, 81e-6, 4.6e-6][q % 4]! * (1 + 0.1 * c);
      const repeated = q === 0;
      const count = repeated ? (options.repeats ?? 24) : 1;
      for (let i = 0; i < count; i++) {
        const trace = count > 1 ? `Voltage, QB[${i}]` : "p1";
        const state = i % 11 === 7 ? "refused" : i % 13 === 9 || (q === 2 && c === 0) ? "doubtful" : i === 5 ? "stopped" : "converged";
        const drift = repeated ? 1 + 0.18 * Math.sin(i / 4) + 0.06 * r.normal() : 1;
        const started = count > 1 && c === 0 ? new Date(Date.UTC(2026, 8, 3, 8) + i * 9.5e5).toISOString() : "";
        fits.push(
          decayFit(
            { labels: { ...labels, trace }, t1: t1 * drift, state, axis: count > 1 ? "repeat" : "single", started, volts: repeated },
            r,
          ),
        );
      }
      const gamma = 1 / t1;
      const doubtful: Check[] =
        q === 2 && c === 0 ? [check("not_exponential", false, "A second component lowers chi-square by 64; 12 is the limit.", 64, 12)] : [];
      const decay = estimate("decay", "gamma1_total", labels, gamma, { checks: doubtful, status: doubtful.length ? "doubtful" : "usable" });
      estimates.push(decay);
      if (repeated) {
        estimates.push(estimate("decay", "t1_mean", labels, t1), estimate("decay", "t1_scatter", labels, 0.14 * t1, { budget: [] }));
        estimates.push(estimate("decay", "t1_median_sigma", labels, 0.03 * t1, { budget: [] }));
      }
      const noPower = q === 3;
      if (noPower) {
        const reason = "The power at the device is not known: state the line's attenuation in gammawatt.yaml.";
        estimates.push(
          estimate("power", "gamma1_total", labels, Number.NaN, {
            checks: [check("no_attenuation", false, reason)],
            budget: [],
            remark: reason,
            sigmaStat: Number.NaN,
          }),
        );
        comparisons.push(comparison(labels, decay, undefined));
        estimates.push(...boundOf(labels));
      } else {
        const scale = 1 + 0.07 * r.normal() + (q === 2 && c === 1 ? 0.35 : 0);
        const sweep = powerSweep(labels, gamma, scale, r);
        power.push(sweep, powerSweep(labels, gamma, scale, r, "scalar_difference"));
        const quoted = estimate("power", "gamma1_total", labels, sweep.gamma);
        const bias = "Incident minus reflected sees 72 % of the work of the drive here: the rate is a lower bound.";
        estimates.push(
          quoted,
          estimate("power", "gamma1_total", labels, sweep.gamma * 0.72, {
            estimator: "scalar_difference",
            status: "doubtful",
            checks: [check("scalar_bias", false, bias, 0.72, 1)],
            remark: bias,
          }),
          ...partitionOf(labels, decay, q === 1 ? 1.001 : 0.6 - 0.1 * q),
          estimate("partition", "n_eq", labels, 0.0123, { sigmaStat: 0.0004 }),
        );
        for (const p of sweep.points.filter((x) => Number.isFinite(x.gamma)))
          estimates.push(
            estimate("power", "gamma1_total", labels, p.gamma, {
              condition: `p_in=${p.pDevice.toPrecision(3)} W`,
              sigmaStat: p.sigmaGamma,
              budget: [],
            }),
          );
        const compared = comparison(labels, decay, quoted);
        comparisons.push(compared);
        estimates.push(estimate("compare", "ratio_power_over_decay", labels, compared.ratio));
      }
      const path = `${cooldown}/${qubit.replaceAll("/", "_")}_t1.csv`;
      files.push(
        file(
          path,
          "decay",
          { ...labels, trace: "p1" },
          c === 0
            ? { change: "unchanged" }
            : { notes: [{ code: "unit_inferred", text: "The unit of delay is inferred from its size: ns." }] },
        ),
      );
    }
  for (let i = 0; i < 9; i++) {
    const labels = { cooldown: cooldowns[0] ?? "", device: "chipA", qubit: names[1] ?? "", trace: `IQ[${i}]` };
    const conditions = [{ name: "flux", value: -0.2 + 0.05 * i, unit: "V" }];
    fits.push(decayFit({ labels, t1: 12e-6 * (1 + 0.3 * Math.cos(i)), axis: "swept", conditions }, r));
  }
  const none = { cooldown: "", device: "", qubit: "", trace: "" };
  files.push(
    file("notes/readme.txt", "other", none, {
      status: "unrecognised",
      importer: "",
      datasets: [],
      message: "No importer recognises this file.",
    }),
    file(`cd08/${names[0]}_broken.s1p`, "scattering", none, {
      status: "failed",
      importer: "touchstone",
      datasets: [],
      message: "Line 12: 3 numbers expected, 2 found.",
    }),
  );
  const groups = comparisons.map((c) => {
    const of = (e: Estimate) => e.condition === "combined" && JSON.stringify(e.labels) === JSON.stringify(c.labels);
    const own = estimates.filter(of);
    return {
      comparison: c,
      ratio: own.find((e) => e.quantity === "ratio_power_over_decay"),
      power: own.filter((e) => e.route === "power"),
    };
  });
  const channels = channelsOf(
    estimates.filter((e) => e.route === "decay" && e.quantity === "gamma1_total"),
    names[0],
  );
  estimates.push(...channels.estimates);
  const shared = lineTests(groups);
  const between = cooldownRatios(groups, cooldowns);
  estimates.push(...shared.estimates, ...between.map((r) => r.estimate));
  return {
    ...EMPTY,
    folder: "lab folder",
    seconds: 1.83,
    counts: {
      files: { new: files.length - 6, changed: 1, unchanged: 4, unrecognised: 1, failed: 1 },
      fits: { run: 12, reused: fits.length - 12, refused: 4 },
    },
    reasons: files.slice(0, 9).map((f, i) => ({
      file: f.path,
      stage: i % 2 ? "fit" : "import",
      code: i === 3 ? ("input-changed" as const) : ("new-input" as const),
      before: i === 3 ? "attenuation 72.3 dB" : "",
      after: i === 3 ? "attenuation 72.9 dB" : "",
    })),
    failures: [
      {
        file: `cd08/${names[0]}_broken.s1p`,
        place: "line 12",
        message: "3 numbers expected, 2 found. Export the file again, or exclude it in gammawatt.yaml.",
      },
    ],
    files,
    fits,
    estimates,
    power,
    joint: comparisons.map((c, i) => jointStudy(c.labels, i % 2 === 0)),
    comparisons,
    lines: shared.tests,
    cooldowns: between,
    participation: channels.studies,
    fields: cooldowns
      .slice(0, 2)
      .map((cooldown, i) => fieldStudy({ cooldown, name: names[i] ?? "", size: i === 0 ? [6, 5] : [9], times: 4 })),
    series: seriesStudies(fits),
    previous: comparisons.slice(0, 3).map((c, i) => ({
      ...c.labels,
      route: "decay",
      quantity: "gamma1_total",
      value: (c.decay?.value ?? Number.NaN) * (i === 1 ? 1.013 : 1),
      sigma: 200,
    })),
    missing: [
      "lines.drive2.attenuation would unlock the power route of q4.",
      "readout.drive_to_readout would remove the assumption of no decay before readout.",
    ],
    labFile: "gammawatt.yaml",
  };
}

/** What a qubit's data determine: everything, or all but one direction. */
function jointStudy(labels: GroupLabels, all: boolean): JointStudy {
  const open = cannotTell(
    [
      { name: "gamma_nr", percent: 1 },
      { name: "gamma_phi", percent: -0.66 },
      { name: "ln_attenuation", percent: 0.66 },
    ],
    [HELD.decay, HELD.attenuation],
  );
  return {
    labels,
    held: all ? ["scattering", "population", "decay", "attenuation"] : ["scattering", "population"],
    parameters: ["gamma_r", "gamma_nr", "gamma_phi", "n_r", "offset", ...(all ? [] : ["ln_attenuation"])],
    rank: 5,
    open: all ? [] : [open],
    closedBy: all ? [] : ["decay", "attenuation"],
    chi2: 2031.4,
    dof: 2020,
    attenuationDb: all ? 0.12 : Number.NaN,
    sigmaDb: all ? 0.05 : Number.NaN,
    frequencyNoise: all
      ? { found: true, sigma: 2.4e4, error: 900, gain: 310 }
      : { found: false, sigma: 1.4e3, error: Number.NaN, gain: 0.2 },
    sentence: all ? "" : open,
  };
}
