import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as network from "../../src/core/messages/import-network.ts";
import * as say from "../../src/core/messages/touchstone.ts";
import { quantity } from "../../src/core/quantity.ts";
import { columnsOf } from "../../src/tables/dataset.ts";
import { failure, importContent, noteTexts, read, readOne, values } from "./import-text.ts";

describe("Touchstone 1", () => {
  it("takes the option line in any order, in any case, with its defaults", async () => {
    for (const line of ["# GHz S RI R 50", "#\tri r 50 ghz s", "  # R 50 RI", "# RI", "# s ghz RI ! comment"]) {
      const dataset = await readOne("a.s1p", `! c\n${line}\n5 0.5 -0.25\n`);
      expect(dataset).toMatchObject({ kind: "scattering", kindInferred: false, labels: { trace: "S11" } });
      expect([values(dataset, "frequency"), values(dataset, "s_re", "11"), values(dataset, "s_im", "11")]).toEqual([[5e9], [0.5], [-0.25]]);
    }
    expect(values(await readOne("a.s1p", "# khz db\n1 20 90\n"), "s_im")[0]).toBeCloseTo(10, 12);
    expect(await failure("a.s1p", "! c\n# GHz S XX R 50\n5 0.5 0\n")).toEqual({ place: "a.s1p:2", message: say.unknownOption(2, "XX") });
    expect((await failure("a.s1p", "# GHz S RI R zero\n5 0.5 0\n")).message).toBe(say.badReference(1, "zero"));
  });

  it("takes frequencies with one rounding", async () => {
    const dataset = await readOne("a.s1p", "# GHz RI\n8.200016 1 0\n0.1 1 0\n");
    expect(values(dataset, "frequency")).toEqual([100000000, 8200016000]);
    expect(noteTexts(dataset)).toContain(network.sorted());
  });

  it("orders two-port records N11 N21 N12 N22 and names the port of each column", async () => {
    const dataset = await readOne("a.s2p", "# GHz S RI R 50\n1 1 0.1 2 0.2 3 0.3 4 0.4\n");
    expect(columnsOf(dataset).map((c) => [c.name, c.role, c.port, c.values[0]])).toEqual([
      ["frequency", "frequency", undefined, 1e9],
      ["s11_re", "s_re", "11", 1],
      ["s11_im", "s_im", "11", 0.1],
      ["s21_re", "s_re", "21", 2],
      ["s21_im", "s_im", "21", 0.2],
      ["s12_re", "s_re", "12", 3],
      ["s12_im", "s_im", "12", 0.3],
      ["s22_re", "s_re", "22", 4],
      ["s22_im", "s_im", "22", 0.4],
    ]);
  });

  it("keeps decreasing and repeated frequencies and missing values", async () => {
    const falling = await readOne("a.s2p", "# Hz S RI\n3 1 0 1 0 1 0 1 0\n2 2 0 2 0 2 0 2 0\n2 3 0 3 0 3 0 3 0\n1 nan 0 4 0 4 0 4 0\n");
    expect(values(falling, "frequency")).toEqual([1, 2, 2, 3]);
    expect(values(falling, "s_re", "11")).toEqual([Number.NaN, 2, 3, 1]);
    expect(noteTexts(falling)).toEqual([say.missing(1, 5), network.repeatedFrequencies(1), network.sorted()]);
  });

  it("tells noise data from a record that is cut off", async () => {
    const rising = "# GHz S MA R 50\n1 1 0 1 0 1 0 1 0\n2 1 0 1 0 1 0 1 0\n";
    expect(noteTexts((await read("a.s2p", `${rising}1 .7 .64 69 .38\n2 2.7 .46 -33 .4\n`))[0]!)).toContain(say.noiseRead(2, 4, 50));
    expect((await failure("a.s2p", `${rising}3 .7 .64 69 .38`)).message).toBe(say.cutOff(4, 5, 9));
    expect((await failure("a.s2p", "# GHz\n2 1 0 1 0 1 0 1 0\n1 1 0 1 0 1 0 1 0\n0.5 1 0 1 0")).message).toBe(say.cutOff(4, 5, 9));
    expect((await failure("a.s2p", `${rising}1 .7 .64 69 .38\n5 1 0 1 0 1 0 1 0\n`)).message).toBe(say.afterNoise(5));
    expect((await failure("a.s2p", `${rising}1 .7 .64 69 .38\n2 1 2\n`)).message).toBe(say.badNoise(5, 3));
  });

  it("names the line of what is wrong", async () => {
    expect(await failure("a.s1p", "# GHz\n1 0.5 0\n2 0.5\n3 0.5 0\n")).toEqual({ place: "a.s1p:3", message: say.wrongCount(3, 2, 3, 1) });
    expect((await failure("a.s2p", "# GHz\n1 0.5 0\n2 0.5 0\n")).message).toBe(say.wrongCount(2, 3, 9, 2));
    expect((await failure("a.s1p", "# GHz\n1,5 0,5 0\n")).message).toBe(say.notANumber(2, "1,5"));
    expect((await failure("a.s1p", "# GHz S RI\n! nothing\n")).message).toBe(say.noData());
    expect((await failure("a.s1p", "# GHz\nnan 0.5 0\n")).place).toBe("a.s1p:2");
    expect((await failure("a.s1p", "# GHz H RI\n1 1 0\n")).message).toBe(say.hybridNeedsTwoPorts("H", 1));
    expect((await failure("a.s1p", "# GHz RI\n1 1 0\n", { kind: "decay" })).message).toBe(network.wrongKind("decay", "Touchstone"));
  });

  it("takes the source power from the lab file, else from one clear comment", async () => {
    const text = (comment: string) => `! ${comment}\n# GHz RI\n1 1 0\n`;
    const stated = await readOne("a.s1p", text("Source Power: -30 dBm"));
    expect(stated.conditions[0]).toMatchObject({ name: "power", unit: "W" });
    expect(stated.conditions[0]!.value).toBeCloseTo(1e-6, 18);
    expect(await readOne("a.s1p", text("Source Power: -30 dBm"), { power: quantity(2e-9, "W"), kind: "reference" })).toMatchObject({
      kind: "reference",
      conditions: [{ name: "power", value: 2e-9, unit: "W" }],
    });
    expect((await readOne("a.s1p", text("S-parameter uses the power definition 2"))).conditions).toEqual([]);
    const two = await readOne("a.s1p", "! power 1 mW\n! power 2 mW\n# GHz RI\n1 1 0\n");
    expect([two.conditions, noteTexts(two)]).toEqual([[], [say.powersDiffer()]]);
  });

  it("does not take a placeholder for a measurement", async () => {
    const dataset = await readOne("a.s2p", "# GHz RI\n1 1 0 0.5 0.1 1 0 0 0\n2 1 0 0.6 0.1 1 0 0 0\n3 1 0 0.7 0.1 1 0 0 0\n");
    expect(
      columnsOf(dataset)
        .filter((c) => c.role === "s_re")
        .map((c) => c.port),
    ).toEqual(["21"]);
    expect(noteTexts(dataset)).toContain(network.placeholder(["11", "12", "22"]));
  });

  it("reads a sweep in time as one", async () => {
    const dataset = await readOne("a.s1p", "# s S RI R 50\n1 0.5 0\n2 0.6 0\n");
    expect(dataset.kind).toBe("other");
    expect(values(dataset, "time")).toEqual([1, 2]);
  });

  it("agrees with the two-port relations S -> Z, Y, H, G inverted by hand", async () => {
    // Reciprocal 2-port of a series impedance z (normalised): S11 = z/(z+2), S21 = 2/(z+2); z = 1+1i gives S11 = (4+2i)/10, S21 = (6-2i)/10.
    // H of a series impedance: h11 = z, h12 = 1, h21 = -1, h22 = 0; G: g11 = 0, g12 = -1, g21 = 1, g22 = z; Y: y11 = y22 = 1/z, y12 = y21 = -1/z.
    const files = { H: "1 1 -1 0 1 0 0 0", G: "0 0 1 0 -1 0 1 1", Y: "0.5 -0.5 -0.5 0.5 -0.5 0.5 0.5 -0.5" };
    for (const [parameter, numbers] of Object.entries(files)) {
      const dataset = await readOne("a.s2p", `# GHz ${parameter} RI R 75\n1 ${numbers}\n`);
      const s = ["11", "21", "12", "22"].flatMap((port) => [values(dataset, "s_re", port)[0]!, values(dataset, "s_im", port)[0]!]);
      [0.4, 0.2, 0.6, -0.2, 0.6, -0.2, 0.4, 0.2].forEach((x, i) => {
        expect(s[i], `${parameter} ${i}`).toBeCloseTo(x, 14);
      });
    }
    // Shunt admittance y = 1 normalised: Z has all elements 1/y; S11 = -y/(y+2) = -1/3, S21 = 2/(y+2) = 2/3.
    const shunt = await readOne("a.s2p", "# GHz Z RI R 50\n1 1 0 1 0 1 0 1 0\n");
    expect(values(shunt, "s_re", "11")[0]).toBeCloseTo(-1 / 3, 14);
    expect(values(shunt, "s_re", "21")[0]).toBeCloseTo(2 / 3, 14);
  });
});

describe("damaged Touchstone files", () => {
  it("never throws, hangs or blames itself, whatever bytes are flipped, cut or repeated", async () => {
    const sources = [
      "! c\n# GHz S MA R 50\n1 .9 -26 3.5 157 .04 76 .66 -14\n2 .6 -144 1.3 40 .14 40 .56 -85\n1 .7 .64 69 .38\n",
      "# Hz DB\r\n1e9 -3 10\r\n2e9 -4 20\r\n",
    ];
    const edit = fc.record({
      kind: fc.constantFrom("flip", "cut", "repeat"),
      at: fc.double({ min: 0, max: 0.999, noNaN: true }),
      byte: fc.nat(255),
      length: fc.nat(20),
    });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...sources), fc.array(edit, { minLength: 1, maxLength: 4 }), async (source, edits) => {
        let bytes = Buffer.from(source);
        for (const { kind, at: share, byte, length } of edits) {
          const at = Math.floor(share * bytes.length);
          if (kind === "flip" && bytes.length > 0) bytes[at] = byte;
          if (kind === "cut") bytes = bytes.subarray(0, at);
          if (kind === "repeat") bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at, at + length), bytes.subarray(at)]);
        }
        const result = await importContent(source.startsWith("!") ? "a.s2p" : "a.s1p", bytes);
        expect(["imported", "failed"]).toContain(result.status);
        expect(result.status === "failed" ? result.message : "").not.toContain("This is a bug");
      }),
      { numRuns: 600 },
    );
  });
});
