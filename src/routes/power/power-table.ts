import { type Check, check } from "../../core/check.ts";
import type { Role } from "../../core/dataset.ts";
import { noDetector, noFrequency, noReference } from "../../core/messages/power.ts";
import { columnOf } from "../../tables/dataset.ts";
import type { Absorbed, AbsorbedPoint } from "./absorbed.ts";
import { type CommonInput, pointwiseInput } from "./common-input.ts";
import type { DrivePower } from "./drive-power.ts";
import type { PowerDataset } from "./input.ts";
import { tableRows } from "./population-rows.ts";

/** A table of incident and reflected power, as the detector that made it says. */
export interface PowerTable {
  /** Every row that has powers; its population is NaN where there is none. */
  readonly absorbed: Absorbed;
  /** A VNA sees the coherent part (estimator 2); a power meter all that comes back (estimator 3: the non-radiative part). */
  readonly estimator: "scalar_difference" | "total_power";
  /** Reflected and transmitted power are both there. */
  readonly bothDirections: boolean;
  /** The meter's background is stated. */
  readonly backgroundKnown: boolean;
  readonly dataset: string;
}

export const isMeter = ({ dataset, entry }: PowerDataset): boolean => dataset.kind === "total-power" || entry?.detector === "power-meter";

/**
 * `share = 1 - (on - b)/(off - b)` from incident, reflected and reflected_off (and the same transmitted, added to them), so that the gain of the
 * output line cancels; b is what the meter shows without drive. Without an off value the table shows cable loss; without a detector nobody knows what it
 * shows: both are refused. A relative noise is that of every power by itself.
 * @param omega drive frequency where the table has none, rad/s.
 */
export function powerTable(item: PowerDataset, power: DrivePower, omega: number): PowerTable | { readonly refused: Check } {
  const { dataset, entry } = item;
  const values = (role: Role) => columnOf(dataset, role)?.values;
  if (!isMeter(item) && !entry?.detector) return { refused: check("no_detector", false, noDetector()) };
  const outputs = (
    [
      ["reflected", "reflected_off"],
      ["transmitted", "transmitted_off"],
    ] as const
  ).flatMap(([on, off]) => {
    const pair = { on: values(on), off: values(off) };
    return pair.on && pair.off ? [{ on: pair.on, off: pair.off }] : [];
  });
  const incident = values("incident");
  if (outputs.length === 0) return { refused: check("no_reference", false, noReference()) };
  const column = values("background");
  const backgroundAt = (i: number) => column?.[i] ?? entry?.background?.value ?? 0;
  const relative = dataset.noise.type === "relative" ? dataset.noise.relative : Number.NaN;
  const offs: number[] = [];
  const found = tableRows(item).flatMap((row): AbsorbedPoint[] => {
    const i = row.index;
    const pSource = incident?.[i] ?? row.pSource;
    const sum = (of: "on" | "off") => outputs.reduce((a, o) => a + o[of][i]! - backgroundAt(i), 0);
    const [on, off] = [sum("on"), sum("off")];
    const ratio = on / off;
    if (!Number.isFinite(ratio) || !(off > 0) || !(pSource > 0)) return [];
    const frequency = Number.isFinite(row.frequency) ? 2 * Math.PI * row.frequency : omega;
    const share = 1 - ratio;
    const noise = (relative * Math.hypot(...outputs.flatMap((o) => [o.on[i]!, ratio * o.off[i]!]))) / off;
    offs.push(off);
    return [
      {
        row: { ...row, pSource },
        pDevice: power.toDevice(pSource, entry?.power_at, frequency / (2 * Math.PI)),
        omega: frequency,
        s: { re: Number.NaN, im: Number.NaN },
        sigmaS: Number.NaN,
        share,
        relative: Math.abs(noise / share),
        expectedShare: Number.NaN,
        saturation: Number.NaN,
      },
    ];
  });
  if (found.some((p) => !Number.isFinite(p.omega))) return { refused: check("no_frequency", false, noFrequency()) };
  const order = [...found.keys()].sort((a, b) => found[a]!.pDevice - found[b]!.pDevice);
  return {
    absorbed: {
      points: order.map((i) => found[i]!),
      common: backgroundInput(
        item,
        order.map((i) => offs[i]!),
        outputs.length,
      ),
    },
    estimator: isMeter(item) ? "total_power" : "scalar_difference",
    bothDirections: outputs.length === 2,
    backgroundKnown: column !== undefined || entry?.background !== undefined,
    dataset: dataset.id,
  };
}

/** `d share/d b = share/(off - b)` per output: one background for all powers. One that is stated without an error has one that is not known. */
function backgroundInput({ entry }: PowerDataset, offs: readonly number[], outputs: number): CommonInput[] {
  if (!entry?.background) return [];
  const sigma = entry.background.sigma > 0 ? entry.background.sigma : Number.NaN;
  return [pointwiseInput("background of the power meter", `files.${entry.match}.background`, (i) => (outputs * sigma) / offs[i]!)];
}
