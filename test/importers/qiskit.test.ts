import { deflateSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { qubitJsonMessages as say } from "../../src/core/messages/import-qubit-json.ts";
import { writeNpy } from "../../src/importers/numpy/write.ts";
import { columnOf } from "../../src/tables/dataset.ts";
import { failure, importContent, noteTexts, read, readOne, values } from "./import-text.ts";

/** An object as ExperimentEncoder writes it (qiskit_experiments.framework.json): type, module and settings. */
const object = (name: string, module: string, settings: unknown) => ({
  __type__: "object",
  __value__: { class: { __type__: "type", __value__: { name, module, version: "0.6.1" } }, settings, version: "0.6.1" },
});
const experiment = (
  type: string,
  results: readonly unknown[],
  children: readonly unknown[] = [],
  qubits: readonly number[] = [3],
  extra = {},
) =>
  object("ExperimentData", "qiskit_experiments.framework.experiment_data", {
    _db_data: object("ExperimentData", "qiskit_ibm_experiment.service.experiment_dataclass", {
      experiment_id: "10a43cb0-7cb9-41db-ad74-18ea6cf63704",
      experiment_type: type,
      backend: "fake_vigo",
      start_datetime: "2024-05-14 09:30:00.250000+00:00",
      metadata: { physical_qubits: qubits, device_components: [], ...extra },
    }),
    _result_data: object("ThreadSafeList", "qiskit_experiments.database_service.utils", { _container: results }),
    _child_data: object("ThreadSafeOrderedDict", "qiskit_experiments.database_service.utils", {
      _container: Object.fromEntries(children.map((c, k) => [`id${k}`, c])),
    }),
    _experiment: null,
    _running_time: { __type__: "safe_float", __value__: "NaN" },
  });

const DELAYS = [1e-6, 5.1e-5, 1.01e-4, 1.51e-4];
const ONES = [980, 600, 370, 225];
const record = (k: number, metadata: object = {}, data: object = {}) => ({
  counts: { "0": 1000 - ONES[k]!, "1": ONES[k]! },
  job_id: "abc",
  metadata: { xval: DELAYS[k], ...metadata },
  shots: 1000,
  meas_level: 2,
  ...data,
});
const records = (metadata: object = {}, data: object = {}) => DELAYS.map((_, k) => record(k, metadata, data));
const text = (content: unknown) => JSON.stringify(content);

describe("Qiskit Experiments", () => {
  it("reads the counts of a T1: population, shots, seconds, qubit, time", async () => {
    const d = await readOne("a.json", text(experiment("T1", records({ experiment_type: "T1", qubit: 0, unit: "s" }))));
    expect([d.kind, d.kindInferred, d.labels.qubit, d.labels.trace]).toEqual(["decay", false, "q0", "T1"]);
    expect(d.started).toBe("2024-05-14T09:30:00.250000+00:00");
    expect([values(d, "delay"), values(d, "population"), values(d, "shots")]).toEqual([
      DELAYS,
      [0.98, 0.6, 0.37, 0.225],
      [1000, 1000, 1000, 1000],
    ]);
    expect(d.noise).toEqual({ type: "binomial", shots: "column" });
    expect(columnOf(d, "delay")?.inferred).toBeUndefined();
  });

  it("takes seconds for a T1 that states no unit, and says so; takes other units as stated", async () => {
    const bare = await readOne("a.json", text(experiment("T1", records())));
    expect([columnOf(bare, "delay")?.inferred, bare.labels.qubit]).toEqual([say.seconds("T1"), "q3"]);
    const micro = DELAYS.map((x, k) => record(k, { xval: x * 1e6, unit: "us" }));
    values(await readOne("a.json", text(experiment("T1", micro))), "delay").forEach((x, k) => void expect(x).toBeCloseTo(DELAYS[k]!, 18));
  });

  it("delays in dt need the length of one", async () => {
    const samples = (metadata: object) => [4500, 9000, 13500, 18000].map((x, k) => record(k, { xval: x, unit: "dt", ...metadata }));
    expect((await failure("a.json", text(experiment("T1", samples({}))))).message).toBe(say.dtMissing());
    const own = await readOne("a.json", text(experiment("T1", samples({ dt_factor: 2e-10 }))));
    const around = await readOne("a.json", text(experiment("T1", samples({}), [], [3], { dt: 2e-10 })));
    for (const d of [own, around]) {
      expect(values(d, "delay")[0]).toBeCloseTo(9e-7, 18);
      expect(columnOf(d, "delay")?.inferred).toBe(say.dtStated(2e-10));
    }
  });

  it("an echo or a Ramsey is no T1; results against anything else than a delay are left alone", async () => {
    expect((await readOne("a.json", text(experiment("T2Hahn", records())))).kind).toBe("other");
    expect((await readOne("a.json", text(experiment("T2Ramsey", records({ unit: "s" }))))).kind).toBe("other");
    const rabi = await importContent("a.json", text(experiment("Rabi", records())));
    expect(rabi).toEqual({ status: "unrecognised", message: say.noResults(["Rabi"]) });
  });

  it("experiments in parallel: from the children, or from each child's classical bit", async () => {
    const joint = DELAYS.map((_, k) => ({
      counts: { "00": 100, "01": ONES[k]!, "10": 900 - ONES[k]! / 2 },
      shots: 1000,
      meas_level: 2,
      metadata: {
        composite_index: [0, 1],
        composite_metadata: [
          { experiment_type: "T1", qubit: 0, xval: DELAYS[k], unit: "s" },
          { experiment_type: "T1", qubit: 5, xval: DELAYS[k], unit: "s" },
        ],
        composite_qubits: [[0], [5]],
        composite_clbits: [[0], [1]],
      },
    }));
    const split = await read("a.json", text(experiment("ParallelExperiment", joint, [], [0, 5])));
    expect(split.map((d) => d.labels.qubit)).toEqual(["q0", "q5"]);
    const shots = ONES.map((n) => 100 + n + 900 - n / 2);
    expect(values(split[0]!, "population")).toEqual(ONES.map((n, k) => n / shots[k]!));
    expect(values(split[1]!, "population")).toEqual(ONES.map((n, k) => (900 - n / 2) / shots[k]!));
    const children = [0, 5].map((q) => experiment("T1", records({ unit: "s", qubit: q }), [], [q]));
    const whole = await read("a.json", text(experiment("ParallelExperiment", joint, children, [0, 5])));
    expect(whole.map((d) => [d.labels.qubit, values(d, "population")[0]])).toEqual([
      ["q0", 0.98],
      ["q5", 0.98],
    ]);
    const { composite_clbits: _bits, ...unsaid } = joint[0]!.metadata;
    expect((await failure("a.json", text(experiment("P", [{ ...joint[0], metadata: unsaid }])))).message).toBe(say.compositeBits());
  });

  it("level 1: points in the plane, averaged over shots, listed or packed as the encoder packs arrays", async () => {
    const shot = (k: number) => [[[k, 1]], [[k + 2, 3]]];
    const level1 = (memory: (k: number) => unknown) =>
      DELAYS.map((x, k) => ({ memory: memory(k), metadata: { xval: x, unit: "s" }, meas_level: 1, shots: 2 }));
    const packed = (k: number) => ({
      __type__: "ndarray",
      __value__: {
        __type__: "b64encoded",
        __value__: { encoded: deflateSync(writeNpy(shot(k).flat(2), [2, 1, 2])).toString("base64"), compressed: true },
      },
    });
    for (const memory of [shot, packed]) {
      const d = await readOne("a.json", text(experiment("T1", level1(memory))));
      expect([values(d, "i"), values(d, "q")]).toEqual([
        [1, 2, 3, 4],
        [2, 2, 2, 2],
      ]);
      expect(noteTexts(d)).toContain(say.level1());
    }
    const broken = { __type__: "ndarray", __value__: { __type__: "b64encoded", __value__: { encoded: "eJwDAA==", compressed: true } } };
    expect(
      (
        await importContent(
          "a.json",
          text(
            experiment(
              "T1",
              level1(() => broken),
            ),
          ),
        )
      ).status,
    ).toBe("failed");
  });

  it("reads a bare list of results, with NaN as Python writes it, and several series apart", async () => {
    const list = text([...records({ unit: "s", series: "a" }), ...records({ unit: "s", series: "b" })]).replace('"abc"', "NaN");
    const both = await read("t1_list.json", list);
    expect(both.map((d) => [d.labels.trace, d.kind, d.kindInferred])).toEqual([
      ["results/a", "decay", true],
      ["results/b", "decay", true],
    ]);
  });

  it("refuses outcomes of several levels or qubits, missing counts and what is no JSON", async () => {
    const with1 = (counts: object) => text(experiment("T1", [record(0, {}, { counts })]));
    expect((await failure("a.json", with1({ "0": 3, "2": 4 }))).message).toBe(say.outcome("2"));
    expect((await failure("a.json", with1({ "01": 3 }))).message).toBe(say.outcome("01"));
    expect(values(await readOne("a.json", with1({ "0x0": 1, "0x1": 3 })), "population")).toEqual([0.75]);
    expect((await failure("a.json", with1({ "0": 0 }))).message).toBe(say.noCounts(0));
    expect((await failure("a.json", text(experiment("T1", records())).slice(0, -40))).message).toMatch(/^This is not valid JSON/);
    const deep = `{"module": "qiskit_experiments", "a": ${'{"a":'.repeat(5000)}1${"}".repeat(5000)}}`;
    expect((await failure("a.json", deep)).message).toBe(say.deep());
    expect((await importContent("package.json", '{"name": "x", "counts": {}}')).status).toBe("unrecognised");
  });
});
