import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { cooldown } from "../../pipelines/cooldown.ts";
import { fieldMap } from "../../pipelines/field-map.ts";
import { Interrupted, type RunResult } from "../../pipelines/steps/options.ts";
import { random } from "../../src/core/random.ts";
import { tableFromIPC } from "../../src/tables/arrow.ts";
import { contents, optionsFor } from "./lab.ts";

const [GAMMA0, GAMMA2, LENGTH] = [3000, 1e-3, 4e-3];
const POINTS = 16;
const LAB = `
device: film
field: { gamma0: constant }
files:
  - { match: "{cooldown}/decay.csv", kind: field, columns: { time: "t [ms]", x: "x [mm]", u: "u [J/m]", sigma: "sigma [J/m]" } }
`;

/** A strip after a pulse, left alone: `e^(-gamma0 t) (1 + cos(pi x/L) e^(-gamma2 (pi/L)^2 t))` solves the equation without flux through the ends. */
function strip(seed: number): string {
  const draw = random(seed);
  const sigma = 0.01;
  const rows = [0, 0.15, 0.3, 0.5].flatMap((ms) =>
    Array.from({ length: POINTS }, (_, i) => {
      const [x, t] = [((i + 0.5) * LENGTH) / POINTS, ms * 1e-3];
      const mode = Math.cos((Math.PI * x) / LENGTH) * Math.exp(-GAMMA2 * (Math.PI / LENGTH) ** 2 * t);
      return `${ms},${x * 1e3},${Math.exp(-GAMMA0 * t) * (1 + mode) + sigma * draw.normal()},${sigma}`;
    }),
  );
  return `t [ms],x [mm],u [J/m],sigma [J/m]\n${rows.join("\n")}\n`;
}

function labOf(...cooldowns: readonly string[]): string {
  const folder = join(mkdtempSync(join(tmpdir(), "gammawatt-field-")), "lab");
  cooldowns.forEach((name, i) => {
    mkdirSync(join(folder, name), { recursive: true });
    writeFileSync(join(folder, name, "decay.csv"), strip(i + 1));
  });
  writeFileSync(join(folder, "gammawatt.yaml"), LAB);
  return folder;
}

const table = (path: string) => {
  const [head, ...rows] = readFileSync(path, "utf8").trim().split("\n");
  return rows.map((row) => Object.fromEntries(head!.split(",").map((name, i) => [name, row.split(",")[i]!])));
};
const fitsOf = ({ summary }: RunResult) => summary.counts.fits;

describe("maps through the pipeline", () => {
  const folder = labOf("cd1", "cd2");
  const options = optionsFor(folder);
  let first: RunResult;
  beforeAll(async () => {
    first = await fieldMap.run(options);
  });

  it("a free decay of a strip becomes rows of estimates.csv, field_<cooldown>.csv and .arrow, and a line for the terminal", () => {
    expect(fitsOf(first)).toEqual({ run: 2, reused: 0, refused: 0 });
    const rows = table(join(options.out, "estimates.csv"));
    expect(rows.map((r) => [r.cooldown, r.device, r.qubit, r.route, r.quantity, r.estimator, r.condition, r.unit])).toEqual(
      ["cd1", "cd2"].flatMap((c) => [
        [c, "film", "", "field", "field_gamma0", "constant", "combined", "1/s"],
        [c, "film", "", "field", "field_gamma2", "constant", "combined", "m^2/s"],
      ]),
    );
    for (const [i, truth] of [GAMMA0, GAMMA2, GAMMA0, GAMMA2].entries()) {
      const [value, sigma] = [Number(rows[i]!.value), Number(rows[i]!.sigma)];
      expect(Math.abs(value - truth)).toBeLessThan(3.5 * sigma);
      expect(sigma / truth).toBeLessThan(0.05);
    }
    const map = table(join(options.out, "field_cd1.csv"));
    expect(map).toHaveLength(POINTS);
    expect(map[3]).toMatchObject({ x: "0.000875", y: "", f: "" });
    expect(Number(map[3]!.gamma0) / GAMMA0).toBeCloseTo(1, 1);
    const film = tableFromIPC(readFileSync(join(options.out, "field_cd1.arrow")));
    expect(film.numRows).toBe(4 * POINTS);
    const [u, model, residual] = ["u", "model", "residual"].map((name) => film.getChild(name)!.get(25) as number);
    expect(residual!).toBeCloseTo((u! - model!) / 0.01, 9);
    expect(first.summary.outputs.map((path) => path.slice(options.out.length + 1))).toContain("field_cd2.arrow");
    expect(first.verdicts).toHaveLength(2);
    expect(first.verdicts[0]).toMatch(/^ {2}cd1\/film {3}field gamma0 [\d.]+ ± [\d.]+ 1\/s \(mean\), gamma2 0\.00\d+ ± [\d.e-]+ m\^2\/s/);
  });

  it("again: nothing is fitted, not a byte changes", async () => {
    const before = contents(options.out);
    const again = await fieldMap.run(options);
    expect([fitsOf(again), again.summary.reasons]).toEqual([{ run: 0, reused: 2, refused: 0 }, []]);
    const after = contents(options.out);
    for (const [name, content] of before) if (name !== "summary.json") expect(after.get(name), name).toBe(content);
  });

  it("only what a statement is about is fitted again, and the reason says why; a line more above is none", async () => {
    writeFileSync(join(folder, "gammawatt.yaml"), `# moved\n${LAB}cooldowns: { cd2: { field: { boundary: no-flux } } }\n`);
    const again = await fieldMap.run(options);
    expect(fitsOf(again)).toEqual({ run: 1, reused: 1, refused: 0 });
    expect(again.summary.reasons).toMatchObject([{ file: "cd2/decay.csv", stage: "field", code: "option-changed" }]);
  });

  it("a map that changed is fitted again, and the reason is told of the file that did", async () => {
    writeFileSync(join(folder, "cd1", "more.csv"), strip(3));
    writeFileSync(join(folder, "gammawatt.yaml"), LAB.replace("decay.csv", "*.csv"));
    const more = await fieldMap.run(options);
    expect(fitsOf(more)).toEqual({ run: 2, reused: 0, refused: 0 });
    expect(more.summary.reasons.filter((r) => r.stage === "field")).toMatchObject([{ file: "cd1/more.csv" }, { file: "cd2/decay.csv" }]);
    expect(table(join(options.out, "estimates.csv"))[0]!.datasets!.split(";")).toHaveLength(2);
  });

  it("a copy is no second measurement: beside its map it adds nothing, under another cooldown both are doubtful; no fit is repeated", async () => {
    const before = table(join(options.out, "estimates.csv"));
    const copies = [join(folder, "cd2", "decay copy.csv"), join(folder, "cd3", "decay.csv")];
    mkdirSync(join(folder, "cd3"));
    for (const copy of copies) writeFileSync(copy, readFileSync(join(folder, "cd2", "decay.csv")));
    expect(fitsOf(await fieldMap.run(options))).toEqual({ run: 1, reused: 2, refused: 0 });
    const rows = table(join(options.out, "estimates.csv"));
    const numbers = (row: Record<string, string> | undefined) => [row!.value, row!.sigma, row!.datasets];
    expect(numbers(rows[2])).toEqual(numbers(before[2]));
    expect(numbers(rows[4])).toEqual(numbers(before[2]));
    expect(rows.map((r) => `${r.cooldown} ${r.checks}`)).toEqual(
      ["cd1 ", "cd2 duplicate_data", "cd3 duplicate_data"].flatMap((row) => [row, row]),
    );
    expect(rows.map((r) => r.status)).toEqual(["usable", "usable", "doubtful", "doubtful", "doubtful", "doubtful"]);
    for (const copy of copies) rmSync(copy);
  });

  it("the default pipeline takes the same fits from the store, and files of a map that is gone go", async () => {
    rmSync(join(folder, "cd1"), { recursive: true });
    const run = await cooldown.run(options);
    expect(fitsOf(run)).toEqual({ run: 0, reused: 1, refused: 0 });
    expect(run.notes).toEqual([]);
    expect([existsSync(join(options.out, "field_cd1.csv")), existsSync(join(options.out, "field_cd2.csv"))]).toEqual([false, true]);
  });
});

it("an interrupted fit says its best point, stores nothing, and is made by the next run; finished ones are kept", async () => {
  const folder = labOf("cd1", "cd2");
  const stop = new AbortController();
  const onProgress = (text: string) => {
    if (text.includes("2 of 2") && text.includes(",")) stop.abort();
  };
  const run = fieldMap.run(optionsFor(folder, { signal: stop.signal, onProgress }));
  await expect(run).rejects.toThrow(Interrupted);
  await expect(run).rejects.toThrow(/cd2\/film was stopped before its end/);
  const next = await fieldMap.run(optionsFor(folder));
  expect(fitsOf(next)).toEqual({ run: 1, reused: 1, refused: 0 });
});
