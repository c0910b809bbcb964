import type { PowerPoint } from "../../routes/power-study.ts";
import { type Axis, makeAxis } from "./axis.ts";

/** The power axis of a sweep: at the device where it is known, otherwise at the source, otherwise the number of the point. */
export interface PowerAxis {
  readonly axis: Axis;
  readonly place: "device" | "source" | "none";
  of(point: PowerPoint, index: number): number;
}

export function powerAxis(points: readonly PowerPoint[], width: number): PowerAxis {
  const device = points.map((p) => p.pDevice).filter((p) => p > 0);
  const source = points.map((p) => p.pSource).filter((p) => p > 0);
  const range: readonly [number, number] = [0, width];
  if (device.length > 0 && device.length >= source.length)
    return { axis: logPower(device, "power at the device", range), place: "device", of: (p) => p.pDevice };
  if (source.length > 0) return { axis: logPower(source, "power at the source", range), place: "source", of: (p) => p.pSource };
  const axis = makeAxis({ name: "point", unit: "1", domain: [0, Math.max(points.length + 1, 2)], range });
  return { axis, place: "none", of: (_, i) => i + 1 };
}

function logPower(powers: readonly number[], name: string, range: readonly [number, number]): Axis {
  let [low, high] = [powers[0]!, powers[0]!];
  for (const p of powers) [low, high] = [Math.min(low, p), Math.max(high, p)];
  return makeAxis({ name, unit: "W", domain: [low / 1.4, high * 1.4], range, kind: "log" });
}
