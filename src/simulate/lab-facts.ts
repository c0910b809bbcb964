import type { Quantity } from "../core/quantity.ts";
import { quantity } from "../core/quantity.ts";
import type { Unit } from "../core/units.ts";
import type { Facts, Stated } from "../lab/lab.ts";
import type { LabSpec, Uncertain } from "./lab-spec.ts";
import { attenuationEntry, equilibriumEntry, qubitOf } from "./lab-truth.ts";

/** What the analyst of one qubit in one cooldown is told: the facts that `labYaml` writes, as `lab/` would hand them to the routes. */
export function factsOf(spec: LabSpec, cooldown: string, qubit: string): Facts {
  const q = qubitOf(spec, qubit);
  const r = spec.readout;
  const a = attenuationEntry(spec, cooldown, qubit);
  const e = equilibriumEntry(spec, cooldown, qubit);
  const equilibrium =
    e.equilibrium.from === "measured"
      ? {}
      : e.equilibrium.from === "temperature"
        ? { temperature: stated(e.path, e.stated, "K"), temperature_from: "population" as const }
        : { equilibrium_population: stated(e.path, e.stated, "1") };
  const { gain, isolation, origin, qubits } = spec.lines[a.line]!;
  return {
    device: spec.device,
    qubit: {
      frequency: exact(`qubits.${qubit}.frequency`, q.frequency, "Hz"),
      anharmonicity: exact(`qubits.${qubit}.anharmonicity`, q.anharmonicity, "Hz"),
      geometry: q.geometry,
      position: q.position,
      ...(q.couplings
        ? {
            couplings: {
              drive: stated(`qubits.${qubit}.couplings.drive`, q.couplings.drive, "1/s"),
              detect: stated(`qubits.${qubit}.couplings.detect`, q.couplings.detect, "1/s"),
            },
          }
        : {}),
      ...equilibrium,
    },
    readout: {
      p1_given_0: stated("readout.p1_given_0", r.p1Given0, "1"),
      p0_given_1: stated("readout.p0_given_1", r.p0Given1, "1"),
      prepared: r.prepared ?? "heralded",
      drive_to_readout: exact("readout.drive_to_readout", r.driveToReadout, "s"),
      drive_duration: exact("readout.drive_duration", r.driveDuration, "s"),
      ...(r.dutyCycle === undefined ? {} : { duty_cycle: r.dutyCycle }),
      if_bandwidth: exact("readout.if_bandwidth", r.ifBandwidth, "Hz"),
    },
    line: {
      name: a.line,
      qubits,
      attenuation: stated(a.path, a.stated, "dB"),
      attenuation_from: origin,
      ...(gain === undefined ? {} : { gain: stated(`lines.${a.line}.gain`, gain, "dB") }),
      ...(isolation === undefined ? {} : { isolation: exact(`lines.${a.line}.isolation`, isolation, "dB") }),
      power_at: "source",
    },
  };
}

function stated<U extends Unit>(entry: string, { value, sigma }: Uncertain, unit: U): Stated<Quantity<U>> {
  return { quantity: quantity(value, unit, sigma), entry };
}

function exact<U extends Unit>(entry: string, value: number, unit: U): Stated<Quantity<U>> {
  return { quantity: quantity(value, unit), entry };
}
