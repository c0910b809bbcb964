import { fieldLine, sharedLine, verdictLine } from "../../src/core/messages/verdicts.ts";
import { sweptSentence } from "../../src/routes/swept-decay.ts";
import { sameGroup } from "./groups.ts";
import type { RouteResults } from "./routes.ts";

/** One line per qubit and cooldown for the terminal: both rates, then the verdict in words; then what qubits on one attenuation say together, and the maps. */
export function verdictLines(results: RouteResults): string[] {
  return [...qubitLines(results), ...fieldLines(results)];
}

/** One line per cooldown and device with maps, and one per qubit that is a place of a map. */
function fieldLines({ estimates, fields }: RouteResults): string[] {
  const field = estimates.filter((e) => e.route === "field" && (e.quantity === "field_gamma0" || e.quantity === "field_gamma2"));
  const maps = fields.filter((study) => study.sites === undefined);
  return [
    ...maps.map(({ labels }) =>
      fieldLine(
        labels,
        field.filter((e) => sameGroup(e.labels, labels)),
      ),
    ),
    ...field.filter((e) => e.labels.qubit !== "").map((e) => fieldLine(e.labels, [e])),
  ];
}

function qubitLines(results: RouteResults): string[] {
  if (results.comparisons.length > 0) {
    const shared = results.lines.filter((t) => t.members.length > 1);
    return [
      ...results.comparisons.map((c) => verdictLine(c.labels, c.decay, c.power, c.sentence)),
      ...shared.map((t) => sharedLine(t.line.name, t.sentence)),
    ];
  }
  const rates = results.estimates.filter((e) => e.route === "decay" && e.quantity === "gamma1_total");
  const groups = new Map(rates.map((e) => [JSON.stringify(e.labels), e.labels]));
  return [...groups].flatMap(([key, labels]) => {
    const combined = rates.filter((e) => e.condition === "combined" && JSON.stringify(e.labels) === key);
    const swept = sweptSentence(results.estimates, labels);
    return [
      ...combined.map((e) => verdictLine(labels, e, undefined, e.remark)),
      ...(swept === "" || combined.length > 0 ? [] : [verdictLine(labels, undefined, undefined, swept)]),
    ];
  });
}
