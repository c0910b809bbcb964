import { describe, expect, it } from "vitest";
import * as say from "../../src/core/messages/csv.ts";
import { phaseUnitOf } from "../../src/importers/csv/phase-unit.ts";
import { columnOf } from "../../src/tables/dataset.ts";
import { failure, importContent, noteTexts, read, readOne, values } from "./import-text.ts";

const DELAYS = [0, 1e-6, 2e-6, 3e-6];
const t1 = (header: string, row: (t: number, p: number) => string) => [header, ...[0, 1, 2, 3].map((t) => row(t, (9 - t) / 10))].join("\n");

describe("cells that are no plain numbers", () => {
  it.each([
    ["(1+2j)", [1, 2]],
    ["1.5e-3-2.5e-4i", [1.5e-3, -2.5e-4]],
    ["(1+-2j)", [1, -2]],
    ["-1 - 2 j", [-1, -2]],
    ["1+2*j", [1, 2]],
  ])("%s is a complex number", async (cell, [re, im]) => {
    const d = await readOne("a.csv", ["frequency [GHz],S21", ...[5, 6, 7].map((f) => `${f},${cell}`)].join("\n"));
    expect([values(d, "s_re", "21"), values(d, "s_im", "21")]).toEqual([Array(3).fill(re), Array(3).fill(im)]);
    expect(noteTexts(d)).toContain(say.complexCells("S21"));
  });
  it("complex voltages against delay are I and Q, in the unit of the header", async () => {
    const d = await readOne(
      "t1.csv",
      t1("delay [us],signal [mV]", (t, p) => `${t},(${p}-${p}j)`),
    );
    expect(values(d, "i")).toEqual([9e-4, 8e-4, 7e-4, 6e-4]);
    expect(values(d, "q")).toEqual([-9e-4, -8e-4, -7e-4, -6e-4]);
  });
  it("numbers with their unit are read in it, also where it changes", async () => {
    const d = await readOne("t1.csv", "delay,signal\n0 s,9 mV\n1 us,8 mV\n2 us,7 mV\n3000 ns,0.6 cV\n".replace("0.6 cV", "6000 uV"));
    expect(values(d, "delay")).toEqual(DELAYS);
    expect(values(d, "voltage")).toEqual([9e-3, 8e-3, 7e-3, 6e-3]);
    expect(noteTexts(d)).toContain(say.unitsInCells("delay"));
    const clash = "delay [us],p1\n0 V,0.9\n1 V,0.8\n2 V,0.7\n";
    expect((await importContent("t1.csv", clash)).status).not.toBe("imported");
  });
});

describe("headers", () => {
  it("of several words stand two blanks apart where blanks separate", async () => {
    const d = await readOne("t1.txt", "Delay time (us)   Excited population   Error\n0    0.9  0.01\n1   0.8  0.01\n2   0.7  0.01\n");
    expect(values(d, "delay")).toEqual([0, 1e-6, 2e-6]);
    expect(values(d, "population")).toEqual([0.9, 0.8, 0.7]);
  });
  it("q1_err is the error of q1_p1", async () => {
    const datasets = await read(
      "t1.csv",
      "delay [us],q1_p1,q2_p1,q1_err,q2_err\n0,0.9,0.8,0.01,0.02\n1,0.8,0.7,0.01,0.02\n2,0.7,0.6,0.01,0.02\n",
    );
    expect(datasets.map((d) => [d.labels.qubit, values(d, "sigma")[0], d.noise.type])).toEqual([
      ["q1", 0.01, "sigma"],
      ["q2", 0.02, "sigma"],
    ]);
  });
  it("a Ctrl-Z ends a file of DOS", async () => {
    expect(values(await readOne("t1.csv", "delay [us],p1\n0,0.9\n1,0.8\n2,0.7\n\u001a"), "delay")).toEqual([0, 1e-6, 2e-6]);
  });
  it("a delimiter too many in every row is no column", async () => {
    expect(noteTexts(await readOne("t1.csv", "delay [us];p1;;\n0;0.9;;\n1;0.8;;\n2;0.7;;\n"))).toEqual([]);
  });
});

describe("units", () => {
  it("of the header and of the row below it have to agree", async () => {
    const text = (unit: string) => `delay [us],p1\n${unit},\n0,0.9\n1,0.8\n2,0.7\n`;
    expect(await failure("t1.csv", text("ns"))).toEqual({ place: "t1.csv:2:1", message: say.unitsClash("delay", "us", 2, "ns") });
    expect(values(await readOne("t1.csv", text("(µs)")), "delay")).toEqual([0, 1e-6, 2e-6]);
  });
  it("a power in dB is kept, said, and no power", async () => {
    const d = await readOne("a.csv", "frequency [GHz],s21_re,s21_im,power [dB]\n5,0.1,0.2,-20\n6,0.1,0.2,-30\n");
    expect(columnOf(d, "power")).toBeUndefined();
    expect(noteTexts(d)).toEqual([say.powerInDecibel("power")]);
  });
});

describe("thousands", () => {
  it.each([
    ['delay [ns],p1\n0,0.9\n"5,000",0.8\n"10,000",0.7\n', 3, 1, "5,000"],
    ["delay [ns];p1\n0;0,9\n1.000,5;0,8\n2.000,5;0,7\n", 3, 1, "1.000,5"],
    ["delay [ns];p1\n0;0.9\n5 000;0.8\n10 000;0.7\n".replaceAll(" 000", "\u00a0000"), 3, 1, "5\u00a0000"],
  ])("%j are refused with their place", async (text, line, column, cell) => {
    expect(await failure("t1.csv", text)).toEqual({ place: `t1.csv:${line}:${column}`, message: say.thousands(line, column, cell) });
  });
  it("what may be thousands or decimals is refused, unless another number tells", async () => {
    const german = (p: (k: number) => string) => `delay [ns];counts;shots\n0;${p(0)};5.000\n500;${p(1)};5.000\n1.000;${p(2)};5.000\n`;
    expect(
      await failure(
        "t1.csv",
        german((k) => `${4 - k}.321`),
      ),
    ).toEqual({ place: "t1.csv:4:1", message: say.thousandOrDecimal(4, 1, "1.000") });
    expect((await readOne("t1.csv", "delay [us];p1\n0;0.950\n1.500;0.812\n3.000;0.695\n")).kind).toBe("decay");
    expect(values(await readOne("t1.csv", "delay [us];p1\n1,000;0,950\n1,500;0,812\n3,000;0,695\n"), "delay")).toEqual([
      1e-6, 1.5e-6, 3e-6,
    ]);
  });
});

describe("degrees and radians", () => {
  const wave = (turn: number, offset: number, steps: number) =>
    Float64Array.from({ length: 60 }, (_, i) => ((((i * steps + offset) % turn) + turn) % turn) - turn / 2);
  it.each([
    ["degrees that wrap", wave(360, 10, 17), "deg"],
    ["radians that wrap", wave(2 * Math.PI, 1, 0.3), "rad"],
    ["degrees that do not reach 180", Float64Array.of(-40, -20, 10, 50), "deg"],
    ["degrees from 0 to 360", Float64Array.of(5, 120, 240, 350), "deg"],
    ["small numbers", Float64Array.of(-0.4, 0.1, 0.5), undefined],
    ["numbers beyond a turn: unwrapped", Float64Array.of(-10, -200, -410, -600), undefined],
    ["noise about zero", Float64Array.from({ length: 50 }, (_, i) => (i % 2 === 0 ? 3 : -3)), undefined],
  ])("%s", (_, phase, unit) => {
    expect(phaseUnitOf(phase)?.unit).toBe(unit);
  });
  it("a phase column without unit says why it is in which; one that leaves it open is asked about", async () => {
    const trace = (scale: number) => ["f [GHz],mag [dB],phase", ...[0, 1, 2, 3].map((i) => `${5 + i},-20,${scale * i}`)].join("\n");
    const d = await readOne("a.csv", trace(40));
    expect(noteTexts(d).join()).toContain(say.inferredUnit("phase", "deg", "it reaches 120 and stays within 360"));
    expect((await failure("a.csv", trace(0.4))).message).toBe(say.namedPhaseUnit("phase", "s_deg"));
    const stated = await readOne("a.csv", trace(0.4), { columns: { frequency: "f", s_db: "mag", s_deg: "phase [rad]" } });
    expect(Math.atan2(values(stated, "s_im")[2]!, values(stated, "s_re")[2]!)).toBeCloseTo(0.8, 12);
    // `s21_deg` says it.
    expect((await readOne("a.csv", "f [GHz],s21_db,s21_deg\n5,-20,0.4\n6,-20,0.5\n")).kind).toBe("scattering");
  });
});

describe("headerless traces of network analysers", () => {
  const rows = (f: (i: number) => number, phase = (i: number) => 12 * i - 100) =>
    Array.from({ length: 15 }, (_, i) => `${f(i)},${-20 - i / 10},${phase(i)}`).join("\n");
  it.each([
    ["Hz", (i: number) => 5e9 + 1e5 * i],
    ["Hz", (i: number) => 5e9 - 1e5 * i],
    ["GHz", (i: number) => 5 + 1e-3 * i],
    ["MHz", (i: number) => 5000 + i],
  ])("in %s by the size of the numbers", async (unit, f) => {
    const d = await readOne("a.csv", rows(f));
    expect(values(d, "frequency")[0]).toBe(5e9);
    expect(noteTexts(d)).toEqual([say.vnaInferred(unit, "deg", "it reaches 100 and stays within 360")]);
  });
  it("in radians where the phase jumps by 2 pi, and in blocks", async () => {
    const wrapped = rows(
      (i) => 5e9 + i,
      (i) => ((0.9 * i + 1) % (2 * Math.PI)) - Math.PI,
    );
    expect(noteTexts(await readOne("a.csv", wrapped))[0]).toContain("[rad: it stays within 2 pi and jumps by 2 pi]");
    const blocks = await read("a.dat", [0, 1].map(() => rows((i) => 5e9 + i)).join("\n\n"));
    expect(blocks.map((d) => d.labels.trace)).toEqual(["S[0]", "S[1]"]);
  });
});

describe("comments and prose", () => {
  it.each(["#", "%", "//", ";", "!"])("%s begins a comment, and settings in it are conditions", async (mark) => {
    const d = await readOne("t1.csv", `${mark} T = 12 mK, power: -20 dBm\n${t1("delay [us],p1", (t, p) => `${t},${p}`)}\n${mark} end\n`);
    expect(values(d, "delay")).toEqual(DELAYS);
    expect(d.conditions).toEqual([
      { name: "temperature", value: 0.012, unit: "K" },
      { name: "power", value: 1e-5, unit: "W" },
    ]);
  });
  it("a changed comment changes conditions, not the id", async () => {
    const with_ = (comment: string) => readOne("t1.csv", `# ${comment}\n${t1("delay [us],p1", (t, p) => `${t},${p}`)}`);
    const [a, b] = [await with_("T = 12 mK"), await with_("T = 13 mK")];
    expect([a.id === b.id, a.conditions[0]!.value, b.conditions[0]!.value]).toEqual([true, 0.012, 0.013]);
  });
  it("one power per block, in a comment or a line of its own", async () => {
    const block = (power: number, mark: string) =>
      `${mark}Power: ${power} dBm\nfrequency [GHz],re,im\n${[5, 6, 7, 8].map((f) => `${f},0.1,${power}`).join("\n")}\n`;
    for (const mark of ["# ", "", "# T = 12 mK, "]) {
      const datasets = await read("a.csv", [-60, -50, -40].map((power) => block(power, mark)).join("\n"));
      expect(
        datasets.map((d) => d.conditions.map((c) => [c.name, c.unit === "W" ? Math.round(10 * Math.log10(c.value / 1e-3)) : c.value])),
      ).toEqual([-60, -50, -40].map((power) => [["power", power], ...(mark.includes("T") ? [["temperature", 0.012]] : [])]));
    }
    const bare = [-60, -50].map((power) => block(power, "").replace(/.*\n/, `# ${power} dBm\n`)).join("\n");
    expect((await read("a.csv", bare)).map((d) => d.conditions.map((c) => c.name))).toEqual([["power"], ["power"]]);
  });
  it("rows at one frequency are said", async () => {
    const d = await readOne("a.csv", "frequency [GHz],s21_re,s21_im\n5,0.1,0.2\n5,0.1,0.3\n6,0.1,0.2\n");
    expect(noteTexts(d)).toEqual([say.duplicateFrequencies(1)]);
  });
  it("`S21 [dB]` and `phase [deg]` are one parameter", async () => {
    const d = await readOne("a.csv", "phase [deg],f [GHz],S21 [dB]\n90,5,-20\n90,6,-20\n");
    expect(values(d, "s_im", "21")[0]).toBeCloseTo(0.1, 14);
    expect(columnOf(d, "other")).toBeUndefined();
  });
});

describe("names and units of other languages", () => {
  it.each([
    ["Wartezeit [µs];Anregung", "delay"],
    ["Verzögerung (Mikrosekunden);Besetzung", "delay"],
    ["遅延 [μs];励起状態確率", "delay"],
    ["τ (µs);p1", "delay"],
    ["delay in us;p1", "delay"],
    ["delay_in_us;p1", "delay"],
    ["delay <us>;p1", "delay"],
    ["delay, us;p1", "delay"],
    ["delay (microseconds);p1", "delay"],
    ["delay [usec];p1", "delay"],
  ] as const)("%s", async (header, role) => {
    const d = await readOne(
      "t1.csv",
      t1(header, (t, p) => `${t};${p}`),
    );
    expect(values(d, role)).toEqual(DELAYS);
    expect(columnOf(d, "population")).toBeDefined();
  });
  it.each([
    ["delay [fortnight]", "fortnight", "delay [us]"],
    ["delay (fortnight)", "fortnight", "delay [us]"],
    ["delay [usecs]", "usecs", "delay [usec]"],
  ])("%s is a unit that is not known", async (header, strange, example) => {
    const { message } = await failure(
      "t1.csv",
      t1(`${header},p1`, (t, p) => `${t},${p}`),
    );
    expect(message).toBe(say.noUnit([{ role: "delay", name: "delay", example, strange }]));
    expect(message).toContain(`"${strange}"`);
    expect(message).not.toContain("no unit");
  });
});
