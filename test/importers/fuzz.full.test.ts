import { expect, it } from "vitest";
import { fuzz, table } from "./fuzz/fuzz.ts";
import { seeds } from "./fuzz/seeds.ts";

const FILES = 20_000;

it("20000 damaged files of all formats are read, left alone or refused in words, within 5 s and 1 GB, never with other numbers under a checksum", {
  timeout: 1_200_000,
}, async () => {
  const all = await seeds();
  const weights = all.reduce((sum, seed) => sum + (seed.weight ?? 1), 0);
  const { rows, failures } = await fuzz(all, (seed) => Math.ceil((FILES * (seed.weight ?? 1)) / weights), {
    replay: process.env.FUZZ,
    separate: true,
  });
  console.info(table(rows));
  expect(failures.slice(0, 20)).toEqual([]);
  if (process.env.FUZZ === undefined) expect(rows.reduce((sum, row) => sum + row.files, 0)).toBeGreaterThanOrEqual(FILES);
});
