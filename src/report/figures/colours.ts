import { type Axis, type AxisInput, makeAxis } from "./axis.ts";
import { CLEAR } from "./png.ts";

/** Colours that a scale has: indices 0 to 253. */
export const LEVELS = 254;

/** Nine places of viridis (van der Walt and Smith 2015): lightness rises evenly, also for eyes that see colours otherwise, and on grey paper. */
const SEQUENTIAL = ["440154", "472d7b", "3b528b", "2c728e", "21908c", "27ad81", "5dc863", "aadc32", "fde725"];
/** ColorBrewer's RdBu (Brewer 2002) from blue over near-white to red: signs stay apart with colour-vision deficiencies. */
const DIVERGING = ["053061", "2166ac", "4393c3", "92c5de", "d1e5f0", "f7f7f7", "fddbc7", "f4a582", "d6604d", "b2182b", "67001f"];

/** From numbers to colours, with the axis by which the colour bar tells them. */
export interface ColourScale {
  readonly input: Omit<AxisInput, "range">;
  /** Red, green, blue of each index, 256 times. */
  readonly palette: Uint8Array;
  /** Index of a number's colour; beyond the ends the end's; {@link CLEAR} where it is not known. */
  level(value: number): number;
}

/** Dark for little, bright for much. */
export function sequential(input: Omit<AxisInput, "range">): ColourScale {
  return scale(input, SEQUENTIAL);
}

/** Near-white in the middle of the domain, blue below, red above. */
export function diverging(input: Omit<AxisInput, "range">): ColourScale {
  return scale(input, DIVERGING);
}

function scale(input: Omit<AxisInput, "range">, anchors: readonly string[]): ColourScale {
  const axis: Axis = makeAxis({ ...input, range: [0, LEVELS - 1] });
  return {
    input,
    palette: paletteOf(anchors),
    level(value) {
      if (!Number.isFinite(value)) return CLEAR;
      // What a logarithmic scale has no place for lies below its low end.
      const at = axis.at(value);
      return Number.isNaN(at) ? 0 : Math.max(0, Math.min(LEVELS - 1, Math.round(at)));
    },
  };
}

/** Straight lines in sRGB between places of equal distance: both scales are tabulated densely enough for that. */
function paletteOf(anchors: readonly string[]): Uint8Array {
  const places = anchors.map((hex) => [0, 2, 4].map((i) => Number.parseInt(hex.slice(i, i + 2), 16)));
  const palette = new Uint8Array(3 * 256);
  for (let k = 0; k < LEVELS; k++) {
    const at = (k / (LEVELS - 1)) * (anchors.length - 1);
    const i = Math.min(anchors.length - 2, Math.floor(at));
    for (let c = 0; c < 3; c++) palette[3 * k + c] = Math.round(places[i]![c]! * (1 - (at - i)) + places[i + 1]![c]! * (at - i));
  }
  return palette;
}
