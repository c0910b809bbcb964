import { Field, Float64, List, makeBuilder, makeData, Vector, vectorFromArray } from "apache-arrow";
import { describe, expect, it } from "vitest";
import { badThreads, notATraceColumn } from "../../src/core/messages/batch.ts";
import { random } from "../../src/core/random.ts";
import { countEndings, fitTraces, fitTracesInThreads, ratesTable, type TraceOptions } from "../../src/fit/batch/fit-traces.ts";
import { CONVERGED, MISSING, NOT_FINITE, WRONG_LENGTH } from "../../src/numerics/separable/endings.ts";
import { RATE_COLUMNS, type Rates } from "../../src/numerics/separable/results.ts";
import { type TraceColumn, traceColumn } from "../../src/tables/traces.ts";

const N = 31;
const delays = Float64Array.from({ length: N }, (_, i) => 3e-6 * i);

/** Populations of 500 shots. */
function simulated(rows: number, seed: number, values: Float64Array = new Float64Array(rows * N)): Float64Array {
  const source = random(seed);
  for (let k = 0; k < rows; k++) {
    const rate = 1 / (15e-6 + 30e-6 * source.uniform());
    for (let i = 0; i < N; i++) values[k * N + i] = source.binomial(500, 0.05 + 0.9 * Math.exp(-rate * delays[i]!)) / 500;
  }
  return values;
}
const offsetsOf = (rows: number) => Int32Array.from({ length: rows + 1 }, (_, k) => k * N);
const columnOf = (rows: number, seed: number) => traceColumn(simulated(rows, seed), offsetsOf(rows));

/** All columns of a result as bytes: equal means bit for bit. */
function bytes(r: Rates, from = 0, to = r.rate.length): string {
  const columns = [...RATE_COLUMNS.map((name) => r[name]), r.iterations, r.ending].map((c) => c.slice(from, to));
  return columns.map((c) => Buffer.from(c.buffer, c.byteOffset, c.byteLength).toString("base64")).join();
}

describe("traces of an Arrow column", () => {
  it("are fitted where they lie: chunks and slices give the numbers of the whole", () => {
    const whole = columnOf(60, 1);
    const all = fitTraces(whole, delays);
    expect([...all.ending].every((e) => e === CONVERGED)).toBe(true);
    const parts = new Vector([...whole.slice(0, 17).data, ...whole.slice(17, 60).data]) as TraceColumn;
    expect(bytes(fitTraces(parts, delays))).toBe(bytes(all));
    const cut = parts.slice(11, 43) as TraceColumn;
    expect(cut.length).toBe(32);
    expect(bytes(fitTraces(cut, delays))).toBe(bytes(all, 11, 43));
  });

  it("refuse a null trace, a null point, NaN and another length, each by its ending, without numbers; the others stay", () => {
    const builder = makeBuilder({ type: new List(new Field("item", new Float64(), true)), nullValues: [null] });
    const clean = simulated(6, 2);
    const rows: (number[] | null)[] = Array.from({ length: 6 }, (_, k) => [...clean.subarray(k * N, (k + 1) * N)]);
    const broken = rows.map((r) => (r ? [...r] : r));
    broken[1] = null;
    broken[3]![4] = Number.NaN;
    broken[4]!.pop();
    for (const row of broken) builder.append(row as never);
    const out = fitTraces(builder.finish().toVector() as unknown as TraceColumn, delays);
    const expected = fitTraces(traceColumn(clean, offsetsOf(6)), delays);
    expect([...out.ending]).toEqual([CONVERGED, MISSING, CONVERGED, NOT_FINITE, WRONG_LENGTH, CONVERGED]);
    for (const k of [0, 2, 5]) expect(bytes(out, k, k + 1)).toBe(bytes(expected, k, k + 1));
    for (const k of [1, 3, 4]) for (const name of RATE_COLUMNS) expect(out[name][k]).toBeNaN();
    expect(countEndings(out)[0]).toMatchObject({ code: "converged", traces: 3 });

    const bitmap = new Uint8Array(Math.ceil((2 * N) / 8)).fill(255);
    bitmap[1]! &= ~1; // point 8 of the first trace
    const child = makeData({ type: new Float64(), length: 2 * N, nullCount: 1, nullBitmap: bitmap, data: clean.slice(0, 2 * N) });
    const list = makeData({
      type: new List(new Field("item", new Float64(), true)),
      length: 2,
      nullCount: 0,
      valueOffsets: offsetsOf(2),
      child,
    });
    const point = fitTraces(new Vector([list]) as TraceColumn, delays);
    expect([...point.ending]).toEqual([MISSING, CONVERGED]);
    expect(bytes(point, 1, 2)).toBe(bytes(expected, 1, 2));
  });

  it("refuse a column of another type by its name", () => {
    const plain = vectorFromArray([1, 2, 3], new Float64());
    expect(() => fitTraces(plain as unknown as TraceColumn, delays)).toThrow(notATraceColumn("Float64"));
  });

  it("give a table with units over the same memory", () => {
    const out = fitTraces(columnOf(5, 3), delays);
    const table = ratesTable(out, "V");
    expect(table.numRows).toBe(5);
    expect(table.schema.fields.map((f) => [f.name, f.metadata.get("unit")])).toEqual([
      ["amplitude", "V"],
      ["sigmaAmplitude", "V"],
      ["rate", "1/s"],
      ["sigmaRate", "1/s"],
      ["offset", "V"],
      ["sigmaOffset", "V"],
      ["chi2", "V^2"],
      ["iterations", "1"],
      ["ending", "1"],
    ]);
    expect((table.getChild("rate")!.data[0]!.values as Float64Array).buffer).toBe(out.rate.buffer);
  });
});

describe("threads", () => {
  const rows = 5000;
  const shared = new Float64Array(new SharedArrayBuffer(8 * rows * N));
  simulated(rows, 4, shared);
  const copied = traceColumn(Float64Array.from(shared), offsetsOf(rows));
  const inPlace = traceColumn(shared, offsetsOf(rows));

  it.each<[string, TraceOptions]>([
    ["least squares", {}],
    ["counts", { noise: { type: "binomial", shots: 500 } }],
    ["fixed offset", { offset: 0.05 }],
  ])("give the same bits as one thread, with shared and copied traces, by any number of threads: %s", async (_, options) => {
    const alone = bytes(fitTraces(inPlace, delays, options));
    for (const [column, threads] of [
      [inPlace, 1],
      [inPlace, 3],
      [copied, 2],
    ] as const)
      expect(bytes(await fitTracesInThreads(column, delays, options, threads)) === alone).toBe(true);
  });

  it("keep what is missing, and refuse a number of threads that is none", async () => {
    const cut = copied.slice(100, 4700) as TraceColumn;
    expect(bytes(await fitTracesInThreads(cut, delays, {}, 2)) === bytes(fitTraces(cut, delays))).toBe(true);
    await expect(fitTracesInThreads(cut, delays, {}, 0)).rejects.toThrow(badThreads(0));
  });
});
