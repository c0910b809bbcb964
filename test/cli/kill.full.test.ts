import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { random } from "../../src/core/random.ts";
import { gammawatt, MAIN, run, temporaryFolder } from "./command.ts";

const KILLS = 20;
const OUTPUTS = ["estimates.csv", "fits.csv"];

/** Issue 2: killing the run at 20 random instants loses nothing; the seed is fixed, the instants differ with the machine's speed. */
describe("a run that is killed", () => {
  it(`at ${KILLS} random instants keeps what was done, and ends as an uninterrupted one`, async () => {
    const whole = join(temporaryFolder(), "lab");
    const killed = join(temporaryFolder(), "lab");
    for (const folder of [whole, killed]) expect(gammawatt("simulate", folder, "--traces", "60").status).toBe(0);
    const started = performance.now();
    const straight = run(whole);
    const length = performance.now() - started;
    expect(straight.status, straight.stderr).toBe(0);
    const source = random(11);
    let interrupted = 0;
    for (let i = 0; i < KILLS; i++) if (await killAfter(killed, 100 + length * source.uniform())) interrupted++;
    expect(interrupted).toBeGreaterThan(0);
    const last = run(killed);
    expect(last.status, last.stderr).toBe(0);
    for (const reason of last.summary.reasons) expect(reason.code).toBe("new-input");
    for (const name of OUTPUTS)
      expect(readFileSync(join(last.out, name), "utf8"), name).toBe(readFileSync(join(straight.out, name), "utf8"));
    const again = run(killed);
    expect(again.summary.counts.fits.run).toBe(0);
    expect(again.summary.reasons).toEqual([]);
  });
});

/** @returns whether the run was still going when it was killed. */
function killAfter(folder: string, milliseconds: number): Promise<boolean> {
  const child = spawn(process.execPath, [MAIN, "run", folder, "--out", `${folder}-report`, "--quiet"], { stdio: "ignore" });
  const timer = setTimeout(() => child.kill("SIGKILL"), milliseconds);
  return new Promise((resolve) => {
    child.on("exit", (_code, signal) => {
      clearTimeout(timer);
      resolve(signal === "SIGKILL");
    });
  });
}
