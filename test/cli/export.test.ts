import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { exportMessages } from "../../src/core/messages/export.ts";
import { EXPORT_FORMATS } from "../../src/tables/writers/registry.ts";
import { labFolder } from "../pipelines/lab.ts";
import { gammawatt } from "./command.ts";

describe("gammawatt export", () => {
  it("prints one JSON summary, whose outputs stand", () => {
    const folder = labFolder("small");
    const out = `${folder}-out`;
    const ended = gammawatt("export", folder, "--format", "csv", "--out", out, "--qubit", "q1", "--json");
    expect(ended.status, ended.stderr).toBe(0);
    const summary = JSON.parse(ended.stdout);
    expect(summary.exported).toMatchObject({ format: "csv", datasets: 10 });
    expect(summary.outputs).toContain(join(out, "estimates.csv"));
    expect(summary.outputs.every((path: string) => existsSync(path))).toBe(true);
  });

  it("says which formats there are", () => {
    const ended = gammawatt("export", "anywhere", "--format", "json");
    expect(ended).toMatchObject({ status: 1, stdout: "", stderr: `${exportMessages.unknownFormat("json", EXPORT_FORMATS)}\n` });
  });
});
