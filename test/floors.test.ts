import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { cycles, doorwayViolations, floorViolations, importsOf, lengthViolations, roomOf, type Sources } from "./floors/rules.ts";

const ROOT = fileURLToPath(new URL("../", import.meta.url));

function readSources(): Sources {
  const sources = new Map<string, string>();
  for (const folder of ["src", "pipelines", "bench"])
    for (const name of readdirSync(`${ROOT}${folder}`, { recursive: true, encoding: "utf8" })) {
      const path = `${folder}/${name.replaceAll("\\", "/")}`;
      if (path.endsWith(".ts")) sources.set(path, readFileSync(`${ROOT}${path}`, "utf8"));
    }
  return sources;
}

describe("the house keeps its floors (ARCHITECTURE.md)", () => {
  const sources = readSources();
  const { dependencies, optionalDependencies, peerDependencies } = JSON.parse(readFileSync(`${ROOT}package.json`, "utf8"));
  const declared = new Set(Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies }));

  it("was read", () => {
    expect(sources.size).toBeGreaterThan(50);
    expect([...sources].flatMap(([, text]) => importsOf(text)).length).toBeGreaterThan(100);
    // No import statement was overlooked.
    for (const [path, text] of sources)
      expect(importsOf(text).length, path).toBeGreaterThanOrEqual((text.match(/^import\b/gm) ?? []).length);
  });
  it("a file imports its own room or lower floors", () => {
    expect(floorViolations(sources)).toEqual([]);
  });
  it("no file imports itself in a circle", () => {
    expect(cycles(sources)).toEqual([]);
  });
  it("each npm package has one doorway file and is declared", () => {
    expect(doorwayViolations(sources, declared)).toEqual([]);
  });
  it("files are short", () => {
    expect(lengthViolations(sources)).toEqual([]);
  });
});

describe("these checks can fail", () => {
  const house = (files: Record<string, string>): Sources => new Map(Object.entries(files));

  it("on every way of importing", () => {
    const text = [
      'import a from "one";',
      "import { b,\n  type C } from 'two';",
      'import type { D } from "three";',
      'import * as e from "four";',
      'import f, { g } from "five/sub";',
      'import "six";',
      'export { h } from "seven";',
      'export * from "eight";',
      'export type { I } from "nine";',
      'const j = await import("ten");',
      'type K = import("eleven").L;',
      '// import x from "commented";',
      ' * import y from "documented";',
      '/** from "quoted" */ export const z = 1;',
    ].join("\n");
    expect(importsOf(text)).toEqual(["one", "two", "three", "four", "five/sub", "six", "seven", "eight", "nine", "ten", "eleven"]);
  });
  it("on a higher floor, also for a type alone", () => {
    const bad = house({ "src/core/a.ts": 'import type { B } from "../fit/b.ts";\n', "src/fit/b.ts": "" });
    expect(floorViolations(bad)).toEqual(["src/core/a.ts (floor 0) imports src/fit/b.ts (floor 2)"]);
  });
  it("on another room of the same floor", () => {
    const bad = house({ "src/fit/a.ts": 'import { b } from "../importers/csv/b.ts";\n', "src/importers/csv/b.ts": "" });
    expect(floorViolations(bad)).toEqual(["src/fit/a.ts (floor 2) imports src/importers/csv/b.ts (floor 2)"]);
  });
  it("on rooms without a floor and files that are not there", () => {
    expect(
      floorViolations(
        house({ "src/attic/a.ts": "", "src/core/b.ts": 'import "../attic/a.ts";\n', "src/core/c.ts": 'import "./gone.ts";\n' }),
      ),
    ).toHaveLength(3);
  });
  it("but not on what is allowed", () => {
    const good = house({
      "src/fit/models/a.ts": 'import { b } from "../b.ts";\nimport { c } from "../../core/c.ts";\n',
      "src/fit/b.ts": "",
      "src/core/c.ts": 'import "node:fs";\n',
      "pipelines/p.ts": 'import "../src/fit/b.ts";\n',
      "src/index.ts": 'export { p } from "../pipelines/p.ts";\n',
    });
    expect(floorViolations(good)).toEqual([]);
    expect(cycles(good)).toEqual([]);
    expect([...good.keys()].map(roomOf)).toEqual(["fit", "fit", "core", "pipelines", "index"]);
  });
  it("on circles, each once", () => {
    const bad = house({
      "src/core/a.ts": 'import "./b.ts";\n',
      "src/core/b.ts": 'import "./c.ts";\n',
      "src/core/c.ts": 'export * from "./a.ts";\nimport "./c.ts";\n',
    });
    expect(cycles(bad)).toEqual(["src/core/a.ts -> src/core/b.ts -> src/core/c.ts -> src/core/a.ts", "src/core/c.ts -> src/core/c.ts"]);
  });
  it("on a second doorway, and on a package that is not declared", () => {
    const bad = house({
      "src/core/a.ts": 'import "@scope/one/deep";\n',
      "src/fit/b.ts": 'import type { T } from "@scope/one";\nimport "node:fs";\n',
    });
    expect(doorwayViolations(bad, new Set(["@scope/one"]))).toEqual(["@scope/one is imported by src/core/a.ts and src/fit/b.ts"]);
    expect(doorwayViolations(bad, new Set())).toHaveLength(2);
  });
  it("on long files and a high median", () => {
    const lines = (n: number) => "x\n".repeat(n);
    expect(lengthViolations(house({ a: lines(400), b: lines(119), c: lines(2) }))).toEqual([]);
    expect(lengthViolations(house({ a: lines(401), b: lines(119), c: lines(2) }))).toEqual(["a has 401 lines, more than 400"]);
    expect(lengthViolations(house({ a: lines(130), b: lines(120), c: lines(2) }))).toEqual([
      "the median file has 120 lines, not under 120",
    ]);
  });
});
