import { expect, it } from "vitest";
import { columnOf, type Dataset } from "../../src/tables/dataset.ts";
import { noteTexts, read } from "./import-text.ts";

const DELAYS = [0, 5, 10, 20, 40, 80];
const p1 = (delay: number, k = 0) => (0.9 * Math.exp(-delay / 30) + 0.01 * k).toFixed(5);
const FLUX = [0.1, 0.2, 0.3];
/** Always the same order, which is no order. */
const shuffled = <T>(rows: readonly T[]) =>
  rows
    .map((row, k) => [(k * 7919) % 101, row] as const)
    .sort(([a], [b]) => a - b)
    .map(([, row]) => row);
const each = (values: readonly number[], delays: (k: number) => readonly number[] = () => DELAYS) =>
  values.flatMap((value, k) => delays(k).map((delay) => [value, delay, p1(delay, k)]));
const turns = (values: readonly number[], delays: (k: number) => readonly number[] = () => DELAYS) =>
  DELAYS.flatMap((_, i) => values.map((value, k) => [value, delays(k)[i]!, p1(delays(k)[i]!, k)]));
const twice = (rows: readonly (readonly (number | string)[])[]) => [...rows, ...rows];
const flicker = (rows: readonly (readonly (number | string)[])[], readings: readonly (number | string)[]) =>
  rows.map(([first, ...rest], k) => [first!, readings[((k * 7919) % 101) % readings.length]!, ...rest]);
const single = DELAYS.concat([90, 100, 110, 120, 130, 140]).map((delay) => [delay, p1(delay)]);
const logged = (name: string, readings: readonly (number | string)[]) => [`delay [us],${name},p1`, flicker(single, readings)] as const;

const ONE = ["repeat none 12"];
const swept = (length = 6) => FLUX.map((flux) => `swept flux=${flux} ${length}`);
const repeats = (count: number, length = 6) => Array.from({ length: count }, () => `repeat none ${length}`);

/** Each dataset in short: conditions and number of points. */
const inShort = (datasets: readonly Dataset[]) =>
  datasets.map((d) => {
    const conditions = d.conditions.map((c) => `${c.name}=${Number(c.value.toPrecision(4))}`).join("+");
    return `${d.axis === "single" ? "repeat" : d.axis} ${conditions || "none"} ${columnOf(d, "delay")?.values.length ?? 0}`;
  });

it.each<[string, string, readonly (readonly (number | string)[])[], readonly string[]]>([
  ["a thermometer", ...logged("T_mxc [mK]", [12, 12.1, 12.2]), ONE],
  ["a thermometer that drifts", "T_mxc [mK],delay [us],p1", single.map((row, k) => [k < 6 ? 12 : 15, ...row]), ONE],
  ["a power read back", ...logged("power [dBm]", [-20, -20.1]), ONE],
  ["a frequency read back", ...logged("frequency [GHz]", [5.001, 5.002]), ONE],
  ["a flag", ...logged("valid", [0, 1]), ONE],
  ["an average count", ...logged("avg_count", [100, 200]), ONE],
  ["a thermometer, delays in no order", "delay [us],T [mK],p1", shuffled(flicker(single, [12, 12.1])), ONE],
  ["flux in an outer loop", "flux [V],delay [us],p1", each(FLUX), swept()],
  ["flux in an outer loop, falling delays", "flux [V],delay [us],p1", each(FLUX, () => [...DELAYS].reverse()), swept()],
  ["flux there, delays back and forth", "flux [V],delay [us],p1", each(FLUX, (k) => (k % 2 ? [...DELAYS].reverse() : DELAYS)), swept()],
  ["flux with delays of its own", "flux [V],delay [us],p1", each(FLUX, (k) => DELAYS.map((d) => d * (k + 1) + k)), swept()],
  ["flux in an inner loop", "flux [V],delay [us],p1", turns(FLUX), swept()],
  ["flux in turn, with delays of its own", "flux [V],delay [us],p1", turns(FLUX, (k) => DELAYS.map((d) => d * (k + 1) + k)), swept()],
  ["flux, rows in no order", "flux [V],delay [us],p1", shuffled(each(FLUX)), swept()],
  [
    "flux, one point missing",
    "flux [V],delay [us],p1",
    each(FLUX).filter((_, k) => k !== 8),
    ["swept flux=0.1 6", "swept flux=0.2 5", "swept flux=0.3 6"],
  ],
  [
    "flux, cut off in the last trace",
    "flux [V],delay [us],p1",
    each(FLUX).slice(0, -2),
    ["swept flux=0.1 6", "swept flux=0.2 6", "swept flux=0.3 4"],
  ],
  ["flux and a thermometer", "flux [V],T [mK],delay [us],p1", flicker(each(FLUX), [12, 12.1, 12.3]), swept()],
  ["flux in an inner loop and a thermometer", "flux [V],T [mK],delay [us],p1", flicker(turns(FLUX), [12, 12.1, 12.3]), swept()],
  ["a counter and a thermometer", "repeat,T [mK],delay [us],p1", flicker(each([0, 1, 2]), [12, 12.1, 12.3]), repeats(3)],
  ["a thermometer read once per trace", "T [mK],delay [us],p1", each([12, 12.1, 12.2]), repeats(3)],
  ["a thermometer read once per trace, twice the same", "T [mK],delay [us],p1", each([12, 12.1, 12]), repeats(3)],
  [
    "a thermometer read once per counted trace",
    "run,T [mK],delay [us],p1",
    each([0, 1, 2]).map(([k, ...rest]) => [k!, 12 + Number(k) / 10, ...rest]),
    repeats(3),
  ],
  [
    "flux read back",
    "flux [V],delay [us],p1",
    each(FLUX).map(([flux, ...rest], k) => [Number(flux) + ((k * 7919) % 11) * 1e-8, ...rest]),
    swept(),
  ],
  [
    "a counter that runs along with flux",
    "trace,flux [V],delay [us],p1",
    each([1, 2, 3]).map(([k, ...rest]) => [k!, Number(k) / 10, ...rest]),
    swept(),
  ],
  ["temperatures that were set", "T [K],delay [us],p1", each([0.02, 0.05, 0.1]), ["swept T=0.02 6", "swept T=0.05 6", "swept T=0.1 6"]],
  ["passes and a thermometer", "delay [us],T [mK],p1", flicker(twice(single.slice(0, 6)), [12, 12.1, 12.2]), repeats(2)],
  ...["shot", "shot_index", "avg", "n", "rep", "repetition", "iteration", "run", "index"]
    .flatMap((name) => [
      [`the counter ${name} in an outer loop`, `${name},delay [us],p1`, each([0, 1, 2]), repeats(3)] as const,
      [`the counter ${name} in an inner loop`, `${name},delay [us],p1`, turns([0, 1, 2]), repeats(3)] as const,
    ])
    .map(([...row]) => row as [string, string, readonly (readonly (number | string)[])[], readonly string[]]),
])("%s", async (_, header, rows, expected) => {
  const datasets = await read("q1_t1.csv", [header, ...rows.map((row) => row.join(","))].join("\n").concat("\n"));
  expect(inShort(datasets).sort()).toEqual([...expected].sort());
});

it("says what was only logged, and keeps it as a column", async () => {
  const [header, rows] = logged("power [dBm]", [-20, -20.1]);
  const [dataset] = await read("q1_t1.csv", [header, ...rows.map((row) => row.join(","))].join("\n").concat("\n"));
  expect(columnOf(dataset!, "other")?.name).toBe("power");
  expect(noteTexts(dataset!).join()).toContain('"power" varies');
});
