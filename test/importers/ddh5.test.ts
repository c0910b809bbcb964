import { afterAll, describe, expect, it } from "vitest";
import { hdf5FamilyMessages as say } from "../../src/core/messages/import-hdf5.ts";
import { unknownHdf5Layout } from "../../src/core/messages/importers.ts";
import { random } from "../../src/core/random.ts";
import { closeHdf5 } from "../../src/importers/hdf5/open.ts";
import { TEXT } from "../../src/simulate/writers/hdf5/types.ts";
import { columnsOf } from "../../src/tables/dataset.ts";
import { COMPLEX, type Ddh5Spec, ddh5File, I64 } from "./ddh5-writer.ts";
import { noteTexts, values } from "./import-text.ts";
import { datasetsFrom, importFrom } from "./write-file.ts";

afterAll(closeHdf5);

const SHOTS = 40;
const DELAYS = 25;
const axes = ["repetition", "delay"];
const grid = (f: (shot: number, k: number) => number) =>
  Float64Array.from({ length: SHOTS * DELAYS }, (_, n) => f(Math.floor(n / DELAYS), n % DELAYS));
const repetition = { type: I64, shape: [SHOTS, DELAYS], items: grid((shot) => shot) };
const delay = { type: I64, shape: [SHOTS, DELAYS], items: grid((_, k) => 20 + 1000 * k) };
const population = (k: number) => Math.exp(-k / 8);
const read = (spec: Ddh5Spec) => datasetsFrom("ddh5", { "data.ddh5": ddh5File(spec), "__complete__.tag": "" });

/** Analog shots along (0.6, -0.8), with noise as large as the signal. */
function analogShots(noise: number): readonly (readonly [number, number])[] {
  const { normal } = random(3);
  return Array.from(
    grid((_, k) => population(k)),
    (p) => [0.6 * p + noise * normal(), -0.8 * p + noise * normal()] as const,
  );
}

describe("ddh5", () => {
  it("counts shots that are 0 or 1", async () => {
    const { uniform } = random(5);
    const items = grid((_, k) => (uniform() < population(k) ? 1 : 0));
    const [d] = await read({ fields: { repetition, delay, state: { type: I64, shape: [SHOTS, DELAYS], items, axes } } });
    expect(d?.noise).toEqual({ type: "binomial", shots: "column" });
    const ones = (k: number) => items.filter((x, n) => n % DELAYS === k && x === 1).length;
    expect(values(d!, "population").map((p) => p * SHOTS)).toEqual(Array.from({ length: DELAYS }, (_, k) => expect.closeTo(ones(k), 9)));
    expect(new Set(values(d!, "shots"))).toEqual(new Set([SHOTS]));
    expect(noteTexts(d!)).toContain(say.shotsCounted("repetition", SHOTS));
  });

  const shotsOf = (name: string, items: Float64Array) =>
    read({ fields: { repetition, delay, [name]: { shape: [SHOTS, DELAYS], items, axes } } });

  it("counts shots of two values, whatever they are, and says that nothing tells which is excited", async () => {
    const { uniform } = random(6);
    const items = grid((_, k) => (k === 0 || uniform() < population(k) ? 1 : -1));
    const [d, ...more] = await shotsOf("sz", items);
    const ups = (k: number) => items.filter((x, n) => n % DELAYS === k && x === 1).length / SHOTS;
    expect([d?.noise, more.length, values(d!, "population")[0]]).toEqual([{ type: "binomial", shots: "column" }, 0, 1]);
    expect(values(d!, "population")[9]).toBeCloseTo(ups(9), 12);
    expect(noteTexts(d!)).toContain(say.twoValues("repetition", SHOTS, [-1, 1]));
  });

  it("counts shots of several levels level by level: their mean is no population", async () => {
    const { uniform } = random(7);
    const items = grid((_, k) => (uniform() < 0.1 ? 2 : uniform() < population(k) ? 1 : 0));
    const [d] = await shotsOf("state", items);
    const share = (level: number, k: number) => items.filter((x, n) => n % DELAYS === k && x === level).length / SHOTS;
    expect(values(d!, "population")[2]).toBeCloseTo(share(1, 2), 12);
    expect(columnsOf(d!).find((c) => c.name === "state = 2")?.values[2]).toBeCloseTo(share(2, 2), 12);
    expect(noteTexts(d!)).toContain(say.levelsCounted("repetition", SHOTS, [0, 1, 2]));
  });

  it("gives shots that happen to agree the scatter of the others", async () => {
    const items = analogShots(1.2).map(([x], n) => (n % DELAYS === 4 ? 0.5 : x));
    const [d] = await read({ fields: { repetition, delay, v: { shape: [SHOTS, DELAYS], items, axes, unit: "V" } } });
    const sigma = values(d!, "sigma");
    expect(sigma[4]).toBe([...sigma].sort((a, b) => a - b)[DELAYS >> 1]);
    expect(Math.min(...sigma)).toBeGreaterThan(0);
  });

  it("leaves out a complex shot of which only one part is known", async () => {
    const shots = analogShots(1.2).map((v, n): readonly [number, number] => (n < 15 * DELAYS ? [Number.NaN, 0] : v));
    const [d] = await read({
      fields: { repetition, delay, signal: { type: COMPLEX, shape: [SHOTS, DELAYS], items: shots, axes, unit: "V" } },
    });
    for (const [part, role] of (["i", "q"] as const).entries()) {
      const measured = shots.filter((_, n) => n >= 15 * DELAYS && n % DELAYS === 3).map((v) => v[part as 0 | 1]);
      expect(values(d!, role)[3]).toBeCloseTo(measured.reduce((sum, x) => sum + x, 0) / measured.length, 12);
    }
  });

  it("keeps repetitions that are traces in their own right", async () => {
    const [i, q] = [0, 1].map((part) => Float64Array.from(analogShots(0.01), (v) => v[part as 0 | 1]));
    const fields = {
      repetition,
      delay: { ...delay, unit: "us" },
      I: { shape: [SHOTS, DELAYS], items: i!, axes, unit: "V" },
      Q: { shape: [SHOTS, DELAYS], items: q!, axes, unit: "V" },
    };
    const all = await read({ fields });
    expect(all.length).toBe(SHOTS);
    expect([all[7]?.labels.trace, all[7]?.axis, all[7]?.noise]).toEqual(["I,Q[7]", "repeat", { type: "unknown" }]);
    expect(values(all[7]!, "i")[2]).toBe(i![7 * DELAYS + 2]);
    expect(values(all[7]!, "delay")[1]).toBeCloseTo(1.02e-3, 12);
    expect(all[7]?.notes.some((n) => n.code === "repeats_kept")).toBe(true);
  });

  it("reads points as they came, and never averages over a swept axis", async () => {
    const list = (items: readonly number[], more: object = {}) => ({ shape: [items.length], items, ...more });
    const all = await read({
      fields: {
        flux: list([0.1, 0.1, 0.2, 0.2], { unit: "V" }),
        delay: list([0, 5, 0, 5], { unit: "us" }),
        v: list([1, 2, 3, 4], { unit: "V", axes: ["flux", "delay"] }),
      },
    });
    expect(all.map((d) => [d.axis, d.conditions[0]?.value, values(d, "voltage")])).toEqual([
      ["swept", 0.1, [1, 2]],
      ["swept", 0.2, [3, 4]],
    ]);
  });

  it("an axis of texts keeps signals apart, qubits by their names", async () => {
    const list = (items: readonly (number | string)[], more: object = {}) => ({ shape: [items.length], items, ...more });
    const qubit = list(["q1", "q2", "q1", "q2"], { type: TEXT });
    const v = list([1, 2, 3, 4], { unit: "V", axes: ["delay", "qubit"] });
    const all = await read({ name: "T1", fields: { qubit, delay: list([0, 0, 5, 5], { unit: "us" }), v } });
    expect(all.map((d) => [d.axis, d.labels.qubit, d.labels.trace, values(d, "voltage")])).toEqual([
      ["single", "q1", "v q1", [1, 3]],
      ["single", "q2", "v q2", [2, 4]],
    ]);
  });

  it("does not guess the unit of a delay that is no whole number", async () => {
    const fields = {
      delay: { shape: [6], items: [0.5, 1, 2, 3, 4, 5] },
      v: { shape: [6], items: [6, 5, 4, 3, 2, 1], axes: ["delay"], unit: "V" },
    };
    const [d] = await read({ fields });
    expect(d?.kind).toBe("other");
    expect(noteTexts(d!)).toContain(say.delayWithoutUnit("delay"));
  });

  it("names arrays that contradict each other", async () => {
    const listed = { delay: { shape: [3], items: [1, 2, 3] } };
    expect(await importFrom({ "data.ddh5": ddh5File({ fields: listed }) })).toEqual({
      status: "unrecognised",
      message: unknownHdf5Layout(["__last_change_time_sec__"], ["/data/delay"]),
    });
    const v = { shape: [3], items: [1, 2, 3], axes: ["delay"] };
    expect(await importFrom({ "data.ddh5": ddh5File({ fields: { v } }) })).toMatchObject({
      status: "failed",
      place: "cd1/run/data.ddh5:/data/v",
      message: say.noAxis("v", "/data/delay"),
    });
    expect(await importFrom({ "data.ddh5": ddh5File({ fields: { v, delay: { shape: [2], items: [1, 2] } } }) })).toMatchObject({
      status: "failed",
      message: say.unequal("/data/v", 3, 2),
    });
  });

  it("calls a Ramsey other", async () => {
    const fields = {
      delay: { shape: [6], items: [0, 1, 2, 3, 4, 5], unit: "us" },
      v: { shape: [6], items: [6, 5, 4, 3, 2, 1], axes: ["delay"], unit: "V" },
    };
    expect((await read({ name: "qA_ramsey", fields }))[0]?.kind).toBe("other");
    const [unnamed] = await datasetsFrom("ddh5", { "data.ddh5": ddh5File({ name: "x", fields }) });
    expect([unnamed?.kind, unnamed?.kindInferred]).toEqual(["decay", true]);
  });
});
