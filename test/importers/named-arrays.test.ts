import { afterAll, describe, expect, it } from "vitest";
import { formatMessages } from "../../src/core/messages/formats.ts";
import { hdf5FamilyMessages as say } from "../../src/core/messages/import-hdf5.ts";
import { arrayMessages } from "../../src/core/messages/import-numpy.ts";
import { pandasHdf5 } from "../../src/core/messages/importers.ts";
import { closeHdf5 } from "../../src/importers/hdf5/open.ts";
import type { Hints } from "../../src/importers/importer.ts";
import { type Hdf5Group, hdf5File, row, single } from "../../src/simulate/writers/hdf5/file.ts";
import { F32, F64, type Hdf5Type, TEXT } from "../../src/simulate/writers/hdf5/types.ts";
import { COMPLEX, I64 } from "./ddh5-writer.ts";
import { noteTexts, values } from "./import-text.ts";
import { datasetsFrom, importFrom } from "./write-file.ts";

afterAll(closeHdf5);

const file = (children: Hdf5Group["children"]) => ({ "scan.h5": hdf5File({ children }) });
const read = (children: Hdf5Group["children"], hints: Hints) => datasetsFrom("hdf5", file(children), hints);
const t = row(F64, [0, 1, 2]);
const map = { type: F32, shape: [2, 3], items: [0.9, 0.5, 0.25, 0.75, 0.5, 0.125] };

describe("arrays of an HDF5 file that the lab file names", () => {
  it("one axis and one signal", async () => {
    const [d, ...others] = await read(
      { g: { children: { t, p: row(F64, [0.9, 0.5, 0.2]) } } },
      {
        kind: "decay",
        columns: { delay: "/g/t [us]", population: "/g/p" },
        shots: 500,
      },
    );
    expect(others).toEqual([]);
    expect(d).toMatchObject({ kind: "decay", kindInferred: false, noise: { type: "binomial", shots: 500 } });
    expect([values(d!, "delay"), values(d!, "population")]).toEqual([
      [0, 1e-6, 2e-6],
      [0.9, 0.5, 0.2],
    ]);
  });

  it("a map whose other axis counts repeats", async () => {
    const all = await read(
      { t, map, n: row(F64, [0, 1]) },
      { kind: "decay", columns: { delay: "/t [us]", population: "/map", repeat: "/n" } },
    );
    expect(all.map((d) => [d.axis, values(d, "delay")[2], values(d, "population")])).toEqual([
      ["repeat", 2e-6, [0.9, 0.5, 0.25].map(Math.fround)],
      ["repeat", 2e-6, [0.75, 0.5, 0.125]],
    ]);
  });

  it("a map whose traces belong to the qubits that texts beside it name, named by the lab file or not", async () => {
    const children = { delay_us: t, p1: map, qubits: row(TEXT, ["q1", "q2"]) };
    const traces = [
      ["single", "q1", [0.9, 0.5, 0.25].map(Math.fround)],
      ["single", "q2", [0.75, 0.5, 0.125]],
    ];
    const stated = await read(children, { kind: "decay", columns: { delay: "/delay_us [us]", population: "/p1" } });
    for (const all of [stated, await datasetsFrom("hdf5", file(children))])
      expect(all.map((d) => [d.axis, d.labels.qubit, values(d, "population")])).toEqual(traces);
    const { qubits: _, ...plain } = children;
    const attributes = { qubits: row(TEXT, ["q1", "q2"]) };
    const all = await datasetsFrom("hdf5", { "scan.h5": hdf5File({ attributes, children: plain }) });
    expect(all.map((d) => d.labels.qubit)).toEqual(["q1", "q2"]);
  });

  it("an axis that another array of the file may explain is no repeat", async () => {
    const children = { bias: row(F64, [0.1, 0.2]), scan: { children: { delay_us: t, p1: map } } };
    expect(await importFrom(file(children))).toMatchObject({
      message: arrayMessages.outerUnexplained("scan/p1", 2, "bias", "scan/delay_us"),
    });
    const all = await read(children, {
      kind: "decay",
      columns: { delay: "/scan/delay_us [us]", population: "/scan/p1", condition: "/bias" },
    });
    expect(all.map((d) => [d.axis, d.conditions[0]?.value])).toEqual([
      ["swept", 0.1],
      ["swept", 0.2],
    ]);
  });

  it("a map whose other axis was swept, stored the other way round", async () => {
    const turned = { type: F64, shape: [3, 2], items: [1, 4, 2, 5, 3, 6] };
    const flux = { ...row(F64, [10, 20]), attributes: { unit: single(TEXT, "mA") } };
    const all = await read(
      { t, turned, flux },
      { kind: "decay", columns: { delay: "/t [us]", voltage: "/turned [mV]", condition: "/flux" } },
    );
    expect(all.map((d) => [d.axis, d.conditions.map((c) => [c.value, c.unit]), values(d, "voltage")])).toEqual([
      ["swept", [[0.01, "A"]], [0.001, 0.002, 0.003]],
      ["swept", [[0.02, "A"]], [0.004, 0.005, 0.006]],
    ]);
  });

  it("complex numbers, under i or as their parts", async () => {
    const z = {
      type: COMPLEX,
      shape: [3],
      items: [
        [1, 4],
        [2, 5],
        [3, 6],
      ],
    };
    const [both] = await read({ t, z }, { kind: "decay", columns: { delay: "/t [us]", i: "/z [V]" } });
    expect([values(both!, "i"), values(both!, "q")]).toEqual([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    const [half] = await read({ t, z }, { kind: "decay", columns: { delay: "/t [us]", voltage: "/z/im [V]" } });
    expect(values(half!, "voltage")).toEqual([4, 5, 6]);
    expect(await importFrom(file({ t, z }), { columns: { delay: "/t [us]", population: "/z" } })).toMatchObject({
      status: "failed",
      message: say.complexAs("/z", "population"),
    });
  });

  it("scattering parameters in decibels and degrees", async () => {
    const children = { f: row(F64, [5, 6, 7]), a: row(F64, [-20, -20, 0]), p: row(F64, [0, 90, 180]) };
    const [d] = await read(children, { kind: "scattering", columns: { frequency: "/f [GHz]", s_db: "/a [dB]", s_deg: "/p [deg]" } });
    expect(values(d!, "frequency")[1]).toBe(6e9);
    expect([values(d!, "s_re")[0], values(d!, "s_im")[1], values(d!, "s_re")[2]]).toEqual([0.1, 0.1, -1].map((x) => expect.closeTo(x, 12)));
  });

  it("says what is wrong: no such path, no unit, a unit that contradicts the file's, lengths, a square", async () => {
    const unit = (name: string) => ({ ...t, attributes: { units: single(TEXT, name) } });
    const square = { type: F64, shape: [3, 3], items: [1, 2, 3, 4, 5, 6, 7, 8, 9] };
    const p = row(F64, [0.9, 0.5, 0.2]);
    const fails = async (children: Hdf5Group["children"], columns: Hints["columns"], message: string) =>
      expect(await importFrom(file(children), { columns: columns!, kind: "decay", place: "gammawatt.yaml:3" })).toMatchObject({
        status: "failed",
        message,
      });
    await fails({ t, p }, { delay: "/time [us]", population: "/p" }, formatMessages.noSuchPath("/time [us]", ["/p", "/t"]));
    await fails({ t, p }, { delay: "/t", population: "/p" }, formatMessages.unitMissing("delay", "t", ""));
    await fails({ t: unit("ns"), p }, { delay: "/t [us]", population: "/p" }, formatMessages.unitConflict("/t [us]", "us", "ns"));
    await fails({ t, p: row(F64, [1, 2]) }, { delay: "/t [us]", population: "/p" }, arrayMessages.lengths("p", [2], "t", 3));
    await fails({ t, square }, { delay: "/t [us]", voltage: "/square [V]" }, arrayMessages.square("square", 3));
  });

  it("without the lab file the arrays are listed, not guessed at", async () => {
    const result = await importFrom(file({ t, map }));
    expect(result.status).toBe("unrecognised");
    expect(result.status === "unrecognised" && result.message).toContain('"/map", "/t"');
  });

  it("a table that pandas wrote is left alone, with what to write instead", async () => {
    const attributes = { PYTABLES_FORMAT_VERSION: single(TEXT, "2.1") };
    const table = hdf5File({ attributes, children: { df: { children: { delay_us: row(F64, [0, 1]), p1: row(F64, [0.9, 0.5]) } } } });
    expect(await importFrom({ "df.h5": table })).toEqual({ status: "unrecognised", message: pandasHdf5() });
  });

  it("integers beyond 2^53 are a failure where another is called like an axis, else nobody's business", async () => {
    const broken = { p1: row(I64, [2 ** 60, 1]) };
    expect(await importFrom(file(broken))).toMatchObject({ status: "unrecognised" });
    expect(await importFrom(file({ delay_us: row(F64, [0, 1]), ...broken }))).toMatchObject({ status: "failed", importer: "hdf5" });
  });

  it("takes qubit, shots and settings from attributes; traces of equal names in several groups stay apart", async () => {
    const group: Hdf5Group = { children: { tau_us: row(F64, [0, 10]), p1: row(F64, [0.9, 0.5]) } };
    const attributes = { qubit: single(TEXT, "QL"), shots: single(F64, 1000), temperature_mK: single(F64, 12) };
    const bytes = hdf5File({ attributes, children: { run1: group, run2: group } });
    const all = await datasetsFrom("hdf5", { "T1.h5": bytes });
    expect(all.map((d) => [d.labels.qubit, d.labels.trace, d.noise])).toEqual([
      ["QL", "p1", { type: "binomial", shots: 1000 }],
      ["QL", "run2/p1", { type: "binomial", shots: 1000 }],
    ]);
    expect(all[0]!.conditions).toEqual([{ name: "temperature", value: 0.012, unit: "K" }]);
  });

  it("records are read by the names of their members", async () => {
    const point: Hdf5Type = {
      class: "record",
      members: [
        ["delay_us", F64],
        ["p1", F64],
        ["note", { class: "chars", bytes: 4 }],
      ],
    };
    const [d] = await datasetsFrom(
      "hdf5",
      file({
        points: row(point, [
          [0, 0.9, "a"],
          [10, 0.5, "b"],
        ]),
      }),
    );
    expect([values(d!, "delay"), values(d!, "population")]).toEqual([
      [0, 1e-5],
      [0.9, 0.5],
    ]);
  });

  it("gives equal numbers one id, whatever the file around them", async () => {
    const hints: Hints = { kind: "decay", columns: { delay: "/t [us]", population: "/p" } };
    const p = row(F64, [0.9, 0.5, 0.2]);
    const [a] = await read({ t, p }, hints);
    const [b] = await read({ comment: row(TEXT, ["edited"]), t, p }, hints);
    const [c] = await read({ t, p: row(F64, [0.9, 0.5, 0.3]) }, hints);
    expect([b?.id === a?.id, c?.id === a?.id]).toEqual([true, false]);
    expect(noteTexts(a!)).toEqual([]);
  });
});
