import { type Html, html, NOTHING, picture } from "../html.ts";
import { writtenFor } from "../number.ts";
import { type Axis, makeAxis } from "./axis.ts";
import { colourBar } from "./colour-bar.ts";
import type { ColourScale } from "./colours.ts";
import { curve, dots, note } from "./marks.ts";
import { plot, px, svg } from "./plot.ts";
import { png } from "./png.ts";
import type { Raster } from "./raster.ts";

const [LEFT, TOP, RIGHT, BOTTOM] = [52, 20, 66, 38];
/** The longer side of a map, and the sides of a picture whose axes are of different kinds. */
const SIDE = 262;
const [WIDE, TALL] = [262, 200];

export interface RasterFigure {
  readonly title: string;
  readonly desc: string;
  readonly raster: Raster;
  /** One per point. */
  readonly values: ArrayLike<number>;
  readonly scale: ColourScale;
  /** What stands upward: m as the other axis (then both have one scale), or time. */
  readonly upward?: { readonly name: string; readonly unit: "s" };
  /** Low and high end of each axis, where more is shown than the picture covers. */
  readonly domain?: readonly (readonly [number, number])[];
  /** Points whose surroundings are hatched. */
  readonly hatched?: readonly boolean[];
  /** A length to compare with, m. */
  readonly ruler?: { readonly length: number; readonly text: string };
  /** Where the points lie. */
  readonly sensors?: { readonly x: ArrayLike<number>; readonly y: ArrayLike<number> };
}

/** Values over a plane as a picture with axes and colour bar. */
export function rasterFigure(input: RasterFigure): Html {
  const { raster, scale } = input;
  const [xs, ys] = input.domain && input.domain.length > 1 ? [input.domain[0]!, input.domain[1]!] : [raster.x, raster.y];
  const [width, height] = input.upward ? [WIDE, TALL] : equalSides(xs, ys);
  const x = lengthAxis("x", xs, [...xs, ...(input.upward ? [] : ys)], [0, width]);
  const y = input.upward
    ? makeAxis({ ...input.upward, domain: ys, range: [height, 0] })
    : { ...lengthAxis("y", ys, [...xs, ...ys], [height, 0]) };
  const [left, right, top, bottom] = [x.at(raster.x[0]), x.at(raster.x[1]), y.at(raster.y[1]), y.at(raster.y[0])];
  const place = { x: left, y: top, width: right - left, height: bottom - top };
  const pixels = Uint8Array.from(raster.point, (k) => scale.level(k < 0 ? Number.NaN : input.values[k]!));
  const marks = [
    html`<rect class="unmeasured" width="${px(width)}" height="${px(height)}"/>`,
    picture(png(raster.width, raster.height, pixels, scale.palette), place),
    input.hatched ? hatching(raster, input.hatched, place) : NOTHING,
    input.sensors ? sensors(input.sensors, x, y) : NOTHING,
    input.ruler ? ruler(input.ruler, x, height) : NOTHING,
  ];
  return svg({
    width: LEFT + SIDE + RIGHT,
    height: TOP + height + BOTTOM,
    title: input.title,
    desc: input.desc,
    body: [plot({ left: LEFT, top: TOP, x, y, marks }), colourBar(scale, LEFT + width + 10, TOP, height)],
  });
}

function equalSides(xs: readonly [number, number], ys: readonly [number, number]): readonly [number, number] {
  const [dx, dy] = [xs[1] - xs[0], ys[1] - ys[0]];
  const scale = SIDE / Math.max(dx, dy);
  return [dx * scale, dy * scale];
}

/** Both axes of a map are written in one unit. */
export function lengthAxis(
  name: string,
  domain: readonly [number, number],
  all: readonly number[],
  range: readonly [number, number],
): Axis {
  const w = writtenFor(Math.max(...all.map(Math.abs)), "m");
  const axis = makeAxis({
    ...{ name, unit: "1", suffix: w.unit, range, count: Math.max(2, Math.round(Math.abs(range[1] - range[0]) / 50)) },
    domain: [domain[0] * w.factor, domain[1] * w.factor],
  });
  return { ...axis, domain, at: (m) => axis.at(m * w.factor) };
}

/** Runs of pixels as one path, filled with the pattern of the page. */
function hatching(
  raster: Raster,
  hatched: readonly boolean[],
  place: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
): Html {
  const [dx, dy] = [place.width / raster.width, place.height / raster.height];
  const at = (row: number, column: number) => {
    const k = raster.point[row * raster.width + column] ?? -1;
    return column < raster.width && k >= 0 && hatched[k] === true;
  };
  let d = "";
  for (let row = 0; row < raster.height; row++)
    for (let column = 0; column < raster.width; column++) {
      if (!at(row, column)) continue;
      const first = column;
      while (at(row, column + 1)) column++;
      d += `M${px(place.x + first * dx)} ${px(place.y + row * dy)}h${px((column + 1 - first) * dx)}v${px(dy)}h${px((first - column - 1) * dx)}z`;
    }
  return d === "" ? NOTHING : html`<path class="prior" d="${d}"/>`;
}

/** Light dots with dark borders, as two paths. */
function sensors(points: NonNullable<RasterFigure["sensors"]>, x: Axis, y: Axis): Html {
  const places = Array.from(points.x, (v, k) => [x.at(v), y.at(points.y[k]!)] as const);
  return html`${dots(places, "sensor under")}${dots(places, "sensor")}`;
}

function ruler({ length, text }: NonNullable<RasterFigure["ruler"]>, x: Axis, height: number): Html {
  const end = 10 + x.at(x.domain[0] + length) - x.at(x.domain[0]);
  const places = [
    [10, height - 12],
    [end, height - 12],
  ] as const;
  return html`${curve(places, "ruler under")}${curve(places, "ruler")}${note(10, height - 18, text, "over-map")}`;
}
