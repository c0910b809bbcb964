import type { Kind } from "../core/dataset.ts";
import type { Dataset } from "../tables/dataset.ts";
import { labelledNumber } from "./labelled-number.ts";
import { type Pattern, pattern } from "./match.ts";

interface File {
  readonly path: string;
  readonly datasets: readonly Dataset[];
}

export interface DraftEntry {
  readonly match: string;
  readonly kind: Kind;
  /** Neither the files nor their names say that they are of this kind. */
  readonly inferred: boolean;
}

/** More entries than this help nobody. */
const MOST_ENTRIES = 60;

/** Entries for files of one kind, the most common first in need; none that would give any file another label or kind than it has. */
export function draftEntries(files: readonly File[]): DraftEntry[] {
  const proposed = new Map<string, DraftEntry & { readonly pattern: Pattern; count: number }>();
  for (const f of files) {
    const kind = kindOf(f);
    if (kind === undefined) continue;
    const match = generalised(f);
    const known = proposed.get(match);
    if (known) known.count++;
    else proposed.set(match, { match, kind, inferred: f.datasets.some((d) => d.kindInferred), pattern: pattern(match), count: 1 });
  }
  const common = [...proposed.values()].sort((a, b) => b.count - a.count).slice(0, MOST_ENTRIES);
  let kept = [...proposed.values()].filter((p) => common.includes(p));
  // Where an entry goes, its files fall to later ones: repeated until every file agrees with the first entry that matches it.
  for (let before = -1; before !== kept.length; ) {
    before = kept.length;
    const stated = kept.filter((p) => !p.inferred);
    const first = new Map(files.map((f) => [f, stated.find((p) => p.pattern.match(f.path))]));
    kept = kept.filter((p) => {
      if (p.inferred) return true;
      const own = files.filter((f) => first.get(f) === p);
      return own.length > 0 && own.every((f) => agrees(p, f));
    });
  }
  return kept;
}

/** undefined for files of several kinds and of none: they need no entry. */
function kindOf({ datasets }: File): Kind | undefined {
  const kinds = new Set(datasets.map((d) => d.kind));
  const [kind] = kinds;
  return kinds.size === 1 && kind !== "other" ? kind : undefined;
}

/** `cd07/q1_t1_003.csv` -> `{cooldown}/{qubit}_t1_*.csv`; `cd07/q1_s11_-64dBm.s1p` -> `{cooldown}/{qubit}_s11_{power}dBm.s1p`. */
function generalised({ path, datasets }: File): string {
  const { cooldown, qubit } = datasets[0]!.labels;
  const parts = path.split("/");
  const name = parts.pop()!;
  const folders = parts.map((part, i) => (i === 0 && part === cooldown ? "{cooldown}" : literal(part.replace(TIME_STAMP, "*"))));
  const one = new Set(datasets.map((d) => d.labels.qubit)).size === 1;
  const head = one && name.startsWith(`${qubit}_`) ? qubit.length : 0;
  const rest = name.slice(head);
  const power = /(?<=_)-?\d+(?:\.\d+)?(?=dBm)/.exec(rest);
  const tail =
    power && saysNothingElse(datasets, power[0])
      ? `${literal(rest.slice(0, power.index))}{power}${literal(rest.slice(power.index + power[0].length))}`
      : literal(rest.replace(TIME_STAMP, "*").replace(/\d+(?=\.[^.]*$)/, "*"));
  return [...folders, (head > 0 ? "{qubit}" : "") + tail].join("/");
}

/** A power in the name is proposed only where the file itself states the same one, or none. */
function saysNothingElse(datasets: readonly Dataset[], dBm: string): boolean {
  const watt = labelledNumber(dBm, "dBm")?.value ?? Number.NaN;
  return datasets.every((d) => d.conditions.every((c) => c.name !== "power" || Math.abs(c.value - watt) <= 1e-6 * watt));
}

/** quantify's `20210322-205253-758-6689e9`. */
const TIME_STAMP = /\d{8}-\d{6}(?:-\d{3}-[0-9a-f]{6})?/g;

/** Braces in a name are no label: they are matched by `*`, as are a star and a backslash. */
const literal = (text: string) => text.replace(/[{}*\\]+/g, "*");

function agrees(entry: DraftEntry & { readonly pattern: Pattern }, f: File): boolean {
  const cut = entry.pattern.match(f.path) ?? {};
  return f.datasets.every(
    (d) =>
      d.kind === entry.kind &&
      !d.kindInferred &&
      (cut.cooldown ?? d.labels.cooldown) === d.labels.cooldown &&
      (cut.qubit ?? d.labels.qubit) === d.labels.qubit,
  );
}
