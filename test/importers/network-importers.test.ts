import { describe, expect, it } from "vitest";
import * as network from "../../src/core/messages/import-network.ts";
import * as touchstone from "../../src/core/messages/touchstone.ts";
import { quantity } from "../../src/core/quantity.ts";
import { writeCiti } from "../../src/importers/citi/write.ts";
import { columnsOf } from "../../src/tables/dataset.ts";
import { failure, importContent, noteTexts, read, readOne } from "./import-text.ts";

const LINE = "# GHz RI\n1 .5 0\n";
const PNA = "BEGIN CH1_DATA\nFreq(Hz),S11(REAL),S11(IMAG)\n1e9,.5,.25\n2e9,.6,.35\nEND\n";
const POWERS = writeCiti([
  {
    variables: [
      { name: "POWER", values: [-30, -20] },
      { name: "FREQ", values: [1] },
    ],
    data: [
      {
        name: "S[1,1]",
        values: [
          [0.1, 0],
          [0.2, 0],
        ],
      },
    ],
  },
]);

describe("what the lab file says of network parameters", () => {
  it.each([
    ["Touchstone", "a.s1p", LINE],
    ["CITI", "a.cti", POWERS],
    ["MDIF", "a.mdf", "BEGIN A\n% F S[1,1](complex)\n1 .5 0\nEND\n"],
    ["Keysight PNA", "a.csv", PNA],
  ])("%s is scattering, reference or other, and nothing else", async (format, name, text) => {
    expect((await read(name, text, { kind: "reference" }))[0]!.kind).toBe("reference");
    expect((await failure(name, text, { kind: "decay" })).message).toBe(network.wrongKind("decay", format));
  });

  it("its power holds before that of a comment, and where the file sweeps none", async () => {
    const text = (comment: string) => `! ${comment}\n${LINE}`;
    const stated = await readOne("a.s1p", text("Source Power: -30 dBm"));
    expect(stated.conditions).toEqual([{ name: "power", value: expect.closeTo(1e-6, 18), unit: "W" }]);
    expect(noteTexts(stated)).toEqual([touchstone.powerFromComment(1, "Source Power: -30 dBm")]);
    const hinted = await readOne("a.s1p", text("Source Power: -30 dBm"), { power: quantity(2e-9, "W") });
    expect(hinted.conditions).toEqual([{ name: "power", value: 2e-9, unit: "W" }]);
    expect((await readOne("a.s1p", text("S-parameter uses the power definition 2"))).conditions).toEqual([]);
    const two = await readOne("a.s1p", `! power 1 mW\n! power 2 mW\n${LINE}`);
    expect([two.conditions, noteTexts(two)]).toEqual([[], [touchstone.powersDiffer()]]);
    const swept = await read("a.cti", POWERS, { power: quantity(1, "W") });
    expect(swept.map((d) => Number(d.conditions[0]!.value.toPrecision(12)))).toEqual([1e-6, 1e-5]);
    expect(noteTexts(swept[0]!)).toContain(network.powerSwept());
  });

  it("its columns are for a table: an analyser's CSV is then read as one, and Touchstone needs none", async () => {
    const columns = { frequency: "Freq(Hz)", s_re: "S11(REAL)", s_im: "S11(IMAG)" };
    expect(await importContent("a.csv", PNA, { columns })).toMatchObject({ status: "imported", importer: "csv" });
    expect(noteTexts(await readOne("a.s1p", LINE, { columns }))).toEqual([network.columnsIgnored("Touchstone")]);
  });

  it("a table without a frequency, time or power is left alone", async () => {
    expect(await importContent("a.txt", PNA.replace("Freq", "Bias"))).toMatchObject({
      status: "unrecognised",
      message: expect.stringMatching(/^No column is a frequency, time or power: "Bias/),
    });
    expect(await importContent("a.txt", "BEGIN A\n1 2\nEND\n")).toMatchObject({ status: "unrecognised" });
  });
});

describe("files of network parameters that would fill the memory are refused", () => {
  const many = 20_001;
  it.each([
    ["a hundred thousand references", "a.s1p", `# Hz S RI R ${"50 ".repeat(1e5)}\n1 .5 0`, touchstone.referenceCount(1e5, 1)],
    ["a sweep for each value of an outer VAR", "a.cti", outerVar(many), network.tooManySweeps(many, 20_000)],
    ["a sweep for each block", "a.mdf", "BEGIN A\n% F S(3)\n1 .5 0\nEND\n".repeat(many), network.tooManySweeps(many, 20_000)],
  ])("%s", async (_, name, text, message) => {
    expect((await failure(name, text)).message).toBe(message);
  });

  it("lines that each would be a note are one", async () => {
    expect(noteTexts(await readOne("a.s1p", `${"# GHz RI\n".repeat(1e4)}1 .5 0`))).toEqual([touchstone.secondOptionLine(2)]);
    const keywords = Array.from({ length: 1e4 }, (_, i) => `[Colour ${i}] red`).join("\n");
    const dataset = await readOne("a.ts", `[Version] 2.0\n# GHz RI\n${keywords}\n[Number of Ports] 1\n[Network Data]\n1 .5 0\n[End]`);
    expect(noteTexts(dataset)).toHaveLength(50);
  });
});

/** A reflection at one frequency, so many times. */
function outerVar(count: number): string {
  const data = [{ name: "S[1,1]", values: Array.from({ length: count }, () => [0.5, 0] as const) }];
  return writeCiti([
    {
      variables: [
        { name: "RUN", count },
        { name: "FREQ", values: [1] },
      ],
      data,
    },
  ]);
}

describe("what comes of network parameters", () => {
  it("a dataset with the axis, then real and imaginary part of each pair of ports in the order of the file", async () => {
    const dataset = await readOne("a.s2p", "# GHz S RI R 50\n1 .1 .01 .2 .02 .3 .03 .4 .04\n");
    expect(dataset).toMatchObject({ kind: "scattering", kindInferred: false, axis: "single", labels: { trace: "S" } });
    expect(columnsOf(dataset).map((c) => [c.name, c.role, c.unit, c.port, c.values[0]])).toEqual([
      ["frequency", "frequency", "Hz", undefined, 1e9],
      ["s11_re", "s_re", "1", "11", 0.1],
      ["s11_im", "s_im", "1", "11", 0.01],
      ["s21_re", "s_re", "1", "21", 0.2],
      ["s21_im", "s_im", "1", "21", 0.02],
      ["s12_re", "s_re", "1", "12", 0.3],
      ["s12_im", "s_im", "1", "12", 0.03],
      ["s22_re", "s_re", "1", "22", 0.4],
      ["s22_im", "s_im", "1", "22", 0.04],
    ]);
  });

  it("a table of any laboratory has placeholders and |S| above 1 noted as well", async () => {
    const dataset = await readOne("a.csv", "frequency [GHz],s21_re,s21_im,s11_re,s11_im\n1,.5,.1,1,0\n2,3,4,1,0\n3,.5,.2,1,0\n");
    expect(noteTexts(dataset)).toEqual(expect.arrayContaining([network.aboveOne("21", 5, 0), network.placeholder(["11"])]));
    expect(columnsOf(dataset).map((c) => c.role)).toEqual(["frequency", "s_re", "s_im", "other", "other"]);
  });

  it("lines by the hundred thousand are read, and as many comments do not fill the memory", async () => {
    const rows = Array.from({ length: 1e5 }, (_, i) => `${i} .5 ${i % 10}e-1`).join("\n");
    const dataset = await readOne("a.s1p", `# Hz RI\n${rows}`);
    expect(dataset.table.numRows).toBe(1e5);
    const comments = await readOne("a.s1p", `# Hz RI\n${"! Port Impedance 50 0\n".repeat(1e5)}1 .5 0`);
    expect(columnsOf(comments).map((c) => c.name)).toEqual(["frequency", "s11_re", "s11_im"]);
  });
});
