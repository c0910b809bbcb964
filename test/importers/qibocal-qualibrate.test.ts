import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { formatMessages } from "../../src/core/messages/formats.ts";
import { qubitJsonMessages as say } from "../../src/core/messages/import-qubit-json.ts";
import { companionsOf } from "../../src/importers/companions.ts";
import { importFile } from "../../src/importers/import-file.ts";
import { type Hints, NO_HINTS } from "../../src/importers/importer.ts";
import { npyFile, writeNpy, writeNpz } from "../../src/importers/numpy/write.ts";
import { columnOf, type Dataset } from "../../src/tables/dataset.ts";
import { noteTexts, values } from "./import-text.ts";

const root = mkdtempSync(join(tmpdir(), "gammawatt-sidecars-"));

/** Writes the files of one measurement into a folder of its own. */
function folder(name: string, files: Readonly<Record<string, string | Uint8Array>>): string {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name, path)), { recursive: true });
    writeFileSync(join(root, name, path), content);
  }
  return name;
}
const importIn = (name: string, file: string, hints: Hints = NO_HINTS) => importFile(join(root, name, file), `${name}/${file}`, hints);
async function datasets(name: string, file: string, hints: Hints = NO_HINTS): Promise<readonly Dataset[]> {
  const result = await importIn(name, file, hints);
  if (result.status !== "imported") throw new Error(`${result.status}: ${result.message}`);
  return result.datasets;
}

const WAIT = [20, 1020, 2020, 3020];
const P = [0.9, 0.5, 0.25, 0];

/** A structured array of int64 waits and float64 columns, packed as numpy packs it. */
function structured(columns: Readonly<Record<string, readonly number[]>>, shape = [WAIT.length]): Uint8Array {
  const names = Object.keys(columns);
  const rows = shape.reduce((a, b) => a * b, 1);
  const view = new DataView(new ArrayBuffer(8 * rows * (names.length + 1)));
  for (let r = 0; r < rows; r++) {
    view.setBigInt64(8 * r * (names.length + 1), BigInt(WAIT[r % WAIT.length]!), true);
    for (const [k, name] of names.entries()) view.setFloat64(8 * (r * (names.length + 1) + k + 1), columns[name]![r]!, true);
  }
  const descr = `[('wait', '<i8'), ${names.map((n) => `('${n}', '<f8')`).join(", ")}]`;
  return npyFile({ descr, shape, data: new Uint8Array(view.buffer) });
}

describe("qibocal", () => {
  it("reads signal and phase of every qubit, in nanoseconds that it says it inferred", async () => {
    const data = writeNpz({
      "0": structured({ signal: [2, 2, 1, 1], phase: [0, Math.PI / 2, 0, Math.PI] }),
      '"q7"': structured({ signal: [1, 1, 1, 1], phase: [0, 0, 0, 0] }),
    });
    const name = folder("t1_signal_0", {
      "data.npz": data,
      "action.yml": "id: t1_signal\noperation: t1_signal\nparameters:\n  nshots: 1024\n",
    });
    const [first, second] = await datasets(name, "data.npz");
    expect([first!.kind, first!.kindInferred, first!.labels.qubit, second!.labels.qubit]).toEqual(["decay", false, "q0", "q7"]);
    expect(values(first!, "delay")).toEqual([2e-8, 1.02e-6, 2.02e-6, 3.02e-6]);
    expect(columnOf(first!, "delay")?.inferred).toBe(say.nanoseconds());
    const [i, q] = [values(first!, "i"), values(first!, "q")];
    [2, 0, 1, -1].forEach((x, k) => void expect(i[k]).toBeCloseTo(x, 14));
    [0, 2, 0, 0].forEach((x, k) => void expect(q[k]).toBeCloseTo(x, 14));
    expect(noteTexts(first!)).toEqual(expect.arrayContaining([say.operation("t1_signal"), formatMessages.polarToIq("signal", "phase")]));
  });

  it("an echo is no T1 although its data look the same; without action.yml the folder's name decides, or nothing does", async () => {
    const data = writeNpz({ "0": structured({ signal: P, phase: [0, 0, 0, 0] }) });
    const kind = async (name: string, files: Record<string, string>) => {
      const d = (await datasets(folder(name, { "data.npz": data, ...files }), "data.npz"))[0]!;
      return [d.kind, d.kindInferred];
    };
    expect(await kind("a", { "action.yml": "operation: spin_echo_signal\n" })).toEqual(["other", false]);
    expect(await kind("b", { "action.yml": "operation: zeno\n" })).toEqual(["other", false]);
    expect(await kind("t1_3", {})).toEqual(["decay", false]);
    expect(await kind("run7", {})).toEqual(["decay", true]);
    expect(await kind("run8", { "data.json": '{"detuning": 1000000}' })).toEqual(["other", false]);
  });

  it("probabilities are binomial with the shots of action.yml, or those behind the errors", async () => {
    const errors = P.map((p) => Math.sqrt((p * (1 - p)) / 400));
    const data = writeNpz({ "0": structured({ prob: P, error: errors }) });
    const inferred = (await datasets(folder("t1_a", { "data.npz": data }), "data.npz"))[0]!;
    expect(inferred.noise).toEqual({ type: "binomial", shots: 400 });
    expect(noteTexts(inferred)).toContain(say.shotsFromErrors(400));
    const stated = (
      await datasets(folder("t1_b", { "data.npz": data, "action.yml": "operation: t1\nparameters:\n  nshots: 512\n" }), "data.npz")
    )[0]!;
    expect(stated.noise).toEqual({ type: "binomial", shots: 512 });
    const other = writeNpz({ "0": structured({ prob: P, error: [0.1, 0.2, 0.3, 0.4] }) });
    const sigma = (await datasets(folder("t1_c", { "data.npz": other }), "data.npz"))[0]!;
    expect([sigma.noise, values(sigma, "sigma")]).toEqual([{ type: "sigma" }, [0.1, 0.2, 0.3, 0.4]]);
  });

  it("averages single shots in the plane, not their magnitudes", async () => {
    const data = writeNpz({
      "0": structured({ signal: [1, 1, 1, 1, 1, 1, 1, 1], phase: [0, 0, 0, 0, Math.PI, 0, Math.PI / 2, 0] }, [2, 4]),
    });
    const d = (await datasets(folder("t1_shots", { "data.npz": data }), "data.npz"))[0]!;
    [0, 1, 0.5, 1].forEach((x, k) => void expect(values(d, "i")[k]).toBeCloseTo(x, 14));
    expect(noteTexts(d)).toContain(say.averagedShots(2));
  });
});

describe("QUAlibrate", () => {
  const node = JSON.stringify({
    created_at: "2024-02-24T09:52:14+00:00",
    metadata: { name: "T1_measurement", data_path: "2024-02-24/#152_T1_measurement_095214" },
    data: { parameters: {}, outcomes: {} },
    id: 152,
    parents: [],
  });
  const data = JSON.stringify({
    T1: 5e-6,
    figure: "./figure.png",
    delay_ns: "./arrays.npz#delay_ns",
    q1: { I: "./arrays.npz#q1.I", Q: "./arrays.npz#q1.Q" },
  });
  const arrays = writeNpz({ delay_ns: writeNpy(WAIT), "q1.I": writeNpy(P), "q1.Q": writeNpy([1, 2, 3, 4]) });

  it("is read through data.json; what it names is left alone", async () => {
    const name = folder("a/152", { "data.json": data, "arrays.npz": arrays, "node.json": node });
    expect(await importIn(name, "arrays.npz")).toEqual({ status: "unrecognised", message: say.readWith("data.json") });
    expect((await importIn(name, "node.json")).status).toBe("unrecognised");
  });

  it("asks for the unit that the format does not know, and takes it from the lab file", async () => {
    const unitless = JSON.stringify({ idle_time: "./arrays.npz#t", state: [0.9, 0.5, 0.25, 0.1] });
    const name = folder("c", { "data.json": unitless, "arrays.npz": writeNpz({ t: writeNpy(WAIT) }) });
    const hints = { kind: "decay", columns: { delay: "/idle_time [ns]", population: "/state" } } as const;
    expect(values((await datasets(name, "data.json", hints))[0]!, "delay")[0]).toBe(2e-8);
    const failed = await importIn(name, "data.json", { columns: { delay: "/idle_time", population: "/state" } });
    expect(failed).toMatchObject({ status: "failed", message: expect.stringContaining('delay: "idle_time [us]"') });
  });

  it("reads lists of lists that stand in data.json itself", async () => {
    const inline = '{"delay_us": "./arrays.npz#t", "p1": [[0.9, 0.5, 0.3, 0.2], [0.8, 0.4, 0.2, 0.1]]}';
    const name = folder("t1_lists", { "data.json": inline, "arrays.npz": writeNpz({ t: writeNpy(WAIT) }) });
    expect((await datasets(name, "data.json")).map((d) => [d.axis, values(d, "population")[0]])).toEqual([
      ["repeat", 0.9],
      ["repeat", 0.8],
    ]);
  });

  it("names what is missing, and never leaves its folder", async () => {
    const fails = async (name: string, files: Record<string, string | Uint8Array>) => {
      const result = await importIn(folder(name, files), "data.json");
      return result.status === "failed" ? [result.place, result.message] : [result.status];
    };
    expect(await fails("d", { "data.json": data })).toEqual(["d/data.json:delay_ns", say.missingArchive("./arrays.npz#delay_ns")]);
    expect(await fails("e", { "data.json": data, "arrays.npz": writeNpz({ t: writeNpy(WAIT) }) })).toEqual([
      "e/data.json:delay_ns",
      say.missingArray("./arrays.npz#delay_ns", ["t"]),
    ]);
    const away = '{"t": "./arrays.npz#t", "p": "../secret.npz#p"}';
    expect(await fails("f", { "data.json": away, "arrays.npz": writeNpz({ t: writeNpy(WAIT) }) })).toEqual([
      "f/data.json:p",
      say.outside("../secret.npz#p"),
    ]);
    expect((await fails("g", { "data.json": '{"t": "./arrays.npz#t"' }))[0]).toBe("g/data.json");
  });

  it("its sidecars are part of its identity; other files are not", async () => {
    const name = folder("h", { "data.json": data, "arrays.npz": arrays, "node.json": node, "notes.txt": "x", "figure.png": "y" });
    const beside = async (file: string) => (await companionsOf(join(root, name, file), `${name}/${file}`)).map((c) => c.path);
    expect(await beside("data.json")).toEqual(["h/arrays.npz", "h/node.json"]);
    expect(await beside("arrays.npz")).toEqual(["h/data.json"]);
    expect(await beside("notes.txt")).toEqual([]);
    rmSync(join(root, name, "node.json"));
    expect(await beside("data.json")).toEqual(["h/arrays.npz"]);
  });
});
