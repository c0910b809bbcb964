import { ImportError } from "../../core/errors.ts";
import { meaningUnknown } from "../../core/messages/csv.ts";
import * as say from "../../core/messages/import-vendor-csv.ts";
import type { Dataset } from "../../tables/dataset.ts";
import { type Line, linesOf } from "../csv/lines.ts";
import type { FileContent, Hints, Importer, Probe } from "../importer.ts";
import { refuseTooMany, requireNetworkKind, sweepDatasets } from "../network/sweep-dataset.ts";
import { Unrecognised } from "../unrecognised.ts";
import { sweepOfTable, type VendorTable } from "./table.ts";

/** What differs between the exports of one instrument and another's. */
export interface Vendor {
  readonly name: string;
  readonly version: number;
  readonly reference: string;
  /** How messages call the format. */
  readonly title: string;
  /** 0..1 from the first lines, without blanks around them. */
  recognise(lines: readonly string[], probe: Probe): number;
  tables(lines: readonly Line[], path: string): readonly VendorTable[];
}

/** An importer for the tables of one vendor. Columns that the lab file describes are the CSV importer's business. */
export function vendorImporter(vendor: Vendor): Importer {
  return {
    name: vendor.name,
    version: vendor.version,
    reference: vendor.reference,
    recognise: (probe) => (probe.text === undefined ? 0 : vendor.recognise(firstLines(probe), probe)),
    read: (file, hints) => read(vendor, file, hints),
  };
}

/** Cut once: every vendor is asked about every file. */
const cut = new WeakMap<Probe, readonly string[]>();

function firstLines(probe: Probe): readonly string[] {
  const known = cut.get(probe);
  if (known !== undefined) return known;
  const lines = (probe.text ?? "").slice(0, 16 * 1024).split(/\r\n|\r|\n/, 200);
  const trimmed = lines.map((line) => line.trim());
  cut.set(probe, trimmed);
  return trimmed;
}

async function read(vendor: Vendor, file: FileContent, hints: Hints): Promise<readonly Dataset[]> {
  const { path } = file.probe;
  if (hints.columns !== undefined) throw new Unrecognised(meaningUnknown(Object.values(hints.columns), false));
  requireNetworkKind(hints, vendor.title, path);
  const tables = vendor.tables(linesOf(await file.text()), path);
  refuseTooMany(tables.length, path);
  if (tables.length === 0) throw new ImportError(say.noRows(), path);
  return sweepDatasets(
    tables.map((table) => sweepOfTable(table, false, path)),
    hints,
    vendor.title,
  );
}

/** Runs of lines from BEGIN to END, without both. @throws ImportError when the last has no END */
export function blocksOf(
  lines: readonly Line[],
  begin: RegExp,
  path: string,
): { readonly begin: number; readonly lines: readonly Line[] }[] {
  const blocks: { begin: number; lines: Line[] }[] = [];
  let open: { begin: number; lines: Line[] } | undefined;
  for (const line of lines) {
    const text = line.text.trim();
    if (begin.test(text)) open = { begin: line.number, lines: [] };
    else if (open !== undefined && /^END\b/i.test(text)) {
      blocks.push(open);
      open = undefined;
    } else open?.lines.push(line);
  }
  if (open !== undefined) throw new ImportError(say.noEnd(open.begin), `${path}:${open.begin}`);
  return blocks;
}

/** `Wednesday, 08 November 2023 22:26:30`, `September 11, 2026 14:48:21`, `2023-11-08 22:26:30` as ISO 8601 without zone; empty for anything else. */
export function startedIn(text: string): string {
  const iso = /(\d{4})-(\d\d)-(\d\d)[T ](\d\d:\d\d:\d\d)/.exec(text);
  if (iso !== null) return `${iso[1]}-${iso[2]}-${iso[3]}T${iso[4]}`;
  const time = /\b(\d\d?):(\d\d):(\d\d)(?:\s*([AP]M))?\b/i.exec(text);
  const words = /\b(\d\d?) ([A-Z][a-z]{2})[a-z]* (\d{4})\b/.exec(text) ?? /\b([A-Z][a-z]{2})[a-z]* (\d\d?),? (\d{4})\b/.exec(text);
  if (time === null || words === null) return "";
  const dayFirst = /^\d/.test(words[1]!);
  const month = MONTHS.indexOf(dayFirst ? words[2]! : words[1]!) + 1;
  if (month === 0) return "";
  const half = time[4]?.toUpperCase();
  const hour = (Number(time[1]) % (half === undefined ? 24 : 12)) + (half === "PM" ? 12 : 0);
  const two = (x: number | string) => String(x).padStart(2, "0");
  return `${words[3]}-${two(month)}-${two(dayFirst ? words[1]! : words[2]!)}T${two(hour)}:${time[2]}:${time[3]}`;
}
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
