/** Runs where danfojs-node is installed, and prints as JSON what its frames hold. */
import { readFileSync } from "node:fs";
import { Bool, Float64, Int64, Table, tableFromArrays, tableFromIPC, Utf8, vectorFromArray } from "apache-arrow";
import { toDanfo } from "../../dist/src/index.js";
import { columnsToTable } from "../../dist/src/tables/arrow.js";

const said = async (work) => {
  try {
    const frame = await work();
    return {
      columns: frame.columns,
      shape: frame.shape,
      types: frame.ctypes.values,
      values: frame.values.map((row) => row.map((x) => (Number.isNaN(x) ? "NaN" : x))),
    };
  } catch (error) {
    return { error: `${error.name}: ${error.message}` };
  }
};
const column = (name, unit, values) => ({ name, unit, role: "other", values: Float64Array.from(values) });
const measured = columnsToTable([column("delay", "s", [0, 1.23456789012345e-5]), column("p1", "1", [Number.NaN, 0.1 + 0.2])]);
const mixed = (counts) =>
  new Table({
    counts: vectorFromArray(counts, new Int64()),
    qubit: vectorFromArray(["q1", null], new Utf8()),
    word: vectorFromArray(["a", "a"]),
    value: vectorFromArray([null, 1.5], new Float64()),
    usable: vectorFromArray([true, null], new Bool()),
  });
const frame = await toDanfo(measured);
process.stdout.write(
  JSON.stringify({
    measured: await said(() => toDanfo(measured)),
    mixed: await said(() => toDanfo(mixed([1n, null]))),
    empty: await said(() => toDanfo(columnsToTable([column("delay", "s", [])]))),
    unsafe: await said(() => toDanfo(mixed([1n, 9007199254740993n]))),
    taken: await said(() => toDanfo(tableFromArrays({ values: Float64Array.of(1) }))),
    lists: await said(() => toDanfo(new Table({ traces: vectorFromArray([[1], [2]]) }))),
    exported: process.argv[2] === undefined ? undefined : await said(async () => toDanfo(tableFromIPC(readFileSync(process.argv[2])))),
    sum: frame.add(frame).values,
  }),
);
