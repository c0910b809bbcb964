import type { Random } from "../core/random.ts";
import { HBAR } from "../physics/constants.ts";
import { atDevice, type Bench, grid, readings } from "./bench.ts";
import type { Complex } from "./complex-matrix.ts";
import type { TableExperiment } from "./lab-spec.ts";
import { emissionShare } from "./ports.ts";
import { driven, emitted, ramsey, relaxation, respond } from "./qubit-experiments.ts";
import type { Table, TableColumn } from "./recording.ts";

/** Experiments whose result is one table: what stands in its columns. */
export function tableOf(bench: Bench, e: TableExperiment): Table {
  const rng = bench.stream(e.what);
  const make = (name: string, kind: Table["of"], columns: readonly TableColumn[], n?: readonly number[]): Table => ({
    kind: "table",
    ...{ name, of: kind, entry: e.what === "total-power" ? ["detector: power-meter"] : e.what === "emission" ? ["power_at: device"] : [] },
    columns: n && "shots" in e && e.shots !== undefined ? [...columns, ...counts(bench, rng, n, e.shots)] : columns,
  });
  switch (e.what) {
    case "total-power":
      return make(
        "total",
        "total-power",
        totalPower(bench, rng, e),
        atPowers(bench, e.powers).map((r) => r.read),
      );
    case "rabi": {
      const delays = grid(e.delays);
      const watts = atDevice(bench.attenuation, e.power);
      return make(
        "rabi",
        "rabi",
        [delay(delays), sourcePower(delays.map(() => e.power))],
        driven(bench.qubit, watts, bench.qubit.frequency, delays),
      );
    }
    case "ramsey": {
      const delays = grid(e.delays);
      return make("ramsey", "coherence", [delay(delays)], ramsey(bench.qubit, e.detuning, delays));
    }
    case "heating":
      return make(
        "heating",
        "equilibrium",
        [sourcePower(e.powers)],
        atPowers(bench, e.powers, e.detuning).map((r) => r.read),
      );
    case "emission": {
      const delays = grid(e.delays);
      const n = relaxation(bench.qubit.rates, delays);
      const [port] = bench.qubit.ports;
      const share = emissionShare(port!, port!.background.length - 1);
      const power = n.map((x) => share * emitted(bench.qubit, x) + e.noise * rng.normal());
      const sigma = column(
        "sigma [aW]",
        "sigma",
        "W",
        power.map(() => e.noise),
        1e18,
      );
      return make("emission", "emission", [delay(delays), column("p_out [aW]", "power", "W", power, 1e18), sigma], n);
    }
  }
}

/** What a power meter reads: the coherent wave and what the qubit sends out besides, less what it takes from the line's own noise; over a background. */
function totalPower(bench: Bench, rng: Random, e: TableExperiment & { readonly what: "total-power" }): TableColumn[] {
  const gain = 10 ** (bench.chain.gain / 10);
  const [port] = bench.qubit.ports;
  const meter = (watts: number) => gain * watts * (1 + e.noise * rng.normal()) + e.background;
  const power = (header: string, role: TableColumn["role"], watts: readonly number[]) => column(header, role, "W", watts, 1);
  const columns = [dBmColumn("incident [dBm]", "incident", e.powers)];
  port!.background.forEach((c, j) => {
    const name = j === 0 ? "reflected" : "transmitted";
    // What passes the qubit by comes out where its scattering is measured, and interferes there.
    const leak = j === port!.background.length - 1 ? bench.leak : { re: 0, im: 0 };
    const coherent = ({ re, im }: Complex) => (re + leak.re) ** 2 + (im + leak.im) ** 2;
    const on = atPowers(bench, e.powers).map((r, i) => {
      const incident = atDevice(bench.attenuation, e.powers[i]!);
      const lowering = r.lowering.re ** 2 + r.lowering.im ** 2;
      const spontaneous =
        emitted(bench.qubit, r.excited) - HBAR * 2 * Math.PI * bench.qubit.frequency * bench.qubit.rates.gammaR * lowering;
      return meter(incident * coherent(r.s[j]!) + emissionShare(port!, j) * spontaneous);
    });
    const off = e.powers.map((p) => meter(atDevice(bench.attenuation, p) * coherent(c)));
    columns.push(power(`${name} [W]`, j === 0 ? "reflected" : "transmitted", on));
    columns.push(power(`${name}_off [W]`, j === 0 ? "reflected_off" : "transmitted_off", off));
  });
  return [
    ...columns,
    power(
      "background [W]",
      "background",
      e.powers.map(() => e.background),
    ),
  ];
}

function atPowers(bench: Bench, powers: readonly number[], detuning = 0) {
  return powers.map((p) => respond(bench.qubit, atDevice(bench.attenuation, p), bench.qubit.frequency + detuning, bench.gap));
}

function counts(bench: Bench, rng: Random, n: readonly number[], shots: number): TableColumn[] {
  const p1 = readings(bench, rng, n, shots);
  return [
    column("p1", "population", "1", p1, 1),
    column(
      "shots",
      "shots",
      "1",
      p1.map(() => shots),
      1,
    ),
  ];
}

/** @param scale what a number of the file is of the SI one */
function column(
  header: string,
  role: TableColumn["role"],
  unit: TableColumn["unit"],
  values: readonly number[],
  scale: number,
): TableColumn {
  return { header, role, unit, values, printed: values.map((x) => x * scale) };
}

const delay = (values: readonly number[]) => column("delay [us]", "delay", "s", values, 1e6);
const sourcePower = (dBm: readonly number[]) => dBmColumn("power [dBm]", "power", dBm);

function dBmColumn(header: string, role: TableColumn["role"], dBm: readonly number[]): TableColumn {
  return { header, role, unit: "W", values: dBm.map((x) => 1e-3 * 10 ** (x / 10)), printed: dBm };
}
