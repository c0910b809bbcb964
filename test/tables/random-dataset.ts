import fc from "fast-check";
import { KINDS, type Noise, ROLES, type Source } from "../../src/core/dataset.ts";
import { UNITS } from "../../src/core/units.ts";
import { columnsOf, type Dataset, type DatasetDraft, makeDataset } from "../../src/tables/dataset.ts";

/** Any Unicode; fast-check's own unit of it takes a second to make. */
export const unicode = (maxLength: number) =>
  fc
    .array(fc.integer({ min: 0, max: 0x10ffff }), { maxLength })
    .map((points) => String.fromCodePoint(...points.filter((point) => point < 0xd800 || point > 0xdfff)));

/** Any text: quotes, commas, line breaks, `#`, `_x0041_`, emoji, control characters. */
const text = fc.oneof(
  { weight: 4, arbitrary: fc.string({ unit: "grapheme-ascii", maxLength: 8 }) },
  { weight: 3, arbitrary: unicode(8) },
  fc.constantFrom(
    "",
    "=1+1",
    "#x",
    ' "a",b',
    "a\nb\r\nc",
    "_x0041_",
    "\u00b5s \u{1F600}",
    "__proto__",
    "1e5",
    "NaN",
    " \t",
    "\ufeff",
    "# gammawatt dataset",
  ),
);
const number = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constantFrom(0, -0, Number.NaN, 5e-324, 1e308, 0.1, -1e-7));
const source: fc.Arbitrary<Source> = fc.record({
  path: text,
  bytes: fc.nat(),
  sha256: fc.constant("ab"),
  importer: fc.constant("csv"),
  importerVersion: fc.nat(9),
});
const noise: fc.Arbitrary<Noise> = fc.oneof(
  fc.constant({ type: "binomial", shots: "column" } as const),
  fc.record({ type: fc.constant("binomial" as const), shots: number }),
  fc.constant({ type: "sigma" } as const),
  fc.record({ type: fc.constant("relative" as const), relative: number }),
  fc.constant({ type: "unknown" } as const),
);
const calibration = fc.record({
  zero: fc.array(fc.nat(9), { maxLength: 3 }),
  one: fc.array(fc.nat(9), { maxLength: 3 }),
  origin: fc.constantFrom("marked" as const, "layout" as const),
  note: text,
});
const condition = fc.record(
  { name: text, value: number, unit: text, from: text, inferred: text },
  { requiredKeys: ["name", "value", "unit"] },
);
const column = (rows: number) =>
  fc.record(
    {
      name: text,
      unit: fc.constantFrom(...UNITS),
      role: fc.constantFrom(...ROLES),
      inferred: text,
      port: fc.constantFrom("11", "21"),
      values: fc.array(number, { minLength: rows, maxLength: rows }).map((values) => Float64Array.from(values)),
    },
    { requiredKeys: ["name", "unit", "role", "values"] },
  );
const columns = fc
  .nat(12)
  .chain((rows) => fc.uniqueArray(column(rows), { selector: (c) => c.name, minLength: 1, maxLength: 4 })) as unknown as fc.Arbitrary<
  DatasetDraft["columns"]
>;

/** Any dataset that an importer can make, and stranger ones. */
export const anyDataset: fc.Arbitrary<Dataset> = fc
  .record(
    {
      kind: fc.constantFrom(...KINDS),
      kindInferred: fc.boolean(),
      labels: fc.record({ cooldown: text, device: text, qubit: text, trace: text }),
      started: fc.constantFrom("", "2026-09-03T10:00:00Z"),
      columns,
      conditions: fc.array(condition, { maxLength: 3 }),
      axis: fc.constantFrom("single" as const, "repeat" as const, "swept" as const),
      noise,
      calibration,
      notes: fc.array(fc.record({ code: text, text }), { maxLength: 2 }),
      sources: fc.array(source, { minLength: 1, maxLength: 2 }),
    },
    { requiredKeys: ["kind", "kindInferred", "labels", "started", "columns", "conditions", "axis", "noise", "notes", "sources"] },
  )
  .map((draft) => makeDataset(draft as DatasetDraft));

/** Everything about a dataset as plain values; `unsigned` zeros have lost their sign. */
export function everything(dataset: Dataset, zeros: "signed" | "unsigned") {
  const { table: _, ...facts } = dataset;
  const number = (x: number) => (zeros === "unsigned" ? x + 0 : x);
  return { ...facts, columns: columnsOf(dataset).map((column) => ({ ...column, values: [...column.values].map(number) })) };
}
