import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { cooldown } from "../../pipelines/cooldown.ts";
import { random } from "../../src/core/random.ts";
import { optionsFor } from "./lab.ts";

const [SURFACE, BULK, N_EQ] = [5e7, 8000, 0.02];
const DESIGNS = { q1: [1e-4, 0.92], q2: [3e-4, 0.9], q3: [9e-4, 0.86] } as const;

function yaml(designs: Readonly<Record<string, readonly [number, number]>>): string {
  const qubits = Object.entries(designs).map(
    ([q, [ms, bulk]]) =>
      `  ${q}: { frequency: 5 GHz, equilibrium_population: ${N_EQ} ± 0.001, participation: { MS: ${ms}, bulk: ${bulk} } }`,
  );
  return `device: chipA\nqubits:\n${qubits.join("\n")}\nfiles:\n  - { match: "{cooldown}/{qubit}_t1.csv", kind: decay, columns: { delay: "delay [us]", population: p1, shots: shots } }\n`;
}

it("T1 of three qubits with participations: channel rates from G1, and another participation is read without any new fit", async () => {
  const folder = join(mkdtempSync(join(tmpdir(), "gammawatt-participation-")), "lab");
  mkdirSync(join(folder, "cd07"), { recursive: true });
  Object.entries(DESIGNS).forEach(([q, [ms, bulk]], k) => {
    const draw = random(k + 1);
    // G1tot = G1/(1 - 2 n_eq) is what decays.
    const rate = (ms * SURFACE + bulk * BULK) / (1 - 2 * N_EQ);
    const rows = Array.from({ length: 41 }, (_, i) => {
      const t = (i * 5) / 41 / rate;
      return `${t * 1e6},${draw.binomial(20_000, N_EQ + (0.97 - N_EQ) * Math.exp(-rate * t)) / 20_000},20000`;
    });
    writeFileSync(join(folder, "cd07", `${q}_t1.csv`), `delay [us],p1,shots\n${rows.join("\n")}\n`);
  });
  writeFileSync(join(folder, "gammawatt.yaml"), yaml(DESIGNS));
  const options = optionsFor(folder);
  await cooldown.run(options);
  const rows = () =>
    readFileSync(join(options.out, "estimates.csv"), "utf8")
      .split("\n")
      .filter((line) => line.includes(",channel_rate,"))
      .map((line) => line.split(","));
  for (const [name, truth] of [
    ["MS", SURFACE],
    ["bulk", BULK],
  ] as const) {
    const row = rows().find((r) => r[6] === `channel=${name}`)!;
    expect(row.slice(0, 6)).toEqual(["cd07", "chipA", "", "partition", "channel_rate", "t1"]);
    const [value, sigma] = [Number(row[7]), Number(row[8])];
    expect(Math.abs(value - truth)).toBeLessThan(3.5 * sigma);
    expect(sigma / truth).toBeLessThan(0.05);
  }
  expect(readFileSync(join(options.out, "report.html"), "utf8")).toContain("Loss channels, rates from t1");
  writeFileSync(join(folder, "gammawatt.yaml"), yaml({ q1: [1e-4, 0.9], q2: [1e-4, 0.9], q3: [1e-4, 0.9] }));
  const again = await cooldown.run(options);
  expect(again.summary.counts.fits.run).toBe(0);
  expect(rows().map((r) => [r[7], r[12], r[13]])).toEqual([
    ["", "refused", "participation_rank"],
    ["", "refused", "participation_rank"],
  ]);
});
