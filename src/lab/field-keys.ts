import * as say from "../core/messages/lab-field.ts";
import { mergedField } from "./field-facts.ts";
import type { RawBoundary, RawField } from "./field-schema.ts";
import type { RawFile, RawLab } from "./schema.ts";
import type { Located, Path, Problem } from "./yaml.ts";

/** What contradicts itself, lacks its other half, or has no effect, in the blocks `field:` and in the boundaries of files. */
export function fieldProblems(lab: RawLab, located: Located): Problem[] {
  const cooldowns = Object.entries(lab.cooldowns ?? {}).map(([name, c]) => ({
    path: ["cooldowns", name, "field"],
    block: c.field,
    merged: mergedField(lab, name),
  }));
  const blocks = [{ path: ["field"], block: lab.field, merged: lab.field ?? {} }, ...cooldowns];
  const files = lab.files ?? [];
  const sides = [...blocks.map(({ merged }) => merged.boundary), ...files.map((file) => file.boundary)];
  const robinSides = sides.some((b) => b === "robin" || (typeof b === "object" && Object.values(b).includes("robin")));
  return [
    ...blocks.flatMap(({ path, block, merged }) => (block ? blockProblems(path, block, merged, located) : [])),
    ...blocks.flatMap(({ path, block, merged }, i) =>
      block ? idleProblems(path, block, i === 0 ? blocks.map((b) => b.merged) : [merged], robinSides, located) : [],
    ),
    ...files.flatMap((file, i) => fileProblems(["files", i], file, robinSides, located)),
  ];
}

/** What is described and asked for nowhere: it would be taken for used. `reach`: the merged blocks in which it would count. */
function idleProblems(path: Path, block: RawField, reach: readonly RawField[], robinSides: boolean, located: Located): Problem[] {
  const idle = [
    ...(block.robin && !robinSides ? [["robin", say.robinIdle()]] : []),
    ...(block.regions && !reach.some((b) => b.gamma0 === "regions" || b.gamma2 === "regions") ? [["regions", say.regionsIdle()]] : []),
    ...(block.spots && !reach.some((b) => (b.gamma0 ?? "spots") === "spots") ? [["spots", say.spotsIdle()]] : []),
  ];
  return idle.map(([key, message]) => ({ ...located.at([...path, key!], true), message: message! }));
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

function fileProblems(path: Path, file: RawFile, robinSides: boolean, located: Located): Problem[] {
  const message = file.boundary === undefined ? undefined : halfPeriodic(file.boundary);
  return [
    ...(message === undefined ? [] : [{ ...located.at([...path, "boundary"], true), message }]),
    ...(file.robin && !robinSides ? [{ ...located.at([...path, "robin"], true), message: say.robinIdle() }] : []),
  ];
}

function halfPeriodic(boundary: RawBoundary): string | undefined {
  if (typeof boundary === "string") return undefined;
  const { left, right, bottom, top } = boundary;
  if ((left === "periodic") !== (right === "periodic")) return say.halfPeriodic("x");
  return (bottom === "periodic") !== (top === "periodic") ? say.halfPeriodic("y") : undefined;
}
