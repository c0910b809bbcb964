import { utils, type WorkSheet, write } from "@e965/xlsx";
import { describe, expect, it } from "vitest";
import { tableFileMessages } from "../../src/core/messages/import-tables.ts";
import { writeZip } from "../../src/importers/zip/write.ts";
import { readSheets } from "../../src/tables/xlsx-file.ts";
import { failure, importContent, noteTexts, read, readOne, values } from "./import-text.ts";

type Rows = readonly (readonly (string | number | boolean | Date | null)[])[];

/** A workbook with these sheets. */
function workbook(sheets: Readonly<Record<string, Rows>>, change: (sheet: WorkSheet, name: string) => void = () => undefined): Uint8Array {
  const book = utils.book_new();
  for (const [name, rows] of Object.entries(sheets)) {
    const sheet = utils.aoa_to_sheet(rows.map((row) => [...row]));
    change(sheet, name);
    utils.book_append_sheet(book, sheet, name);
  }
  return new Uint8Array(write(book, { type: "array", bookType: "xlsx" }) as ArrayBuffer);
}

const T1: Rows = [
  ["delay [us]", "p1", "shots"],
  [0, 0.9, 100],
  [10, 0.5, 100],
  [20, 0.3, 100],
];
const LOG: Rows = [
  ["time", "MXC [mK]", "still [K]"],
  [new Date(Date.UTC(2026, 8, 3)), 9.5, 0.8],
  [new Date(Date.UTC(2026, 8, 4)), 9.4, 0.8],
];

describe("xlsx workbooks", () => {
  it("hold tables as CSV files do", async () => {
    const dataset = await readOne("q1_T1.xlsx", workbook({ Sheet1: T1 }));
    expect(dataset).toMatchObject({ kind: "decay", kindInferred: false, noise: { type: "binomial", shots: "column" } });
    expect(values(dataset, "delay")).toEqual([0, 1e-5, 2e-5]);
    expect(values(dataset, "population")).toEqual([0.9, 0.5, 0.3]);
    expect(noteTexts(dataset)).toContain(tableFileMessages.sheet("Sheet1"));
  });

  it("may have titles and settings above, a row of units, numbers stored as text, gaps, and columns of dates and text", async () => {
    const rows: Rows = [
      ["T1 of qubit 3"],
      [],
      ["measured by", "somebody"],
      ["at", "delay", "p1", "remark"],
      ["", "(us)", "(%)", ""],
      [new Date(Date.UTC(2026, 8, 3)), 0, "90", "a"],
      [new Date(Date.UTC(2026, 8, 3)), 10, null, "b"],
      [new Date(Date.UTC(2026, 8, 3)), 20, "nan", "c"],
      [new Date(Date.UTC(2026, 8, 3)), 40, 30, "d"],
    ];
    const dataset = await readOne("data.xlsx", workbook({ q3: rows }));
    expect(dataset).toMatchObject({ kind: "decay", kindInferred: false, labels: { qubit: "q3" } });
    expect(values(dataset, "delay")).toEqual([0, 1e-5, 2e-5, 4e-5]);
    expect(values(dataset, "population")).toEqual([0.9, Number.NaN, Number.NaN, 0.3]);
    expect(noteTexts(dataset)).toEqual(
      expect.arrayContaining([
        tableFileMessages.unitsFromRow(5),
        tableFileMessages.aboveTable(1),
        tableFileMessages.gaps("p1", 2),
        tableFileMessages.unreadableColumn("at", "dates"),
        tableFileMessages.textColumn("remark"),
      ]),
    );
  });

  it("in percent format are fractions already, and durations are seconds; a column keeps to one format", async () => {
    const formatted = (column: string, z: string, rows: readonly number[]) => (sheet: WorkSheet) => {
      for (const row of rows) sheet[`${column}${row}`].z = z;
    };
    const rows: Rows = [
      ["delay [us]", "P1 [%]"],
      [0, 0.95],
      [5, 0.5],
      [10, 0.25],
    ];
    const percent = await readOne("q1_T1.xlsx", workbook({ S: rows }, formatted("B", "0.00%", [2, 3, 4])));
    expect(values(percent, "population")).toEqual([0.95, 0.5, 0.25]);
    expect(noteTexts(percent)).toContain(tableFileMessages.percentFormat("P1 [%]"));
    expect(await failure("q1_T1.xlsx", workbook({ S: rows }, formatted("B", "0%", [2, 4])))).toEqual({
      place: "q1_T1.xlsx:S!B3",
      message: tableFileMessages.formatsDiffer("S!B2", "S!B3", "percent"),
    });
    const microseconds = 1e-6 / 86400;
    const days: Rows = [
      ["delay", "p1"],
      [0, 0.9],
      [5 * microseconds, 0.5],
      [10 * microseconds, 0.3],
    ];
    const elapsed = await readOne("q1_T1.xlsx", workbook({ S: days }, formatted("A", "[hh]:mm:ss", [2, 3, 4])));
    expect(values(elapsed, "delay")).toEqual([0, expect.closeTo(5e-6, 18), expect.closeTo(1e-5, 18)]);
    expect(noteTexts(elapsed)).toContain(tableFileMessages.durations("delay"));
  });

  it("whose numbers are stored as text are read, with a decimal comma where there is one; an unclear or broken one is named", async () => {
    const texts = (cells: Rows): Rows => [["delay [us]", "p1"], ...cells];
    const commas = texts([
      ["0,0", "0,95"],
      ["5,0", "0,5"],
      ["10,0", "0,25"],
    ]);
    const dataset = await readOne("q1_T1.xlsx", workbook({ S: commas }));
    expect([values(dataset, "delay"), values(dataset, "population")]).toEqual([
      [0, 5e-6, 1e-5],
      [0.95, 0.5, 0.25],
    ]);
    expect(noteTexts(dataset)).toContain(tableFileMessages.numbersAsText("p1", "S!B2", 44));
    const points = workbook({
      q3: T1,
      q4: texts([
        ["0.0", "0.9"],
        ["5.0", "0.4"],
      ]),
      Notes: texts([["next week", "cold"]]),
    });
    expect((await read("lab_T1.xlsx", points)).map((d) => [d.labels.qubit, d.table.numRows])).toEqual([
      ["q3", 3],
      ["q4", 2],
    ]);
    for (const [cells, place, message] of [
      [
        [
          ["0", "0,95"],
          ["5", "0,5?"],
        ],
        "S!B3",
        tableFileMessages.notANumber("S!B3", "0,5?"),
      ],
      [
        [
          ["5", "1"],
          ["5,000", "0"],
        ],
        "S!A3",
        tableFileMessages.thousandOrDecimal("S!A3", "5,000"),
      ],
    ] as const)
      expect(await failure("q1_T1.xlsx", workbook({ S: texts(cells) }))).toEqual({ place: `q1_T1.xlsx:${place}`, message });
  });

  it("may have several sheets and several tables in one; what is no measurement is named", async () => {
    const both: Rows = [...T1, [], ["delay [us]", "p1"], [0, 0.8], [5, 0.4]];
    const datasets = await read("data.xlsx", workbook({ "T1 q1": both, Ramsey: T1, Log: LOG, Notes: [["warm up on Monday"]] }));
    expect(datasets.map((d) => [d.kind, d.labels.qubit, d.table.numRows])).toEqual([
      ["decay", "q1", 3],
      ["decay", "q1", 2],
      ["coherence", "", 3],
    ]);
    const log = tableFileMessages.cooldownLog(["time", "MXC [mK]", "still [K]"]);
    for (const dataset of datasets) expect(noteTexts(dataset)).toContain(tableFileMessages.sheetLeftOut("Log", log));
  });

  it("that hold a cooldown's log alone, or no table, are left alone with a sentence", async () => {
    expect(await importContent("log.xlsx", workbook({ Log: LOG }))).toEqual({
      status: "unrecognised",
      message: tableFileMessages.cooldownLog(["time", "MXC [mK]", "still [K]"]),
    });
    expect(await importContent("x.xlsx", workbook({ Notes: [["a"], ["b"]] }))).toEqual({
      status: "unrecognised",
      message: tableFileMessages.noTable(),
    });
  });

  it("take the lab file's word about columns, in the sheets that have them", async () => {
    const rows: Rows = [
      ["a", "b"],
      [1, 0.9],
      [2, 0.5],
    ];
    const dataset = await readOne("x.xlsx", workbook({ one: rows, two: T1.map((row) => row.slice(1)) }), {
      kind: "decay",
      columns: { delay: "a [ms]", population: "b" },
    });
    expect(values(dataset, "delay")).toEqual([1e-3, 2e-3]);
  });

  it("are refused at merged cells, texts among numbers and failed formulas, naming the cell", async () => {
    const merged = workbook({ S: T1 }, (sheet) => {
      sheet["!merges"] = [{ s: { r: 1, c: 1 }, e: { r: 2, c: 1 } }];
    });
    expect(await failure("x.xlsx", merged)).toEqual({ place: "x.xlsx:S!B2:B3", message: tableFileMessages.mergedCells("B2:B3") });
    const text = workbook({ S: [...T1, [30, "oops", 100]] });
    expect(await failure("x.xlsx", text)).toEqual({ place: "x.xlsx:S!B5", message: tableFileMessages.notANumber("S!B5", "oops") });
    const error = workbook({ S: T1 }, (sheet) => {
      sheet.B3 = { t: "e", v: 0x07 };
    });
    expect(await failure("x.xlsx", error)).toEqual({ place: "x.xlsx:S!B3", message: tableFileMessages.cellError("S!B3", "#DIV/0!") });
    const formula = workbook({ S: T1 }, (sheet) => {
      sheet.B3 = { t: "n", f: "A3*2" };
    });
    expect(await failure("x.xlsx", formula)).toEqual({ place: "x.xlsx:S!B3", message: tableFileMessages.formulaWithoutValue("S!B3") });
    const notAvailable = workbook({ S: T1 }, (sheet) => {
      sheet.B3 = { t: "e", v: 0x2a };
    });
    expect(values(await readOne("T1.xlsx", notAvailable), "population")).toEqual([0.9, Number.NaN, 0.3]);
    const above = workbook({ S: [["T1", ""], [], ...T1] }, (sheet) => {
      sheet["!merges"] = [{ s: { r: 0, c: 0 }, e: { r: 0, c: 1 } }];
    });
    expect((await readOne("x.xlsx", above)).kind).toBe("decay");
  });

  it("keep a formula without a result, as openpyxl writes it, from being an empty cell", () => {
    const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const link = (id: string, type: string, target: string) =>
      `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="${id}" Type="${office}/${type}" Target="${target}"/></Relationships>`;
    const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
    const parts = {
      "[Content_Types].xml":
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',
      "_rels/.rels": link("r1", "officeDocument", "xl/workbook.xml"),
      "xl/workbook.xml": `<workbook ${main} xmlns:r="${office}"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>`,
      "xl/_rels/workbook.xml.rels": link("r1", "worksheet", "worksheets/sheet1.xml"),
      "xl/worksheets/sheet1.xml": `<worksheet ${main}><sheetData><row r="1"><c r="A1"><v>5</v></c><c r="B1"><f>A1*2</f><v></v></c></row></sheetData></worksheet>`,
    };
    const encoded = Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, new TextEncoder().encode(text)]));
    expect(readSheets(writeZip(encoded))[0]?.rows).toEqual([[{ kind: "number", value: 5 }, { kind: "formula" }]]);
  });

  it("are refused when old, encrypted, cut off or damaged", async () => {
    const ole = Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0);
    expect((await failure("x.xls", ole)).message).toBe(tableFileMessages.oldWorkbook());
    expect((await failure("x.xlsx", ole)).message).toBe(tableFileMessages.encrypted("xlsx"));
    const whole = workbook({ S: T1 });
    for (const length of [10, 200, whole.length >> 1, whole.length - 1])
      expect((await importContent("x.xlsx", whole.subarray(0, length))).status).toBe("failed");
    const damaged = Uint8Array.from(whole);
    damaged[whole.length >> 1]! ^= 0xff;
    expect((await importContent("x.xlsx", damaged)).status).toBe("failed");
  });

  it("change their id with their numbers only", async () => {
    const [a, b, c] = await Promise.all(
      [{ A: T1 }, { B: T1 }, { A: T1.map((row, k) => (k === 1 ? [0, 0.8, 100] : row)) }].map((sheets) =>
        readOne("x.xlsx", workbook(sheets)),
      ),
    );
    expect(b!.id).toBe(a!.id);
    expect(c!.id).not.toBe(a!.id);
  });
});
