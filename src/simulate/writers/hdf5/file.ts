import { Bytes } from "./bytes.ts";
import { lookup3 } from "./checksum.ts";
import { Heap } from "./heap.ts";
import { describe, type Hdf5Item, type Hdf5Type, sizeOf } from "./types.ts";

/** Elements of one type; row-major; `shape` [] is a single value. */
export interface Hdf5Value {
  readonly type: Hdf5Type;
  readonly shape: readonly number[];
  readonly items: readonly Hdf5Item[] | Float64Array;
}

export type Hdf5Attributes = Readonly<Record<string, Hdf5Value>>;

export interface Hdf5Array extends Hdf5Value {
  readonly attributes?: Hdf5Attributes;
  /** A shape for the header alone, without numbers behind it: for files that claim more than they hold. */
  readonly claims?: readonly number[];
}

export interface Hdf5Group {
  readonly attributes?: Hdf5Attributes;
  readonly children: Readonly<Record<string, Hdf5Array | Hdf5Group>>;
}

export const single = (type: Hdf5Type, item: Hdf5Item): Hdf5Value => ({ type, shape: [], items: [item] });
export const row = (type: Hdf5Type, items: readonly Hdf5Item[] | Float64Array): Hdf5Value => ({ type, shape: [items.length], items });

const SUPERBLOCK = 48;
const MESSAGE = { dataspace: 1, linkInfo: 2, datatype: 3, fillValue: 5, link: 6, layout: 8, groupInfo: 10, attribute: 12 } as const;

/**
 * The bytes of an HDF5 file (superblock 2, object headers 2, contiguous arrays, no time stamps: the same tree gives the same bytes).
 * h5wasm would put the clock into the file and cannot write text of variable length inside records, which Labber's files have.
 * @see HDF5 File Format Specification 3.0 (The HDF Group)
 */
export function hdf5File(root: Hdf5Group): Uint8Array {
  // References need addresses, addresses need sizes; sizes do not depend on addresses: lay out once, then write.
  const addresses = new Map<string, number>();
  layOut(root, addresses);
  return layOut(root, addresses);
}

function layOut(root: Hdf5Group, addresses: Map<string, number>): Uint8Array {
  const heap = new Heap(SUPERBLOCK);
  const encode = (v: Hdf5Value) => encodeAll(v, heap, (path) => addresses.get(path) ?? 0);
  const objects: { path: string; node: Hdf5Group | Hdf5Array; data: Uint8Array; header: (address: number) => Uint8Array }[] = [];
  const visit = (node: Hdf5Group | Hdf5Array, path: string) => {
    const attributes = Object.entries(node.attributes ?? {}).map(([name, v]) => attributeMessage(name, v, encode(v)));
    if ("children" in node) {
      for (const [name, child] of Object.entries(node.children)) visit(child, `${path}/${name}`);
      objects.push({
        path,
        node,
        data: new Uint8Array(0),
        header: () => objectHeader([...groupMessages(node, path, addresses), ...attributes]),
      });
    } else {
      const data = encode(node);
      objects.push({ path, node, data, header: (at) => objectHeader([...arrayMessages(node, at, data.length), ...attributes]) });
    }
  };
  visit(root, "");
  const heapBytes = heap.done();
  const body = new Bytes();
  const start = SUPERBLOCK + heapBytes.length;
  for (const { path, data, header } of objects) {
    const at = start + body.length;
    body.raw(data).align(8);
    addresses.set(path, start + body.length);
    body.raw(header(at)).align(8);
  }
  const head = new Bytes()
    .raw(Uint8Array.of(0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a))
    .uint(2, 1)
    .uint(8, 1)
    .uint(8, 1)
    .uint(0, 1);
  head
    .uint(0, 8)
    .undefinedAddress()
    .uint(start + body.length, 8)
    .uint(addresses.get("")!, 8);
  return new Bytes().raw(withChecksum(head.done())).raw(heapBytes).raw(body.done()).done();
}

function withChecksum(bytes: Uint8Array): Uint8Array {
  return new Bytes().raw(bytes).uint(lookup3(bytes), 4).done();
}

function message(type: number, data: Uint8Array): Uint8Array {
  if (data.length > 65535) throw new RangeError(`a header message of ${data.length} bytes is too long`);
  return new Bytes().uint(type, 1).uint(data.length, 2).uint(0, 1).raw(data).done();
}

function objectHeader(messages: readonly Uint8Array[]): Uint8Array {
  const body = new Bytes();
  for (const m of messages) body.raw(m);
  return withChecksum(new Bytes().text("OHDR").uint(2, 1).uint(2, 1).uint(body.length, 4).raw(body.done()).done());
}

function dataspace(shape: readonly number[]): Uint8Array {
  const out = new Bytes()
    .uint(2, 1)
    .uint(shape.length, 1)
    .uint(0, 1)
    .uint(shape.length === 0 ? 0 : 1, 1);
  for (const n of shape) out.uint(n, 8);
  return out.done();
}

function attributeMessage(name: string, v: Hdf5Value, data: Uint8Array): Uint8Array {
  const [text, type, space] = [new TextEncoder().encode(name), describe(v.type), dataspace(v.shape)];
  const out = new Bytes()
    .uint(3, 1)
    .uint(0, 1)
    .uint(text.length + 1, 2)
    .uint(type.length, 2)
    .uint(space.length, 2)
    .uint(1, 1);
  return message(MESSAGE.attribute, out.raw(text).uint(0, 1).raw(type).raw(space).raw(data).done());
}

function arrayMessages(v: Hdf5Array, address: number, stored: number): Uint8Array[] {
  const shape = v.claims ?? v.shape;
  const layout = new Bytes().uint(3, 1).uint(1, 1);
  if (stored === 0) layout.undefinedAddress();
  else layout.uint(address, 8);
  const bytes = shape.reduce((total, n) => total * n, sizeOf(v.type));
  return [
    message(MESSAGE.dataspace, dataspace(shape)),
    message(MESSAGE.datatype, describe(v.type)),
    message(MESSAGE.fillValue, Uint8Array.of(3, 0x0a)),
    message(MESSAGE.layout, layout.uint(bytes, 8).done()),
  ];
}

/** Links in the order in which the members were given, which is tracked as netCDF-4 asks for. */
function groupMessages(group: Hdf5Group, path: string, addresses: ReadonlyMap<string, number>): Uint8Array[] {
  const names = Object.keys(group.children);
  const info = new Bytes().uint(0, 1).uint(1, 1).uint(names.length, 8).undefinedAddress().undefinedAddress();
  const links = names.map((name, order) => {
    const text = new TextEncoder().encode(name);
    const link = new Bytes().uint(1, 1).uint(0x14, 1).uint(order, 8).uint(1, 1).uint(text.length, 1).raw(text);
    return message(MESSAGE.link, link.uint(addresses.get(`${path}/${name}`) ?? 0, 8).done());
  });
  return [message(MESSAGE.linkInfo, info.done()), message(MESSAGE.groupInfo, Uint8Array.of(0, 0)), ...links];
}

function encodeAll(v: Hdf5Value, heap: Heap, addressOf: (path: string) => number): Uint8Array {
  const count = v.shape.reduce((total, n) => total * n, 1);
  if (v.items.length !== count) throw new RangeError(`${v.items.length} items do not fill the shape ${v.shape.join(" x ")}`);
  const out = new Bytes();
  for (const item of v.items) encodeItem(v.type, item, out, heap, addressOf);
  return out.done();
}

function encodeItem(type: Hdf5Type, item: Hdf5Item, out: Bytes, heap: Heap, addressOf: (path: string) => number): void {
  switch (type.class) {
    case "float":
      out.float(item as number, type.bytes);
      return;
    case "int":
    case "enum":
      out.int(item as number, type.bytes);
      return;
    case "chars": {
      const text = new TextEncoder().encode(item as string);
      if (text.length > type.bytes) throw new RangeError(`"${item}" is longer than ${type.bytes} bytes`);
      out.raw(text).zeros(type.bytes - text.length);
      return;
    }
    case "text": {
      const text = new TextEncoder().encode(item as string);
      heap.store(text, text.length, out);
      return;
    }
    case "reference":
      out.uint(addressOf(item as string), 8);
      return;
    case "list": {
      const list = item as readonly Hdf5Item[];
      const inner = new Bytes();
      for (const x of list) encodeItem(type.of, x, inner, heap, addressOf);
      if (inner.length !== list.length * sizeOf(type.of)) throw new RangeError("a list's elements do not have their type's size");
      heap.store(inner.done(), list.length, out);
      return;
    }
    case "record":
      type.members.forEach(([, member], k) => {
        encodeItem(member, (item as readonly Hdf5Item[])[k]!, out, heap, addressOf);
      });
  }
}
