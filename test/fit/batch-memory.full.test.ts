import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const script = fileURLToPath(new URL("./batch-memory.mjs", import.meta.url));
const compiled = new URL("../../dist/src", import.meta.url).href;

/** What batch-memory.mjs measured, in bytes. */
interface Measured {
  readonly perTrace: Readonly<Record<string, number>>;
  readonly beyond: Readonly<Record<string, readonly [number, number]>>;
}

it("nothing is allocated per trace, and a hundred times the traces need no more memory beside input and results", () => {
  // Compiled code is there when it is due, however busy the machine is.
  const flags = ["--max-semi-space-size=256", "--min-semi-space-size=256", "--no-concurrent-recompilation"];
  const text = execFileSync(process.execPath, [...flags, script, compiled], { encoding: "utf8" });
  const { perTrace, beyond } = JSON.parse(text) as Measured;
  if (process.env.SHOW) console.log(text);
  for (const [path, bytes] of Object.entries(perTrace)) expect([path, bytes < 1]).toEqual([path, true]);
  for (const [path, [few, many]] of Object.entries(beyond)) expect([path, many - few < 200_000]).toEqual([path, true]);
}, 120_000);
