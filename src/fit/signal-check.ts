import { type Check, check } from "../core/check.ts";
import { noSignal, signalSeen } from "../core/messages/fit.ts";
import { chi2Tail } from "../numerics/gamma-function.ts";
import type { RateScan } from "../numerics/rate-scan.ts";
import { tubeTailKnown, tubeTailScaled } from "../numerics/tube.ts";
import { CHI2_LIMIT } from "./noise-checks.ts";

/**
 * Flat noise passes for a decay with this probability, the search over all rates included. One trace in 10 000 of a channel without signal;
 * an amplitude of about 5 of its own standard deviations is needed. Calibrated in test/fit/calibration.full.test.ts at n = 8, 20, 50, 101.
 */
export const SIGNAL_LIMIT = 1e-4;

/**
 * Does an exponential of any rate describe the trace better than a constant, by more than noise would? Where the noise is stated but the residuals
 * contradict it, both the stated and the found noise must say yes.
 */
export function signalCheck(scan: RateScan, n: number, absolute: boolean): Check {
  const gain = scan.constant - scan.exponential;
  const scaled = scan.constant > 0 ? tubeTailScaled(Math.min(1, gain / scan.constant), scan.length, n - 1) : 1;
  let p = scaled;
  if (absolute) {
    const known = tubeTailKnown(gain, scan.length);
    p = chi2Tail(scan.exponential, n - 3) < CHI2_LIMIT ? Math.max(known, scaled) : known;
  }
  const holds = p < SIGNAL_LIMIT;
  const share = scan.constant > 0 ? gain / scan.constant : 0;
  return check("no_signal", holds, holds ? signalSeen(p) : noSignal(p, SIGNAL_LIMIT, share), p, SIGNAL_LIMIT);
}
