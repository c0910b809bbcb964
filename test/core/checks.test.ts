import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { CheckTable } from "../../src/core/checks/entry.ts";
import { CHECKS } from "../../src/core/checks.ts";

const folder = new URL("../../src/core/checks/", import.meta.url);
const tables = await Promise.all(
  readdirSync(folder)
    .filter((file) => file !== "entry.ts")
    .map(async (file) => ({ file, table: Object.values((await import(new URL(file, folder).href)) as Record<string, CheckTable>)[0]! })),
);

describe("codes of the checks", () => {
  it.each(tables)("$file: in alphabetical order", ({ table }) => {
    expect(Object.keys(table)).toEqual(Object.keys(table).sort());
  });
  it("stand in one table each, and all tables are in CHECKS", () => {
    expect(tables.flatMap(({ table }) => Object.keys(table)).sort()).toEqual(Object.keys(CHECKS).sort());
  });
});
