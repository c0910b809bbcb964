import { afterAll, describe, expect, it } from "vitest";
import { formatMessages } from "../../src/core/messages/formats.ts";
import { gridMessages as grid, pictureMessages, unfoldMessages as say, unusedMapKey } from "../../src/core/messages/import-maps.ts";
import { quantity } from "../../src/core/quantity.ts";
import { closeHdf5 } from "../../src/importers/hdf5/open.ts";
import type { Hints } from "../../src/importers/importer.ts";
import { writeNpy, writeNpz } from "../../src/importers/numpy/write.ts";
import { type Hdf5Array, type Hdf5Group, hdf5File, row, single } from "../../src/simulate/writers/hdf5/file.ts";
import { F64, type Hdf5Type, I32, REFERENCE, TEXT } from "../../src/simulate/writers/hdf5/types.ts";
import { columnOf, columnsOf } from "../../src/tables/dataset.ts";
import { failure, importContent, noteTexts, readOne, values } from "./import-text.ts";
import { matFile } from "./matlab-writer.ts";
import { netcdf3 } from "./netcdf3-map.ts";
import { datasetsFrom, importFrom } from "./write-file.ts";

afterAll(closeHdf5);

const t: readonly number[] = [0, 1, 2, 3, 4];
const y: readonly number[] = [0, 10, 20];
const x: readonly number[] = [0, 20, 40, 60];
/** u(t, y, x) = t + y + x, so that every number tells where it belongs. */
const sizes = { t: t.length, y: y.length, x: x.length };
const at = { t, y, x };
type Axis = keyof typeof at;
function cube(...order: readonly Axis[]) {
  const shape = order.map((axis) => sizes[axis]);
  const items = Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, k) => {
    let [rest, sum] = [k, 0];
    for (let d = order.length - 1; d >= 0; d--) {
      sum += at[order[d]!][rest % shape[d]!]!;
      rest = Math.floor(rest / shape[d]!);
    }
    return sum;
  });
  return { shape, items };
}
const units = { u: "/u [J/m^2]", x: "/x [um]", y: "/y [um]", time: "/t [s]" };
const field = (columns: Hints["columns"] = units, map?: Hints["map"]): Hints => ({
  kind: "field",
  columns: columns!,
  ...(map ? { map } : {}),
});
const npz = (arrays: Readonly<Record<string, { shape: readonly number[]; items: readonly number[] }>>) =>
  writeNpz(Object.fromEntries(Object.entries(arrays).map(([name, a]) => [name, writeNpy(a.items, a.shape)])));
const vector = (items: readonly number[]) => ({ shape: [items.length], items });
const vectors = { t: vector(t), y: vector(y), x: vector(x) };

/** In a map of `cube`, every value is the sum of its coordinates. */
function expectSums(d: Awaited<ReturnType<typeof readOne>>): void {
  const [time, xs, ys] = [values(d, "time"), values(d, "x"), values(d, "y")];
  expect(values(d, "u").length).toBe(60);
  for (const [k, u] of values(d, "u").entries()) expect(u).toBeCloseTo(time[k]! + 1e6 * (xs[k]! + ys[k]!), 9);
}

describe("arrays of a map", () => {
  const orders: Axis[][] = [
    ["t", "y", "x"],
    ["t", "x", "y"],
    ["x", "t", "y"],
    ["y", "x", "t"],
    ["x", "y", "t"],
  ];
  it.each(orders.map((order) => [order]))("in the order %j are told apart by their lengths", async (order) => {
    const d = await readOne("map.npz", npz({ u: cube(...order), ...vectors }), field());
    expectSums(d);
    expect(noteTexts(d)).toEqual([grid.summary([grid.grid([4, 3], [grid.spacing(20e-6), grid.spacing(10e-6)]), grid.everySoOften(5, 1)])]);
  });

  it("may hold positions as large as the plane they span, in either order", async () => {
    const X = { shape: [3, 4], items: y.flatMap(() => [...x]) };
    const Y = { shape: [3, 4], items: y.flatMap((v) => x.map(() => v)) };
    const turned = (a: typeof X) => ({ shape: [4, 3], items: x.flatMap((_, c) => y.map((_, r) => a.items[4 * r + c]!)) });
    const columns = { ...units, x: "/X [um]", y: "/Y [um]" };
    expectSums(await readOne("map.npz", npz({ u: cube("t", "y", "x"), t: vectors.t, X, Y }), field(columns)));
    expectSums(await readOne("map.npz", npz({ u: cube("t", "y", "x"), t: vectors.t, X: turned(X), Y: turned(Y) }), field(columns)));
  });

  it("may be scattered points that share a dimension, one list, or a sensor that moves", async () => {
    const points = { x: vector([0, 3, 5, 9]), y: vector([2, 8, 1, 4]), t: vectors.t };
    const sums = { shape: [5, 4], items: t.flatMap((s) => points.x.items.map((v, k) => s + v + points.y.items[k]!)) };
    const d = await readOne("map.npz", npz({ u: sums, ...points }), field());
    for (const [k, u] of values(d, "u").entries())
      expect(u).toBeCloseTo(values(d, "time")[k]! + 1e6 * (values(d, "x")[k]! + values(d, "y")[k]!), 9);
    expect(noteTexts(d)).toEqual([grid.summary([grid.scattered(4), grid.everySoOften(5, 1)])]);
    const list = (of: (k: number) => number) => vector(Array.from({ length: 6 }, (_, k) => of(k)));
    const flat = await readOne("map.npz", npz({ u: list((k) => k), x: list((k) => k), y: list((k) => k * k), t: list(() => 1) }), field());
    expect(values(flat, "y")[5]).toBeCloseTo(25e-6, 12);
    const moving = { u: sums, x: { shape: [5, 4], items: sums.items.map((v) => v + 1) }, y: points.y, t: points.t };
    expect(values(await readOne("map.npz", npz(moving), field()), "x")[7]).toBeCloseTo((sums.items[7]! + 1) * 1e-6, 12);
  });

  it("may have a source and errors of fewer dimensions beside them", async () => {
    const more = { r: cube("y", "x"), s: vector([1, 2, 3, 4, 5]) };
    const columns = { ...units, r_total: "/r [W/m^2]", sigma: "/s" };
    const d = await readOne("map.npz", npz({ u: cube("t", "y", "x"), ...vectors, ...more }), field(columns));
    expect([values(d, "r_total")[13], values(d, "sigma")[13], d.noise]).toEqual([cube("y", "x").items[1], 2, { type: "sigma" }]);
    expect(columnOf(d, "sigma")?.unit).toBe("J/m^2");
  });

  it("take one vector for both sides of a square", async () => {
    const square = { shape: [5, 3, 3], items: Array.from({ length: 45 }, (_, k) => k) };
    const columns = { u: "/u [J/m^2]", x: "/y [um]", y: "/y [um]", time: "/t [s]" };
    const d = await readOne("map.npz", npz({ u: square, ...vectors }), field(columns, { axes: ["time", "y", "x"] }));
    expect([values(d, "x")[1], values(d, "y")[1], values(d, "y")[3]]).toEqual([1e-5, 0, 1e-5]);
  });

  it("of equal lengths are refused with the line to write, and read with it", async () => {
    const square = npz({
      u: { shape: [4, 4, 4], items: Array.from({ length: 64 }, (_, k) => k) },
      x: vector(x),
      y: vector([0, 1, 2, 3]),
      t: vector([5, 6, 7, 8]),
    });
    expect((await failure("map.npz", square, field())).message).toBe(say.ambiguous("u", [4, 4, 4], ["x", "y", "time"], ["time", "y", "x"]));
    const d = await readOne("map.npz", square, field(units, { axes: ["x", "time", "y"] }));
    expect([values(d, "x")[16], values(d, "time")[4], values(d, "y")[1]]).toEqual([2e-5, 6, 1e-6]);
    expect((await failure("map.npz", square, field(units, { axes: ["time", "x"] }))).message).toBe(
      say.axesCount(["time", "x"], "u", [4, 4, 4]),
    );
  });

  it("that leave a dimension without positions, or fit none, are refused", async () => {
    const { time: _, ...steady } = units;
    const bytes = npz({ u: cube("t", "y", "x"), ...vectors, w: vector([1, 2]) });
    expect((await failure("map.npz", bytes, field(steady))).message).toBe(say.uncovered("u", [5, 3, 4], ["x", "y"]));
    expect((await failure("map.npz", bytes, field({ ...units, x: "/w [um]" }))).message).toBe(say.fitsNowhere("w", [2], "u", [5, 3, 4]));
  });
});

describe("maps in the other containers", () => {
  const arrays = (children: Hdf5Group["children"]) => ({ "map.h5": hdf5File({ children }) });
  const array = ({ shape, items }: ReturnType<typeof cube>, attributes: Hdf5Array["attributes"] = {}): Hdf5Array => ({
    type: F64,
    shape,
    items,
    attributes,
  });

  it("HDF5: paths with units, or units of attributes; a missing one is asked for", async () => {
    const children = { u: array(cube("x", "t", "y"), { units: single(TEXT, "J/m^2") }), x: row(F64, x), y: row(F64, y), t: row(F64, t) };
    const [d] = await datasetsFrom("hdf5", arrays(children), field({ ...units, u: "/u" }));
    expectSums(d!);
    const refused = await importFrom(arrays(children), field({ ...units, u: "/u", x: "/x" }));
    expect(refused).toMatchObject({ status: "failed", message: formatMessages.unitMissing("x", "x", "") });
  });

  it("HDF5: dimension scales tell equal lengths apart", async () => {
    const uses: Hdf5Type = {
      class: "record",
      members: [
        ["dataset", REFERENCE],
        ["dimension", I32],
      ],
    };
    const scale = (name: string, dimension: number, items: readonly number[]): Hdf5Array => ({
      ...row(F64, items),
      attributes: {
        CLASS: single({ class: "chars", bytes: 16 }, "DIMENSION_SCALE"),
        NAME: single({ class: "chars", bytes: 16 }, name),
        REFERENCE_LIST: row(uses, [["/u", dimension]]),
      },
    });
    const attributes = { DIMENSION_LIST: row({ class: "list", of: REFERENCE }, [["/x"], ["/y"]]) };
    const u: Hdf5Array = { type: F64, shape: [2, 2], items: [1, 2, 3, 4], attributes };
    const [d] = await datasetsFrom(
      "hdf5",
      arrays({ u, x: scale("x", 0, [0, 1]), y: scale("y", 1, [5, 7]) }),
      field({ u: "/u [J/m^2]", x: "/x [um]", y: "/y [um]" }),
    );
    expect([values(d!, "x"), values(d!, "y")]).toEqual([
      [0, 0, 1e-6, 1e-6],
      [5e-6, 7e-6, 5e-6, 7e-6],
    ]);
  });

  it("MATLAB: columns first, with units beside the arrays, without a lab file too", async () => {
    const { items } = cube("t", "x", "y");
    const mat = matFile({
      u: { class: "double", shape: [3, 4, 5], re: items },
      x: { class: "double", shape: [1, 4], re: [...x] },
      y: { class: "double", shape: [3, 1], re: [...y] },
      t: { class: "double", shape: [1, 5], re: [...t] },
      ...Object.fromEntries(
        Object.entries({ u: "J/m^2", x: "um", y: "um", t: "s" }).map(([name, unit]) => [
          `${name}_unit`,
          { class: "char" as const, rows: [unit] },
        ]),
      ),
    });
    expectSums(await readOne("map.mat", mat, field({ u: "/u", x: "/x", y: "/y", time: "/t" })));
    expectSums(await readOne("map.mat", mat));
  });

  it("netCDF: by dimensions and units, without a lab file", async () => {
    const d = await readOne(
      "map.nc",
      netcdf3(
        { t, y, x },
        { u: [["y", "x", "t"], cube("y", "x", "t").items, "J/m^2"], u_err: [["t"], t, "J/m^2"] },
        { t: "s", y: "um", x: "um" },
      ),
    );
    expectSums(d);
    expect([
      d.kind,
      columnsOf(d)
        .map((c) => c.role)
        .sort(),
    ]).toEqual(["field", ["sigma", "time", "u", "x", "y"]]);
    const square = { y: [0, 1, 2], x: [5, 6, 7] };
    const source = await readOne("r.nc", netcdf3(square, { r: [["y", "x"], [0, 1, 2, 3, 4, 5, 6, 7, 8], "W/m^2"] }, { y: "um", x: "um" }));
    expect([source.kind, values(source, "y")[3], values(source, "x")[1]]).toEqual(["field-source", 1e-6, 6e-6]);
  });

  it("MATLAB with units and equal lengths asks for the order, and reads it without further statements", async () => {
    const units = Object.fromEntries(
      Object.entries({ u: "J/m^2", x: "um", y: "um" }).map(([name, unit]) => [`${name}_unit`, { class: "char" as const, rows: [unit] }]),
    );
    const square = matFile({
      u: { class: "double", shape: [2, 2], re: [1, 2, 3, 4] },
      x: { class: "double", shape: [1, 2], re: [0, 5] },
      y: { class: "double", shape: [2, 1], re: [0, 7] },
      ...units,
    });
    expect((await failure("map.mat", square)).message).toBe(say.ambiguous("u", [2, 2], ["x", "y"], ["y", "x"]));
    expect(values(await readOne("map.mat", square, { kind: "field", map: { axes: ["y", "x"] } }), "y")).toEqual([0, 0, 7e-6, 7e-6]);
  });

  it("NPZ without units and without a lab file is left alone: any simulation calls its arrays x and u", async () => {
    const result = await importContent("map.npz", npz({ u: cube("t", "y", "x"), ...vectors }));
    expect(result.status).toBe("unrecognised");
  });
});

describe("pixels in an array", () => {
  const stack = npz({ frames: cube("y", "x", "t") });
  const map = { pixel: [2e-6, 2e-6], frame: 1e-3, count: quantity(2, "J/m^2") } as const;

  it("are a picture whose dimensions the lab file orders", async () => {
    const d = await readOne("stack.npz", stack, field({ u: "/frames" }, { ...map, axes: ["y", "x", "time"], dark: 1 }));
    expect([values(d, "u")[12 + 4], values(d, "x")[5], values(d, "time")[12]]).toEqual([2 * (1 + 10 - 1), 3e-6, 1e-3]);
    const { message } = await failure("stack.npz", stack, field({ u: "/frames" }, map));
    expect(message).toBe(say.pixelAxes("frames", [3, 4, 5]));
  });

  it("have no arrays of errors or times beside them", async () => {
    const columns = { u: "/frames", time: "/frames" };
    const { message } = await failure("stack.npz", stack, field(columns, { ...map, axes: ["y", "x", "time"] }));
    expect(message).toBe(unusedMapKey("columns: { time }", pictureMessages.aPicture()));
  });

  it("state what they are worth by their own unit, or are asked for it", async () => {
    const { count: _, ...bare } = map;
    const rest = { ...bare, axes: ["y", "x", "time"] as const };
    expect(values(await readOne("stack.npz", stack, field({ u: "/frames [mJ/m^2]" }, rest)), "u")[1]).toBe(0.02);
    const what = pictureMessages.picture("array /frames", 4, 3, 5, "numbers");
    const message = pictureMessages.missing(what, [pictureMessages.countWorth()], "stack.npz", ["kind: field", 'count: "3.2e-9 J/m^2"']);
    expect((await failure("stack.npz", stack, field({ u: "/frames" }, rest))).message).toBe(message);
  });
});
