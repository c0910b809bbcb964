import { describe, expect, it } from "vitest";
import * as network from "../../src/core/messages/import-network.ts";
import * as say from "../../src/core/messages/touchstone.ts";
import { columnsOf, type Dataset } from "../../src/tables/dataset.ts";
import { failure, noteTexts, read, readOne, values } from "./import-text.ts";

const FULL = ["[Version] 2.0", "# GHz S RI R 50", "[Number of Ports] 2", "[Two-Port Data Order] 12_21", "[Number of Frequencies] 1"];
const file = (...lines: string[]) => `${lines.join("\n")}\n`;
const scattering = (dataset: Dataset, port: string) => [values(dataset, "s_re", port)[0], values(dataset, "s_im", port)[0]];

describe("Touchstone 2", () => {
  it("goes by its keywords, whatever the file is called and wherever comments stand", async () => {
    const text = file("! made by hand", "", ...FULL, "! c", "[Network Data] ! here", "! c", "1 1 0.1 2 0.2 ! c", "3 0.3 4 0.4", "[End]");
    for (const name of ["a.ts", "a.s1p", "a.s7p", "a.txt"]) {
      const dataset = await readOne(name, text);
      expect(columnsOf(dataset).map((c) => [c.name, c.values[0]])).toEqual([
        ["frequency", 1e9],
        ["s11_re", 1],
        ["s11_im", 0.1],
        ["s12_re", 2],
        ["s12_im", 0.2],
        ["s21_re", 3],
        ["s21_im", 0.3],
        ["s22_re", 4],
        ["s22_im", 0.4],
      ]);
    }
    const swapped = await readOne("a.ts", text.replace("12_21", "21_12").replace("2.0", "2.1").replaceAll("\n", "\r"));
    expect([scattering(swapped, "21"), scattering(swapped, "12")]).toEqual([
      [2, 0.2],
      [3, 0.3],
    ]);
  });

  it("stands behind any number of comments, and does not with version 1", async () => {
    const comments = "! c\r\n\r\n".repeat(900);
    const one = ["[Version] 2.0", "# GHz S RI", "[Number of Ports] 1", "[Network Data]", "1 0.5 0"];
    expect(scattering(await readOne("a.ts", comments + one.join("\r\n")), "11")).toEqual([0.5, 0]);
    expect(scattering(await readOne("a.s1p", `${comments}# GHz S RI\r\n1 0.5 0`), "11")).toEqual([0.5, 0]);
  });

  it("reads either triangle of a symmetric matrix, wrapped anywhere", async () => {
    const header = ["[Version] 2.0", "# Hz S RI", "[Number of Ports] 3"];
    const lower = await readOne(
      "a.ts",
      file(...header, "[Matrix Format] Lower", "[Network Data]", "1 11 0", "21 0 22 0 31 0", "32 0 33 0"),
    );
    const upper = await readOne(
      "a.ts",
      file(...header, "[Matrix Format] upper", "[Network Data]", "1 11 0 21 0 31 0", "22 0 32 0", "33 0"),
    );
    for (const dataset of [lower, upper])
      expect(["11", "12", "13", "21", "22", "23", "31", "32", "33"].map((port) => scattering(dataset, port)[0])).toEqual([
        11, 21, 31, 21, 22, 32, 31, 32, 33,
      ]);
    const pair = ["[Version] 2.0", "# Hz S RI", "[Number of Ports] 2", "[Matrix Format] Lower", "[Network Data]", "1 11 0 21 0 22 0"];
    expect(scattering(await readOne("a.ts", file(...pair)), "12")).toEqual([21, 0]);
  });

  it("takes [Reference] over lines with comments between, port by port, and Z in ohm", async () => {
    const text = file(
      "[Version] 2.0",
      "# GHz Z RI R 50",
      "[Number of Ports] 2",
      "[Two-Port Data Order] 12_21",
      "[Reference] ! port 1",
      "50 ! c",
      "! c",
      "",
      "75",
      "[Network Data]",
      "1 100 0 0 0 0 0 25 0",
    );
    const dataset = await readOne("a.ts", text);
    // Two unconnected loads: S11 = (100-50)/(100+50), S22 = (25-75)/(25+75).
    expect(scattering(dataset, "11")[0]).toBeCloseTo(1 / 3, 15);
    expect(scattering(dataset, "22")[0]).toBeCloseTo(-0.5, 15);
    expect(noteTexts(dataset)).toEqual([say.severalReferences("50, 75"), network.converted("Z", [50, 75])]);
    expect((await failure("a.ts", text.replace("75\n", ""))).message).toBe(say.badArgument(9, "Reference", "50", "2 resistances"));
  });

  it("converts Y, H and G of two unequal references as Z does", async () => {
    // Series impedance of 60 ohm between R1 = 50 and R2 = 75 (Pozar, Microwave Engineering, sec. 4.3, power waves): with s = R1 + R2 + Z,
    // S11 = (Z + R2 - R1)/s, S22 = (Z + R1 - R2)/s, S21 = S12 = 2 sqrt(R1 R2)/s.
    const s = 185;
    const expected = { 11: 85 / s, 12: (2 * Math.sqrt(3750)) / s, 21: (2 * Math.sqrt(3750)) / s, 22: 35 / s };
    const matrices = { Y: [1 / 60, -1 / 60, -1 / 60, 1 / 60], H: [60, 1, -1, 0], G: [0, -1, 1, 60] };
    for (const [parameter, matrix] of Object.entries(matrices)) {
      const header = ["[Version] 2.0", `# GHz ${parameter} RI`, "[Number of Ports] 2", "[Two-Port Data Order] 12_21", "[Reference] 50 75"];
      const dataset = await readOne("a.ts", file(...header, "[Network Data]", `1 ${matrix.map((x) => `${x} 0`).join(" ")}`));
      for (const [port, value] of Object.entries(expected)) expect(scattering(dataset, port)[0], parameter + port).toBeCloseTo(value, 14);
    }
  });

  it("converts Z of three ports: an ideal star is 1/3 everywhere but on the diagonal", async () => {
    // All three ports on one node that a resistor of 50 ohm shunts: Z_ij = 50. With y = 1 at the node, S_ij = 2/(3+1) - delta_ij = 1/2 - delta_ij.
    const rows = ["1 50 0 50 0 50 0", "50 0 50 0 50 0", "50 0 50 0 50 0"];
    const dataset = await readOne("a.ts", file("[Version] 2.0", "# GHz Z RI", "[Number of Ports] 3", "[Network Data]", ...rows));
    expect(scattering(dataset, "11")[0]).toBeCloseTo(-0.5, 15);
    expect(scattering(dataset, "31")[0]).toBeCloseTo(0.5, 15);
  });

  it("names mixed modes and gives each its resistance", async () => {
    const rows = ["1 1 0 2 0 3 0", "4 0 5 0 6 0", "7 0 8 0 9 0"];
    const header = ["[Version] 2.0", "# GHz S RI", "[Number of Ports] 3", "[Reference] 50 75 75"];
    const text = (order: string) => file(...header, `[Mixed-Mode Order] ${order}`, "[Network Data]", ...rows);
    const dataset = await readOne("a.ts", text("D2,3 C2,3 S1"));
    expect(scattering(dataset, "D2,3|C2,3")).toEqual([2, 0]);
    expect(scattering(dataset, "11")).toEqual([9, 0]);
    expect(noteTexts(dataset)).toEqual([say.mixedModes(["D2,3", "C2,3", "S1"]), say.severalReferences("150, 37.5, 50")]);
    expect((await failure("a.ts", text("D2,3 C2,3 S2"))).message).toBe(say.modesDoNotFit(5, 3));
    expect((await failure("a.ts", text("D2,3 S1"))).message).toBe(say.modesDoNotFit(5, 3));
    expect((await failure("a.ts", text("D2,3 C2,3 S4"))).message).toBe(say.badMode(5, "S4", 3));
    expect((await failure("a.ts", text("D1,2 C1,2 S3"))).message).toBe(say.pairResistances("1,2"));
  });

  it("reads noise data with the resistance in ohm", async () => {
    const lines = [...FULL.slice(0, 4), "[Number of Noise Frequencies] 2", "[Network Data]", "1 1 0 2 0 3 0 4 0", "[Noise Data]"];
    const [dataset, noise] = await read("a.ts", file(...lines, "1 .7 .5 90 19", "2 2.7 .46 -33 20", "[End]", "garbage [[ 1"));
    expect(noteTexts(dataset!)).toEqual([say.noiseRead(2, 9, 50)]);
    expect(noise).toMatchObject({ kind: "other", labels: { trace: "noise" } });
    expect(columnsOf(noise!).map((c) => [c.name, c.values[0]])).toEqual([
      ["frequency", 1e9],
      ["nf_min", 0.7],
      ["gamma_opt_re", 0],
      ["gamma_opt_im", 0.5],
      ["r_n", 19 / 50],
    ]);
    expect((await failure("a.ts", file(...lines, "1 .7 .5 90 19"))).message).toBe(say.frequencyCount("Number of Noise Frequencies", 2, 1));
    expect((await failure("a.ts", file(...lines, "1 .7 .5 90"))).message).toBe(say.cutOff(9, 4, 5));
  });

  it("passes over information blocks and keywords it does not know", async () => {
    const text = file(
      ...FULL,
      "[Begin Information]",
      "[Manufacturer] X",
      "1 2 3",
      "[End Information]",
      "[Colour] red",
      "[Network Data]",
      "1 1 0 2 0 3 0 4 0",
    );
    expect(noteTexts(await readOne("a.ts", text))).toEqual([say.unknownKeyword(10, "colour")]);
    const open = text.replace("[End Information]", "");
    expect((await failure("a.ts", open)).message).toBe(say.unclosedInformation(6));
  });

  it("names what is wrong or missing, with its line", async () => {
    const data = ["[Network Data]", "1 1 0 2 0 3 0 4 0"];
    const fails = async (lines: readonly string[]) => (await failure("a.ts", file(...lines))).message;
    const without = (keyword: string) => [...FULL.filter((line) => !line.startsWith(`[${keyword}`)), ...data];
    expect(await fails([...FULL, ...data, "2 1 0"])).toBe(say.cutOff(8, 3, 9));
    expect(await fails([...FULL, ...data, "2 1 0 2 0 3 0 4 0"])).toBe(say.frequencyCount("Number of Frequencies", 1, 2));
    expect(await fails([...FULL, "[Network Data]"])).toBe(say.noData());
    expect(await fails([...FULL, "[Network Data]", "1 1 0 2 0 3 0 4 0 5 0"])).toBe(say.recordInsideLine(7, 9));
    expect(await fails([...FULL, "[Network Data]", "1 1 0 2 x 3 0 4 0"])).toBe(say.notANumber(7, "x"));
    expect(await fails([...FULL, ...data, "[Reference] 50"])).toBe(say.keywordAfterData(8, "reference"));
    expect(await fails(without("Number of Ports"))).toBe(say.missingKeyword("Number of Ports", "the records cannot be cut without it"));
    expect(await fails(without("Two-Port Data Order"))).toBe(
      say.missingKeyword("Two-Port Data Order", "S21 and S12 cannot be told apart without it"),
    );
    expect(await fails(["[Version] 3.0", ...FULL.slice(1), ...data])).toBe(say.unknownVersion(1, "3.0"));
    expect(await fails([...FULL.slice(0, 2), "[Number of Ports] 1000000"])).toBe(
      say.badArgument(3, "Number of Ports", "1000000", "a whole number from 1 to 999"),
    );
    expect((await failure("a.s1p", "# GHz\n[Number of Ports] 1\n1 0 0\n")).message).toBe(say.noVersion(2, "Number of Ports"));
    const bare = await readOne("a.ts", file(...FULL, "1 1 0 2 0 3 0 4 0"));
    expect(noteTexts(bare)).toEqual([say.noNetworkDataKeyword(6)]);
  });
});

describe("Touchstone 1 comments of HFSS", () => {
  it("keeps the port impedances that stand behind each record", async () => {
    const text = "# GHz S RI R 50\n1 0.5 0\n! Gamma ! 1 2\n! Port Impedance30 -10\n2 0.6 0\n! Gamma ! 1 2\n! Port Impedance 20\n! 10\n";
    const dataset = await readOne("a.s1p", text);
    const named = (name: string) => [...columnsOf(dataset).find((c) => c.name === name)!.values];
    expect([named("z1_re"), named("z1_im")]).toEqual([
      [30, 20],
      [-10, 10],
    ]);
    expect(noteTexts(dataset)).toEqual([say.portImpedance()]);
    const partial = await readOne("a.s1p", text.replace("! 10\n", ""));
    expect(columnsOf(partial).map((c) => c.name)).toEqual(["frequency", "s11_re", "s11_im"]);
  });

  it("takes the diagonal of the matrix that terminal data state", async () => {
    const text = (coupling: number) => `# GHz S RI\n1 1 0 0 0 0 0 1 0\n! Port Impedance51 1 ${coupling} 0\n!  0 0 52 2\n`;
    const named = async (coupling: number) =>
      columnsOf(await readOne("a.s2p", text(coupling)))
        .filter((c) => c.name.startsWith("z"))
        .map((c) => [c.name, c.values[0]]);
    expect(await named(0)).toEqual([
      ["z1_re", 51],
      ["z1_im", 1],
      ["z2_re", 52],
      ["z2_im", 2],
    ]);
    expect(await named(3)).toEqual([]);
  });
});
