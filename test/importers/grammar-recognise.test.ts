import { writeFileSync } from "node:fs";
import { afterAll, describe, expect, it } from "vitest";
import { tableFileMessages } from "../../src/core/messages/import-tables.ts";
import { closeHdf5 } from "../../src/importers/hdf5/open.ts";
import { type Netcdf3Content, writeNetcdf3 } from "../../src/importers/netcdf/write.ts";
import { writeNpy, writeNpz } from "../../src/importers/numpy/write.ts";
import { openFile } from "../../src/importers/open.ts";
import { recognise } from "../../src/importers/registry.ts";
import { hdf5File, row, single } from "../../src/simulate/writers/hdf5/file.ts";
import { F64, TEXT } from "../../src/simulate/writers/hdf5/types.ts";
import { temporaryPath } from "./hdf5-file.ts";
import { failure, readOne, values } from "./import-text.ts";

afterAll(closeHdf5);

const latin1 = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const joined = (...parts: readonly Uint8Array[]) => Uint8Array.from(parts.flatMap((part) => [...part]));
const padded = (bytes: Uint8Array, length: number) => joined(bytes, new Uint8Array(Math.max(0, length - bytes.length)));

const plain = hdf5File({
  children: {
    delay: { ...row(F64, [0, 1, 2]), attributes: { units: single(TEXT, "us") } },
    p1: row(F64, [0.9, 0.5, 0.2]),
  },
});
const classic = (version: 1 | 2 | 5): Netcdf3Content => ({
  version,
  dimensions: { delay: 2 },
  variables: { delay: { dimensions: ["delay"], type: "f8", values: [0, 1], attributes: { units: "us" } } },
});
/** A whole text in UTF-16 with its mark. */
const utf16 = (text: string, order: "le" | "be") => {
  const bytes = Buffer.from(`\ufeff${text}`, "utf16le");
  return Uint8Array.from(order === "le" ? bytes : bytes.swap16());
};
const TABLE = "delay [µs],p1\n0,0.9\n1,0.5\n2,0.2\n";

/** FORMATS.md, "Recognise", clause by clause; every file is called `data.bin`: the extension is not the format. */
const MAGIC: readonly (readonly [clause: string, bytes: Uint8Array, importer: string])[] = [
  ["HDF5 `89 48 44 46 0D 0A 1A 0A`", plain, "hdf5"],
  ...[512, 1024, 2048].map((block) => [`HDF5 also at ${block}`, joined(new Uint8Array(block).fill(32), plain), "hdf5"] as const),
  ...([1, 2, 5] as const).map((version) => [`netCDF-3 \`43 44 46 0${version}\``, writeNetcdf3(classic(version)), "xarray"] as const),
  ["SQLite `SQLite format 3\\0`", latin1("SQLite format 3\0"), "qcodes"],
  ["zip/npz `50 4B 03 04`", writeNpz({ delay_us: writeNpy([0, 1]) }), "npz"],
  ["xlsx is a zip with a workbook", joined(latin1("PK\x03\x04"), new Uint8Array(26), latin1("xl/workbook.xml")), "xlsx"],
  ["MATLAB 5 `MATLAB 5.0 MAT-file`", padded(latin1("MATLAB 5.0 MAT-file, Platform"), 128), "matlab"],
  ["MATLAB v7.3 is HDF5", joined(padded(latin1("MATLAB 7.3 MAT-file, Platform"), 512), plain), "matlab"],
  ["Arrow file `ARROW1`", latin1("ARROW1\0\0"), "arrow"],
  ["Parquet `PAR1`", latin1("PAR1\0\0\0\0PAR1"), "parquet"],
];

describe("FORMATS.md, Recognise", () => {
  it.each(MAGIC)("%s", async (_, bytes, importer) => {
    const path = temporaryPath("data.bin");
    writeFileSync(path, bytes);
    const { probe } = await openFile(path, "data.bin");
    expect(recognise(probe)[0]?.name).toBe(importer);
  });

  it("old xls `D0 CF 11 E0`: refused, and what to do", async () => {
    const ole = joined(Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0), new Uint8Array(508));
    expect((await failure("x.xls", ole)).message).toBe(tableFileMessages.oldWorkbook());
  });

  it.each([
    ["UTF-16 `FF FE`", utf16(TABLE, "le")],
    ["UTF-16 `FE FF`", utf16(TABLE, "be")],
    ["UTF-8 BOM `EF BB BF`", joined(Uint8Array.of(0xef, 0xbb, 0xbf), new TextEncoder().encode(TABLE))],
    ["Latin-1", latin1(TABLE)],
  ])("%s", async (_, bytes) => {
    const dataset = await readOne("T1.csv", bytes);
    expect([values(dataset, "delay"), values(dataset, "population")]).toEqual([
      [0, 1e-6, 2e-6],
      [0.9, 0.5, 0.2],
    ]);
  });
});
