import { type Check, check } from "../core/check.ts";
import { fileWithoutKind, fileWithoutSignal } from "../core/messages/decay.ts";
import type { LabelledFit } from "../fit/labelled.ts";

/** The traces of a series that count, and the fit of their average. */
export interface SeriesTraces {
  readonly traces: readonly LabelledFit[];
  readonly average: LabelledFit | undefined;
  /** What was left out, and why. */
  readonly checks: readonly Check[];
}

/**
 * A log of several qubits holds repeats of idle ones: a file whose repeats show no decay, not even on average, says nothing about a qubit that
 * another file under the same labels did measure. Single traces are never left out so: among those, refusals are a selection to be told of.
 * Where some files say that they are a T1, those that do not say so are left out as well: they may be anything with a delay.
 * The average is that of all remaining traces, or of the one file that remains.
 */
export function withSignal(fits: readonly LabelledFit[]): SeriesTraces {
  const stated = statedOnes(fits, (f) => f.kindInferred);
  const unstated = new Set(fits.filter((f) => f.axis !== "mean" && !stated.includes(f)).map(fileOf));
  const traces = stated.filter((f) => f.axis !== "mean");
  const means = fits.filter((f) => f.axis === "mean");
  const files = new Map<string, LabelledFit[]>();
  for (const f of traces) files.set(fileOf(f), [...(files.get(fileOf(f)) ?? []), f]);
  const silent = [...files].filter(
    ([file, own]) =>
      own.length > 1 &&
      isSilent(
        own,
        means.find((m) => m.sources.length === 1 && fileOf(m) === file),
      ),
  );
  const dropped = silent.length < files.size ? new Set(silent.map(([file]) => file)) : new Set<string>();
  const kept = traces.filter((f) => !dropped.has(fileOf(f)));
  const sources = new Set(kept.map(fileOf));
  const average = means.find((m) => m.sources.length === sources.size && m.sources.every((s) => sources.has(s)));
  const checks: Check[] = [...dropped].map((file) => check("file_without_signal", false, fileWithoutSignal(file, files.get(file)!.length)));
  checks.push(...[...unstated].map((file) => check("file_without_kind", false, fileWithoutKind(file))));
  return { traces: kept, average, checks };
}

/** Those that state their kind, where any does; otherwise all. */
export function statedOnes<T>(members: readonly T[], inferred: (member: T) => boolean): readonly T[] {
  const stated = members.filter((m) => !inferred(m));
  return stated.length > 0 ? stated : members;
}

const fileOf = (f: LabelledFit) => f.sources[0] ?? "";

/** Among many traces of pure noise a few pass by chance; their average does not. */
const CHANCE = 0.1;

function isSilent(traces: readonly LabelledFit[], mean: LabelledFit | undefined): boolean {
  const passed = traces.filter((f) => f.outcome.state !== "refused").length;
  return mean ? mean.outcome.state === "refused" && passed <= CHANCE * traces.length : passed === 0;
}
