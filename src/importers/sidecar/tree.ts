import { agreed, type Stated } from "./agreed.ts";
import { readStatement, subjectOf } from "./statement.ts";

/** A text or number of a JSON or XML file with the names that lead to it. */
export interface Leaf {
  readonly path: readonly string[];
  readonly value: string | number;
  /** Stated beside the value; empty where it is not. */
  readonly unit: string;
}

const MOST_LEAVES = 20_000;
const DEEPEST = 12;

/** All texts and numbers of a tree of objects: `{"temperature": {"value": 16, "unit": "mK"}}` is one with its unit, and so is a member of a list with a name. */
export function leavesOf(root: unknown): Leaf[] {
  const leaves: Leaf[] = [];
  const visit = (node: unknown, path: readonly string[]) => {
    if (leaves.length >= MOST_LEAVES || path.length > DEEPEST) return;
    if (typeof node === "string" || typeof node === "number") {
      leaves.push({ path, value: node, unit: "" });
    } else if (Array.isArray(node) && node.length === 2 && typeof node[0] === "number" && typeof node[1] === "string") {
      leaves.push({ path, value: node[0], unit: node[1] });
    } else if (Array.isArray(node)) {
      for (const member of node) visit(member, path);
    } else if (typeof node === "object" && node !== null) {
      const members = new Map(Object.entries(node).map(([key, member]) => [key.toLowerCase(), member]));
      const value = scalar(members.get("value") ?? members.get("val"));
      const unit = scalar(members.get("unit") ?? members.get("units"));
      const name = scalar(members.get("name") ?? members.get("key"));
      const own = value !== undefined && typeof name === "string" && subjectOf(path.at(-1) ?? "") === undefined ? [...path, name] : path;
      if (value !== undefined) leaves.push({ path: own, value, unit: typeof unit === "string" ? unit : "" });
      else
        for (const [key, member] of Object.entries(node)) {
          const beside = unitOf(key, members);
          const number = scalar(member);
          if (beside !== "" && number !== undefined) leaves.push({ path: [...path, key], value: number, unit: beside });
          else visit(member, [...path, key]);
        }
    }
  };
  visit(root, []);
  return leaves;
}

/** The unit that stands in a member of its own: `temperature_unit`, or `temperature` in the member `units`. */
function unitOf(key: string, members: ReadonlyMap<string, unknown>): string {
  const low = key.toLowerCase();
  const units = members.get("units") ?? members.get("unit");
  const listed =
    typeof units === "object" && units !== null ? Object.entries(units).find(([name]) => name.toLowerCase() === low)?.[1] : undefined;
  const unit = members.get(`${low}_unit`) ?? members.get(`${low}_units`) ?? listed;
  return typeof unit === "string" ? unit : "";
}

function scalar(node: unknown): string | number | undefined {
  return typeof node === "string" || typeof node === "number" ? node : undefined;
}

/**
 * What the leaves state. Where one thing is stated several times, the least deep statement counts; several of one depth that differ are a note:
 * settings of several instruments or qubits, of which none is meant for sure.
 */
export function statementsOf(leaves: readonly Leaf[], file: string): Stated {
  const bySubject = new Map<string, Leaf[]>();
  for (const leaf of leaves) {
    const subject = subjectOf(leaf.path.at(-1) ?? "");
    if (subject !== undefined) bySubject.set(subject, [...(bySubject.get(subject) ?? []), leaf]);
  }
  const found = [...bySubject.values()].map((all): Stated => {
    const depth = Math.min(...all.map((leaf) => leaf.path.length));
    const stated = agreed(
      all
        .filter((leaf) => leaf.path.length === depth)
        .flatMap(({ path, value, unit }) => readStatement(path.at(-1)!, value, unit, `${file}:${path.join(".")}`) ?? []),
      file,
    );
    // Beside one that can be used, an unusable one says nothing.
    return stated.statements.length > 0 ? { ...stated, notes: [] } : stated;
  });
  return { statements: found.flatMap(({ statements }) => statements), notes: found.flatMap(({ notes }) => notes) };
}
