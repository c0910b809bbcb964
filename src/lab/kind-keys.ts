import type { Kind } from "../core/dataset.ts";
import * as say from "../core/messages/lab.ts";
import { uncertaintyOfRelative } from "../core/messages/lab-field.ts";
import { MAP_KEYS, mapProblem } from "./map-keys.ts";
import type { RawFile, RawLab } from "./schema.ts";
import type { Located, Problem } from "./yaml.ts";

/** Keys of `files:` that mean something for files of some kinds only; with `stated`, the kind must stand beside them, since no file says it of itself. */
const BELONGS: readonly { readonly key: keyof RawFile; readonly kinds: readonly Kind[]; readonly stated?: true }[] = [
  { key: "off", kinds: ["reference"], stated: true },
  { key: "detector", kinds: ["power", "scattering", "total-power"] },
  { key: "averaging", kinds: ["power", "scattering", "total-power"] },
  { key: "background", kinds: ["power", "total-power"] },
  { key: "bandwidth", kinds: ["power", "total-power"] },
  { key: "on", kinds: ["field-source", "field"] },
  { key: "scale", kinds: ["field-source", "field"] },
  { key: "uncertainty", kinds: ["field-source"] },
  { key: "boundary", kinds: ["field-source", "field"] },
  { key: "robin", kinds: ["field-source", "field"] },
  { key: "initial", kinds: ["field"] },
  { key: "spread", kinds: ["field"] },
  ...MAP_KEYS.map((key) => ({ key, kinds: ["field", "field-source"] as const, stated: true as const })),
];

/** Statements in `files:` that would be read and never used: of another kind, of a detector that contradicts them, of a label that is not there. */
export function kindKeyProblems(lab: RawLab, located: Located): Problem[] {
  return (lab.files ?? []).flatMap((file, i) => {
    const problem = (key: keyof RawFile, message: string): Problem => ({ ...located.at(["files", i, key], true), message });
    const elsewhere = BELONGS.filter(
      ({ key, kinds, stated }) => file[key] !== undefined && (file.kind === undefined ? stated : !kinds.includes(file.kind)),
    ).map(({ key, kinds }) => problem(key, say.keyOfOtherKind(key, kinds, file.kind)));
    const odd = elsewhere.length > 0 ? undefined : (detectorProblem(file) ?? mapProblem(file) ?? scaleProblem(file));
    // What {power} cuts out is the one thing whose unit stands here.
    const unit = file.power_unit !== undefined && !file.match.includes("{power}");
    return [...elsewhere, ...(odd ? [problem(odd.key, odd.message)] : []), ...(unit ? [problem("power_unit", say.unitOfNoLabel())] : [])];
  });
}

/** A size that is known up to a factor has no error. */
function scaleProblem({ scale, uncertainty }: RawFile): { readonly key: "uncertainty"; readonly message: string } | undefined {
  return scale === "relative" && uncertainty !== undefined ? { key: "uncertainty", message: uncertaintyOfRelative() } : undefined;
}

/** The detector decides the estimator (PHYSICS.md sec. 1): statements that name two are not for this program to choose from. */
function detectorProblem({
  kind,
  detector,
  averaging,
}: RawFile): { readonly key: "detector" | "averaging"; readonly message: string } | undefined {
  if (detector === "vna" && averaging === "power") return { key: "averaging", message: say.powerAveraging() };
  if (detector === "power-meter" && averaging === "complex") return { key: "averaging", message: say.meterWithoutPhase() };
  if (kind === "scattering" && detector === "power-meter") return { key: "detector", message: say.scatteringIsComplex() };
  if (kind === "scattering" && averaging === "power") return { key: "averaging", message: say.scatteringIsComplex() };
  if (kind === "total-power" && detector === "vna") return { key: "detector", message: say.totalIsMeter() };
  if (kind === "total-power" && averaging === "complex") return { key: "averaging", message: say.totalIsMeter() };
  return undefined;
}
