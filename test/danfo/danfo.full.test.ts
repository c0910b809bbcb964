import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { danfoMessages } from "../../src/core/messages/danfo.ts";
import { rowColumns } from "../../src/tables/row-table.ts";
import { arrow } from "../../src/tables/writers/arrow.ts";

const HERE = fileURLToPath(new URL(".", import.meta.url));
const installed = existsSync(join(HERE, "node_modules/danfojs-node"));

describe.skipIf(!installed)("toDanfo with danfojs-node (skipped: not installed; type npm run test:danfo, 335 MB)", () => {
  const folder = mkdtempSync(join(tmpdir(), "gammawatt-danfo-"));
  const [file, fits] = [join(folder, "estimates.arrow"), join(folder, "fits.arrow")];
  let frames: Record<string, unknown>;
  beforeAll(() => {
    const rows = [["q1", "rate", 29e3, "1/s"] as const];
    writeFileSync(fits, arrow.rows("fits", { columns: rowColumns("qubit,parameter,value,unit", "value"), rows }) as Uint8Array);
    const table = { columns: rowColumns("qubit,value", "value"), rows: [["q1", 29e3] as const, ["q2", Number.NaN] as const] };
    writeFileSync(file, arrow.rows("estimates", table) as Uint8Array);
    const { stdout, stderr } = spawnSync(process.execPath, ["print-frames.mjs", file], { cwd: HERE, encoding: "utf8" });
    if (stdout === "") throw new Error(stderr);
    frames = JSON.parse(stdout) as typeof frames;
  });
  const error = (message: string) => ({ error: `UserError: ${message}` });

  it("keeps units in names, numbers in full, and what is not known", () => {
    expect(frames.measured).toEqual({
      columns: ["delay [s]", "p1 [1]"],
      shape: [2, 2],
      types: ["float32", "float32"],
      values: [
        [0, "NaN"],
        [1.23456789012345e-5, 0.1 + 0.2],
      ],
    });
    expect(frames.exported).toMatchObject({
      columns: ["qubit", "value"],
      values: [
        ["q1", 29e3],
        ["q2", "NaN"],
      ],
    });
  });
  it("takes integers, texts, dictionaries and truth values, with their gaps", () => {
    expect(frames.mixed).toEqual({
      columns: ["counts", "qubit", "word", "value", "usable"],
      shape: [2, 5],
      types: ["float32", "string", "string", "float32", "boolean"],
      values: [
        [1, "q1", "a", "NaN", true],
        ["NaN", null, "a", 1.5, null],
      ],
    });
    expect(frames.empty).toMatchObject({ columns: ["delay [s]"], shape: [0, 1] });
  });
  it("refuses what a frame cannot hold", () => {
    expect(frames.unsafe).toEqual(error(danfoMessages.unsafeInteger("counts", "9007199254740993")));
    expect(frames.taken).toEqual(error(danfoMessages.ownMember("values")));
    expect(frames.lists).toEqual(error(danfoMessages.otherType("traces", "List<Float64>")));
  });
  it("prints what the README shows", () => {
    const readme = readFileSync(join(HERE, "../../README.md"), "utf8");
    const code = readme.split("<!-- example:danfo -->\n```js\n")[1]!.split("\n```")[0]!;
    const adapted = code
      .replace("reports/lab/export/fits.arrow", fits)
      .replace('"gammawatt"', JSON.stringify(pathToFileURL(join(HERE, "../../dist/src/index.js")).href));
    const run = spawnSync(process.execPath, ["--input-type=module", "--eval", adapted], { cwd: HERE, encoding: "utf8" });
    expect(run.stderr).toBe("");
    expect(run.stdout).toMatch(/qubit.*parameter.*value.*unit/);
    expect(run.stdout).toMatch(/q1.*rate.*29000.*1\/s/);
  });
  it("leaves arithmetic alone, which danfojs does in float32", () => {
    const sum = (frames.sum as number[][])[1]![0];
    expect(sum).toBe(Math.fround(2 * Math.fround(1.23456789012345e-5)));
    expect(sum).not.toBe(2 * 1.23456789012345e-5);
  });
});
