import * as say from "../core/messages/lab-field.ts";
import { mergedField } from "./field-facts.ts";
import type { RawBoundary, RawField } from "./field-schema.ts";
import type { RawFile, RawLab } from "./schema.ts";
import type { Located, Path, Problem } from "./yaml.ts";

/** What contradicts itself, or lacks its other half, in the blocks `field:` and in the boundaries of files. */
export function fieldProblems(lab: RawLab, located: Located): Problem[] {
  const blocks: [Path, RawField | undefined, RawField][] = [
    [["field"], lab.field, lab.field ?? {}],
    ...Object.entries(lab.cooldowns ?? {}).map(([name, c]): [Path, RawField | undefined, RawField] => [
      ["cooldowns", name, "field"],
      c.field,
      mergedField(lab, name),
    ]),
  ];
  return [
    ...blocks.flatMap(([path, block, merged]) => (block ? blockProblems(path, block, merged, located) : [])),
    ...(lab.files ?? []).flatMap((file, i) => fileProblems(["files", i], file, located)),
  ];
}

function blockProblems(path: Path, block: RawField, merged: RawField, located: Located): Problem[] {
  const at = (key: keyof RawField, message: string): Problem => ({ ...located.at([...path, key], true), message });
  const laws = (["gamma0", "gamma2"] as const)
    .filter((key) => block[key] === "regions" && merged.regions === undefined)
    .map((key) => at(key, say.regionsWithout(key)));
  const boxes = (block.regions ?? []).flatMap(({ name, from, to }, i) => {
    const alone = (from === undefined) !== (to === undefined);
    const wrong =
      from !== undefined && to !== undefined && !(from.length === to.length && from.every((low, k) => low.value < to[k]!.value));
    return alone || wrong ? [{ ...located.at([...path, "regions", i]), message: say.regionBox(name) }] : [];
  });
  const sources = (block.source ?? []).flatMap((source, i) =>
    source !== "none" && source.scale === "relative" && source.uncertainty !== undefined
      ? [{ ...located.at([...path, "source", i]), message: say.uncertaintyOfRelative() }]
      : [],
  );
  const message = block.boundary === undefined ? undefined : halfPeriodic(block.boundary);
  return [...laws, ...boxes, ...sources, ...(message === undefined ? [] : [at("boundary", message)])];
}

function fileProblems(path: Path, file: RawFile, located: Located): Problem[] {
  const message = file.boundary === undefined ? undefined : halfPeriodic(file.boundary);
  return message === undefined ? [] : [{ ...located.at([...path, "boundary"], true), message }];
}

function halfPeriodic(boundary: RawBoundary): string | undefined {
  if (typeof boundary === "string") return undefined;
  const { left, right, bottom, top } = boundary;
  if ((left === "periodic") !== (right === "periodic")) return say.halfPeriodic("x");
  return (bottom === "periodic") !== (top === "periodic") ? say.halfPeriodic("y") : undefined;
}
