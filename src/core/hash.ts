import { hash } from "node:crypto";

/** Lower-case hexadecimal SHA-256 of bytes or UTF-8 text. */
export function sha256(data: Uint8Array | string): string {
  return hash("sha256", data);
}

/**
 * One text per value, for keys: object keys sorted by code point, -0, NaN and infinities written explicitly, typed arrays as their bytes' hash.
 * Undefined members are left out; functions, class instances (Map, Date, ...) and cycles are errors.
 */
export function canonical(value: unknown): string {
  if (value === null) return "null";
  if (typeof value === "number") {
    if (Number.isNaN(value)) return "NaN";
    if (Object.is(value, -0)) return "-0";
    return String(value);
  }
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "boolean") return String(value);
  if (typeof value === "bigint") return `${value}n`;
  if (ArrayBuffer.isView(value)) {
    const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
    return `${Buffer.isBuffer(value) ? "Uint8Array" : value.constructor.name}:${sha256(bytes)}`;
  }
  if (Array.isArray(value)) return `[${Array.from(value, (v) => (v === undefined ? "null" : canonical(v))).join(",")}]`;
  if (typeof value === "object") {
    const prototype: unknown = Object.getPrototypeOf(value);
    // A Map or a Date has no members of its own: all of them would have one and the same key.
    if (prototype !== null && prototype !== Object.prototype)
      throw new TypeError(`canonical: a ${value.constructor?.name} has no canonical form; pass its contents`);
    const record = value as Record<string, unknown>;
    const keys = Object.keys(record)
      .filter((k) => record[k] !== undefined)
      .sort();
    return `{${keys.map((k) => `${JSON.stringify(k)}:${canonical(record[k])}`).join(",")}}`;
  }
  throw new TypeError(`canonical: a ${typeof value} has no canonical form`);
}
