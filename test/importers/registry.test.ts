import { describe, expect, it, vi } from "vitest";
import { UserError } from "../../src/core/errors.ts";
import { importerBug, unknownImporter } from "../../src/core/messages/importers.ts";
import { csv } from "../../src/importers/csv.ts";
import type { Probe } from "../../src/importers/importer.ts";
import { IMPORTER_NAMES, IMPORTERS, importerNamed, recognise } from "../../src/importers/registry.ts";
import { importContent } from "./import-text.ts";

const probe = (name: string, text: string): Probe => ({ path: name, name, bytes: text.length, head: new TextEncoder().encode(text), text });

describe("registry", () => {
  it("finds importers by name and names the known ones otherwise", () => {
    expect(importerNamed("csv").name).toBe("csv");
    expect(() => importerNamed("exel")).toThrow(new UserError(unknownImporter("exel", IMPORTER_NAMES)));
    expect(unknownImporter("x", ["a", "b"])).toBe('There is no importer "x". Known: a, b.');
  });

  it("has every name once, with a version and a reference", () => {
    expect(new Set(IMPORTER_NAMES).size).toBe(IMPORTERS.length);
    for (const importer of IMPORTERS) {
      expect(importer.version).toBeGreaterThan(0);
      expect(importer.reference).not.toBe("");
    }
  });

  it("goes by content, not by ending", () => {
    const touchstone = "! made by hand\n# GHz S RI R 50\n5 0.1 0.2\n";
    expect(recognise(probe("trace.txt", touchstone))[0]?.name).toBe("touchstone");
    expect(recognise(probe("trace.csv", touchstone))[0]?.name).toBe("touchstone");
    expect(recognise(probe("table.txt", "delay [us]\tp1\n0\t1\n1\t0.5\n2\t0.3\n"))[0]?.name).toBe("csv");
    expect(recognise(probe("numbers.txt", "0\t1\n1\t0.5\n2\t0.3\n"))).toEqual([]);
    expect(recognise(probe("code.ts", "const x = 1;\n"))).toEqual([]);
  });

  it("does not throw whatever the head is", () => {
    for (const head of [new Uint8Array(), Uint8Array.from([0x89, 0x48]), Uint8Array.from({ length: 500 }, (_, i) => (i * 31) % 256)])
      for (const name of ["a.csv", "a.s2p", "a.hdf5", "a", ".s1p"]) {
        const bare: Probe = { path: name, name, bytes: head.length, head };
        for (const importer of IMPORTERS) expect(importer.recognise(bare)).toBeGreaterThanOrEqual(0);
      }
  });

  it("calls anything that an importer throws by mistake a bug of that importer", async () => {
    const broken = vi.spyOn(csv, "read").mockRejectedValue(new TypeError("x is undefined"));
    const result = await importContent("a.csv", "1,2\n");
    broken.mockRestore();
    expect(result).toEqual({ status: "failed", importer: "csv", place: "a.csv", message: importerBug("csv", "TypeError: x is undefined") });
  });
});
