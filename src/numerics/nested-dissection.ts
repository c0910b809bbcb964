/**
 * Order of elimination of the cells `j * nx + i` of a rectangle by nested dissection (George 1973, SIAM J. Numer. Anal. 10, 345): halves first, the
 * line between them last, so that the factor of a five-point matrix has O(n log n) entries. Around a periodic axis one line is cut out first.
 * Element p of the answer is the cell that is eliminated p-th.
 */
export function nestedDissection(nx: number, ny: number, periodicX: boolean, periodicY: boolean): Int32Array {
  const order = new Int32Array(nx * ny);
  let free = order.length;
  const [i0, j0] = [periodicX ? 1 : 0, periodicY ? 1 : 0];
  const put = (i: number, j: number) => {
    order[--free] = j * nx + i;
  };
  // From the end of the order: what is eliminated last is put first.
  if (periodicX) for (let j = 0; j < ny; j++) put(0, j);
  if (periodicY) for (let i = i0; i < nx; i++) put(i, 0);
  const dissect = (left: number, right: number, bottom: number, top: number): void => {
    const [width, height] = [right - left, top - bottom];
    if (width <= 0 || height <= 0) return;
    if (width <= 3 && height <= 3) {
      for (let j = bottom; j < top; j++) for (let i = left; i < right; i++) put(i, j);
    } else if (width >= height) {
      const middle = left + (width >> 1);
      for (let j = bottom; j < top; j++) put(middle, j);
      dissect(left, middle, bottom, top);
      dissect(middle + 1, right, bottom, top);
    } else {
      const middle = bottom + (height >> 1);
      for (let i = left; i < right; i++) put(i, middle);
      dissect(left, right, bottom, middle);
      dissect(left, right, middle + 1, top);
    }
  };
  dissect(i0, nx, j0, ny);
  return order;
}
