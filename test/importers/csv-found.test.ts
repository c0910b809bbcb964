import { describe, expect, it } from "vitest";
import * as say from "../../src/core/messages/csv.ts";
import { oddFrequency } from "../../src/core/messages/import-network.ts";
import { columnOf } from "../../src/tables/dataset.ts";
import { importContent, noteTexts, read, readOne, values } from "./import-text.ts";

/** Rows of numbers as numpy.savetxt writes them. */
const savetxt = (header: string, rows: readonly (readonly number[])[], delimiter = " ") =>
  [`# ${header}`, ...rows.map((row) => row.map((x) => x.toExponential(18)).join(delimiter))].join("\n");
const P1 = [0.9, 0.8, 0.7, 0.6];
const decay = P1.map((p, k) => [5 * k, p]);
const refusal = async (name: string, text: string) => {
  const result = await importContent(name, text);
  return result.status === "imported" ? "" : result.message;
};

describe("headers of numpy.savetxt", () => {
  it.each([
    "delay (us) p1",
    "delay [us] p1",
    "delay [us], P1",
    "delay_us p1",
    "Delay time (us)  Excited population",
    "delay (us)\tp1",
    "delay time (us) excited population",
  ])("# %s", async (header) => {
    const d = await readOne("q1_T1.txt", savetxt(header, decay));
    expect([values(d, "delay"), values(d, "population")]).toEqual([[0, 5e-6, 1e-5, 1.5e-5], P1]);
  });
  it("with three units", async () => {
    const d = await readOne(
      "q1_T1.txt",
      savetxt(
        "t (us) I (mV) Q (mV)",
        P1.map((p, k) => [k, p, 2 * p]),
      ),
    );
    expect([values(d, "i"), values(d, "q"), columnOf(d, "i")!.unit]).toEqual([P1.map((p) => p / 1e3), P1.map((p) => (2 * p) / 1e3), "V"]);
  });
  it("of complex arrays, whose axis has no imaginary part", async () => {
    const rows = P1.map((p, k) => ` (${k}e-06+0.0e+00j)  (${p}+-${p}j)`);
    const d = await readOne("q1_T1.txt", ["# delay_s S21", ...rows].join("\n"));
    expect([values(d, "delay"), values(d, "i"), values(d, "q")]).toEqual([[0, 1e-6, 2e-6, 3e-6], P1, P1.map((p) => -p)]);
    expect(noteTexts(d)).toEqual(expect.arrayContaining([say.realCells("delay"), say.complexCells("S21")]));
    const odd = await importContent("q1_T1.txt", ["# delay_s S21", ...rows, " (4e-06+1.0e-06j) (1+1j)"].join("\n"));
    expect(odd.status).not.toBe("imported");
  });
  it("blocks of gnuplot are told apart by what is said above them", async () => {
    const block = (flux: number) => `# flux ${flux} V\n# delay[us] p1\n${decay.map((row) => row.join(" ")).join("\n")}`;
    const datasets = await read("q1_T1.dat", [block(0.1), block(0.2)].join("\n\n\n"));
    expect(datasets.map((d) => d.conditions)).toEqual([0.1, 0.2].map((value) => [{ name: "flux", value, unit: "V" }]));
  });
});

describe("S21 against delays is how the qubit was read out", () => {
  it.each([
    ["S21_re,S21_im", (p: number) => `${p},0`],
    ["S21", (p: number) => `(${p}+0j)`],
    ["|S21|,S21 (deg)", (p: number) => `${p},0`],
  ])("%s", async (header, cells) => {
    const d = await readOne("q1_T1.csv", [`delay [us],${header}`, ...P1.map((p, k) => `${k},${cells(p)}`)].join("\n"));
    expect([d.kind, values(d, "i"), values(d, "q")]).toEqual(["decay", P1, [0, 0, 0, 0]]);
  });
  it("also against a bare time, in a file that calls itself a T1", async () => {
    const text = ["t (us),S21", ...P1.map((p, k) => `${k},(${p}+0j)`)].join("\n");
    expect(values(await readOne("q1_T1.csv", text), "i")).toEqual(P1);
    expect((await importContent("a.csv", text)).status).toBe("unrecognised");
  });
  it("but a group delay makes no decay of a spectrum", async () => {
    const d = await readOne("a.csv", "frequency [GHz],S21_re,S21_im,delay [ns]\n5,1,0,3\n5.1,1,0.1,3\n5.2,1,0,4\n");
    expect(d.kind).toBe("scattering");
  });
});

describe("columns that can be computed from others", () => {
  it("magnitude and phase beside I and Q", async () => {
    const rows = P1.map((p, k) => `${k},${p},${p},${p * Math.SQRT2},45`);
    const d = await readOne("q1_T1.csv", ["delay [us],I [V],Q [V],mag [V],phase [deg]", ...rows].join("\n"));
    expect([values(d, "i"), values(d, "q")]).toEqual([P1, P1]);
    expect(noteTexts(d)).toContain(say.computedColumn("mag [V]", ["I [V]", "Q [V]"]));
  });
  it("dB and degrees beside real and imaginary part, dB beside |S|", async () => {
    const text = (header: string, cells: string) => [header, ...[5, 5.1, 5.2].map((f) => `${f},${cells}`)].join("\n");
    const d = await readOne("a.csv", text("frequency [GHz],S21_re,S21_im,S21 [dB],phase [deg]", "0,0.5,-6.02,90"));
    expect([values(d, "s_re", "21"), values(d, "s_im", "21")]).toEqual([
      [0, 0, 0],
      [0.5, 0.5, 0.5],
    ]);
    const polar = await readOne("a.csv", text("frequency [GHz],|S21|,S21 [dB],S21 [deg]", "0.5,-6.02,0"));
    expect(values(polar, "s_re", "21")).toEqual([0.5, 0.5, 0.5]);
  });
  it("counts beside the population that they give; not beside another one", async () => {
    const text = (counts: (p: number) => number) =>
      ["delay [us],p1,shots,counts", ...P1.map((p, k) => `${k},${p},1000,${counts(p)}`)].join("\n");
    const d = await readOne(
      "q1_T1.csv",
      text((p) => 1000 * p),
    );
    expect([values(d, "population"), d.noise]).toEqual([P1, { type: "binomial", shots: "column" }]);
    const ground = await importContent(
      "q1_T1.csv",
      text((p) => 1000 - 1000 * p),
    );
    expect(ground.status).toBe("failed");
  });
});

describe("what the lab file says of one part of a complex number", () => {
  const polar = ["delay [us],mag,phase", ...P1.map((p, k) => `${k},${p},0.5`)].join("\n");
  it("the unit of a phase is enough", async () => {
    expect(await refusal("q1_T1.csv", polar)).toBe(say.namedPhaseUnit("phase", "s_deg"));
    const d = await readOne("q1_T1.csv", polar, { columns: { s_deg: "phase [rad]" } });
    expect(values(d, "i")).toEqual(P1.map((p) => p * Math.cos(0.5)));
    expect(noteTexts(d)).toEqual([]);
    const timed = { kind: "decay", columns: { s_mag: "mag", s_deg: "phase [rad]" } } as const;
    expect(values(await readOne("q1_T1.csv", polar.replace("delay", "time"), timed), "i")).toEqual(P1.map((p) => p * Math.cos(0.5)));
  });
  it("Q goes with an I that is named", async () => {
    const text = ["delay [us],I,Q,p1", ...P1.map((p, k) => `${k},${p},1,0.5`)].join("\n");
    const d = await readOne("q1_T1.csv", text, { columns: { i: "I [V]" } });
    expect([values(d, "q"), columnOf(d, "population")]).toEqual([[1, 1, 1, 1], undefined]);
  });
});

describe("tables without header", () => {
  const sweep = (at: number, step: number, cells: (k: number) => string, delimiter = " ") =>
    Array.from({ length: 12 }, (_, k) => [`${(at + k * step).toFixed(3)}`, cells(k)].join(delimiter)).join("\n");
  it.each([
    ["GHz", 4.9, 0.002],
    ["MHz", 4900, 2],
  ])("a network analyser's trace in %s behind blanks or tabs", async (unit, at, step) => {
    for (const delimiter of [" ", "\t"]) {
      const d = await readOne(
        "a.txt",
        sweep(at, step, (k) => [-6 - k, 100 + k].join(delimiter), delimiter),
      );
      expect(values(d, "frequency")[0]).toBe(4.9e9);
      expect(noteTexts(d).join()).toContain(`frequency [${unit}]`);
    }
  });
  it("numbered rows are no frequencies", async () => {
    const numbered = Array.from({ length: 12 }, (_, k) => `${k + 1} ${-6 - k} ${100 + k}`).join("\n");
    expect((await importContent("a.txt", numbered)).status).toBe("unrecognised");
  });
  it("are refused with a line that fits the numbers, or with none", async () => {
    const decays = sweep(0, 5, (k) => `${0.9 - 0.05 * k}`);
    const suggestion = [
      ["delay", "#1 [us]"],
      ["population", "#2"],
    ] as const;
    expect(await refusal("q1_T1.txt", decays)).toBe(say.meaningUnknown(["column 1", "column 2"], true, suggestion));
    const parts = sweep(4.9, 0.002, () => "0.39 0.31");
    expect(await refusal("a.txt", parts)).toBe(say.meaningUnknown(["column 1", "column 2", "column 3"], true));
    const polar = sweep(4900, 2, (k) => `0.5 ${60 + k}`);
    expect(await refusal("a.txt", polar)).toContain('columns: { frequency: "#1 [MHz]", s_mag: "#2", s_deg: "#3 [deg]" }');
  });
  it("no line names a column twice, or one of another unit", async () => {
    expect(await refusal("a.csv", "t_foo [mV],bar\n0,0.9\n1,0.8\n2,0.7\n")).toBe(say.meaningUnknown(["t_foo [mV]", "bar"], false));
    expect(await refusal("a.csv", "t_foo [us],bar\n0,0.9\n1,0.8\n2,0.7\n")).toContain('{ delay: "t_foo [us]", population: "bar" }');
  });
});

describe("numbers that only another unit explains are kept, and said", () => {
  it.each([
    ["csv", "frequency [mHz],S11_re,S11_im\n4.9,0.5,0\n5,0.5,0\n5.1,0.5,0.1\n", 5.1e-3],
    ["s1p", "# GHz S RI R 50\n4.9e9 .5 0\n5e9 .5 .1\n", 5e18],
  ])("a frequency in a .%s", async (extension, text, highest) => {
    const d = await readOne(`a.${extension}`, text);
    expect([values(d, "frequency").at(-1), noteTexts(d)]).toEqual([highest, [oddFrequency(highest)]]);
  });
  it("a power", async () => {
    const d = await readOne("a.csv", "power [MW],p1,shots\n1,0.1,100\n2,0.2,100\n3,0.3,100\n");
    expect(noteTexts(d)).toContain(say.oddPower("power", 3e6));
  });
});

describe("names that mean a signal only against delays where nothing else does", () => {
  const against = (header: string, cells: (p: number) => string) =>
    [`delay [us],${header}`, ...P1.map((p, k) => `${k},${cells(p)}`)].join("\n");
  it.each(["p0", "P(0)", "P(|0>)", "P_g", "ground state population"])("%s is 1 - the population, and said so", async (name) => {
    const d = await readOne(
      "q1_T1.csv",
      against(name, (p) => `${1 - p}`),
    );
    expect(values(d, "population")).toEqual(P1.map((p) => 1 - (1 - p)));
    expect(columnOf(d, "population")!.inferred).toBe(say.groundPopulation(name));
  });
  it("not beside p1, nor with a third level", async () => {
    const both = await readOne(
      "q1_T1.csv",
      against("p0,p1", (p) => `${1 - p},${p}`),
    );
    expect(values(both, "population")).toEqual(P1);
    const three = await importContent(
      "q1_T1.csv",
      against("p0,p2", (p) => `${1 - p},0.01`),
    );
    expect(three).toMatchObject({ status: "unrecognised", message: say.meaningUnknown(["delay [us]", "p0", "p2"], false) });
  });
  it("X and Y, R and Theta of a lock-in amplifier", async () => {
    const cartesian = await readOne(
      "q1_T1.csv",
      against("X [V],Y [V]", (p) => `${p},1`),
    );
    expect([values(cartesian, "i"), values(cartesian, "q")]).toEqual([P1, [1, 1, 1, 1]]);
    const polar = await readOne(
      "q1_T1.csv",
      against("R [V],Theta [deg]", (p) => `${p},180`),
    );
    expect(values(polar, "i")).toEqual(P1.map((p) => -p));
    const positions = await importContent(
      "a.csv",
      against("x,y", (p) => `${p},1`),
    );
    expect(positions.status).toBe("unrecognised");
  });
});

describe("what spreadsheets write into a table", () => {
  it("#N/A and #DIV/0! are gaps, at the start of a row too", async () => {
    const d = await readOne("a.csv", "p1,delay [us]\n0.9,0\n#N/A,1\n#DIV/0!,2\n0.6,3\n");
    expect(values(d, "population")).toEqual([0.9, Number.NaN, Number.NaN, 0.6]);
    expect(noteTexts(d)).toContain(say.gaps("p1", 2, 3));
  });
  it("Origin's row of comments below names and units", async () => {
    const d = await readOne("a.csv", "Time\tPopulation\nus\t\nComments\tT1 of q3\n0\t0.9\n1\t0.8\n2\t0.7\n");
    expect([values(d, "population"), d.kindInferred]).toEqual([[0.9, 0.8, 0.7], false]);
  });
});
