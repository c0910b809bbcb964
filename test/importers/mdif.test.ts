import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as say from "../../src/core/messages/import-mdif.ts";
import * as network from "../../src/core/messages/import-network.ts";
import { columnsOf } from "../../src/tables/dataset.ts";
import { failure, importContent, noteTexts, read, readOne, values } from "./import-text.ts";

const ACDATA = "VAR Vg = -1\nBEGIN ACDATA\n# GHz S RI R 50\n% F n11x n11y n21x n21y n12x n12y n22x n22y\n1 1 0.1 2 0.2 3 0.3 4 0.4\nEND\n";
const GENERIC =
  'VAR Cm(real) = 7e-16\nBEGIN sweep\n% freq(real) S[1,1](complex)\n% note(string)\n1e9 0.5\n0.25 "a b"\n2e9 0.6 0.35 c\nEND\n';

describe("MDIF", () => {
  it("reads blocks with an option line, port by port as the columns are named", async () => {
    const dataset = await readOne("a.mdf", `! comment\n${ACDATA}`);
    expect(dataset).toMatchObject({ kind: "scattering", axis: "single", conditions: [{ name: "Vg", value: -1, unit: "1" }] });
    expect(columnsOf(dataset).map((c) => [c.name, c.role, c.values[0]])).toEqual([
      ["frequency", "frequency", 1e9],
      ["s11_re", "s_re", 1],
      ["s11_im", "s_im", 0.1],
      ["s21_re", "s_re", 2],
      ["s21_im", "s_im", 0.2],
      ["s12_re", "s_re", 3],
      ["s12_im", "s_im", 0.3],
      ["s22_re", "s_re", 4],
      ["s22_im", "s_im", 0.4],
    ]);
    const written = ACDATA.replace("# GHz S RI R 50", "# AC ( MHZ S RI R 50 FC 1 0 )").replaceAll("\n", "\r\n");
    expect(values(await readOne("a.txt", written), "frequency")).toEqual([1e6]);
    expect((await failure("a.mdf", ACDATA.replace("R 50", "R 50 FC 2 0"))).message).toBe(say.frequencyConversion(3));
    const bare = await readOne("a.mdf", ACDATA.replace("# GHz S RI R 50\n", ""));
    expect([values(bare, "frequency"), noteTexts(bare)]).toEqual([[1e9], [say.blockName("ACDATA"), say.noOptionLine("ACDATA")]]);
  });

  it("takes dB and magnitude with degrees, and normalised Z", async () => {
    const one = (option: string, row: string) => readOne("a.mdf", `BEGIN ACDATA\n# Hz ${option}\n% F N11X N11Y\n1 ${row}\nEND\n`);
    for (const dataset of [await one("S DB R 50", "-20 90"), await one("S MA R 50", "0.1 90")])
      expect(values(dataset, "s_im")[0]).toBeCloseTo(0.1, 15);
    const z = await one("Z RI R 75", "2 0");
    expect(values(z, "s_re")[0]).toBeCloseTo(1 / 3, 15);
    expect(noteTexts(z)).toContain(network.converted("Z", [75]));
  });

  it("reads typed columns, rows over lines, and leaves text out", async () => {
    const dataset = await readOne("a.mdf", GENERIC);
    expect([values(dataset, "frequency"), values(dataset, "s_re", "11"), values(dataset, "s_im", "11")]).toEqual([
      [1e9, 2e9],
      [0.5, 0.6],
      [0.25, 0.35],
    ]);
    expect(noteTexts(dataset)).toEqual([say.blockName("sweep"), say.textColumn("note")]);
  });

  it("makes one dataset per block, with the values of its variables", async () => {
    const power = ACDATA.replace("VAR Vg = -1", 'VAR power = -20\nVAR chip = "A1"\nVAR T = 300');
    const datasets = await read("a.mdf", ACDATA + power);
    expect(datasets.map((d) => [d.axis, d.labels.trace])).toEqual([
      ["swept", "S[0]"],
      ["swept", "S[1]"],
    ]);
    // T may be a temperature as well as a time: it stays a number.
    expect(datasets[1]!.conditions).toEqual([
      { name: "Vg", value: -1, unit: "1" },
      { name: "power", value: expect.closeTo(1e-5, 18), unit: "W" },
      { name: "T", value: 300, unit: "1" },
    ]);
    expect(noteTexts(datasets[1]!)).toEqual([say.blockName("ACDATA"), network.usualUnit("power", "dBm"), say.textVariable("chip", "A1")]);
  });

  it("does not take the optimum reflection of a noise block for S", async () => {
    const [, noise] = await read("a.mdf", `${ACDATA}BEGIN NDATA\n# GHz S MA R 50\n% F NFMIN N11X N11Y RN\n1 0.5 0.3 90 0.4\nEND\n`);
    expect(noise!.kind).toBe("other");
    expect(columnsOf(noise!).map((c) => c.name)).toEqual(["frequency", "NFMIN", "N11X", "N11Y", "RN"]);
  });

  it("names what is broken, with its line", async () => {
    const fails = async (from: string, to: string) => (await failure("a.mdf", ACDATA.replace(from, to))).message;
    expect(await fails("END\n", "")).toBe(say.noEnd("ACDATA", 2));
    expect(await fails(" 0.4\n", "\n")).toBe(say.cutOff(6, 8, 9));
    expect(await fails(" 0.4\n", " 0.4 5\n")).toBe(say.rowInsideLine(5, 9));
    expect(await fails("0.4", "x")).toBe(say.notANumber(5, "x"));
    expect(await fails("END", "BEGIN B\n% f\nEND")).toBe(say.nested(6));
    expect(await fails("Vg = -1", "Vg")).toBe(say.badVariable(1, "VAR Vg"));
    expect(await fails("n22x n22y", "n22x n33y")).toBe(say.halfPair("n22x"));
    expect((await failure("a.mdf", "BEGIN A\n% f s\nEND\n")).message).toBe(say.noBlocks());
    expect(await importContent("a.txt", "BEGIN A\n1 2\nEND\n")).toMatchObject({ status: "unrecognised" });
    const gap = await readOne("a.mdf", ACDATA.replace("0.4", "nan"));
    expect([values(gap, "s_im", "22"), noteTexts(gap)]).toEqual([[Number.NaN], [say.blockName("ACDATA"), say.missing(1, 5)]]);
  });

  it("never blames itself, whatever is flipped or cut", async () => {
    const source = Buffer.from(ACDATA + GENERIC);
    const edit = fc.record({ at: fc.nat(source.length - 1), byte: fc.nat(255), cut: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 3 }), async (edits) => {
        let bytes = Buffer.from(source);
        for (const { at, byte, cut } of edits) {
          if (at < bytes.length) bytes[at] = byte;
          if (cut) bytes = bytes.subarray(0, at);
        }
        const result = await importContent("a.mdf", bytes);
        expect("message" in result ? result.message : "").not.toContain("This is a bug");
      }),
      { numRuns: 300 },
    );
  });
});
