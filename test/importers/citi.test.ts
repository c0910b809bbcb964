import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as say from "../../src/core/messages/import-citi.ts";
import * as network from "../../src/core/messages/import-network.ts";
import { quantity } from "../../src/core/quantity.ts";
import { columnsOf } from "../../src/tables/dataset.ts";
import { citiFile } from "./citi-file.ts";
import { failure, importContent, noteTexts, read, readOne, values } from "./import-text.ts";

const reflection = {
  name: "DATA",
  variables: [{ name: "FREQ", values: [1e9, 2e9] }],
  data: [
    {
      name: "S[1,1]",
      format: "RI",
      rows: [
        [1, 2],
        [3, 4],
      ],
    },
  ],
};

describe("CITIfile", () => {
  it("reads a package: frequency in Hz, S by its ports", async () => {
    const dataset = await readOne("a.txt", citiFile([reflection]));
    expect(dataset).toMatchObject({ kind: "scattering", kindInferred: false, axis: "single", labels: { trace: "S11" } });
    expect(columnsOf(dataset).map((c) => [c.name, c.role, c.unit, c.port, ...c.values])).toEqual([
      ["frequency", "frequency", "Hz", undefined, 1e9, 2e9],
      ["s11_re", "s_re", "1", "11", 1, 3],
      ["s11_im", "s_im", "1", "11", 2, 4],
    ]);
    expect(noteTexts(dataset)).toEqual([say.packageName("DATA")]);
  });

  it("passes over comments, device lines and unknown keywords, in any case and with any line end", async () => {
    const text = citiFile(
      [{ ...reflection, extra: ["#NA VERSION HP8510B", "COMMENT 1 2 3", "BLAH x", "constant time 1990 2 26 17 53 33.0"] }],
      "\r\n",
    );
    const dataset = await readOne("a.cti", `# Created today\r\n\r\n${text.replace("CITIFILE", "citifile")}`);
    expect(dataset.started).toBe("1990-02-26T17:53:33");
    expect(values(dataset, "s_re")).toEqual([1, 3]);
  });

  it("takes MAGANGLE in degrees, DBANGLE as 20 log10, one column as a magnitude", async () => {
    const one = (format: string, ...row: number[]) =>
      readOne(
        "a.cti",
        citiFile([{ name: "", variables: [{ name: "FREQ", values: [1] }], data: [{ name: "S[2,1]", format, rows: [row] }] }]),
      );
    for (const dataset of [await one("MAGANGLE", 0.1, 90), await one("DBANGLE", -20, 90)]) {
      expect(values(dataset, "s_re")[0]).toBeCloseTo(0, 15);
      expect(values(dataset, "s_im")[0]).toBeCloseTo(0.1, 15);
    }
    expect(values(await one("DB", -20), "s_mag", "21")[0]).toBeCloseTo(0.1, 15);
    expect(values(await one("MAG", 0.1), "s_mag", "21")).toEqual([0.1]);
    // Half of a complex number is kept, but it is no S-parameter.
    expect(await one("RE", 0.1)).toMatchObject({ kind: "other" });
  });

  it("makes one dataset per value of the outer VARs, the first outermost", async () => {
    const rows = Array.from({ length: 12 }, (_, i) => [i, -i]);
    const variables = [
      { name: "L", values: [5, 6] },
      { name: "POWER", values: [-30, -20] },
      { name: "FREQ", values: [1, 2, 3] },
    ];
    const datasets = await read("a.cti", citiFile([{ name: "", variables, data: [{ name: "S[1,1]", format: "RI", rows }] }]), {
      power: quantity(1, "W"),
    });
    expect(datasets.map((d) => [d.axis, d.labels.trace, d.conditions[0]!.value, ...values(d, "s_re")])).toEqual([
      ["swept", "S11[0]", 5, 0, 1, 2],
      ["swept", "S11[1]", 5, 3, 4, 5],
      ["swept", "S11[2]", 6, 6, 7, 8],
      ["swept", "S11[3]", 6, 9, 10, 11],
    ]);
    expect(datasets.map((d) => d.conditions[1])).toEqual(
      [1e-6, 1e-5, 1e-6, 1e-5].map((value) => ({ name: "power", value: expect.closeTo(value, 20), unit: "W" })),
    );
    expect(noteTexts(datasets[0]!)).toContain(network.powerSwept());
  });

  it("takes a frequency that is the outer loop for the axis all the same", async () => {
    const variables = [
      { name: "FREQ", values: [1, 2] },
      { name: "POWER", values: [0, 10, 20] },
    ];
    const rows = [1, 2, 3, 4, 5, 6].map((x) => [x, 0]);
    const datasets = await read("a.cti", citiFile([{ name: "", variables, data: [{ name: "S[2,1]", format: "RI", rows }] }]));
    expect(datasets.map((d) => values(d, "s_re"))).toEqual([
      [1, 4],
      [2, 5],
      [3, 6],
    ]);
  });

  it("computes segments, and numbers points whose VAR has no values", async () => {
    const listed = citiFile([{ ...reflection, variables: [{ name: "FREQ", values: [1, 2], listed: false }] }]);
    const segments = listed.replace("BEGIN", "SEG_LIST_BEGIN\nSEG 4E9 5E9 1\nSEG 6E9 7E9 1\nSEG_LIST_END\nBEGIN");
    expect(values(await readOne("a.cti", segments), "frequency")).toEqual([4e9, 6e9]);
    const two = listed.replace("BEGIN", "SEG_LIST_BEGIN\nSEG 4E9 5E9 2\nSEG_LIST_END\nBEGIN");
    expect(values(await readOne("a.cti", two), "frequency")).toEqual([4e9, 5e9]);
    const bare = await readOne("a.cti", listed);
    expect(bare.kind).toBe("other");
    expect(columnsOf(bare)[0]).toMatchObject({ name: "index", role: "other", values: Float64Array.of(0, 1) });
    expect(noteTexts(bare)).toContain(say.noValues("FREQ"));
    expect((await failure("a.cti", listed.replace("BEGIN", "SEG_LIST_BEGIN\nSEG 1 2 999999999\nSEG_LIST_END\nBEGIN"))).message).toBe(
      say.badSegment(6, "SEG 1 2 999999999"),
    );
  });

  it("keeps several packages apart", async () => {
    const datasets = await read("a.cti", citiFile([reflection, { ...reflection, name: "MEMORY" }]));
    expect(datasets.map((d) => [d.labels.trace, d.axis, noteTexts(d)[0]])).toEqual([
      ["S11[0]", "single", say.packageName("DATA")],
      ["S11[1]", "single", say.packageName("MEMORY")],
    ]);
  });

  it("converts Z where there is no S, and keeps everything else by its name", async () => {
    const variables = [{ name: "FREQ", values: [1] }];
    const data = (...entries: [string, number][]) => entries.map(([name, x]) => ({ name, format: "RI", rows: [[x, 0]] }));
    const z = await readOne("a.cti", citiFile([{ name: "", variables, data: data(["Z[1,1]", 150], ["PortZ[1]", 75]) }]));
    expect(values(z, "s_re", "11")[0]).toBeCloseTo(1 / 3, 15);
    expect(noteTexts(z)).toEqual([network.converted("Z", [75])]);
    const assumed = await readOne("a.cti", citiFile([{ name: "", variables, data: data(["Y[1,1]", 0.06]) }]));
    expect([values(assumed, "s_re", "11"), noteTexts(assumed)]).toEqual([
      [-0.5],
      [network.referenceAssumed("Y"), network.converted("Y", [50])],
    ]);
    const both = await readOne("a.cti", citiFile([{ name: "", variables, data: data(["S[1,1]", 0.5], ["Y[1,1]", 1], ["gain", 2]) }]));
    expect(columnsOf(both).map((c) => [c.name, c.role])).toEqual([
      ["frequency", "frequency"],
      ["s11_re", "s_re"],
      ["s11_im", "s_im"],
      ["Y[1,1]_re", "other"],
      ["Y[1,1]_im", "other"],
      ["gain_re", "other"],
      ["gain_im", "other"],
    ]);
  });

  it("uses the first of two arrays of one name", async () => {
    const data = [1, 2].map((x) => ({ name: "S[2,1]", format: "RI", rows: [[x, 0]] }));
    const dataset = await readOne("a.cti", citiFile([{ name: "", variables: [{ name: "FREQ", values: [1] }], data }]));
    expect(columnsOf(dataset).map((c) => [c.name, c.role, c.values[0]])).toEqual([
      ["frequency", "frequency", 1],
      ["s21_re", "s_re", 1],
      ["s21_im", "s_im", 0],
      ["S[2,1]_re", "other", 2],
      ["S[2,1]_im", "other", 0],
    ]);
    expect(noteTexts(dataset)).toEqual([network.repeatedParameter("S[2,1]")]);
  });

  it("names what does not fit together, with its line", async () => {
    const text = citiFile([reflection]);
    const fails = async (from: string, to: string) => failure("a.cti", text.replace(from, to));
    expect(await fails("3,4\n", "")).toEqual({ place: "a.cti:11", message: say.rowCount("S[1,1]", 11, 1, 2) });
    expect((await fails("3,4", "3")).message).toBe(say.rowWidth(11, 1, 2));
    expect((await fails("3,4", "3,x")).message).toBe(say.notANumber(11, "x"));
    expect((await fails("3,4\nEND\n", "")).message).toBe(say.openBlock(9, "block of data"));
    expect((await fails("BEGIN\n1,2\n3,4\nEND\n", "")).message).toBe(say.missingBlock("S[1,1]"));
    expect((await fails("END\n", "END\nBEGIN\n1,2\n3,4\nEND\n")).message).toBe(say.tooManyBlocks(13));
    expect((await fails("MAG 2", "MAG 3")).message).toBe(say.listWithoutVar(5, 2));
    expect((await fails("MAG 2", "MAG x")).message).toBe(say.badCount(3, "VAR FREQ MAG x"));
    expect((await fails(" RI", " XX")).message).toBe(say.unknownFormat(4, "XX"));
    expect((await failure("a.cti", text, { kind: "decay" })).message).toBe(network.wrongKind("decay", "CITI"));
  });

  it("keeps a value that is no number as not known", async () => {
    const dataset = await readOne("a.cti", citiFile([reflection]).replace("1,2", "nan,2"));
    expect(values(dataset, "s_re")).toEqual([Number.NaN, 3]);
    expect(noteTexts(dataset)).toContain(say.missing(1, 10));
  });

  it("never blames itself, whatever is flipped, cut or repeated", async () => {
    const source = Buffer.from(citiFile([{ ...reflection, variables: [{ name: "P", values: [1] }, ...reflection.variables] }, reflection]));
    const edit = fc.record({ at: fc.nat(source.length - 1), byte: fc.nat(255), cut: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 3 }), async (edits) => {
        let bytes = Buffer.from(source);
        for (const { at, byte, cut } of edits) {
          if (at < bytes.length) bytes[at] = byte;
          if (cut) bytes = bytes.subarray(0, at);
        }
        const result = await importContent("a.cti", bytes);
        expect("message" in result ? result.message : "").not.toContain("This is a bug");
      }),
      { numRuns: 300 },
    );
  });
});
