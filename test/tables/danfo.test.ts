import { createRequire } from "node:module";
import { describe, expect, it } from "vitest";
import { UserError } from "../../src/core/errors.ts";
import { danfoMessages } from "../../src/core/messages/danfo.ts";
import { columnsToTable } from "../../src/tables/arrow.ts";
import { toDanfo } from "../../src/tables/danfo.ts";

function isInstalled(): boolean {
  try {
    return createRequire(import.meta.url).resolve("danfojs-node") !== "";
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "MODULE_NOT_FOUND";
  }
}

describe.skipIf(isInstalled())("toDanfo without danfojs-node (skipped: it is installed)", () => {
  it("says what to install, with the two overrides", async () => {
    await expect(toDanfo(columnsToTable([]))).rejects.toThrow(new UserError(danfoMessages.absent()));
    expect(danfoMessages.absent()).toMatch(/overrides.*xlsx.*tfjs-node.*npm install danfojs-node@1\.2\.0/);
  });
});
