import type { Condition, Kind, Labels } from "../core/dataset.ts";
import { type ColumnData, type Dataset, type DatasetDraft, makeDataset } from "../tables/dataset.ts";
import type { Recording } from "./recording.ts";

/** A recording as the dataset that its importer would make of the file: for tests over many seeds, without files. */
export function datasetOf(r: Recording, labels: Omit<Labels, "trace">): Dataset {
  const column = (
    name: string,
    unit: ColumnData["unit"],
    role: ColumnData["role"],
    values: readonly number[],
    port?: string,
  ): ColumnData => ({
    name,
    unit,
    role,
    values: Float64Array.from(values),
    ...(port === undefined ? {} : { port }),
  });
  const counts = (p1: readonly number[], shots: number) => [
    column("p1", "1", "population", p1),
    column(
      "shots",
      "1",
      "shots",
      p1.map(() => shots),
    ),
  ];
  const make = (kind: Kind, trace: string, columns: readonly ColumnData[], own: Partial<DatasetDraft> = {}) =>
    makeDataset({
      kind,
      kindInferred: false,
      labels: { ...labels, trace },
      started: "",
      columns,
      conditions: [],
      axis: "single",
      noise: { type: "binomial", shots: "column" },
      notes: [],
      ...own,
    });
  switch (r.kind) {
    case "counts":
      return make(r.sequence === "echo" ? "coherence" : "decay", "p1", [column("delay", "s", "delay", r.delays), ...counts(r.p1, r.shots)]);
    case "voltages": {
      const n = r.delays.length;
      const columns = [
        column("delay", "s", "delay", r.delays),
        ...(["re", "im"] as const).map((part, k) =>
          column(
            k === 0 ? "I" : "Q",
            "V",
            k === 0 ? "i" : "q",
            r.voltages.map((v) => v[part]),
          ),
        ),
      ];
      const calibration = { zero: [n - 2], one: [n - 1], origin: "layout", note: "the last two points" } as const;
      const own = { noise: { type: "unknown" }, ...(r.calibrated ? { calibration } : {}) } as const;
      return make(r.sequence === "echo" ? "other" : "decay", "I,Q", columns, own);
    }
    case "scattering": {
      const ports = Array.from({ length: r.ports ** 2 }, (_, k) => `${(k % r.ports) + 1}${Math.floor(k / r.ports) + 1}`);
      const parts = ports.flatMap((port, k) => [
        column(
          `s${port}_re`,
          "1",
          "s_re",
          r.s.map((s) => s[k]!.re),
          port,
        ),
        column(
          `s${port}_im`,
          "1",
          "s_im",
          r.s.map((s) => s[k]!.im),
          port,
        ),
      ]);
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
      const columns = [column("frequency", "Hz", "frequency", r.frequency), ...parts, ...sigma];
      const noise = stated ? ({ type: "sigma" } as const) : ({ type: "unknown" } as const);
      return make(off ? "reference" : "scattering", ports.length === 1 ? "S11" : "S", columns, { conditions, noise });
    }
    case "saturation": {
      const frequency = r.frequency ? [column("frequency", "Hz", "frequency", r.frequency)] : [];
      return make("population", "p1", [column("power", "W", "power", r.powers.map(watts)), ...frequency, ...counts(r.p1, r.shots)]);
    }
    case "equilibrium":
      return make("equilibrium", "p1", counts(r.p1, r.shots));
    case "table":
      return make(
        r.of,
        "p1",
        r.columns.map((c) => column(c.header, c.unit, c.role, c.values)),
        r.columns.some((c) => c.role === "shots") ? {} : { noise: { type: "sigma" } },
      );
    case "power-table":
      return make("power", "p1", [
        column("incident", "W", "incident", r.incident.map(watts)),
        column("reflected", "W", "reflected", r.reflected.map(watts)),
        column("reflected_off", "W", "reflected_off", r.reflectedOff.map(watts)),
        ...counts(r.p1, r.shots),
      ]);
  }
}

const watts = (dBm: number) => 1e-3 * 10 ** (dBm / 10);
