import type { Condition, Kind, Labels } from "../core/dataset.ts";
import { type ColumnData, type Dataset, type DatasetDraft, makeDataset } from "../tables/dataset.ts";
import type { Recording } from "./recording.ts";

/** What differs from one recording to the next; the noise is that of counted shots unless said. */
type Draft = Pick<DatasetDraft, "kind" | "columns"> & Partial<DatasetDraft> & { readonly trace: string };
type Of<K extends Recording["kind"]> = Extract<Recording, { readonly kind: K }>;

/** A recording as the dataset that its importer would make of the file: for tests over many seeds, without files. */
export function datasetOf(r: Recording, labels: Omit<Labels, "trace">): Dataset {
  const { trace, ...draft } = draftOf(r);
  return makeDataset({
    kindInferred: false,
    labels: { ...labels, trace },
    started: "",
    conditions: [],
    axis: "single",
    noise: { type: "binomial", shots: "column" },
    notes: [],
    ...draft,
  });
}

function draftOf(r: Recording): Draft {
  switch (r.kind) {
    case "counts": {
      const kind: Kind = r.sequence === "echo" ? "coherence" : "decay";
      return { kind, trace: "p1", columns: [column("delay", "s", "delay", r.delays), ...counts(r)] };
    }
    case "voltages":
      return voltages(r);
    case "scattering":
      return scattering(r);
    case "saturation": {
      const frequency = r.frequency ? [column("frequency", "Hz", "frequency", r.frequency)] : [];
      const columns = [column("power", "W", "power", r.powers.map(watts)), ...frequency, ...counts(r)];
      return { kind: "population", trace: "p1", columns };
    }
    case "equilibrium":
      return { kind: "equilibrium", trace: "p1", columns: counts(r) };
    case "table": {
      const columns = r.columns.map((c) => column(c.header, c.unit, c.role, c.values));
      const counted = r.columns.some((c) => c.role === "shots");
      return { kind: r.of, trace: "p1", columns, ...(counted ? {} : { noise: { type: "sigma" } }) };
    }
    case "power-table": {
      const powers = [
        column("incident", "W", "incident", r.incident.map(watts)),
        column("reflected", "W", "reflected", r.reflected.map(watts)),
        column("reflected_off", "W", "reflected_off", r.reflectedOff.map(watts)),
      ];
      return { kind: "power", trace: "p1", columns: [...powers, ...counts(r)] };
    }
  }
}

function voltages(r: Of<"voltages">): Draft {
  const n = r.delays.length;
  const part = (name: "I" | "Q", role: "i" | "q", of: "re" | "im") => {
    return column(
      name,
      "V",
      role,
      r.voltages.map((v) => v[of]),
    );
  };
  const calibration = { zero: [n - 2], one: [n - 1], origin: "layout", note: "the last two points" } as const;
  return {
    kind: r.sequence === "echo" ? "other" : "decay",
    trace: "I,Q",
    columns: [column("delay", "s", "delay", r.delays), part("I", "i", "re"), part("Q", "q", "im")],
    noise: { type: "unknown" },
    ...(r.calibrated ? { calibration } : {}),
  };
}

function scattering(r: Of<"scattering">): Draft {
  const ports = Array.from({ length: r.ports ** 2 }, (_, k) => `${(k % r.ports) + 1}${Math.floor(k / r.ports) + 1}`);
  const parts = ports.flatMap((port, k) =>
    (["re", "im"] as const).map((part) =>
      column(
        `s${port}_${part}`,
        "1",
        `s_${part}`,
        r.s.map((s) => s[k]![part]),
        port,
      ),
    ),
  );
  const off = Number.isNaN(r.power);
  const conditions: readonly Condition[] = off ? [] : [{ name: "power", value: watts(r.power), unit: "W" }];
  const stated = Number.isFinite(r.noise);
  const sigma = stated
    ? [
        column(
          "sigma",
          "1",
          "sigma",
          r.frequency.map(() => r.noise),
        ),
      ]
    : [];
  return {
    kind: off ? "reference" : "scattering",
    trace: ports.length === 1 ? "S11" : "S",
    columns: [column("frequency", "Hz", "frequency", r.frequency), ...parts, ...sigma],
    conditions,
    noise: { type: stated ? "sigma" : "unknown" },
  };
}

function column(name: string, unit: ColumnData["unit"], role: ColumnData["role"], values: readonly number[], port?: string): ColumnData {
  return { name, unit, role, values: Float64Array.from(values), ...(port === undefined ? {} : { port }) };
}

function counts({ p1, shots }: { readonly p1: readonly number[]; readonly shots: number }): ColumnData[] {
  return [
    column("p1", "1", "population", p1),
    column(
      "shots",
      "1",
      "shots",
      p1.map(() => shots),
    ),
  ];
}

const watts = (dBm: number) => 1e-3 * 10 ** (dBm / 10);
