import { posix } from "node:path";

/** Source texts by path relative to the repository, with `/`. */
export type Sources = ReadonlyMap<string, string>;

/** ARCHITECTURE.md: a file imports its own room or lower floors. */
export const FLOORS: Readonly<Record<string, number>> = {
  core: 0,
  tables: 1,
  numerics: 1,
  physics: 1,
  workers: 1,
  importers: 2,
  fit: 2,
  pipeline: 2,
  lab: 3,
  field: 3,
  routes: 4,
  report: 5,
  simulate: 5,
  pipelines: 6,
  cli: 7,
  index: 7,
  bench: 8,
};

/** `src/core/hash.ts` -> `core`; `src/index.ts` -> `index`; `pipelines/decay.ts` -> `pipelines`. */
export function roomOf(path: string): string {
  const parts = path.split("/");
  if (parts[0] !== "src") return parts[0]!;
  return parts.length === 2 ? parts[1]!.replace(/\.ts$/, "") : parts[1]!;
}

const STATIC = /^(?:import|export)\s+(?:type\s+)?(?:[\w$*{][\w$\s{},*]*?\s*\bfrom\s*)?["']([^"']+)["']/gm;
/** `import("x")`, as a call and as a type. */
const DYNAMIC = /\bimport\(\s*["']([^"']+)["']\s*\)/g;

/** What a file imports: static, type-only, re-exported, dynamic; in order, comments left out. */
export function importsOf(text: string): string[] {
  const code = text.replace(/^\s*(?:\/\/|\*|\/\*).*$/gm, "");
  return [...code.matchAll(STATIC), ...code.matchAll(DYNAMIC)].map((m) => m[1]!);
}

/** Path of the file that a relative import names. */
export function resolveImport(from: string, specifier: string): string {
  return posix.normalize(posix.join(posix.dirname(from), specifier));
}

const isRelative = (specifier: string) => specifier.startsWith(".");

/** Imports of a higher floor, of another room on the same floor, of rooms that are not listed, and of files that are not there. */
export function floorViolations(sources: Sources): string[] {
  const found: string[] = [];
  for (const [path, text] of sources) {
    const room = roomOf(path);
    const floor = FLOORS[room];
    if (floor === undefined) found.push(`${path}: the room "${room}" has no floor`);
    for (const specifier of importsOf(text).filter(isRelative)) {
      const target = resolveImport(path, specifier);
      const other = roomOf(target);
      const below = FLOORS[other];
      if (!sources.has(target) && !target.endsWith(".json")) found.push(`${path} imports ${target}, which is not there`);
      else if (other !== room && !(below !== undefined && floor !== undefined && below < floor))
        found.push(`${path} (floor ${floor}) imports ${target} (floor ${below})`);
    }
  }
  return found;
}

/** Each cycle once, as `a -> b -> a`. */
export function cycles(sources: Sources): string[] {
  const found: string[] = [];
  const done = new Set<string>();
  const visit = (path: string, above: readonly string[]): void => {
    const at = above.indexOf(path);
    if (at >= 0) found.push([...above.slice(at), path].join(" -> "));
    if (at >= 0 || done.has(path)) return;
    for (const specifier of importsOf(sources.get(path) ?? "").filter(isRelative)) visit(resolveImport(path, specifier), [...above, path]);
    done.add(path);
  };
  for (const path of sources.keys()) visit(path, []);
  return found;
}

/** `@scope/name/sub` -> `@scope/name`; undefined for relative imports and node's own modules. */
export function packageOf(specifier: string): string | undefined {
  if (isRelative(specifier) || specifier.startsWith("node:") || specifier.startsWith("#")) return undefined;
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}

/** npm packages that several files import, and packages that are not declared as dependencies. */
export function doorwayViolations(sources: Sources, declared: ReadonlySet<string>): string[] {
  const importers = new Map<string, Set<string>>();
  for (const [path, text] of sources)
    for (const specifier of importsOf(text)) {
      const name = packageOf(specifier);
      if (name !== undefined) importers.set(name, (importers.get(name) ?? new Set()).add(path));
    }
  return [...importers].flatMap(([name, files]) => [
    ...(files.size > 1 ? [`${name} is imported by ${[...files].sort().join(" and ")}`] : []),
    ...(declared.has(name) ? [] : [`${name} is imported by ${[...files][0]} but is not among the dependencies of package.json`]),
  ]);
}

export const MOST_LINES = 400;
export const MEDIAN_LINES = 120;

/** Files that are too long, and a median that is too high. */
export function lengthViolations(sources: Sources): string[] {
  const lengths = [...sources].map(([path, text]) => ({ path, lines: text.replace(/\n$/, "").split("\n").length }));
  const found = lengths.filter((f) => f.lines > MOST_LINES).map((f) => `${f.path} has ${f.lines} lines, more than ${MOST_LINES}`);
  const sorted = lengths.map((f) => f.lines).sort((a, b) => a - b);
  const median = sorted[sorted.length >> 1] ?? 0;
  if (!(median < MEDIAN_LINES)) found.push(`the median file has ${median} lines, not under ${MEDIAN_LINES}`);
  return found;
}
