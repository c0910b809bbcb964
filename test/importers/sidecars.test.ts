import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { Condition } from "../../src/core/dataset.ts";
import * as csv from "../../src/core/messages/csv.ts";
import { sidecarMessages as say } from "../../src/core/messages/import-sidecars.ts";
import { companionsOf } from "../../src/importers/companions.ts";
import { Folders } from "../../src/importers/folders.ts";
import { importFile, withAbsentFiles } from "../../src/importers/import-file.ts";
import { type Hints, NO_HINTS } from "../../src/importers/importer.ts";
import { statedInAttributes } from "../../src/importers/sidecar/attributes.ts";
import { spokenOf } from "../../src/importers/sidecar/names.ts";
import { columnOf, type Dataset } from "../../src/tables/dataset.ts";
import { noteTexts } from "./import-text.ts";

const root = mkdtempSync(join(tmpdir(), "gammawatt-sidecars-"));
afterAll(() => rmSync(root, { recursive: true }));
let folders = 0;

const T1 = "delay [us],p1\n0,0.9\n10,0.6\n20,0.4\n30,0.3\n";
const TRACE = Array.from({ length: 12 }, (_, i) => `${5e9 + 1e5 * i},${-20 - i / 10},${15 * i - 90}`).join("\n");

/** Writes the files into a folder of their own and imports the first. */
async function beside(files: Readonly<Record<string, string>>, hints: Hints = NO_HINTS): Promise<Dataset> {
  const folder = join(root, String(folders++));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  const path = Object.keys(files)[0]!;
  const result = await importFile(join(folder, path), path, hints);
  if (result.status !== "imported") throw new Error(`${path}: ${result.message}`);
  return result.datasets[0]!;
}

const brief = (conditions: readonly Condition[]) => Object.fromEntries(conditions.map((c) => [c.name, [c.value, c.unit, c.from]]));
const dBm = (x: number) => 1e-3 * 10 ** (x / 10);

describe("what sidecars state", () => {
  it("JSON with units in its keys, its texts or beside its values: settings, labels and time", async () => {
    const facts = {
      qubit: "q7",
      device: "chipA",
      cooldown: "cd08",
      temperature_mK: 16.5,
      power: { value: -20, unit: "dBm" },
      start_time: "2026-11-02T10:23:11+01:00",
    };
    const d = await beside({ "a_t1.csv": T1, "a_t1.json": JSON.stringify({ ...facts, attenuation: "-60 dB", note: "x" }) });
    expect(brief(d.conditions)).toEqual({
      temperature: [0.0165, "K", "a_t1.json:temperature_mK"],
      power: [dBm(-20), "W", "a_t1.json:power"],
      attenuation: [-60, "dB", "a_t1.json:attenuation"],
    });
    expect(d.labels).toMatchObject({ qubit: "q7", device: "chipA", cooldown: "cd08" });
    expect(d.started).toBe("2026-11-02T09:23:11.000Z");
    expect(noteTexts(d)).toEqual([say.attenuation("-60 dB", "a_t1.json:attenuation")]);
  });

  it.each([
    { temperature: [16.5, "mK"], power: [-20, "dBm"] },
    { temperature: 16.5, temperature_unit: "mK", power: -20, power_units: "dBm" },
    { temperature: 16.5, power: -20, units: { temperature: "mK", power: "dBm" } },
    {
      settings: [
        { name: "temperature", value: 16.5, unit: "mK" },
        { name: "power", value: "-20", unit: "dBm" },
      ],
    },
    { fridge: { temperature: { value: 16.5, units: "mK" } }, source: { power: "-20dBm" } },
  ])("units stand where they may: %j", async (facts) => {
    const d = await beside({ "a_t1.csv": T1, "a_t1.json": JSON.stringify(facts) });
    expect(Object.fromEntries(d.conditions.map((c) => [c.name, c.value]))).toEqual({ temperature: 0.0165, power: dBm(-20) });
    expect(noteTexts(d)).toEqual([]);
  });

  it("the numbers keep their id", async () => {
    expect((await beside({ "a_t1.csv": T1, "a_t1.json": '{"temperature_mK": 12}' })).id).toBe((await beside({ "a_t1.csv": T1 })).id);
  });

  it.each([
    ["lines", "STARTPOWER: -10 dB\nTEMP: 16.553 mK\nPOWER: -30 dBm\nIFBAND: 1.0 kHz\n", 2, 3],
    ["one row", "temperature [mK],power (dBm),IFBAND\n16.553,-30,1000\n", 2, 2],
    ["rows of key, value, unit", "quantity,value,unit\ntemperature,16.553,mK\npower,-30,dBm\n", 2, 3],
    ["a row for each file", "file;T_mxc [mK];power\nb.csv;99;-99 dBm\na.csv;16.553;-30 dBm\n", 3, 3],
    ["a row for each file without its ending", "file_name,temperature [mK],power [dBm]\nb,99,-99\na,16.553,-30\n", 3, 3],
    ["a row of units", "file,temperature,power\n,mK,dBm\na.csv,16.553,-30\nb.csv,99,-99\n", 3, 3],
  ])("conditions.csv as %s", async (_, text, temperature, power) => {
    const d = await beside({ "a.csv": TRACE, "conditions.csv": text });
    expect(brief(d.conditions)).toEqual({
      temperature: [0.016553, "K", `conditions.csv:${temperature}`],
      power: [dBm(-30), "W", `conditions.csv:${power}`],
    });
  });

  it("conditions.csv is no measurement; one with a longer name speaks of files that have its words", async () => {
    const folder = join(root, String(folders++));
    mkdirSync(folder);
    const text = "temperature [mK],power [dBm]\n15,-20\n20,-30\n";
    writeFileSync(join(folder, "conditions.csv"), text);
    expect(await importFile(join(folder, "conditions.csv"), "conditions.csv", NO_HINTS)).toMatchObject({
      status: "unrecognised",
      message: csv.conditionsOfOthers(),
    });
    writeFileSync(join(folder, "metadata.json"), "{}");
    expect(await importFile(join(folder, "metadata.json"), "metadata.json", NO_HINTS)).toMatchObject({ message: csv.conditionsOfOthers() });
    writeFileSync(join(folder, "conditions.csv"), "file,power [dBm]\nmetadata.json,1\nq9_t1.csv,-20\nq9_t1,-20\n");
    const left = await importFile(join(folder, "conditions.csv"), "conditions.csv", NO_HINTS);
    expect(await withAbsentFiles(left, join(folder, "conditions.csv"), new Folders())).toMatchObject({
      message: `${csv.conditionsOfOthers()} ${say.notThere(["q9_t1.csv", "q9_t1"])}`,
    });
    const named = { "R1_17mK_conditions.csv": "TEMP: 16.553 mK\n" };
    const spoken = await beside({ "R1_-10.0dB_17mK.csv": TRACE, ...named });
    expect(brief(spoken.conditions)).toEqual({ temperature: [0.016553, "K", "R1_17mK_conditions.csv:1"] });
    expect((await beside({ "R2_-10.0dB.csv": TRACE, ...named })).conditions).toEqual([]);
    for (const [name, of] of [
      ["q1_t1.json", "q1_t1.csv"],
      ["q1_t1_meta.xml", "q1_t1.csv"],
      ["q1.s1p.json", "q1.s1p"],
      ["truth.json", undefined],
    ] as const)
      expect(spokenOf(name, new Set(["q1_t1.csv", "q1.s1p", name]))).toBe(of);
    expect(noteTexts(await beside({ "a_t1.csv": T1, "conditions.csv": text }))).toEqual([say.rowsWithoutFile("conditions.csv", 2)]);
  });

  it("a row is a file's own where the file's name has its temperature or power; others are asked about", async () => {
    const table = "temperature [mK],power (dBm)\n15,-20\n30,-30\n";
    const of = (name: string) => beside({ [name]: T1, "conditions.csv": table });
    expect(brief((await of("q1_30mK_t1.csv")).conditions)).toEqual({
      temperature: [0.03, "K", "conditions.csv:3"],
      power: [dBm(-30), "W", "conditions.csv:3"],
    });
    expect(brief((await of("q1_t1_-20dBm.csv")).conditions).temperature).toEqual([0.015, "K", "conditions.csv:2"]);
    for (const name of ["q1_45mK_t1.csv", "q1_30mK_-20dBm_t1.csv"])
      expect(noteTexts(await of(name))).toContain(say.rowsWithoutFile("conditions.csv", 2));
  });

  it("a table that names files and not this one says so", async () => {
    const d = await beside({ "c_t1.csv": T1, "conditions.csv": "file,temperature [mK]\na.csv,15\nb.csv,16\n" });
    expect(d.conditions).toEqual([]);
    expect(noteTexts(d)).toEqual([say.noRow("conditions.csv", 2)]);
  });

  it("root attributes of HDF5 and netCDF, with units in their names, texts or beside them", () => {
    const attributes = {
      temperature_mK: 15.2,
      power: "-20 dBm",
      attenuation: [60],
      attenuation_units: "dB",
      sample: "chipA",
      frequency: 5,
      n: null,
    };
    expect(statedInAttributes(attributes, "a.h5")).toMatchObject([
      { name: "temperature", value: 0.0152, place: "a.h5:@temperature_mK" },
      { name: "power", value: dBm(-20) },
      { name: "attenuation", value: 60 },
      { name: "device", text: "chipA" },
    ]);
  });

  it("LabVIEW's XML and any other with names or attributes", async () => {
    const controls = [
      ["DBL", "Power (dBm)", "-25.0"],
      ["DBL", "Temperature [mK]", "14.2"],
      ["String", "Sample", "chipB"],
    ].map(([type, name, value]) => `<${type}><Name>${name}</Name><Val>${value}</Val></${type}>`);
    const labview = await beside({
      "a.csv": TRACE,
      "a.xml": `<?xml version='1.0'?><LVData><Cluster><Name>S</Name>${controls.join("")}</Cluster></LVData>`,
    });
    const plain = '<m><temperature unit="mK">14.2</temperature><power unit="dBm">-25</power><device>chipB</device></m>';
    for (const d of [labview, await beside({ "a.csv": TRACE, "a.xml": plain })]) {
      expect(d.conditions).toMatchObject([{ name: expect.any(String) }, {}]);
      expect(d.conditions.find((c) => c.name === "power")!.value).toBe(dBm(-25));
      expect(d.conditions.find((c) => c.name === "temperature")!.value).toBe(0.0142);
      expect(d.labels.device).toBe("chipB");
    }
  });

  it.each([
    ['<d><channel name="delay" unit="us"/><channel name="p1" unit="1"/></d>'],
    ["<d><columns><column><name>delay</name><unit>us</unit></column><column><name>p1</name></column></columns></d>"],
    [
      "<LVData><Cluster><String><Name>Column 2</Name><Val>p1</Val></String><String><Name>Column 1</Name><Val>delay (us)</Val></String></Cluster></LVData>",
    ],
  ])("columns without header are named by %s", async (xml) => {
    const d = await beside({ "q1_t1.csv": "0,0.9\n10,0.6\n20,0.4\n30,0.3\n", "q1_t1.xml": xml });
    expect([...columnOf(d, "delay")!.values]).toEqual([0, 1e-5, 2e-5, 3e-5]);
    expect(noteTexts(d)).toContain(csv.columnsFromSidecar("q1_t1.xml"));
  });

  it("what has no unit, a wrong one or two is a note, and not used", async () => {
    const facts = { temperature: 16.5, power: "-20 dB", frequency: "5 K", "attenuation [dB]": "60 dBm", date: "02/11/2026" };
    const d = await beside({ "a_t1.csv": T1, "a_t1.json": JSON.stringify(facts) });
    expect(d.conditions).toEqual([]);
    expect(d.started).toBe("");
    const at = (key: string) => `a_t1.json:${key}`;
    expect(noteTexts(d)).toEqual([
      say.noUnit("temperature", "16.5", at("temperature"), "mK"),
      say.powerInDecibel("power", "-20 dB", at("power")),
      say.wrongUnit("frequency", "5 K", at("frequency"), "GHz"),
      say.unitsDiffer("attenuation [dB]", "dBm", "dB", at("attenuation [dB]")),
      say.notADate("date", "02/11/2026", at("date")),
    ]);
  });

  it("decimal commas are read, letters that mean something else are not", async () => {
    const d = await beside({ "a_t1.csv": `# T = 5 us, t: 3\n${T1}`, "a_t1.ini": "temperature = 16,5 mK\npower = 1,000 W\n" });
    expect(brief(d.conditions)).toEqual({ temperature: [0.0165, "K", "a_t1.ini:1"] });
    expect(noteTexts(d)).toEqual([say.notANumber("power", "1,000 W", "a_t1.ini:2")]);
  });

  it("several instruments with one setting are asked about", async () => {
    const facts = { instruments: { vna: { power: "-50 dBm" }, sgs: { power: "10 dBm" } } };
    const d = await beside({ "a_t1.csv": T1, "metadata.json": JSON.stringify(facts) });
    const places = ["vna", "sgs"].map((name) => `metadata.json:instruments.${name}.power`);
    expect(noteTexts(d)).toEqual([say.severalStated("power", places, "metadata.json")]);
  });

  it.each([
    ["a_t1.json", '{"temperature_mK": '],
    ["a_t1.json", "\u0000\u0001"],
    ["a_t1.xml", "<m><temperature></m>"],
    ["a_t1.xml", '<!DOCTYPE m [<!ENTITY a SYSTEM "file:///etc/passwd">]><m><device>&a;</device></m>'],
  ])("a damaged or hostile %s %j costs its facts, not the measurement", async (name, text) => {
    const d = await beside({ "a_t1.csv": T1, [name]: text });
    expect(d.labels.device).toBe("");
    expect(noteTexts(d)).toEqual([expect.stringContaining(`${name} beside it cannot be read`)]);
  });

  it("entities of a document are not expanded", async () => {
    const layers = Array.from({ length: 9 }, (_, k) => `<!ENTITY e${k + 1} "${`&e${k};`.repeat(10)}">`).join("");
    const d = await beside({ "a_t1.csv": T1, "a_t1.xml": `<!DOCTYPE m [<!ENTITY e0 "x">${layers}]><m><device>&e9;</device></m>` });
    expect(d.labels.device.length).toBeLessThan(10);
  });
});

describe("what the path states", () => {
  it.each([
    ["q1_s11_-95dBm_30mK.csv", { power: dBm(-95), temperature: 0.03 }],
    ["T30mK/P=m62p5dBm/a.csv", { power: dBm(-62.5), temperature: 0.03 }],
    ["1.2K/a.csv", { temperature: 1.2 }],
    ["4K/5GHz/q1_100mKx.csv", {}],
  ])("%s", async (path, expected) => {
    const d = await beside({ [path]: TRACE });
    expect(Object.fromEntries(d.conditions.map((c) => [c.name, c.value]))).toEqual(expected);
    expect(d.conditions.every((c) => c.inferred !== undefined)).toBe(true);
  });

  it("a hyphen or a minus, decibels, and two powers are notes", async () => {
    expect(noteTexts(await beside({ "s11-20dBm_t1.csv": T1 }))).toEqual([say.signOrHyphen("-20dBm")]);
    expect(noteTexts(await beside({ "s11_-20.0dB_t1.csv": T1 }))).toEqual([say.decibelInPath("-20.0dB")]);
    expect(noteTexts(await beside({ "s11_-20dBm_to_-30dBm_t1.csv": T1 }))).toEqual([say.severalInPath("power", ["-20 dBm", "-30 dBm"])]);
  });

  it("dates with a time of day order repeats", async () => {
    expect((await beside({ "q1_t1_2026-11-02_10-23-11.csv": T1 })).started).toBe("2026-11-02T10:23:11");
    expect((await beside({ "20261102_102311/q1_t1.csv": T1 })).started).toBe("2026-11-02T10:23:11");
    expect((await beside({ "q1_t1_20261102.csv": T1 })).started).toBe("");
  });
});

describe("contradictions", () => {
  const header = "# power = -20 dBm, temperature: 20 mK\nfrequency [GHz],s11_re,s11_im\n5,0.1,0.2\n5.1,0.2,0.1\n5.2,0.3,0.2\n";

  it("the file, then the sidecar, then the path; each other value with its place", async () => {
    const d = await beside({ "30mK/q1_s11_-30dBm.csv": header, "30mK/q1_s11_-30dBm.json": '{"power": "-25 dBm", "temperature_mK": 20.2}' });
    const own = "30mK/q1_s11_-30dBm.csv";
    expect(d.conditions.map((c) => [c.name, c.value])).toEqual([
      ["power", dBm(-20)],
      ["temperature", 0.02],
    ]);
    const sidecar = "q1_s11_-30dBm.json";
    expect(noteTexts(d)).toEqual([
      say.contradiction("power", "-20 dBm", own, "-25 dBm", `${sidecar}:power`),
      say.contradiction("temperature", "0.02 K", own, "20.2 mK", `${sidecar}:temperature_mK`),
      say.contradiction("temperature", "0.02 K", own, "30 mK", say.thePath()),
      say.contradiction("power", "-20 dBm", own, "-30 dBm", say.thePath()),
    ]);
  });

  it("a number that is the other one rounded is no contradiction", async () => {
    expect(noteTexts(await beside({ "a_17mK.csv": T1, "conditions.csv": "TEMP: 16.553 mK\n" }))).not.toContainEqual(
      expect.stringContaining("Correct one"),
    );
  });

  it("times more than a day and a half apart contradict each other", async () => {
    const dated = (time: string) => beside({ "q1_t1_2026-11-02_23-30-00.csv": T1, "conditions.txt": `started: ${time}\n` });
    expect(noteTexts(await dated("2026-11-03T01:00:00+01:00"))).toEqual([]);
    expect((await dated("2026-11-02")).started).toBe("2026-11-02T23:30:00");
    expect(noteTexts(await dated("2026-11-05"))).toEqual([
      say.folderFact("started", "2026-11-02T23:30:00", "2026-11-05", "conditions.txt:1"),
    ]);
    const own = { "q1_t1_2026-11-02_23-30-00.csv": T1, "q1_t1_2026-11-02_23-30-00.ini": "started: 2026-11-05\n" };
    expect(noteTexts(await beside(own))).toEqual([
      say.contradiction("started", "2026-11-05", "q1_t1_2026-11-02_23-30-00.ini:1", "2026-11-02T23:30:00", say.thePath()),
    ]);
  });

  it("what is said of a whole folder gives way to a file's own name; a sidecar of the file does not", async () => {
    const facts = JSON.stringify({ device: "chipB", qubit: "q7", power: "-20 dBm" });
    const d = await beside({ "q1_t1_-30dBm.csv": T1, "q2_t1.csv": T1, "metadata.json": facts });
    expect(d.labels).toMatchObject({ device: "chipB", qubit: "" });
    expect(d.conditions.map(({ name, value }) => [name, value])).toEqual([["power", dBm(-30)]]);
    expect(noteTexts(d)).toEqual([
      say.folderFact("qubit", "q1", "q7", "metadata.json:qubit"),
      say.folderFact("power", "-30 dBm", "-20 dBm", "metadata.json:power"),
    ]);
    expect((await beside({ "Q7_t1.csv": T1, "metadata.json": facts })).labels.qubit).toBe("q7");
    expect((await beside({ "q1_t1.csv": T1, "q1_t1.json": facts })).labels.qubit).toBe("q7");
    const rows = { "q1_t1.csv": T1, "conditions.csv": "file,qubit\nq1_t1.csv,q7\n" };
    expect((await beside(rows)).labels.qubit).toBe("q7");
  });

  it("of two rows for one file that differ, neither is used", async () => {
    const table = "file,power [dBm],temperature [mK]\nq1_t1.csv,-20,15\nq1_t1.csv,-30,15\n";
    const d = await beside({ "q1_t1.csv": T1, "conditions.csv": table });
    expect(d.conditions.map(({ name }) => name)).toEqual(["temperature"]);
    expect(noteTexts(d)).toEqual([say.severalStated("power", ["conditions.csv:2", "conditions.csv:3"], "conditions.csv")]);
  });

  it("the nearest name of a path counts, and a folder that differs is a note", async () => {
    const d = await beside({ "-20dBm_12mK/q4_t1_minus30dBm.csv": T1 });
    expect(brief(d.conditions)).toEqual({ temperature: [0.012, "K", undefined], power: [dBm(-30), "W", undefined] });
    expect(noteTexts(d)).toEqual([say.folderDiffers("power", "-30 dBm", "-20 dBm")]);
    const unclear = await beside({ "-20dBm_12mK/q4-30dBm.csv": T1 });
    expect(unclear.conditions.map(({ name }) => name)).toEqual(["temperature"]);
  });

  it("the lab file's power is named as such", async () => {
    const hints: Hints = { power: { value: 1e-6, sigma: Number.NaN, unit: "W" }, place: "gammawatt.yaml:18:5" };
    const d = await beside({ "a.csv": header }, hints);
    expect(noteTexts(d)).toContain(say.contradiction("power", "-30 dBm", "gammawatt.yaml", "-20 dBm", "a.csv"));
  });

  it("comments of Touchstone files speak too", async () => {
    const d = await beside({ "a.s1p": "! T = 15 mK\n# GHz S RI R 50\n5 0.1 0.2\n5.1 0.1 0.3\n", "a.json": '{"temperature_mK": 20}' });
    expect(d.conditions).toEqual([{ name: "temperature", value: 0.015, unit: "K" }]);
    expect(noteTexts(d)).toEqual([say.contradiction("temperature", "0.015 K", "a.s1p", "20 mK", "a.json:temperature_mK")]);
  });
});

it("sidecars belong to the identity of a file, and folders are listed once", async () => {
  const folder = join(root, "identity");
  mkdirSync(folder);
  for (const name of ["q1_t1.csv", "q1_t1.json", "q1_t1.xml", "conditions.csv", "q2_t1.json", "q2_conditions.csv", "truth.json"])
    writeFileSync(join(folder, name), "x");
  const known = new Folders();
  const names = async (name: string) => (await companionsOf(join(folder, name), `cd/${name}`, known)).map((c) => c.path);
  expect(await names("q1_t1.csv")).toEqual(["cd/conditions.csv", "cd/q1_t1.json", "cd/q1_t1.xml"]);
  expect(await names("q2_t1.csv")).toEqual(["cd/conditions.csv", "cd/q2_conditions.csv", "cd/q2_t1.json"]);
  expect(await names("conditions.csv")).toEqual([]);
  writeFileSync(join(folder, "q3_t1.json"), "x");
  expect(await names("q3_t1.csv")).toEqual(["cd/conditions.csv"]);
});
