import type { Condition, Labels, Note } from "../core/dataset.ts";
import { sidecarMessages as say } from "../core/messages/import-sidecars.ts";
import type { Dataset } from "../tables/dataset.ts";
import type { FileEntry } from "./lab.ts";

/** Two statements of a power within 0.01 dB, or of anything else within 0.2 %, are one. */
const ROUNDING = 2.3e-3;

/**
 * The conditions of a dataset with those that the lab file states. The lab file prevails; what the file, its sidecars or its path say otherwise is
 * named in a note. A setting in which the datasets of the file differ was swept: one number for all of them contradicts nothing.
 */
export function settledConditions(
  dataset: Dataset,
  together: readonly Dataset[],
  stated: readonly Condition[],
  place: string,
  file: string,
): { readonly conditions: readonly Condition[]; readonly notes: readonly Note[] } {
  const of = (d: Dataset, name: string) => d.conditions.find((c) => c.name === name);
  const notes: Note[] = [];
  let { conditions } = dataset;
  for (const one of stated) {
    const known = of(dataset, one.name);
    if (known === undefined) conditions = [...conditions, one];
    else if (new Set(together.map((d) => of(d, one.name)?.value)).size > 1) continue;
    else if (Math.abs(known.value - one.value) > ROUNDING * Math.abs(one.value)) {
      const [used, other] = [say.settingOf(one.value, one.unit), say.settingOf(known.value, known.unit)];
      const otherPlace = known.from ?? (known.inferred === undefined ? file : say.thePath());
      notes.push({ code: "contradiction", text: say.contradiction(one.name, used, place, other, otherPlace) });
      conditions = conditions.map((c) => (c === known ? one : c));
    } else if (known.inferred !== undefined) conditions = conditions.map((c) => (c === known ? one : c));
  }
  for (const { inferred } of conditions) if (inferred !== undefined) notes.push({ code: "from_path", text: inferred });
  return { conditions, notes };
}

/** Who says which label. */
interface Said {
  readonly name: keyof Labels;
  readonly used: string;
  readonly usedPlace: string;
  readonly other: string;
  readonly otherPlace: string;
}

/** Notes on labels of which two are stated: other devices, or names with other numbers (`q1` may be what a file calls `QB1`, and is not `q2`). */
export function labelContradictions(said: readonly Said[]): readonly Note[] {
  return said.flatMap(({ name, used, usedPlace, other, otherPlace }): Note[] => {
    const [a, b] = [numbersIn(used), numbersIn(other)];
    const differ = name === "device" ? fold(used) !== fold(other) : a !== "" && b !== "" && a !== b;
    if (used === "" || other === "" || !differ) return [];
    return [{ code: "contradiction", text: say.contradiction(name, used, usedPlace, other, otherPlace) }];
  });
}

const fold = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
const numbersIn = (text: string) => (text.match(/\d+/g) ?? []).map(Number).join(" ");

/** `gammawatt.yaml:18`, without the column. */
export const entryPlace = (entry: FileEntry | undefined) => entry?.place.replace(/^(.*:\d+):\d+$/, "$1") ?? "gammawatt.yaml";
