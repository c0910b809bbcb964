import type { Page } from "./page.ts";

/**
 * Undoes, in place, what was done before compression: rows hold differences of neighbours (predictor 2), or bytes of numbers sorted by their weight and
 * then differenced (predictor 3, Adobe's TIFF Technical Note 3; afterwards the most significant byte stands first).
 * @param width numbers in a row
 */
export function undoPredictor(bytes: Uint8Array, width: number, page: Page, littleEndian: boolean): void {
  const row = (width * page.bits) / 8;
  for (let at = 0; at + row <= bytes.length; at += row) {
    const cells = bytes.subarray(at, at + row);
    if (page.predictor === 2) addUp(cells, page.bits, littleEndian);
    else if (page.predictor === 3) gather(cells, page.bits / 8);
  }
}

function addUp(row: Uint8Array, bits: number, littleEndian: boolean): void {
  const view = new DataView(row.buffer, row.byteOffset, row.byteLength);
  if (bits === 8) for (let k = 1; k < row.length; k++) row[k]! += row[k - 1]!;
  else if (bits === 16)
    for (let k = 2; k < row.length; k += 2)
      view.setUint16(k, view.getUint16(k, littleEndian) + view.getUint16(k - 2, littleEndian), littleEndian);
  else
    for (let k = 4; k < row.length; k += 4)
      view.setUint32(k, view.getUint32(k, littleEndian) + view.getUint32(k - 4, littleEndian), littleEndian);
}

function gather(row: Uint8Array, size: number): void {
  for (let k = 1; k < row.length; k++) row[k]! += row[k - 1]!;
  const sorted = row.slice();
  const width = row.length / size;
  for (let k = 0; k < width; k++) for (let b = 0; b < size; b++) row[k * size + b] = sorted[b * width + k]!;
}
