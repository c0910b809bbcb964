import { complexLayout } from "./complex.ts";
import {
  type Attribute,
  attributeNames,
  causeOf,
  Dataset,
  type File,
  Group,
  isTrap,
  type Library,
  type Metadata,
  openAttribute,
  TYPE_CLASS,
} from "./h5.ts";
import type { Attributes, AttributeValue, Outline, OutlineNode } from "./reader.ts";

/** An outline is quick and bounded whatever the file holds: Labber logs carry thousands of instrument settings. */
const LIMITS = { depth: 4, nodes: 2000, deepAttributes: 32, attributes: 1000, attributeBytes: 1 << 16, elements: 4096 } as const;

/** Groups and arrays, breadth first; attributes in full for the root, its members and every array, for deeper groups only when they are few. */
export function outlineOf(file: File, library: Library): Outline {
  damage = [];
  const nodes: OutlineNode[] = [];
  const attributes = attributesOf(file, library, "/");
  const truncated = walk(file, library, nodes);
  return { attributes, nodes, ...(truncated ? { truncated } : {}), ...(damage.length > 0 ? { damage } : {}) };
}

/** Fills `nodes`; true when a limit cut it short. */
function walk(file: File, library: Library, nodes: OutlineNode[]): boolean {
  let level: { group: Group; path: string }[] = [{ group: file, path: "" }];
  for (let depth = 1; level.length > 0; depth++) {
    if (depth > LIMITS.depth) return true;
    const next: { group: Group; path: string }[] = [];
    for (const { group, path } of level)
      for (const name of attempt(path, () => group.keys()) ?? []) {
        if (nodes.length >= LIMITS.nodes) return true;
        const own = `${path}/${name}`;
        // A broken link or a named type is no member.
        const member = attempt(own, () => group.get(name));
        if (member instanceof Dataset) nodes.push(arrayNode(file, library, member, own));
        else if (member instanceof Group) {
          nodes.push(groupNode(file, library, own, depth));
          next.push({ group: member, path: own });
        }
      }
    level = next;
  }
  return false;
}

/** All attributes of one object; unreadable ones are null. */
export function attributesOf(file: File, library: Library, path: string): Attributes {
  // A record without prototype: an attribute may be called anything, `__proto__` too.
  const attributes: Record<string, AttributeValue> = Object.create(null);
  for (const name of (attempt(path, () => attributeNames(library, file, path)) ?? []).slice(0, LIMITS.attributes))
    attributes[name] = attributeValue(file, path, name);
  return attributes;
}

function groupNode(file: File, library: Library, path: string, depth: number): OutlineNode {
  const names = attempt(path, () => attributeNames(library, file, path)) ?? [];
  const wanted = depth === 1 || names.length <= LIMITS.deepAttributes;
  const attributes = wanted ? attributesOf(file, library, path) : {};
  return { path, type: "group", shape: [], dtype: "", attributes };
}

function arrayNode(file: File, library: Library, array: Dataset, path: string): OutlineNode {
  const metadata = attempt(path, () => array.metadata);
  const shape = metadata?.shape ?? [0];
  const attributes = attributesOf(file, library, path);
  const scales =
    "DIMENSION_LIST" in attributes ? shape.map((_, axis) => attempt(path, () => array.get_attached_scales(axis))?.[0] ?? "") : undefined;
  return {
    path,
    type: "array",
    shape,
    dtype: metadata === undefined ? "unreadable" : dtypeText(metadata),
    attributes,
    ...(scales === undefined ? {} : { scales }),
  };
}

/** h5py-like text of a type. */
export function dtypeText(m: Metadata): string {
  const order = m.littleEndian ? "<" : ">";
  switch (m.type) {
    case TYPE_CLASS.integer:
      return `${order}${m.signed ? "i" : "u"}${m.size}`;
    case TYPE_CLASS.float:
      return `${order}f${m.size}`;
    case TYPE_CLASS.string:
      return m.vlen ? "str" : `|S${m.size}`;
    case TYPE_CLASS.enum:
      return isBoolean(m) ? "bool" : "enum";
    case TYPE_CLASS.compound:
      return complexLayout(m) === undefined ? "compound" : "complex";
    case TYPE_CLASS.reference:
      return "reference";
    default:
      return "other";
  }
}

/** h5py writes booleans as an enumeration of FALSE and TRUE. */
function isBoolean(m: Metadata): boolean {
  return (
    m.type === TYPE_CLASS.enum &&
    Object.keys(m.enum_type?.members ?? {})
      .sort()
      .join() === "FALSE,TRUE"
  );
}

function attributeValue(file: File, path: string, name: string): AttributeValue {
  return (
    attempt(`${path}@${name}`, () => {
      const attribute = openAttribute(file, path, name);
      return plainValue(attribute);
    }) ?? null
  );
}

function plainValue(attribute: Attribute): AttributeValue {
  const m = attribute.metadata;
  const readable: readonly number[] = [TYPE_CLASS.integer, TYPE_CLASS.float, TYPE_CLASS.string, TYPE_CLASS.enum];
  if (!readable.includes(m.type) || m.shape === null || !(m.total_size * m.size <= LIMITS.attributeBytes)) return null;
  const value: unknown = attribute.value;
  if (m.shape.length === 0) {
    const scalar = plainScalar(value);
    return isBoolean(m) && typeof scalar === "number" ? scalar !== 0 : scalar;
  }
  const items = flatten(value);
  return items.length > LIMITS.elements ? null : items;
}

function flatten(value: unknown): (string | number)[] {
  if (ArrayBuffer.isView(value)) return Array.from(value as unknown as ArrayLike<number | bigint>, (x) => plainScalar(x) ?? Number.NaN);
  if (Array.isArray(value)) return value.flatMap(flatten);
  const scalar = plainScalar(value);
  return scalar === null ? [] : [scalar];
}

function plainScalar(value: unknown): string | number | null {
  if (typeof value === "string" || typeof value === "number") return value;
  if (typeof value === "boolean") return Number(value);
  if (typeof value === "bigint") return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  return null;
}

/** Refusals of the current outline, and of this thread: each may leave objects, and with them the file, open in the library. */
let damage: { path: string; cause: string }[] = [];
let refusals = 0;
const MOST_DAMAGE = 20;

export const refusalCount = () => refusals;

/** Undefined where the library refuses; the refusal is kept. */
function attempt<T>(path: string, read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (isTrap(error) || error instanceof ReferenceError) throw error;
    refusals++;
    if (damage.length < MOST_DAMAGE) damage.push({ path: path || "/", cause: causeOf(error) });
    return undefined;
  }
}
