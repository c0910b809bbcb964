import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { gridMessages as grid, matrixMessages, pictureMessages, unusedMapKey } from "../../src/core/messages/import-maps.ts";
import { quantity } from "../../src/core/quantity.ts";
import { importFile } from "../../src/importers/import-file.ts";
import { type Hints, NO_HINTS } from "../../src/importers/importer.ts";
import { columnsOf } from "../../src/tables/dataset.ts";
import { failure, noteTexts, read, readOne, SHARED_DATA, values } from "./import-text.ts";

const spacing = grid.spacing;
const MATRIX = { across: { role: "x", unit: "um" }, down: { role: "y", unit: "um" }, values: { role: "u", unit: "J/m^2" } } as const;

describe("maps as long tables", () => {
  const long = (
    times: readonly number[],
    xs: readonly number[],
    ys: readonly number[],
    leaveOut = (_t: number, _x: number, _y: number) => false,
  ) =>
    [
      "t [ms],x [um],y [um],u [J/m^2]",
      ...times.flatMap((t) => ys.flatMap((y) => xs.flatMap((x) => (leaveOut(t, x, y) ? [] : [`${t},${x},${y},${t + x + y}`])))),
    ].join("\n");

  it.each([
    ["a grid", long([0, 1, 2], [0, 50, 100], [0, 25]), [grid.grid([3, 2], [spacing(50e-6), spacing(25e-6)]), grid.everySoOften(3, 1e-3)]],
    [
      "a grid of uneven steps",
      long([0, 1], [0, 50, 150], [0, 25]),
      [grid.grid([3, 2], [grid.uneven(50e-6, 100e-6), spacing(25e-6)]), grid.times(2, 0, 1e-3)],
    ],
    [
      "a grid with a hole",
      long([0, 1], [0, 50, 100], [0, 25], (_, x, y) => x === 50 && y === 0),
      [grid.grid([3, 2], [spacing(50e-6), spacing(25e-6)]), grid.missingPlaces(1), grid.times(2, 0, 1e-3)],
    ],
    [
      "a grid whose last frame is not complete",
      long([0, 1], [0, 50, 100], [0, 25], (t, x) => t === 1 && x === 100),
      [grid.grid([3, 2], [spacing(50e-6), spacing(25e-6)]), grid.times(2, 0, 1e-3), grid.missingTimes(2)],
    ],
    ["a line", "x [um],u [J/m]\n0,1\n20,2\n40,3\n", [grid.grid([3], [spacing(20e-6)]), grid.noTime()]],
    ["one sensor", "t [s],x [um],u [J/m]\n0,5,1\n1,5,2\n3,5,3\n", [grid.onePoint(), grid.times(3, 0, 3)]],
    [
      "scattered points",
      ["x [um],y [um],u [J/m^2]", ...Array.from({ length: 37 }, (_, k) => `${k * 3},${(k * k) % 41},${k}`)].join("\n"),
      [grid.scattered(37), grid.noTime()],
    ],
  ])("%s is named", async (_, text, parts) => {
    const d = await readOne("map.csv", text);
    expect([d.kind, noteTexts(d)]).toEqual(["field", [grid.summary(parts)]]);
  });

  it("keeps gaps, and says how many", async () => {
    const d = await readOne("map.csv", "x [um],u [J/m]\n0,1\n20,NaN\n40,\n60,3\n");
    expect(values(d, "u")).toEqual([1, Number.NaN, Number.NaN, 3]);
    expect(noteTexts(d).at(-1)).toBe(grid.summary([grid.grid([4], [spacing(20e-6)]), grid.noTime(), grid.gaps(2, "u")]));
  });

  it("refuses two rows for one point, which is what frames without times look like", async () => {
    const { message } = await failure("map.csv", "x [um],y [um],u [J/m^2]\n0,0,1\n5,0,2\n0,0,3\n5,0,4\n");
    const at = [
      { name: "x", value: 0, unit: "m" as const },
      { name: "y", value: 0, unit: "m" as const },
    ];
    expect(message).toBe(grid.duplicate(1, 3, grid.point(at)));
  });

  it("reads repeats by their counter, and swept settings that the lab file names", async () => {
    const table = (name: string) => `${name},x [um],u [J/m]\n0,1,2\n0,2,3\n0,3,4\n5,1,7\n5,2,8\n5,3,9\n`;
    const repeats = await read("map.csv", table("run"));
    expect(repeats.map((d) => [d.axis, d.labels.trace, values(d, "u")])).toEqual([
      ["repeat", "u[0]", [2, 3, 4]],
      ["repeat", "u[1]", [7, 8, 9]],
    ]);
    const swept = await read("map.csv", table("P [dBm]"), { kind: "field", columns: { condition: "P [dBm]", x: "x", u: "u" } });
    expect(swept.map((d) => [d.axis, d.conditions.map((c) => c.unit)])).toEqual([
      ["swept", ["W"]],
      ["swept", ["W"]],
    ]);
  });

  it("keeps what the lab file says to be no measurement as gaps, in tables and matrices", async () => {
    const table = await readOne("map.csv", "x [um],u [mJ/m]\n0,1\n-999,2\n4,-999\n", { kind: "field", map: { mask: [-999] } });
    expect([values(table, "x")[1], values(table, "u")]).toEqual([-999e-6, [0.001, 0.002, Number.NaN]]);
    const matrix = await readOne("map.csv", ",0,1\n0,-1,2\n", { kind: "field", map: { matrix: MATRIX, mask: [-1] } });
    expect(values(matrix, "u")).toEqual([Number.NaN, 2]);
  });

  it("refuses statements about pixels, which a table has no use for", async () => {
    const hints: Hints = { kind: "field", map: { count: quantity(2, "J/m^2") } };
    expect((await failure("map.csv", "x [um],u [J/m]\n0,1\n1,2\n4,3\n", hints)).message).toBe(
      unusedMapKey("count", matrixMessages.aTable()),
    );
    const shaped: Hints = { kind: "field", map: { matrix: MATRIX, bin: 2 } };
    expect((await failure("map.csv", "0,1\n1,2\n", shaped)).message).toBe(unusedMapKey("bin", matrixMessages.aMatrix()));
  });

  it("refuses a value whose place is not known", async () => {
    expect((await failure("map.csv", "x [um],u [J/m]\n0,1\nnan,2\n4,3\n")).message).toBe(grid.placeUnknown(2, "x"));
  });

  it("takes a map's time from its file name, where the lab file cuts it out", async () => {
    const d = await readOne("map_2ms.csv", "x [um],u [J/m]\n0,1\n2,2\n4,3\n", { kind: "field", map: { at: 2e-3 } });
    expect(values(d, "time")).toEqual([2e-3, 2e-3, 2e-3]);
  });

  it("reads populations of qubits, one dataset for each, with times and not delays", async () => {
    const one = await read("q.csv", "qubit,p1,shots\nq1,0.1,100\nq2,0.2,100\n", { kind: "field" });
    expect(one.map((d) => [d.kind, d.labels.qubit, values(d, "population"), d.noise.type])).toEqual([
      ["field", "q1", [0.1], "binomial"],
      ["field", "q2", [0.2], "binomial"],
    ]);
    const followed = await read("q.csv", "delay [us],q1_p1,q2_p1\n0,0.5,0.25\n1,0.25,0.5\n3,0.125,0.5\n", { kind: "field" });
    expect(followed.map((d) => [d.labels.qubit, values(d, "time").length])).toEqual([
      ["q1", 3],
      ["q2", 3],
    ]);
    const placed = await readOne("q.csv", "x [um],y [um],t [us],p1\n0,1,2,0.1\n1,2,2,0.2\n3,3,2,0.3\n", { kind: "field" });
    expect(columnsOf(placed).map((c) => c.role)).toEqual(["x", "y", "time", "population"]);
  });
});

describe("maps as matrices of numbers", () => {
  const text = "y\\x,0,10,20\n0,1,2,3\n5,4,,6\n";
  const hints = (map: Hints["map"]): Hints => ({ kind: "field", map: { matrix: MATRIX, ...map } });

  it("have positions in the first row and column", async () => {
    const d = await readOne("map.csv", text, hints({}));
    expect([values(d, "x"), values(d, "y"), values(d, "u")]).toEqual([
      [0, 1e-5, 2e-5, 0, 1e-5, 2e-5],
      [0, 0, 0, 5e-6, 5e-6, 5e-6],
      [1, 2, 3, 4, Number.NaN, 6],
    ]);
  });

  it("may run over time, with a comma as decimal mark, and follow each other", async () => {
    const line = await readOne("k.csv", "x;0;0,5\n0;1;2\n2,5;3;4\n", hints({ matrix: { ...MATRIX, down: { role: "time", unit: "ms" } } }));
    expect([values(line, "x"), values(line, "time")]).toEqual([
      [0, 5e-7, 0, 5e-7],
      [0, 0, 2.5e-3, 2.5e-3],
    ]);
    const dated = await readOne("map.csv", `# t = 1 ms\n${text}\n# t = 3 ms\n${text}`, hints({}));
    expect([values(dated, "time")[0], values(dated, "time")[6]]).toEqual([1e-3, 3e-3]);
    const even = await readOne("map.csv", `${text}\n${text}`, hints({ frame: 2e-3, start: 1e-3 }));
    expect(values(even, "time")[6]).toBe(3e-3);
  });

  it("are refused with the place of what is wrong", async () => {
    const refusal = (content: string, map: Hints["map"] = {}) => failure("map.csv", content, hints(map));
    expect(await refusal(`${text}\n${text}`)).toEqual({ place: "map.csv", message: matrixMessages.timesMissing(2) });
    expect(await refusal(`${text}\n${text}`, { times: [1] })).toEqual({ place: "map.csv", message: matrixMessages.frameCount(1, 2) });
    expect(await refusal("y\\x,0,10\n0,1,2\n5,4\n")).toEqual({ place: "map.csv:3", message: matrixMessages.ragged(2, 3) });
    expect(await refusal("y\\x,0,10\n0,1,high\n")).toEqual({ place: "map.csv:2:3", message: matrixMessages.notANumber("high") });
    expect(await refusal("y\\x,0,\n0,1,2\n1,1,2\n")).toEqual({ place: "map.csv:1:3", message: matrixMessages.positionUnknown() });
    expect(await refusal("y\\x,0,1\n0,1,2\n\ny\\x,0,1\n0,1,2\n1,1,2\n", { frame: 1 })).toEqual({
      place: "map.csv:4",
      message: matrixMessages.unequalBlocks(3, 2),
    });
    expect((await refusal("# nothing\n")).message).toBe(matrixMessages.noNumbers());
  });

  it("of bare numbers are pixels", async () => {
    const pixels: Hints = { kind: "field", map: { pixel: [2e-6, 2e-6], count: quantity(3, "J/m^2"), frame: 1e-3 } };
    const d = await readOne("frames.txt", "1 2 3\n4 nan 6\n\n1 2 3\n4 5 7\n", pixels);
    expect(values(d, "u")).toEqual([3, 6, 9, 12, Number.NaN, 18, 3, 6, 9, 12, 15, 21]);
    expect([values(d, "x")[1], values(d, "time")[6]]).toEqual([3e-6, 1e-3]);
    const { count: _, ...rest } = pixels.map!;
    const what = pictureMessages.picture("text", 3, 1, 1, "decimal");
    const message = pictureMessages.missing(what, [pictureMessages.countWorth()], "a.txt", ["kind: field", 'count: "3.2e-9 J/m^2"']);
    expect((await failure("a.txt", "1 2 3\n", { kind: "field", map: rest })).message).toBe(message);
  });
});

describe.skipIf(!existsSync(SHARED_DATA))("the measured map of ../shared/data (skipped where the folder is absent)", () => {
  const path = `${SHARED_DATA}/field-fem`;
  const imported = async (name: string, hints: Hints) => {
    const result = await importFile(`${path}/${name}`, name, hints);
    if (result.status !== "imported") throw new Error(result.message);
    return result.datasets[0]!;
  };
  const numbers = (name: string) =>
    readFileSync(`${path}/${name}`, "utf8")
      .split("\n")
      .filter((line) => /^\d/.test(line))
      .map((line) => line.split(",").map(Number));

  it("has the numbers of the file and names its grid, without and with a lab file", async () => {
    const rows = numbers("u_map.csv");
    for (const hints of [
      NO_HINTS,
      { kind: "field", columns: { time: "t [s]", x: "x [m]", y: "y [m]", u: "u [J/m^2]", sigma: "sigma [J/m^2]" } },
    ] as Hints[]) {
      const d = await imported("u_map.csv", hints);
      expect([d.kind, d.noise]).toEqual(["field", { type: "sigma" }]);
      for (const [k, role] of (["time", "x", "y", "u", "sigma"] as const).entries())
        expect(values(d, role)).toEqual(rows.map((row) => row[k]));
      const step = rows[1]![1]! - rows[0]![1]!;
      expect(noteTexts(d).at(-1)).toBe(grid.summary([grid.grid([24, 24], [spacing(step), spacing(step)]), grid.everySoOften(26, 1e-4)]));
    }
  });

  it("has a source whose units only the lab file states", async () => {
    const hints: Hints = { kind: "field-source", columns: { x: "x [m]", y: "y [m]", r_total: "r_total [W/m^2]" } };
    const d = await imported("r_total.csv", hints);
    expect([d.kind, values(d, "r_total")]).toEqual(["field-source", numbers("r_total.csv").map((row) => row[2])]);
    const refused = await importFile(`${path}/r_total.csv`, "r_total.csv", NO_HINTS);
    expect(refused.status).toBe("failed");
  });
});
