import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { VERSION } from "../../src/core/version.ts";
import { gammawatt } from "./command.ts";

it("the version that is printed is the package's", () => {
  const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
  expect(VERSION).toBe(version);
  expect(gammawatt("--version").stdout.trim()).toBe(version);
});
