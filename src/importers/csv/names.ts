import type { ColumnHint } from "../../core/dataset.ts";
import type { Unit } from "../../core/units.ts";
import type { HeaderCell } from "./header.ts";

/** What a column is, before it is converted into roles: `level`, `magnitude` and `phase` depend on what stands beside them. */
export type Meaning = ColumnHint | "magnitude" | "phase";

/** What a trace is made of. */
export const SIGNALS: readonly Meaning[] = [
  "population",
  "counts",
  "i",
  "q",
  "voltage",
  "magnitude",
  "phase",
  "s_re",
  "s_im",
  "s_mag",
  "s_db",
  "s_deg",
];

/** What a name says. */
export interface Named {
  readonly meaning: Meaning;
  /** Receiving and driven port, `"21"`. */
  readonly port?: string;
  /** The qubit that the name carries (`q1_p1`). */
  readonly qubit?: string;
  /** Number of the repeat that the name carries (`p1_3`). */
  readonly repeat?: number;
  /** Present when the name is only a usual way to write this meaning, not a statement of it. */
  readonly loose?: true;
}

const EXACT: Readonly<Record<string, Meaning>> = spell({
  delay:
    "delay delays delay_time wait wait_time t_wait t_delay tau idle idle_time verzoegerung verzogerung sequence_duration relaxation_time_axis wartezeit verzogerungszeit τ 遅延 遅延時間 待ち時間 待機時間",
  time: "time times t zeit dt",
  population:
    "population pop p1 pe p_e p_1 excited p_excited p_exc excited_population excited_state_population pop_e pop_1 population_1 population_e prob_1 prob_e p1_meas probability_1 n_e p_of_1 p_of_e e_population besetzung anregung anregungswahrscheinlichkeit besetzungswahrscheinlichkeit 励起確率 励起状態確率 励起状態占有率",
  counts: "counts count counts_1 counts_e n1 n_1 n_excited ones excited_counts clicks",
  shots: "shots n_shots nshots num_shots number_of_shots shots_total trials",
  sigma:
    "sigma err error std stderr stdev sem uncertainty unc sd std_dev standard_error standard_deviation fehler unsicherheit standardabweichung 誤差 標準偏差",
  i: "i in_phase inphase i_voltage v_i voltage_i i_v re_v v_re real re i_avg s_i realteil 実部",
  q: "q quadrature q_voltage v_q voltage_q q_v im_v v_im imag imaginary im q_avg s_q imaginarteil 虚部",
  voltage: "voltage v signal readout readout_signal readout_voltage spannung v_readout response 電圧",
  magnitude: "magnitude mag magn amplitude amp abs betrag 振幅",
  phase: "phase angle ang arg phi 位相",
  frequency: "frequency freq f frequenz drive_frequency f_drive f_d fd rf_frequency 周波数",
  power: "power leistung drive_power source_power p_source p_set p_drive p_dbm power_dbm input_power p_in 電力",
  incident: "incident incident_power p_incident p_inc forward forward_power",
  reflected: "reflected reflected_power p_reflected p_refl p_ref backward p_out output_power",
  reflected_off: "reflected_off reflected_power_off p_reflected_off p_refl_off p_ref_off",
  repeat:
    "repeat repeats repetition rep index idx trace run iteration iter shot shot_index shots_index shot_number avg average averages n counter repeat_index repetition_index rep_index iteration_index trace_index run_index sweep_index avg_index average_index",
  x: "x",
  y: "y",
  z: "z",
  u: "u",
  r_total: "r_total r rtotal",
});

/** Names that are common for something else as well: used, and said so. */
const LOOSE = new Set([
  "time",
  "times",
  "t",
  "zeit",
  "dt",
  "i",
  "q",
  "re",
  "im",
  "real",
  "imag",
  "r",
  "v",
  "signal",
  "response",
  "std",
  "err",
  "error",
  "p_in",
  "p_out",
  "trace",
  "index",
  "run",
  "n",
]);

function spell(names: Partial<Record<Meaning, string>>): Record<string, Meaning> {
  const table: Record<string, Meaning> = {};
  for (const [meaning, list] of Object.entries(names)) for (const name of list.split(" ")) table[name] = meaning as Meaning;
  return table;
}

/** Base unit that a meaning must have; a column in another unit is something else that bears the same name. */
export const EXPECTED_UNITS: Readonly<Partial<Record<Meaning, readonly Unit[]>>> = {
  delay: ["s"],
  time: ["s"],
  frequency: ["Hz"],
  power: ["W"],
  incident: ["W"],
  reflected: ["W"],
  reflected_off: ["W"],
  transmitted: ["W"],
  transmitted_off: ["W"],
  background: ["W"],
  population: ["1"],
  leakage: ["1"],
  spread: ["m"],
  counts: ["1"],
  shots: ["1"],
  repeat: ["1"],
  i: ["V", "1", "A", "W"],
  q: ["V", "1", "A", "W"],
  voltage: ["V", "1", "A", "W"],
  magnitude: ["V", "1", "dB", "A", "W"],
  phase: ["rad"],
  s_re: ["1"],
  s_im: ["1"],
  s_mag: ["1"],
  s_db: ["dB"],
  s_deg: ["rad"],
  x: ["m"],
  y: ["m"],
  z: ["m"],
  u: ["J/m^2", "J/m", "J"],
  r_total: ["W/m^2", "W/m", "W"],
};

/** What a column's name (and unit) says it is, or undefined. Used where the lab file says nothing. */
export function meaningOf(cell: HeaderCell): Named | undefined {
  const unit = cell.conversion?.unit;
  const key = keyOf(cell.name);
  const named = scattering(cell, unit) ?? byKey(key, cell.name, unit);
  if (named === undefined || unit === undefined) return named;
  const expected = EXPECTED_UNITS[named.meaning];
  return expected === undefined || expected.includes(unit) ? named : undefined;
}

function keyOf(name: string): string {
  return name
    .toLowerCase()
    .replace(/ä/g, "a")
    .replace(/ö/g, "o")
    .replace(/ü/g, "u")
    .replace(/[^\p{L}\p{N}]+/gu, "_")
    .replace(/^_+|_+$/g, "");
}

function byKey(key: string, name: string, unit: Unit | undefined): Named | undefined {
  if (/^p\s*\(\s*\|?\s*[1e]\s*[>⟩]?\s*\)$/i.test(name)) return { meaning: "population" };
  // One letter, three meanings: the unit decides.
  if (key === "p") return unit === "W" ? { meaning: "power" } : { meaning: "population", loose: true };
  const exact = Object.hasOwn(EXACT, key) ? EXACT[key] : undefined;
  if (exact !== undefined) return LOOSE.has(key) ? { meaning: exact, loose: true } : { meaning: exact };
  const sigma =
    /^(?:sigma|err|error|std|stderr|stdev|sem|uncertainty|unc)_(.+)$|^(.+)_(?:sigma|err|error|std|stderr|stdev|sem|uncertainty|unc|sd)$/.exec(
      key,
    );
  if (sigma !== null) {
    const { meaning, ...of } = byKey(sigma[1] ?? sigma[2]!, "", undefined) ?? { meaning: "other" };
    if (meaning === "population" || meaning === "voltage" || meaning === "u") return { ...of, meaning: "sigma" };
  }
  return withQubit(key, unit) ?? singleShot(key, unit) ?? withNumber(key);
}

/** `q1_p1`, `p1_q1`. */
function withQubit(key: string, unit: Unit | undefined): Named | undefined {
  const match = /^(q\d+[a-z]?)_(.+)$/.exec(key) ?? /^(.+)_(q\d+[a-z]?)$/.exec(key);
  if (match === null) return undefined;
  const first = /^q\d/.test(match[1]!);
  const rest = byKey(first ? match[2]! : match[1]!, "", unit);
  return rest === undefined ? undefined : { ...rest, qubit: first ? match[1]! : match[2]! };
}

/** `shot0`, `shot_17`: one readout each; in volts, or the state that it found. */
function singleShot(key: string, unit: Unit | undefined): Named | undefined {
  const match = /^(?:single_?)?shot_?(\d{1,6})$/.exec(key);
  return match === null ? undefined : { meaning: unit === "V" ? "voltage" : "population", repeat: Number(match[1]) };
}

/** `p1_0`, `p1_1`, ...: repeats of one signal. `p_0` and `p_1` alone are states, not repeats, and stay with the table above, like `counts_0`. */
function withNumber(key: string): Named | undefined {
  if (key === "counts_0") return undefined;
  const match = /^(p1|pe|p_e|excited|p_excited|i|q|voltage|signal|counts|shots|sigma)_(\d{1,6})$/.exec(key);
  if (match === null) return undefined;
  const base = byKey(match[1]!, "", undefined);
  return base === undefined ? undefined : { ...base, repeat: Number(match[2]) };
}

/** `s21_re`, `Re(S21)`, `S11 (dB)`, `db:Trc1_S21`, `s_re`, `|S21|`. */
function scattering(cell: HeaderCell, unit: Unit | undefined): Named | undefined {
  const name = cell.name.toLowerCase();
  const port = /(?:^|[^a-z0-9])s_?\(?([1-9])[,_]?([1-9])\)?(?![0-9])/.exec(name);
  if (port === null && !/^s[_\s]/.test(name)) return undefined;
  const rest = (port === null ? name.slice(2) : name.replace(port[0], " "))
    .split(/[^a-z]+/)
    .filter((word) => word !== "" && !/^trc\d*$/.test(word));
  const part = rest.map((word) => PART[word]).find((p) => p !== undefined);
  let meaning = part;
  if (unit === "dB") meaning = "s_db";
  else if (unit === "rad") meaning = "s_deg";
  else if (part === undefined && port !== null && rest.length === 0 && name.includes("|")) meaning = "s_mag";
  if (meaning === undefined) return undefined;
  return port === null ? { meaning } : { meaning, port: port[1]! + port[2]! };
}

const PART: Readonly<Record<string, Meaning>> = {
  re: "s_re",
  real: "s_re",
  im: "s_im",
  imag: "s_im",
  imaginary: "s_im",
  db: "s_db",
  deg: "s_deg",
  ang: "s_deg",
  angle: "s_deg",
  phase: "s_deg",
  mag: "s_mag",
  magnitude: "s_mag",
  abs: "s_mag",
  lin: "s_mag",
};
