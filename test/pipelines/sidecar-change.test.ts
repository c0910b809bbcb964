import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { decay } from "../../pipelines/decay.ts";
import { sweptT1 } from "../../src/core/messages/compare.ts";
import { optionsFor } from "./lab.ts";

const POINTS = Array.from({ length: 21 }, (_, k) => 5 * k);
const decaying = (t1: number) => POINTS.map((t) => [t, (0.05 + 0.9 * Math.exp(-t / t1)).toFixed(6)] as const);

it("a measurement whose sidecar changed, came or went has changed; one T1 per setting is told as such", async () => {
  const folder = join(mkdtempSync(join(tmpdir(), "gammawatt-sidecar-")), "lab");
  mkdirSync(folder);
  const sidecar = join(folder, "q1_t1.json");
  writeFileSync(
    join(folder, "q1_t1.csv"),
    `delay [us],p1\n${decaying(20)
      .map((row) => row.join(","))
      .join("\n")}\n`,
  );
  const swept = [20, 40].flatMap((t1, k) => decaying(t1).map((row) => [0.1 * k, ...row].join(",")));
  writeFileSync(join(folder, "q2_t1.csv"), `flux [V],delay [us],p1\n${swept.join("\n")}\n`);
  const options = optionsFor(folder);
  const { verdicts } = await decay.run(options);
  expect(verdicts.find((line) => line.includes("q2"))).toContain(sweptT1(2, 2, ["flux"], 20e-6, 40e-6));
  const changed = async () => (await decay.run(options)).summary.counts.files.changed;
  expect(await changed()).toBe(0);
  writeFileSync(sidecar, '{"power": "-20 dBm"}');
  expect(await changed()).toBe(1);
  writeFileSync(sidecar, '{"power": "-30 dBm"}');
  expect(await changed()).toBe(1);
  rmSync(sidecar);
  expect(await changed()).toBe(1);
  expect(await changed()).toBe(0);
});
