import * as say from "../../core/messages/participation.ts";
import { identifiability, TAKES_PART } from "../../numerics/null-directions.ts";
import type { Member } from "./member.ts";

/** Participations are stated to some digits: what differs by less than this share is one ratio. */
const SAME = 1e-6;

/** Which channels cannot be told apart by these participations, in words; undefined where all can. */
export function undetermined(members: readonly Member[], channels: readonly string[]): string | undefined {
  const [m, n] = [members.length, channels.length];
  // Of relative rates: a qubit of fast decay counts no more than another.
  const p = Float64Array.from({ length: m * n }, (_, k) => {
    const { participation, rate } = members[k % m]!;
    return participation[channels[Math.floor(k / m)]!]! / rate.value;
  });
  const found = identifiability(p, m, n, { nothing: SAME });
  if (found.undetermined.length === 0) return undefined;
  const moves = found.undetermined.map((d) => {
    const parts = channels.flatMap((name, k) => (Math.abs(d.scaled[k]!) > TAKES_PART ? [{ name, by: d.physical[k]! }] : []));
    const [only] = parts;
    if (parts.length === 1 && only) return say.oneOf(only.name);
    // The largest move is written as one.
    const unit = parts.reduce((a, b) => (Math.abs(b.by) > Math.abs(a) ? b.by : a), 0);
    return parts
      .sort((a, b) => Math.abs(b.by) - Math.abs(a.by))
      .map((x) => say.moved(x.name, x.by / unit))
      .join(" while ");
  });
  return say.notDetermined(moves, m, n);
}
