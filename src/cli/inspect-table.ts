import type { InspectedFile } from "../../pipelines/steps/inspect.ts";
import { inspectMessages as say } from "../core/messages/inspect.ts";
import { columnsOf, type Dataset } from "../tables/dataset.ts";
import { columns, visible } from "./print.ts";

/** A longer table is no longer read: files that are alike then share a row. */
const MOST_ROWS = 100;

export interface TableOptions {
  /** One row per file, however many there are. */
  readonly all: boolean;
  /** Characters of a line of the terminal; undefined where nothing has to be cut. */
  readonly width: number | undefined;
}

/** Like traces of one file, or of several that are alike. */
interface Row {
  readonly paths: readonly string[];
  readonly importer: string;
  readonly traces: readonly Dataset[];
}

/** What `inspect` prints of the files: a table, then what was inferred, what is not recognised and what failed. */
export function inspectTable(files: readonly InspectedFile[], { all, width }: TableOptions): string[] {
  const single = files.flatMap(rowsOf);
  const rows = all || single.length <= MOST_ROWS ? single : shared(single);
  const said = (status: InspectedFile["status"], texts: (file: InspectedFile) => readonly string[]) =>
    files.filter((f) => f.status === status).map((f) => ({ path: f.place, texts: texts(f) }));
  return [
    ...(width === undefined ? columns([say.header, ...rows.map(cells)]) : underFolders(rows, width)),
    ...(rows.length < single.length ? [say.likeFilesShareRows()] : []),
    ...section(
      say.sections.notes,
      said("imported", (f) => f.datasets.flatMap((d) => d.notes.map((n) => n.text))),
      all ? undefined : withoutNumbers,
    ),
    ...section(
      say.sections.unrecognised,
      said("unrecognised", (f) => [f.error]),
    ),
    ...section(
      say.sections.failed,
      said("failed", (f) => [f.error]),
    ),
  ];
}

/** How many files and traces there are of each kind. */
export function inspectTotal(files: readonly InspectedFile[]): string {
  const count = (status: InspectedFile["status"]) => files.filter((f) => f.status === status).length;
  const kinds = new Map<string, number>();
  for (const { kind } of files.flatMap((f) => f.datasets)) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  return say.total(count("imported"), count("unrecognised"), count("failed"), kinds);
}

/** The table for a terminal: the first folder is a heading, and the cooldown is left out where it is nothing else. */
function underFolders(rows: readonly Row[], width: number): string[] {
  const plain = rows.every((row) => row.traces.every((d) => `${d.labels.cooldown}/` === (folder(row) || "/")));
  const lines = [say.header, ...rows.map(cells)].map(([file, ...rest]) => [
    `  ${file!.replace(/^[^/]*\//, "")}`,
    ...(plain ? rest.toSpliced(COOLDOWN - 1, 1) : rest),
  ]);
  const [header, ...body] = columns(lines, width);
  return [
    header!,
    ...body.flatMap((line, i) => (i > 0 && folder(rows[i]!) === folder(rows[i - 1]!) ? [line] : [visible(folder(rows[i]!)) || "./", line])),
  ];
}
const folder = (row: Row) => /^[^/]*\//.exec(row.paths[0]!)?.[0] ?? "";
const COOLDOWN = say.header.indexOf("cooldown");

function rowsOf({ path, status, importer, datasets }: InspectedFile): Row[] {
  if (status !== "imported") return [{ paths: [path], importer: status === "failed" ? say.failed : "-", traces: [] }];
  return grouped(datasets, (d) => [likeness(d), columnsOf(d)[0]?.values.length]).map((traces) => ({ paths: [path], importer, traces }));
}

/** One row for files below one folder whose names differ in numbers only and whose traces are alike. */
function shared(rows: readonly Row[]): Row[] {
  // Counters, times and hexadecimal identifiers.
  const name = (row: Row) => row.paths[0]!.replace(/[\da-f]*\d[\da-f]*/gi, "#");
  const alike = grouped(rows, (row) => [folder(row), name(row), row.importer, row.traces[0] && likeness(row.traces[0])]);
  return alike.map((group) => ({
    paths: group.flatMap((row) => row.paths),
    importer: group[0]!.importer,
    traces: group.flatMap((row) => row.traces),
  }));
}

/** Items with equal keys together, in the order in which the keys come. */
function grouped<T>(items: readonly T[], key: (item: T) => unknown): T[][] {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const text = JSON.stringify(key(item));
    const group = groups.get(text);
    if (group) group.push(item);
    else groups.set(text, [item]);
  }
  return [...groups.values()];
}

/** Traces that agree in this differ only in their numbers. */
const likeness = (d: Dataset) => [
  d.kind,
  d.kindInferred,
  d.labels.cooldown,
  d.labels.qubit,
  d.labels.trace.replace(/\[\d+\]$/, ""),
  columnsOf(d).map((c) => [c.name, c.unit, c.inferred !== undefined]),
  d.conditions.map((c) => [c.name, c.unit, c.inferred !== undefined]),
];

function cells({ paths, importer, traces }: Row): string[] {
  const file = paths.length === 1 ? paths[0]! : say.likeFiles(pattern(paths), paths.length);
  const d = traces[0];
  if (d === undefined) return [visible(file), importer, "", "", "", "", ""];
  const kind = d.kindInferred ? `${d.kind} ${say.inferred}` : d.kind;
  return [file, importer, kind, d.labels.cooldown || "-", d.labels.qubit, String(traces.length), columnText(traces)].map(visible);
}

/** `51 x delay [s]*, p1 [1], power=1e-9..2e-8 W`; a star marks what was inferred. */
function columnText(traces: readonly Dataset[]): string {
  const d = traces[0]!;
  const star = (of: { readonly inferred?: string }) => (of.inferred === undefined ? "" : "*");
  const lengths = traces.map((trace) => columnsOf(trace)[0]?.values.length ?? 0);
  const parts = columnsOf(d).map((c) => `${c.name} [${c.unit}]${star(c)}`);
  const conditions = d.conditions.map((c, i) => `${c.name}=${range(traces.map((t) => t.conditions[i]!.value))} ${c.unit}${star(c)}`);
  return `${range(lengths)} x ${[...parts, ...conditions].join(", ")}`;
}

function range(values: readonly number[]): string {
  const low = values.reduce((a, b) => Math.min(a, b));
  const high = values.reduce((a, b) => Math.max(a, b));
  const text = (x: number) => String(Number(x.toPrecision(4)));
  return low === high ? text(low) : `${text(low)}..${text(high)}`;
}

/** What the names have in common, with a star for the rest; no number is cut in two. */
function pattern(paths: readonly string[]): string {
  const [first, ...others] = paths as [string, ...string[]];
  const common = (same: (other: string, length: number) => boolean) => {
    let length = 0;
    while (length < first.length && others.every((other) => length < other.length && same(other, length))) length++;
    return length;
  };
  const start = first.slice(
    0,
    common((other, i) => other[i] === first[i]),
  );
  const end = first.slice(first.length - common((other, i) => other.at(-1 - i) === first.at(-1 - i)));
  return `${start.replace(/[\d.]+$/, "")}*${end.replace(/^\d+/, "")}`;
}

/** Notes of many files that say the same of other numbers: `temperature 30 mK taken from the path`. */
const withoutNumbers = (text: string) => text.replace(/\d[\d.]*(e[-+]?\d+)?/gi, "#");

/** Each sentence once, behind the files that it is about. @param likeness sentences of three and more files that agree in this are told by the first */
function section(
  title: string,
  said: readonly { readonly path: string; readonly texts: readonly string[] }[],
  likeness: (text: string) => string = (text) => text,
): string[] {
  const remarks = said.flatMap(({ path, texts }) => [...new Set(texts)].map((text) => ({ path, text })));
  const lines = grouped(remarks, ({ text }) => likeness(text)).flatMap((alike) => {
    const exact = grouped(alike, ({ text }) => text);
    const paths = [...new Set(alike.map(({ path }) => path))];
    return paths.length > 2 && exact.length > 1
      ? [`  ${several(paths)}: ${say.likeNotes(alike[0]!.text)}`]
      : exact.map((same) => `  ${several(same.map(({ path }) => path))}: ${same[0]!.text}`);
  });
  return lines.length === 0 ? [] : ["", title, ...lines.map(visible)];
}

const several = (paths: readonly string[]) => (paths.length < 3 ? paths.join(", ") : say.moreFiles(paths[0]!, paths.length - 1));
