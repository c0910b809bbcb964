import { atDevice, type Bench, grid, readings } from "./bench.ts";
import type { Complex } from "./complex-matrix.ts";
import { analyse, coherentPower, voltage } from "./instruments.ts";
import type { DelayGrid, Experiment } from "./lab-spec.ts";
import { exchangeRates, type TwoLevelRates } from "./master-equation.ts";
import { drivingShare, type Surroundings } from "./ports.ts";
import { atRest, echo, fluctuating, relaxation, respond } from "./qubit-experiments.ts";
import type { DecayCounts, DecayVoltages, Recording, ScatteringTrace } from "./recording.ts";
import { tableOf } from "./table-measurements.ts";

/** Carries out an experiment: the recordings that it leaves. */
export function measure(bench: Bench, e: Experiment): Recording[] {
  switch (e.what) {
    case "t1-csv":
      return repeats(e.repeats, (index) => countsOf(bench, e, index, e.odd?.includes(index) === true));
    case "t1-labber":
    case "t1-tergite":
      return repeats(e.repeats, (index) => voltagesOf(bench, e.delays, index, false));
    case "t1-quantify":
      return repeats(e.repeats, (index) => voltagesOf(bench, e.delays, index, true));
    case "echo-csv": {
      const delays = grid(e.delays);
      const p1 = readings(bench, bench.stream("echo"), echo(bench.qubit.rates, delays), e.shots);
      return [{ kind: "counts", sequence: "echo", index: 0, delays, gamma1: Number.NaN, p1, shots: e.shots }];
    }
    case "echo-quantify": {
      const [delays, rng] = [grid(e.delays), bench.stream("echo")];
      const voltages = echo(bench.qubit.rates, delays).map((n) => voltage(rng, bench.digitiser, n));
      return [{ kind: "voltages", sequence: "echo", index: 0, delays, gamma1: Number.NaN, voltages, calibrated: false }];
    }
    case "two-component-csv":
      return [twoComponents(bench, e)];
    case "scattering":
      return scattering(bench, e);
    case "saturation": {
      const places = (e.detunings ?? [0]).flatMap((d) => e.powers.map((power) => ({ power, frequency: bench.qubit.frequency + d })));
      const driven = places.map((p) => respond(bench.qubit, atDevice(bench.attenuation, p.power), p.frequency, bench.gap).read);
      return [
        {
          kind: "saturation",
          powers: places.map((p) => p.power),
          frequency: e.withFrequency ? places.map((p) => p.frequency) : undefined,
          p1: readings(bench, bench.stream("saturation"), driven, e.shots),
          shots: e.shots,
        },
      ];
    }
    case "equilibrium": {
      const rest = new Array<number>(e.repeats).fill(atRest(bench.qubit));
      return [{ kind: "equilibrium", p1: readings(bench, bench.stream("equilibrium"), rest, e.shots), shots: e.shots }];
    }
    case "power-table":
      return [powerTable(bench, e)];
    case "total-power":
    case "rabi":
    case "ramsey":
    case "heating":
    case "emission":
      return [tableOf(bench, e)];
    case "other-file":
      return [];
  }
}

const repeats = <T>(count: number, one: (index: number) => T): T[] => Array.from({ length: count }, (_, index) => one(index));

function repeatRates(bench: Bench, index: number, odd: boolean): { readonly rates: TwoLevelRates; readonly gamma1: number } {
  const calm = fluctuating(bench.stream(`loss of repeat ${index}`), bench.qubit.rates, bench.fluctuation);
  const rates = odd ? { ...calm, gammaNr: 4 * calm.gammaNr } : calm;
  const { down, up } = exchangeRates(rates);
  return { rates, gamma1: down + up };
}

function countsOf(bench: Bench, e: { readonly delays: DelayGrid; readonly shots: number }, index: number, odd: boolean): DecayCounts {
  const delays = grid(e.delays);
  const { rates, gamma1 } = repeatRates(bench, index, odd);
  const p1 = readings(bench, bench.stream(`shots of repeat ${index}`), relaxation(rates, delays), e.shots);
  return { kind: "counts", sequence: "t1", index, delays, gamma1, p1, shots: e.shots };
}

function voltagesOf(bench: Bench, delayGrid: DelayGrid, index: number, calibrated: boolean): DecayVoltages {
  const { rates, gamma1 } = repeatRates(bench, index, false);
  const delays = grid(delayGrid);
  const populations = relaxation(rates, delays);
  if (calibrated) {
    // The qubit left alone, then after a pi pulse, written on delays that go on as before.
    const step = delays[1]! - delays[0]!;
    populations.push(atRest({ ...bench.qubit, rates }), relaxation(rates, [0])[0]!);
    delays.push(delays.at(-1)! + step, delays.at(-1)! + 2 * step);
  }
  const rng = bench.stream(`voltages of repeat ${index}`);
  const voltages = populations.map((n) => voltage(rng, bench.digitiser, n));
  return { kind: "voltages", sequence: "t1", index, delays, gamma1, voltages, calibrated };
}

function twoComponents(bench: Bench, e: Experiment & { readonly what: "two-component-csv" }): DecayCounts {
  const delays = grid(e.delays);
  const curves = e.t1.map((t1) => relaxation({ ...bench.qubit.rates, gammaR: 0, gammaNr: 1 / t1, nNr: 0, nR: 0 }, delays));
  const mean = delays.map((_, i) => curves.reduce((sum, c) => sum + c[i]! / curves.length, 0));
  const p1 = readings(bench, bench.stream("two components"), mean, e.shots);
  return { kind: "counts", sequence: "mixed", index: 0, delays, gamma1: Number.NaN, p1, shots: e.shots };
}

function scattering(bench: Bench, e: Experiment & { readonly what: "scattering" }): ScatteringTrace[] {
  const { qubit, leak } = bench;
  const noise = e.noise ?? bench.chain.noise;
  const chain = { ...bench.chain, noise };
  const frequency = Array.from({ length: e.points }, (_, i) => Math.round(qubit.frequency + e.span * (i / (e.points - 1) - 0.5)));
  const ports = qubit.ports.length;
  const trace = (power: number, amplitudes: readonly (readonly Complex[])[]): ScatteringTrace => {
    const rng = bench.stream(`analyser at ${power} dBm`);
    const seen = amplitudes.map((s, k) => analyse(rng, chain, frequency, leaking(k, ports) ? s.map((x) => plus(x, leak)) : s));
    const s = frequency.map((_, i) => seen.map((a) => a[i]!));
    return { kind: "scattering", power, frequency, ports, s, noise: e.stated === true ? noise * 10 ** (chain.gain / 20) : Number.NaN };
  };
  const off = trace(
    Number.NaN,
    qubit.ports.flatMap(({ background }) => background.map((c) => frequency.map(() => c))),
  );
  const on = e.powers.map((power) => {
    const watts = atDevice(bench.attenuation, power);
    const columns = qubit.ports.map((_, into) =>
      // A qubit beside a line looks the same from both ends.
      ports === 2 && into === 1 && symmetric(qubit.ports) ? undefined : frequency.map((f) => respond(qubit, watts, f, 0, into).s),
    );
    const [first] = columns;
    return trace(
      power,
      columns.flatMap((c) => qubit.ports.map((_, j) => (c ? c.map((s) => s[j]!) : first!.map((s) => s[ports - 1 - j]!)))),
    );
  });
  // Without a path past the qubit there is nothing to refer to.
  return qubit.ports[0]!.background.at(-1)!.re === 0 && ports === 2 ? on : [off, ...on];
}

const symmetric = ([a, b]: Surroundings) => drivingShare(a!) === drivingShare(b!);
/** A circulator leaks into what comes back at the end of a line; beside a line, a direct way leaks into what goes on. */
const leaking = (element: number, ports: number) => ports === 1 || (ports === 2 && (element === 1 || element === 2));
const plus = (a: Complex, b: Complex): Complex => ({ re: a.re + b.re, im: a.im + b.im });

function powerTable(bench: Bench, e: Experiment & { readonly what: "power-table" }): Recording {
  const rng = bench.stream("power table");
  const dBm = (watts: number) => 10 * Math.log10(watts / 1e-3);
  const driven = e.powers.map((p) => respond(bench.qubit, atDevice(bench.attenuation, p), bench.qubit.frequency, bench.gap));
  // The long averages of a table: ten times less noise than a swept trace.
  const chain = { ...bench.chain, noise: bench.chain.noise / 10 };
  const back = (p: number, s: Complex) => dBm(coherentPower(rng, chain, 1e-3 * 10 ** (p / 10), s));
  return {
    kind: "power-table",
    incident: e.powers,
    reflected: driven.map((r, i) => back(e.powers[i]!, r.s[0]!)),
    reflectedOff: e.powers.map((p) => back(p, { re: 1, im: 0 })),
    p1: readings(
      bench,
      rng,
      driven.map((r) => r.read),
      e.shots,
    ),
    shots: e.shots,
  };
}
