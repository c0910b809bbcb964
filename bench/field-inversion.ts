import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { fitField } from "../src/field/fit-field.ts";
import type { FieldProblem } from "../src/field/problem.ts";
import { processorTime } from "./processor-time.ts";

/** A finite-element film of 24 x 24 points at 26 times, driven for 1 ms on 5 mm x 5 mm without flux. From dist/bench. */
const FILM = fileURLToPath(new URL("../../../shared/data/field-fem/", import.meta.url));
const SIDE = { type: "no-flux" } as const;
const LENGTH = 5e-3;

/** One whole fit of field-fem: free gamma0(r), errors, profile, checks, rival laws and a second field. */
export async function fieldInversionBench(): Promise<string[]> {
  if (!existsSync(FILM)) return ["field-fem: ../shared/data is not here"];
  const problem = film();
  const [started, clock] = [processorTime(), performance.now()];
  const outcome = await fitField(problem);
  const [processor, wall] = [processorTime() - started, performance.now() - clock].map((ms) => `${(ms / 1000).toFixed(1)} s`);
  if (outcome.state === "refused") return [`field-fem, whole inversion: refused after ${wall}: ${outcome.sentence}`];
  const gamma2 = outcome.numbers.find(({ name }) => name === "gamma2")!;
  const value = `gamma2 ${gamma2.value.toExponential(4)} +- ${gamma2.sigma.toExponential(1)} m^2/s on ${outcome.grid.cells.join(" x ")} cells`;
  return [`field-fem, whole inversion (${outcome.state}): ${wall}, ${processor} of processor time; ${value}`];
}

function film(): FieldProblem {
  const u = columns("u_map.csv");
  const source = columns("r_total.csv");
  const points = { x: source[0]!, y: source[1]! };
  const size = points.x.length;
  const drive = { type: "map", points, values: source[2]! } as const;
  return {
    dimensions: 2,
    domain: [
      [0, LENGTH],
      [0, LENGTH],
    ],
    boundary: { x: [SIDE, SIDE], y: [SIDE, SIDE] },
    experiments: [
      {
        name: "film",
        points,
        times: u[0]!.filter((_, i) => i % size === 0),
        values: u[3]!,
        sigma: u[4]!,
        sources: [{ name: "drive", shape: drive, on: [[0, 1e-3]], scale: "known", sigma: Number.NaN }],
        start: "empty",
        from: 0,
      },
    ],
    gamma0: { type: "field" },
    gamma2: { type: "scalar" },
    background: false,
  };
}

/** Numbers below the header, column by column. */
function columns(name: string): Float64Array[] {
  const lines = readFileSync(`${FILM}${name}`, "utf8").trim().split("\n");
  const rows = lines.filter((line) => /^[-\d]/.test(line)).map((line) => line.split(",").map(Number));
  return rows[0]!.map((_, c) => Float64Array.from(rows, (row) => row[c]!));
}
