/** The shape of `field:` in gammawatt.yaml, of the whole lab or of a cooldown: what maps are fitted with. */
import { interval } from "../core/messages/lab.ts";
import * as say from "../core/messages/lab-field.ts";
import { choice, type Infer, list, mappingOr, numberIn, object, oneOrList, quantityOf, text } from "./shapes.ts";

const side = choice(["no-flux", "dirichlet", "robin", "periodic"]);
/** One word for all sides, or one each; `left` and `bottom` are the low ends of x and y. */
export const boundary = mappingOr(
  object({ left: side.optional(), right: side.optional(), bottom: side.optional(), top: side.optional() }),
  side,
);
export const initial = choice(["empty", "steady", "unknown"]);
export const robin = quantityOf("m/s", { says: "0 or larger", holds: (x) => x >= 0 });
export const spread = quantityOf("m", { says: "0 or larger", holds: (x) => x >= 0 }, "30 um");
/** Relative, one standard deviation. */
export const uncertainty = numberIn({ says: "above 0 and below 1", holds: (x) => x > 0 && x < 1 }, "10 %");
/** When a source is on. */
export const switching = list(quantityOf("s")).refine((t) => t.length === 2 && t[0]!.value < t[1]!.value, { error: interval });
const scale = choice(["known", "relative"]);
const length = quantityOf("m");
const width = quantityOf("m", { says: "larger than 0", holds: (x) => x > 0 }, "0.3 mm");
const place = list(length).refine((p) => p.length === 1 || p.length === 2, { error: say.place });
const span = list(length, say.domain).refine((p) => p.length === 2 && p[0]!.value < p[1]!.value, { error: say.domain });
const spot = object({
  centre: place,
  width,
  power: quantityOf("W", { says: "larger than 0", holds: (x) => x > 0 }, "2 mW"),
  on: switching.optional(),
  free: list(choice(["centre", "width", "power"]))
    .refine((names) => new Set(names).size === names.length, { error: say.free })
    .optional(),
  scale: scale.optional(),
  uncertainty: uncertainty.optional(),
});

export const fieldBlock = object({
  domain: list(span)
    .refine((axes) => axes.length === 1 || axes.length === 2, { error: say.domain })
    .optional(),
  boundary: boundary.optional(),
  robin: robin.optional(),
  initial: initial.optional(),
  spread: spread.optional(),
  source: oneOrList(mappingOr(spot, choice(["none"]))).optional(),
  gamma0: choice(["field", "constant", "regions", "spots"]).optional(),
  gamma2: choice(["scalar", "regions"]).optional(),
  regions: list(object({ name: text, from: place.optional(), to: place.optional() }))
    .refine((r) => r.length > 0, { error: say.regions })
    .optional(),
  spots: list(
    object({ centre: place, width, height: quantityOf("1/s", { says: "larger than 0", holds: (x) => x > 0 }, "6000 1/s") }),
  ).optional(),
  background: choice(["none", "fitted"]).optional(),
});
export type RawField = Infer<typeof fieldBlock>;
export type RawBoundary = Infer<typeof boundary>;
