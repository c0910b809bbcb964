import { expect } from "vitest";
import * as say from "../../src/core/messages/import-citi.ts";
import * as network from "../../src/core/messages/import-network.ts";
import { type CitiPackage, writeCiti } from "../../src/importers/citi/write.ts";
import { columnsOf, type Dataset } from "../../src/tables/dataset.ts";
import { and, grammar, notes, type Refusal, reads } from "./grammar-table.ts";
import { noteTexts, values } from "./import-text.ts";

/** As the HP 8510 writes it. */
const PLAIN =
  "CITIFILE A.01.00\nNAME DATA\nVAR FREQ MAG 2\nDATA S[1,1] RI\nVAR_LIST_BEGIN\n1E9\n2E9\nVAR_LIST_END\nBEGIN\n.1,.2\n.3,.4\nEND\n";
const plain = {
  f: [1e9, 2e9],
  11: [
    [0.1, 0.2],
    [0.3, 0.4],
  ],
};
const segments = (n: number, ...lines: readonly string[]) =>
  PLAIN.replace("MAG 2", `MAG ${n}`)
    .replace("VAR_LIST_BEGIN\n1E9\n2E9\nVAR_LIST_END", ["SEG_LIST_BEGIN", ...lines, "SEG_LIST_END"].join("\n"))
    .replace(".1,.2\n.3,.4\n", ".1,.2\n".repeat(n));
const format = (word: string, row: string) => PLAIN.replace("S[1,1] RI", `S[1,1] ${word}`).replace(".1,.2\n.3,.4", `${row}\n${row}`);
const imaginary = reads({
  f: [1e9, 2e9],
  11: [
    [0, 0.1],
    [0, 0.1],
  ],
});
const refused = (line: number, message: string): Refusal => ({ line, message });
const frequencies =
  (...expected: number[]) =>
  (d: Dataset) =>
    expect(values(d, "frequency")).toEqual(expected);
const axis = (d: Dataset) =>
  columnsOf(d)
    .slice(0, 1)
    .map((c) => [c.name, c.unit, ...c.values]);
/** One array of rising numbers over the VARs. */
const over = (variables: CitiPackage["variables"], points: number, extra: Partial<CitiPackage> = {}): string =>
  writeCiti([{ variables, data: [{ name: "S[1,1]", values: Array.from({ length: points }, (_, i) => [i / 100, 0] as const) }], ...extra }]);
const firsts = (expected: readonly (readonly unknown[])[]) => (_: Dataset, all: readonly Dataset[]) =>
  expect(all.map((d) => [...d.conditions.map((c) => [c.name, Number(c.value.toPrecision(12)), c.unit]), ...values(d, "s_re")])).toEqual(
    expected,
  );

const LISTS = [
  { name: "L", values: [5, 6] },
  { name: "POWER", values: [-30, -20] },
  { name: "FREQ", values: [1, 2, 3] },
];
grammar("FORMATS.md, CITIfile: packages and keywords", [
  [
    "a package starts CITIFILE A.01.00",
    "a.txt",
    PLAIN,
    and(reads(plain), (d) => expect(d).toMatchObject({ kind: "scattering", labels: { trace: "S11" } })),
  ],
  ["a package starts CITIFILE A.01.01", "a.cti", PLAIN.replace(".00", ".01"), reads(plain)],
  [
    "a later revision is read as those, and said so",
    "a.cti",
    PLAIN.replace("A.01.00", "A.02.00"),
    and(reads(plain), notes(say.unknownVersion(1, "A.02.00"))),
  ],
  ["comment lines may precede", "a.cti", `# Created today\n!CITIFILE by hand\n\n${PLAIN}`, reads(plain)],
  [
    "several per file",
    "a.cti",
    PLAIN + PLAIN.replace("NAME DATA", "NAME MEMORY"),
    (_, all) =>
      expect(all.map((d) => [d.labels.trace, d.axis, noteTexts(d)[0]])).toEqual([
        ["S11[0]", "single", say.packageName("DATA")],
        ["S11[1]", "single", say.packageName("MEMORY")],
      ]),
  ],
  ["in any case", "a.cti", PLAIN.toLowerCase(), reads(plain)],
  ["CR LF", "a.cti", PLAIN.replaceAll("\n", "\r\n"), reads(plain)],
  ["bare CR", "a.cti", PLAIN.replaceAll("\n", "\r"), reads(plain)],
  ["NAME", "a.cti", PLAIN.replace("NAME DATA", "NAME CAL SET 3"), notes(say.packageName("CAL SET 3"))],
  ["VAR without a type", "a.cti", PLAIN.replace("MAG 2", "2"), reads(plain)],
  ["VAR without a number", "a.cti", PLAIN.replace("MAG 2", "MAG x"), refused(3, say.badCount(3, "VAR FREQ MAG x"))],
  [
    "CONSTANT: a setting of the package",
    "a.cti",
    PLAIN.replace("VAR", "CONSTANT VG -0.5\nVAR"),
    (d) => expect(d.conditions).toEqual([{ name: "VG", value: -0.5, unit: "1" }]),
  ],
  [
    "CONSTANT beside a VAR of that name: the VAR counts",
    "a.cti",
    over(LISTS, 12).replace("VAR", "CONSTANT POWER -40\nCONSTANT FREQ 7\nVAR"),
    (d) => {
      expect(d.conditions.map(({ name, value }) => [name, value])).toEqual([
        ["L", 5],
        ["power", 1e-6],
      ]);
      expect(noteTexts(d)).toEqual(
        expect.arrayContaining([say.constantAndVar("power", "-40 dBm"), say.constantAndVar("frequency", "7 Hz")]),
      );
    },
  ],
  [
    "CONSTANT TIME: when it was measured",
    "a.cti",
    PLAIN.replace("VAR", "CONSTANT TIME 1999 02 26 17 33 53.25\nVAR"),
    (d) => expect(d.started).toBe("1999-02-26T17:33:53"),
  ],
  ["COMMENT", "a.cti", PLAIN.replace("VAR", "COMMENT YEAR MONTH 1 2\nVAR"), reads(plain)],
  ["#NA .. belongs to a device", "a.cti", PLAIN.replace("VAR", "#NA VERSION HP8510B.05.00\n#NA SWEEP_TIME 9.999987E-2\nVAR"), reads(plain)],
  ["unknown keywords are ignored", "a.cti", PLAIN.replace("VAR", "BLAH 1 2\nVAR"), reads(plain)],
]);

grammar("FORMATS.md, CITIfile: VARs and their values", [
  [
    "the first VAR is outermost; POWER in dBm",
    "a.cti",
    over(LISTS, 12),
    and(
      notes(network.usualUnit("POWER", "dBm")),
      firsts([
        [["L", 5, "1"], ["power", 1e-6, "W"], 0, 0.01, 0.02],
        [["L", 5, "1"], ["power", 1e-5, "W"], 0.03, 0.04, 0.05],
        [["L", 6, "1"], ["power", 1e-6, "W"], 0.06, 0.07, 0.08],
        [["L", 6, "1"], ["power", 1e-5, "W"], 0.09, 0.1, 0.11],
      ]),
      (_, all) => expect(all.map((d) => [d.axis, d.labels.trace])).toEqual([0, 1, 2, 3].map((i) => ["swept", `S11[${i}]`])),
    ),
  ],
  [
    "FREQ is the axis also as the outer loop",
    "a.cti",
    over([LISTS[2]!, LISTS[1]!], 6),
    firsts([
      [["power", 1e-6, "W"], 0, 0.02, 0.04],
      [["power", 1e-5, "W"], 0.01, 0.03, 0.05],
    ]),
  ],
  ["TIME in s", "a.cti", PLAIN.replace("FREQ", "TIME"), (d) => expect([d.kind, axis(d)]).toEqual(["other", [["time", "s", 1e9, 2e9]]])],
  ["POWER as the axis", "a.cti", over([LISTS[1]!], 2), (d) => expect(axis(d)).toEqual([["power", "W", 1e-6, expect.closeTo(1e-5, 18)]])],
  ["SEG_LIST: start, stop, number", "a.cti", segments(3, "SEG 1E9 2E9 3"), frequencies(1e9, 1.5e9, 2e9)],
  [
    "SEG_LIST of several segments",
    "a.cti",
    segments(4, "SEG 1E9 2E9 2", "SEG 4E9 5E9 1", "SEG 6E9 7E9 1"),
    frequencies(1e9, 2e9, 4e9, 6e9),
  ],
  ["SEG_LIST: what is no segment", "a.cti", segments(2, "SEG 1 2"), refused(6, say.badSegment(6, "SEG 1 2"))],
  [
    "SEG_LIST of more points than an analyser has",
    "a.cti",
    segments(2, "SEG 1 2 999999999"),
    refused(6, say.badSegment(6, "SEG 1 2 999999999")),
  ],
  [
    "a VAR may have no values: its points are numbered",
    "a.cti",
    over([{ name: "FREQ", count: 2 }], 2),
    and(notes(say.noValues("FREQ")), (d) => expect([d.kind, axis(d)]).toEqual(["other", [["index", "1", 0, 1]]])),
  ],
  [
    "an outer VAR may have no values",
    "a.cti",
    over(
      [
        { name: "RUN", count: 2 },
        { name: "FREQ", values: [1, 2, 3] },
      ],
      6,
    ),
    firsts([
      [["RUN (index)", 0, "1"], 0, 0.01, 0.02],
      [["RUN (index)", 1, "1"], 0.03, 0.04, 0.05],
    ]),
  ],
  [
    "one list that could be that of two VARs",
    "a.cti",
    over(
      [
        { name: "RUN", count: 3 },
        { name: "FREQ", values: [1, 2, 3] },
      ],
      9,
    ),
    { message: say.ambiguousList("RUN", "FREQ", 3) },
  ],
  ["a list of another length than any VAR", "a.cti", PLAIN.replace("MAG 2", "MAG 3"), refused(5, say.listWithoutVar(5, 2))],
]);

const data = (...entries: readonly (readonly [string, number])[]) =>
  writeCiti([{ variables: [{ name: "FREQ", values: [1] }], data: entries.map(([name, x]) => ({ name, values: [[x, 0]] })) }]);
const columnNames = (d: Dataset) => columnsOf(d).map((c) => `${c.name} ${c.role} ${c.values[0]}`);
const TWO = { f: [1], 11: [[0.1, 0]], 21: [[0.2, 0]], 12: [[0.3, 0]], 22: [[0.4, 0]] };

grammar("FORMATS.md, CITIfile: DATA", [
  ["RI", "a.cti", PLAIN, reads(plain)],
  ["MAGANGLE in degrees", "a.cti", format("MAGANGLE", ".1 90"), imaginary],
  ["DBANGLE is 20 log10", "a.cti", format("dbangle", "-20,\t90"), imaginary],
  ["one column: MAG", "a.cti", format("MAG", ".1"), (d) => expect(values(d, "s_mag", "11")).toEqual([0.1, 0.1])],
  ["one column: DB", "a.cti", format("DB", "-20"), (d) => expect(values(d, "s_mag", "11")[0]).toBeCloseTo(0.1, 15)],
  [
    "half of a complex number is no S-parameter",
    "a.cti",
    format("RE", ".1"),
    (d) => expect([d.kind, columnsOf(d)[1]!.name]).toEqual(["other", "S[1,1] re"]),
  ],
  [
    "a real number",
    "a.cti",
    format("REAL", "-1.5").replace("S[1,1]", "Mu1"),
    (d) => expect(columnNames(d)).toEqual(["frequency frequency 1000000000", "Mu1 re other -1.5"]),
  ],
  ["of another format", "a.cti", format("XX", ".1 .2"), refused(4, say.unknownFormat(4, "XX"))],
  [
    "numbers as Fortran and C write them, separated by commas and blanks",
    "a.cti",
    PLAIN.replace("1E9\n2E9", "1.0D+009\n.2e10").replace(".1,.2", " 1.E-1 , +.2,"),
    reads(plain),
  ],
  ["one BEGIN .. END per DATA in order", "a.cti", data(["S[1,1]", 0.1], ["S[2,1]", 0.2], ["S[1,2]", 0.3], ["S(2,2)", 0.4]), reads(TWO)],
  ["names of other spellings", "a.cti", data(["S[1, 1]", 0.1], ["S21", 0.2], ["s(1,2)", 0.3], ["S2_2", 0.4]), reads(TWO)],
  [
    "Z is converted at PortZ",
    "a.cti",
    data(["Z[1,1]", 150], ["PortZ[1]", 75]),
    and(reads({ f: [1], 11: [[1 / 3, 0]] }), notes(network.converted("Z", [75]))),
  ],
  [
    "Y without a port impedance at 50 ohm, and said so",
    "a.cti",
    data(["Y[1,1]", 0.06]),
    and(reads({ f: [1], 11: [[-0.5, 0]] }), notes(network.referenceAssumed("Y"), network.converted("Y", [50]))),
  ],
  [
    "everything else is kept by its name",
    "a.cti",
    data(["S[1,1]", 0.5], ["Y[1,1]", 1], ["stab fact", 2]),
    (d) => expect(columnNames(d).filter((_, i) => i % 2 === 1)).toEqual(["s11_re s_re 0.5", "Y[1,1]_re other 1", "stab fact_re other 2"]),
  ],
  [
    "of two arrays of one name the first is used",
    "a.cti",
    data(["S[2,1]", 0.1], ["S[2,1]", 0.2]),
    and(notes(network.repeatedParameter("S[2,1]")), (d) =>
      expect(columnNames(d)).toEqual([
        "frequency frequency 1",
        "s21_re s_re 0.1",
        "s21_im s_im 0",
        "S[2,1]_re other 0.2",
        "S[2,1]_im other 0",
      ]),
    ),
  ],
  [
    "a placeholder is not a measurement",
    "a.cti",
    `${PLAIN.replace("RI\n", "RI\nDATA S[2,1] MAGANGLE\n")}BEGIN\n1e-10 45\n1e-10 45\nEND`,
    and(notes(network.placeholder(["21"])), reads(plain)),
  ],
  ["|S| > 1 is a warning", "a.cti", PLAIN.replace(".3,", "3,"), notes(network.aboveOne("11", Math.hypot(3, 0.4), 0))],
  [
    "no number: kept as not known",
    "a.cti",
    PLAIN.replace(".1,.2", "nan,.2"),
    and(
      reads({
        f: [1e9, 2e9],
        11: [
          [Number.NaN, 0.2],
          [0.3, 0.4],
        ],
      }),
      notes(network.missing(1, 10)),
    ),
  ],
  ["a line too few", "a.cti", PLAIN.replace(".3,.4\n", ""), refused(11, say.rowCount("S[1,1]", 11, 1, 2))],
  ["a number too few", "a.cti", PLAIN.replace(".3,.4", ".3"), refused(11, say.rowWidth(11, 1, 2))],
  ["what is no number", "a.cti", PLAIN.replace(".3,.4", ".3,x"), refused(11, say.notANumber(11, "x"))],
  ["cut off inside a block", "a.cti", PLAIN.replace(".4\nEND\n", ""), refused(11, say.rowWidth(11, 1, 2))],
  ["cut off before END", "a.cti", PLAIN.slice(0, -4), { message: say.openBlock(9, "block of data") }],
  ["cut off before BEGIN", "a.cti", PLAIN.slice(0, PLAIN.indexOf("BEGIN\n.1")), { message: say.missingBlock("S[1,1]") }],
  ["a block without its DATA", "a.cti", `${PLAIN}BEGIN\n1,2\n3,4\nEND\n`, refused(13, say.tooManyBlocks(13))],
  ["numbers outside of blocks", "a.cti", `${PLAIN}1,2\n`, refused(13, say.outsidePackage(13))],
]);
