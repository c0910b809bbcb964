import { filmEntries, filmLines } from "./film-files.ts";
import type { CooldownSpec, Equilibrium, LabSpec, LineSpec, Uncertain } from "./lab-spec.ts";
import type { Table } from "./recording.ts";
import { siteEntries } from "./site-files.ts";
import { digits } from "./writers/csv.ts";

/** The gammawatt.yaml of a simulated lab: what its people would have stated. */
export function labYaml(spec: LabSpec, paths: readonly string[], tables: readonly Table[]): Uint8Array {
  const r = spec.readout;
  const lines = [
    "# Written by `gammawatt simulate`. What is stated here is not the truth: that lies a random draw of each uncertainty away (truth.json).",
    `device: ${spec.device}`,
    "readout:",
    `  p1_given_0: ${uncertain(r.p1Given0)}`,
    `  p0_given_1: ${uncertain(r.p0Given1)}`,
    `  prepared: ${r.prepared ?? "heralded"}`,
    `  drive_to_readout: ${digits(r.driveToReadout * 1e9)} ns`,
    `  drive_duration: ${digits(r.driveDuration * 1e6)} us`,
    ...(r.dutyCycle === undefined ? [] : [`  duty_cycle: ${digits(r.dutyCycle)}`]),
    `  if_bandwidth: ${digits(r.ifBandwidth)} Hz`,
    "qubits:",
    ...Object.entries(spec.qubits).flatMap(([name, q]) => [
      `  ${name}:`,
      `    frequency: ${digits(q.frequency * 1e-9)} GHz`,
      `    anharmonicity: ${digits(q.anharmonicity * 1e-6)} MHz`,
      `    geometry: ${q.geometry}`,
      ...(q.couplings
        ? [`    couplings: { drive: ${uncertain(q.couplings.drive, "1/s")}, detect: ${uncertain(q.couplings.detect, "1/s")} }`]
        : []),
      ...equilibrium(q.equilibrium).map((line) => `    ${line}`),
      `    position: [${q.position.map((x) => `${digits(x * 1e3)} mm`).join(", ")}]`,
    ]),
    "lines:",
    ...Object.entries(spec.lines).map(
      ([name, line]) =>
        `  ${name}: { qubits: [${line.qubits.join(", ")}], attenuation: ${uncertain(line.attenuation, "dB")}, attenuation_from: ${line.origin}${path(line)} }`,
    ),
    "cooldowns:",
    ...spec.cooldowns.flatMap(cooldownLines),
    "files:",
    ...[
      ...FILES.filter((entry) => matches(entry, paths)),
      ...tables.map(entryOf),
      ...new Set(spec.cooldowns.flatMap(({ films = [], sites }) => [...films.flatMap(filmEntries), ...(sites ? siteEntries(sites) : [])])),
    ].map((entry) => `  - { ${entry} }`),
  ];
  if (spec.exclude.length > 0) {
    lines.push("exclude:", ...spec.exclude.map(({ file, reason }) => `  - { file: "${file}", reason: "${reason}" }`));
  }
  return new TextEncoder().encode(`${lines.join("\n")}\n`);
}

const COUNTS = 'delay: "delay [us]", population: p1, shots: shots';
const FILES = [
  `match: "{cooldown}/{qubit}_t1_*.csv", kind: decay, columns: { ${COUNTS} }`,
  'match: "{cooldown}/T1_*.hdf5", kind: decay',
  'match: "{cooldown}/dataset_T1_*.hdf5", kind: decay',
  'match: "{cooldown}/*/*-T1 experiment {qubit}/dataset.hdf5", kind: decay',
  'match: "{cooldown}/{qubit}_s11_off.s1p", kind: reference, off: detuned',
  'match: "{cooldown}/{qubit}_s11_{power}dBm.s1p", kind: scattering',
  'match: "{cooldown}/{qubit}_s21_off.s2p", kind: reference, off: detuned',
  'match: "{cooldown}/{qubit}_s21_{power}dBm.s2p", kind: scattering',
  'match: "{cooldown}/{qubit}_s_off.s*p", kind: reference, off: detuned',
  'match: "{cooldown}/{qubit}_s_{power}dBm.s*p", kind: scattering',
  'match: "{cooldown}/{qubit}_sat.csv", kind: population, columns: { power: "power [dBm]", frequency: "frequency [GHz]", population: p1, shots: shots }',
  'match: "{cooldown}/{qubit}_population.csv", kind: population, columns: { power: "power [dBm]", population: p1, shots: shots }',
  'match: "{cooldown}/{qubit}_eq.csv", kind: equilibrium, columns: { population: p1, shots: shots }',
  'match: "{cooldown}/{qubit}_power.csv", kind: power, detector: vna, columns: { incident: "incident [dBm]", reflected: "reflected [dBm]", reflected_off: "reflected_off [dBm]", population: p1, shots: shots }',
];

/** Entries that no file of a lab matches would be reported. */
function matches(entry: string, paths: readonly string[]): boolean {
  const pattern = /match: "([^"]+)"/
    .exec(entry)![1]!
    .split(/\*|\{\w+\}/)
    .map((part) => part.replaceAll(".", "\\."));
  const whole = new RegExp(`^${pattern.join("[^/]+")}$`);
  return paths.some((path) => whole.test(path));
}

function entryOf({ name, of, entry, columns }: Table): string {
  const roles = columns.map((c) => `${c.role}: "${c.header}"`);
  return [`match: "{cooldown}/{qubit}_${name}.csv"`, `kind: ${of}`, ...entry, `columns: { ${roles.join(", ")} }`].join(", ");
}

/** What else a line has that not every one has. */
function path({ gain, isolation }: LineSpec): string {
  return `${isolation === undefined ? "" : `, isolation: ${digits(isolation)} dB`}${gain === undefined ? "" : `, gain: ${uncertain(gain, "dB")}`}`;
}

function cooldownLines(c: CooldownSpec): string[] {
  const changed = Object.entries(c.lines).map(([name, a]) => `${name}: { attenuation: ${uncertain(a, "dB")} }`);
  const qubits = Object.entries(c.qubits).flatMap(([name, q]) => {
    const facts = q.equilibrium === undefined ? [] : equilibrium(q.equilibrium);
    return facts.length === 0 ? [] : [`${name}: { ${facts.join(", ")} }`];
  });
  return [
    `  ${c.name}:`,
    `    started: ${c.started}`,
    `    note: "${c.note}"`,
    ...(changed.length === 0 ? [] : [`    lines: { ${changed.join(", ")} }`]),
    ...(qubits.length === 0 ? [] : [`    qubits: { ${qubits.join(", ")} }`]),
    ...(c.films ?? []).flatMap(filmLines).map((line) => `    ${line}`),
  ];
}

function equilibrium(e: Equilibrium): string[] {
  if (e.from === "measured") return [];
  if (e.from === "stated") return [`equilibrium_population: ${uncertain(e.population)}`];
  return [`temperature: ${uncertain({ value: e.kelvin.value * 1e3, sigma: e.kelvin.sigma * 1e3 }, "mK")}`, "temperature_from: population"];
}

function uncertain({ value, sigma }: Uncertain, unit = ""): string {
  return `${digits(value)} ± ${digits(sigma)}${unit === "" ? "" : ` ${unit}`}`;
}
