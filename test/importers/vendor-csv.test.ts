import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as network from "../../src/core/messages/import-network.ts";
import * as say from "../../src/core/messages/import-vendor-csv.ts";
import { columnsOf } from "../../src/tables/dataset.ts";
import { failure, importContent, noteTexts, read, readOne, values } from "./import-text.ts";

const PNA = [
  "!CSV A.01.01",
  "!Keysight Technologies,N5247B,SERIAL-1,A.17",
  "!Date: Friday, September 11, 2026 14:48:21",
  "",
  "BEGIN CH1_DATA",
  "Freq(Hz),S11(REAL),S11(IMAG),S21 Log Mag(dB),S21 Phase(deg)",
  "1e9,0.5,0.25,-20,90",
  "2e9,0.6,0.35,-20,0",
  "END",
  "",
].join("\r\n");
const FIELDFOX = [
  "! FILETYPE CSV",
  "! VERSION 3.0,1",
  "! TIMESTAMP Wednesday, 08 November 2023 22:26:30",
  "! NAME Keysight Technologies",
  "! MODEL N9917A",
  "! Output_Power_Level, -15",
  "! DATA Freq,S11",
  "! FREQ UNIT MHz",
  "! XDATA UNIT Real",
  "! YDATA UNIT Imaginary",
  "BEGIN",
  "1000,0.5,0.25",
  "2000,0.6,0.35",
  "END",
  "",
].join("\n");
const ROHDE =
  "# Version 1.00\n#\nfreq[Hz];re:Trc1_S21;im:Trc1_S21;db:Trc2_S11;\n1,000000E+09;5,0E-01;2,5E-01;-2,0E+01;\n2,000000E+09;6,0E-01;3,5E-01;-2,0E+01;\n";
const COPPER =
  "!Copper Mountain Technologies, S5048, 12345678\n!2026-09-11 14:48:21\n!Freq(Hz), S21(REAL), S21(IMAG)\n1e9, 0.5, 0.25\n2e9, 0.6, 0.35\n";
const ANRITSU =
  "MS46122B\n!9/11/2026 14:48:21\n!PARAMETER: S11,S21\nPNT,FREQ1.GHZ,LOGMAG1,FREQ2.GHZ,LOGMAG2,PHASE2.DEG\n1,1,-20,1,-40,90\n2,2,-20,2,-40,0\n";
const LABONE = "chunk;timestamp;x;y;frequency\n0;100;0.1;0.2;1e6\n0;200;0.3;0.4;1e6\n1;300;0.5;0.6;2e6\n";
const SWEEPER = "chunk;timestamp;size;fieldname;v0;v1;v2\n0;1;2;frequency;1e6;2e6;nan\n0;1;2;x;0.1;0.2;nan\n0;1;2;y;0.3;0.4;nan\n";
const ALL = {
  "pna.csv": PNA,
  "fox.csv": FIELDFOX,
  "rs.csv": ROHDE,
  "cmt.csv": COPPER,
  "anritsu.csv": ANRITSU,
  "labone.csv": LABONE,
  "sweeper.csv": SWEEPER,
};

describe("network analysers' CSV", () => {
  it("is recognised by its content", async () => {
    const found: string[] = [];
    for (const [name, text] of Object.entries(ALL)) {
      const result = await importContent(name.replace("csv", "txt"), text);
      found.push(result.status === "imported" ? result.importer : result.message);
    }
    expect(found).toEqual(["keysight-pna", "fieldfox", "rohde-schwarz", "copper-mountain", "anritsu", "labone", "labone"]);
  });

  it("Keysight PNA: parts of one S-parameter belong together, whatever their format", async () => {
    const dataset = await readOne("a.csv", PNA);
    expect(dataset).toMatchObject({ kind: "scattering", started: "2026-09-11T14:48:21", labels: { trace: "S" } });
    expect(columnsOf(dataset).map((c) => [c.name, c.role, c.port])).toEqual([
      ["frequency", "frequency", undefined],
      ["s11_re", "s_re", "11"],
      ["s11_im", "s_im", "11"],
      ["s21_re", "s_re", "21"],
      ["s21_im", "s_im", "21"],
    ]);
    expect(values(dataset, "s_im", "11")).toEqual([0.25, 0.35]);
    expect(values(dataset, "s_im", "21")[0]).toBeCloseTo(0.1, 15);
    expect(values(dataset, "s_re", "21")[1]).toBeCloseTo(0.1, 15);
    expect(noteTexts(dataset)).toEqual([say.instrument("Keysight Technologies,N5247B,SERIAL-1,A.17")]);
  });

  it("Keysight PNA: several channels, receivers in quotes, a magnitude alone", async () => {
    const second = 'BEGIN CH2_DATA\nFreq(Hz),"A,1"(REAL),"A,1"(IMAG),S21(DB),S22(U)\n1e9,1,2,-20,3\nEND\n';
    const datasets = await read("a.csv", PNA + second);
    expect(datasets.length).toBe(2);
    expect(columnsOf(datasets[1]!).map((c) => [c.name, c.role, c.values[0]])).toEqual([
      ["frequency", "frequency", 1e9],
      ["s21_mag", "s_mag", 0.1],
      ["S22(U)", "other", 3],
      ["A,1_re", "other", 1],
      ["A,1_im", "other", 2],
    ]);
    const power = await readOne("a.csv", "BEGIN CH1_DATA\nPower(dBm),S21(REAL),S21(IMAG)\n-20,1,2\n-10,3,4\nEND\n");
    expect(power.kind).toBe("other");
    expect(values(power, "power")[0]).toBeCloseTo(1e-5, 18);
  });

  it("FieldFox: names and units from its comments, source power and time of day", async () => {
    const dataset = await readOne("a.csv", FIELDFOX);
    expect(dataset).toMatchObject({ kind: "scattering", started: "2023-11-08T22:26:30", labels: { trace: "S11" } });
    expect([values(dataset, "frequency"), values(dataset, "s_re", "11"), values(dataset, "s_im", "11")]).toEqual([
      [1e9, 2e9],
      [0.5, 0.6],
      [0.25, 0.35],
    ]);
    expect(dataset.conditions).toEqual([{ name: "power", value: expect.closeTo(10 ** -4.5, 15), unit: "W" }]);
    expect(noteTexts(dataset)).toEqual([say.instrument("Keysight Technologies N9917A"), say.sourcePower(-15)]);
    const db = FIELDFOX.replace("! XDATA UNIT Real\n! YDATA UNIT Imaginary", "! DATA UNIT dB")
      .replaceAll(",0.25\n", "\n")
      .replaceAll(",0.35\n", "\n");
    expect(values(await readOne("a.csv", db.replace("0.5", "-20")), "s_mag", "11")[0]).toBeCloseTo(0.1, 15);
    const vswr = await readOne("a.csv", db.replace("DATA UNIT dB", "DATA UNIT VSWR"));
    expect(vswr.kind).toBe("other");
  });

  it("Rohde & Schwarz: decimal comma, separator at the end, traces by their parameter", async () => {
    const dataset = await readOne("a.csv", ROHDE);
    expect([values(dataset, "frequency"), values(dataset, "s_re", "21"), values(dataset, "s_im", "21")]).toEqual([
      [1e9, 2e9],
      [0.5, 0.6],
      [0.25, 0.35],
    ]);
    expect(values(dataset, "s_mag", "11")[0]).toBeCloseTo(0.1, 15);
    expect(noteTexts(dataset)).toContain(say.decimalComma());
    const angle = await readOne("a.dat", "freq[Hz];db:Trc1_S21;ang:Trc1_S21;\n1;-20;90;\n");
    expect(values(angle, "s_im", "21")[0]).toBeCloseTo(0.1, 15);
    const time = await readOne("a.csv", "time[s];mag:Trc1_S21;ang:Trc1_S21;\n0.5;0.1;90;\n");
    expect([time.kind, values(time, "time")]).toEqual(["other", [0.5]]);
    const power = await readOne("a.csv", "power[dBm];mag:Trc1_S21;ang:Trc1_S21;\n-30;0.1;90;\n");
    expect(values(power, "power")[0]).toBeCloseTo(1e-6, 18);
  });

  it("Copper Mountain: three comment lines", async () => {
    const dataset = await readOne("a.csv", COPPER);
    expect([dataset.started, values(dataset, "frequency"), values(dataset, "s_im", "21")]).toEqual([
      "2026-09-11T14:48:21",
      [1e9, 2e9],
      [0.25, 0.35],
    ]);
    const blocks = await readOne("a.csv", COPPER.split("\n").slice(0, 2).join("\n") + PNA.slice(PNA.indexOf("\r\nBEGIN")));
    expect(values(blocks, "s_re", "11")).toEqual([0.5, 0.6]);
    expect((await failure("a.csv", COPPER.replace("Freq(Hz), S21(REAL), S21(IMAG)", "x"))).message).toBe(say.noHeader());
  });

  it("Anritsu: an axis for each trace, names from !PARAMETER", async () => {
    const dataset = await readOne("a.csv", ANRITSU);
    expect(values(dataset, "frequency")).toEqual([1e9, 2e9]);
    expect(values(dataset, "s_mag", "11")[0]).toBeCloseTo(0.1, 15);
    expect(values(dataset, "s_im", "21")[0]).toBeCloseTo(0.01, 15);
    const apart = await read("a.csv", ANRITSU.replace("2,2,-20,2,", "2,2,-20,3,"));
    expect(apart.map((d) => [d.labels.trace, values(d, "frequency")])).toEqual([
      ["S11", [1e9, 2e9]],
      ["S21", [1e9, 3e9]],
    ]);
    const unnamed = await readOne("a.csv", ANRITSU.replace("!PARAMETER: S11,S21\n", ""));
    expect([unnamed.kind, noteTexts(unnamed)[1]]).toEqual(["other", say.tracesUnnamed()]);
  });

  it("NanoVNA writes Touchstone", async () => {
    const dataset = await readOne("nano.s1p", "# HZ S RI R 50\n50000 0.96 -0.01\n100000 0.95 -0.02\n");
    expect(values(dataset, "frequency")).toEqual([50000, 100000]);
  });

  it("LabOne: samples or fields by row, one dataset per chunk", async () => {
    const samples = await read("a.csv", LABONE);
    expect(samples.map((d) => [d.kind, d.labels.trace, values(d, "i"), values(d, "q")])).toEqual([
      ["other", "labone[0]", [0.1, 0.3], [0.2, 0.4]],
      ["other", "labone[1]", [0.5], [0.6]],
    ]);
    expect(columnsOf(samples[0]!)[0]).toMatchObject({ name: "timestamp", inferred: say.ticks() });
    const sweep = await readOne("a.csv", SWEEPER);
    expect([values(sweep, "frequency"), values(sweep, "i")]).toEqual([
      [1e6, 2e6],
      [0.1, 0.2],
    ]);
    expect((await failure("a.csv", SWEEPER.replace("0;1;2;x", "0;1;3;x"))).message).toBe(say.fieldLength(3, "x", 3, 2));
    expect((await failure("a.csv", SWEEPER.replace("0;1;2;x", "0;1;9;x"))).message).toBe(say.fieldLength(3, "x", 3, 9));
  });

  it("names what is broken, with its place", async () => {
    expect(await failure("a.csv", PNA.replace("2e9,0.6", "2e9,x"))).toEqual({ place: "a.csv:8:2", message: say.notANumber(8, 2, "x") });
    expect((await failure("a.csv", PNA.replace(",-20,0\r", ",-20\r"))).message).toBe(say.ragged(8, 4, 5));
    expect((await failure("a.csv", PNA.replace("END", ""))).message).toBe(say.noEnd(5));
    expect((await failure("a.csv", "!CSV A.01.01\nBEGIN CH1_DATA\nFreq(Hz),S11(DB)\nEND\n")).message).toBe(say.noRows());
    expect((await failure("a.csv", "!CSV A.01.01\n")).message).toBe(say.noHeader());
    const bias = await importContent("a.txt", PNA.replace("Freq", "Bias"));
    expect(bias).toMatchObject({
      status: "unrecognised",
      message: expect.stringMatching(/^No column is a frequency, time or power: "Bias/),
    });
    expect((await failure("a.csv", PNA.replace("Freq(Hz)", "Freq(V)"))).message).toBe(network.axisUnit("Freq", "V", "Hz"));
    expect((await failure("a.csv", FIELDFOX.replace("! DATA Freq,S11\n", ""))).message).toBe(say.noHeader());
    expect((await failure("a.csv", FIELDFOX.replace("END\n", ""))).message).toBe(say.noEnd(11));
    expect((await failure("a.csv", PNA, { kind: "decay" })).message).toBe(network.wrongKind("decay", "Keysight PNA"));
    const gap = await readOne("a.csv", PNA.replace("2e9,0.6", "2e9,nan"));
    expect([values(gap, "s_re", "11"), noteTexts(gap)[1]]).toEqual([[0.5, Number.NaN], say.missing(1, 8)]);
  });

  it("leaves columns that the lab file describes to the CSV importer", async () => {
    const result = await importContent("a.csv", PNA, { columns: { frequency: "Freq(Hz)", s_re: "S11(REAL)", s_im: "S11(IMAG)" } });
    expect(result).toMatchObject({ status: "imported", importer: "csv" });
  });

  it("never blames itself, whatever is flipped or cut", async () => {
    const edit = fc.record({ at: fc.double({ min: 0, max: 0.999, noNaN: true }), byte: fc.nat(255), cut: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...Object.entries(ALL)),
        fc.array(edit, { minLength: 1, maxLength: 3 }),
        async ([name, text], edits) => {
          let bytes = Buffer.from(text);
          for (const { at, byte, cut } of edits) {
            const place = Math.floor(at * bytes.length);
            if (place < bytes.length) bytes[place] = byte;
            if (cut) bytes = bytes.subarray(0, place);
          }
          const result = await importContent(name, bytes);
          expect("message" in result ? result.message : "").not.toContain("This is a bug");
        },
      ),
      { numRuns: 500 },
    );
  });
});
