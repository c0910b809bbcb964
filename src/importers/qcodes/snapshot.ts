import { unitConversion } from "../../core/units.ts";
import { isRecord, textOf } from "./description.ts";
import type { Snapshot, SnapshotFact } from "./run.ts";

const MOST_FACTS = 12;
const DEEPEST = 12;
/** Larger snapshots (oscilloscope traces inside) are not worth their memory. */
const LARGEST = 32 * 2 ** 20;

/** Powers in watts or dBm that instruments were set to, by parameters called power; what is not a number with a unit is passed over. */
export function parseSnapshot(text: string): Snapshot {
  if (text === "") return { readable: true, powers: [] };
  if (text.length > LARGEST) return { readable: false, powers: [] };
  let root: unknown;
  try {
    root = JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { readable: false, powers: [] };
  }
  const powers: SnapshotFact[] = [];
  collect(root, [], powers);
  return { readable: true, powers };
}

/** Words of the tree that only say what its branches are. */
const SCAFFOLD = new Set(["station", "instruments", "submodules", "parameters", "components"]);

function collect(node: unknown, path: readonly string[], found: SnapshotFact[]): void {
  if (!isRecord(node) || path.length > DEEPEST || found.length >= MOST_FACTS) return;
  const unit = textOf(node.unit);
  const name = path.at(-1) ?? "";
  if (typeof node.value === "number" && /power/i.test(name) && unit !== "" && unitConversion(unit)?.unit === "W") {
    found.push({ path: path.filter((word) => !SCAFFOLD.has(word)).join("."), value: node.value, unit });
    return;
  }
  for (const [key, child] of Object.entries(node)) collect(child, [...path, key], found);
}
