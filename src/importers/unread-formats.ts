import * as say from "../core/messages/importers.ts";
import type { Probe } from "./importer.ts";

/** How files begin that may hold measurements and are not read as they are, and what to do with them. */
const BEGINNINGS: readonly (readonly [bytes: readonly number[], sentence: () => string])[] = [
  [[0x1f, 0x8b], () => say.packed("gzip")],
  [[0x42, 0x5a, 0x68], () => say.packed("bzip2")],
  [[0xfd, 0x37, 0x7a, 0x58, 0x5a], () => say.packed("xz")],
  [[0x28, 0xb5, 0x2f, 0xfd], () => say.packed("zstd")],
  [[0x50, 0x4b, 0x03, 0x04], () => say.packed("ZIP")],
  [[0x37, 0x7a, 0xbc, 0xaf], () => say.packed("7-Zip")],
  [[0x52, 0x61, 0x72, 0x21], () => say.packed("RAR")],
];

/** What to do with a file whose format is known and not read; undefined for any other. */
export function unreadFormat(probe: Probe): string | undefined {
  const found = BEGINNINGS.find(([bytes]) => bytes.every((byte, k) => probe.head[k] === byte));
  if (found !== undefined) return found[1]();
  if (String.fromCharCode(...probe.head.subarray(257, 262)) === "ustar") return say.packed("tar");
  return isMatlab4(probe) ? say.matlab4() : undefined;
}

/** Five integers begin a matrix: type (decimal digits MOPT, O is 0), rows, columns, whether complex, length of the name with its 0 byte. */
function isMatlab4({ head, name }: Probe): boolean {
  if (!/\.mat$/i.test(name) || head.length < 20) return false;
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  return [true, false].some((little) => {
    const [type = 0, rows = 0, columns = 0, complex = 0, length = 0] = [0, 4, 8, 12, 16].map((at) => view.getInt32(at, little));
    const digits = type >= 0 && type < 5000 && Math.floor(type / 100) % 10 === 0 && type % 10 <= 2;
    return digits && rows >= 0 && columns >= 0 && (complex === 0 || complex === 1) && length > 0 && length < 100;
  });
}
