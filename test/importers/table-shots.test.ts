import { expect, it } from "vitest";
import { hdf5FamilyMessages } from "../../src/core/messages/import-hdf5.ts";
import { random } from "../../src/core/random.ts";
import { writeNpy, writeNpz } from "../../src/importers/numpy/write.ts";
import { columnOf } from "../../src/tables/dataset.ts";
import { noteTexts, read, readOne, values } from "./import-text.ts";

const DELAYS = [0, 10, 20, 40, 80, 160];
const SHOTS = 40;
const source = random(7);
/** One list of outcomes per delay. */
const outcomes = DELAYS.map((delay) => Array.from({ length: SHOTS }, () => (source.uniform() < 0.9 * Math.exp(-delay / 50) ? 1 : 0)));
const shares = outcomes.map((own) => own.reduce<number>((sum, x) => sum + x, 0) / SHOTS);
const shots = [...Array(SHOTS).keys()];
const table = (header: string, rows: readonly (readonly unknown[])[]) => `${[header, ...rows.map((row) => row.join(","))].join("\n")}\n`;

const byShot = shots.flatMap((shot) => DELAYS.map((delay, k) => [shot, delay, outcomes[k]![shot]]));
const byDelay = DELAYS.flatMap((delay, k) => shots.map((shot) => [delay, shot, outcomes[k]![shot]]));
const long = Float64Array.from(shots.flatMap((shot) => outcomes.map((own) => own[shot]!)));
const turned = Float64Array.from(outcomes.flat());
const delay_us = writeNpy(Float64Array.from(DELAYS), [DELAYS.length]);

it.each<[string, string, string | Uint8Array]>([
  ["shot by shot, as p1", "q1_t1.csv", table("shot,delay [us],p1", byShot)],
  ["delay by delay, as state", "q1_t1.csv", table("delay [us],shot,state", byDelay)],
  [
    "delay by delay, without counter",
    "q1_t1.csv",
    table(
      "delay [us],p1",
      byDelay.map(([delay, , state]) => [delay, state]),
    ),
  ],
  [
    "shot by shot, without counter",
    "q1_t1.csv",
    table(
      "delay [us],outcome",
      byShot.map(([, delay, state]) => [delay, state]),
    ),
  ],
  [
    "side by side",
    "q1_t1.csv",
    table(
      `delay [us],${shots.map((k) => `shot${k}`).join()}`,
      DELAYS.map((delay, k) => [delay, ...outcomes[k]!]),
    ),
  ],
  [
    "side by side, as p1_0",
    "q1_t1.csv",
    table(
      `delay [us],${shots.map((k) => `p1_${k}`).join()}`,
      DELAYS.map((delay, k) => [delay, ...outcomes[k]!]),
    ),
  ],
  [
    "counts of both states",
    "q1_t1.csv",
    table(
      "delay [us],counts_0,counts_1",
      DELAYS.map((delay, k) => [delay, SHOTS - Math.round(shares[k]! * SHOTS), Math.round(shares[k]! * SHOTS)]),
    ),
  ],
  ["an array of shots", "q1_t1.npz", writeNpz({ delay_us, shots: writeNpy(long, [SHOTS, DELAYS.length]) })],
  ["an array of states, turned", "q1_t1.npz", writeNpz({ delay_us, states: writeNpy(turned, [DELAYS.length, SHOTS]) })],
])("counts single shots: %s", async (_, name, content) => {
  const dataset = await readOne(name, content);
  expect(dataset).toMatchObject({ kind: "decay", axis: "single", conditions: [], noise: { type: "binomial", shots: "column" } });
  expect(values(dataset, "population").map((p) => Math.round(p * SHOTS))).toEqual(shares.map((p) => Math.round(p * SHOTS)));
  expect(values(dataset, "shots")).toEqual(DELAYS.map(() => SHOTS));
  expect(values(dataset, "delay")).toEqual(DELAYS.map((delay) => Number(`${delay}e-6`)));
});

it("counts for each flux, and averages what was logged", async () => {
  const rows = [0.1, 0.2].flatMap((flux) => byShot.map((row, k) => [flux, ...row, 12 + (k % 5) / 10]));
  const datasets = await read("q1_t1.csv", table("flux [V],shot,delay [us],p1,T [mK]", rows));
  expect(datasets.map((d) => [d.axis, d.conditions[0]?.value])).toEqual([
    ["swept", 0.1],
    ["swept", 0.2],
  ]);
  expect(noteTexts(datasets[1]!)).toContain(hdf5FamilyMessages.shotsCounted("shot", SHOTS));
  expect(columnOf(datasets[1]!, "other")?.values[0]).toBeCloseTo(0.0122, 3);
});

it("averages noisy voltages of single shots, with their standard error", async () => {
  const rows = shots.flatMap((shot) => DELAYS.map((delay, k) => [shot, delay, outcomes[k]![shot]! * 1e-3 + 1e-3 * source.normal()]));
  const dataset = await readOne("q1_t1.csv", table("shot,delay [us],voltage [V]", rows));
  expect(dataset.noise).toEqual({ type: "sigma" });
  expect(values(dataset, "sigma").every((sigma) => sigma > 1e-4 && sigma < 4e-4)).toBe(true);
});

it("leaves averaged repeats, and shares with their number of shots, as they are", async () => {
  const repeats = [0, 1, 2].flatMap((k) => DELAYS.map((delay, i) => [k, delay, shares[i]! + 0.001 * k, 100]));
  expect(await read("q1_t1.csv", table("shot,delay [us],p1,shots", repeats))).toHaveLength(3);
  expect(
    await read(
      "q1_t1.csv",
      table(
        "rep,delay [us],p1",
        repeats.map((row) => row.slice(0, 3)),
      ),
    ),
  ).toHaveLength(3);
});
