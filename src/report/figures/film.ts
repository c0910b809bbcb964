import { type Html, html, picture } from "../html.ts";
import { shortened } from "../visible.ts";
import { colourBar } from "./colour-bar.ts";
import type { ColourScale } from "./colours.ts";
import { note } from "./marks.ts";
import { px, svg } from "./plot.ts";
import { png } from "./png.ts";
import type { Raster } from "./raster.ts";

/** One row of pictures: data, model or residual. */
export interface Layer {
  readonly name: string;
  /** Name of its frames in the page. */
  readonly id: string;
  /** `[time * points + point]`. */
  readonly values: ArrayLike<number>;
  readonly scale: ColourScale;
}

/** A film: the same raster at several times. */
export interface Film {
  readonly title: string;
  readonly raster: Raster;
  readonly points: number;
  /** Numbers of the times that are kept, rising. */
  readonly frames: readonly number[];
  /** What is written at each kept time. */
  readonly texts: readonly string[];
  readonly layers: readonly Layer[];
}

const STRIP = { left: 24, top: 22, width: 900, gap: 6, tallest: 150, right: 110 } as const;
const PLAYER = { top: 22, gap: 14, tallest: 300 } as const;
/** Room above a colour bar for its name. */
const BAR_HEAD = 24;

/** Rows that a frame takes: its own, and its outermost ones once more, since some viewers blend over the edge of what they show. */
const stepOf = ({ height }: Raster) => height + 2;

/** All frames of a layer in one picture, one below the other: every window of the page shows a part of it. */
function frames(film: Film, layer: Layer): Html {
  const { width, height, point } = film.raster;
  const rows = stepOf(film.raster) * film.frames.length;
  const pixels = new Uint8Array(width * rows);
  film.frames.forEach((time, f) => {
    const frame = Uint8Array.from(point, (k) => layer.scale.level(k < 0 ? Number.NaN : layer.values[time * film.points + k]!));
    const first = f * stepOf(film.raster) * width;
    pixels.set(frame.subarray(0, width), first);
    pixels.set(frame, first + width);
    pixels.set(frame.subarray(-width), first + width * (height + 1));
  });
  return picture(png(width, rows, pixels, layer.scale.palette), { x: 0, y: 0, width, height: rows }, layer.id);
}

/** Frame f of a layer, drawn at a place. */
function frameWindow(film: Film, layer: Layer, f: number, place: readonly [x: number, y: number, width: number, height: number]): Html {
  const { width, height } = film.raster;
  const [x, y, w, h] = place.map(px);
  return html`<rect class="unmeasured" x="${x!}" y="${y!}" width="${w!}" height="${h!}"/><svg class="window" x="${x!}" y="${y!}" width="${w!}" height="${h!}" viewBox="0 ${f * stepOf(film.raster) + 1} ${width} ${height}" preserveAspectRatio="none" data-step="${stepOf(film.raster)}"><use href="#${layer.id}"/></svg><rect class="frame" x="${x!}" y="${y!}" width="${w!}" height="${h!}"/>`;
}

/**
 * Some frames side by side, one row per layer. Holds the frames that {@link filmPlayer} shows, so it must stand in the page.
 * @param chosen numbers among the kept frames
 */
export function filmStrip(film: Film, chosen: readonly number[]): Html {
  const [spanX, spanY] = spans(film.raster);
  const room = STRIP.width - STRIP.left - STRIP.right;
  const across = Math.min((room - STRIP.gap * (chosen.length - 1)) / chosen.length, (STRIP.tallest * spanX) / spanY);
  const tall = Math.max(24, (across * spanY) / spanX);
  const left = (i: number) => STRIP.left + i * (across + STRIP.gap);
  const starts = film.layers.map((layer, row) => row > 0 && layer.scale !== film.layers[row - 1]!.scale);
  // A new scale has its name above it.
  const top = (row: number) => STRIP.top + row * (tall + STRIP.gap) + starts.slice(0, row + 1).filter(Boolean).length * 16;
  const body = film.layers.map((layer, row) => [
    html`<defs>${frames(film, layer)}</defs>`,
    html`<text class="note strong" transform="translate(${STRIP.left - 8},${px(top(row) + tall / 2)}) rotate(-90)" text-anchor="middle">${layer.name}</text>`,
    chosen.map((f, i) => [
      row === 0 && note(left(i) + across / 2, STRIP.top - 7, film.texts[f] ?? "", "muted", "middle"),
      frameWindow(film, layer, f, [left(i), top(row), across, tall]),
    ]),
    (row === 0 || starts[row]) &&
      colourBar(layer.scale, left(chosen.length) + 4, top(row), top(lastOf(film.layers, row)) + tall - top(row), "right"),
  ]);
  return svg({
    ...{ width: STRIP.width, height: top(film.layers.length - 1) + tall + 6 },
    title: film.title,
    desc: `${film.layers.map((l) => l.name).join(", ")} at ${chosen.map((f) => film.texts[f]).join(", ")}.`,
    body: [html`${body}`],
  });
}

/** The last of the layers from `row` on that have its scale. */
function lastOf(layers: readonly Layer[], row: number): number {
  const next = layers.findIndex((layer, i) => i > row && layer.scale !== layers[row]!.scale);
  return next === -1 ? layers.length - 1 : next - 1;
}

/**
 * The layers side by side at one frame; the page's script shows the others. Nothing of it is needed where {@link filmStrip} stands.
 * @param start number of the first shown among the kept frames
 */
export function filmPlayer(film: Film, start: number, caption: Html | string): Html {
  const [spanX, spanY] = spans(film.raster);
  const count = film.layers.length;
  const room = (STRIP.width - STRIP.left - STRIP.right - PLAYER.gap * (count - 1)) / count;
  const across = Math.min(room, (PLAYER.tallest * spanX) / spanY);
  const tall = Math.max(40, (across * spanY) / spanX);
  const left = (i: number) => STRIP.left + i * (across + PLAYER.gap);
  // One bar per scale, one below the other behind the last layer.
  const scales = [...new Set(film.layers.map((l) => l.scale))];
  const share = (tall + BAR_HEAD) / scales.length;
  const body = film.layers.map(
    (layer, i) =>
      html`${note(left(i), PLAYER.top - 8, layer.name, "strong")}${frameWindow(film, layer, start, [left(i), PLAYER.top, across, tall])}`,
  );
  const bars = scales.map((scale, i) => colourBar(scale, left(count) - PLAYER.gap + 10, PLAYER.top + i * share, share - BAR_HEAD, "right"));
  const picture = svg({
    ...{ width: STRIP.width, height: PLAYER.top + tall + 8 },
    title: film.title,
    desc: `${film.frames.length} times, one after the other.`,
    body: [...body, ...bars],
  });
  return html`<figure class="strip film" hidden data-film="${JSON.stringify(film.texts)}" data-start="${start}" aria-label="${shortened(film.title, 80)}">${picture}<figcaption>${caption}</figcaption></figure>`;
}

function spans({ x, y }: Raster): readonly [number, number] {
  return [x[1] - x[0], y[1] - y[0]];
}
