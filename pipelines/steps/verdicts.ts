import { verdictLine } from "../../src/core/messages/verdicts.ts";
import type { RouteResults } from "./routes.ts";

/** One line per qubit and cooldown for the terminal: both rates, then the verdict in words. */
export function verdictLines(results: RouteResults): string[] {
  if (results.comparisons.length > 0) {
    return results.comparisons.map((c) => verdictLine(c.labels, c.decay, c.power, c.sentence));
  }
  return results.estimates
    .filter((e) => e.route === "decay" && e.quantity === "gamma1_total" && e.condition === "combined")
    .map((e) => verdictLine(e.labels, e, undefined, e.remark));
}
