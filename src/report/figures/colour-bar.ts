import { type Html, html, picture } from "../html.ts";
import { makeAxis } from "./axis.ts";
import { type ColourScale, LEVELS } from "./colours.ts";
import { px } from "./plot.ts";
import { png } from "./png.ts";

const WIDTH = 11;

/** Room to the right of a colour bar for its numbers. */
const BAR_ROOM = 50;

/** The colours of a scale beside a picture, low at the bottom, with the numbers they stand for; name and unit above. @param side where the room for them is */
export function colourBar(scale: ColourScale, left: number, top: number, height: number, side: "left" | "right" = "left"): Html {
  const axis = makeAxis({ ...scale.input, range: [height, 0], count: Math.max(2, Math.min(6, Math.round(height / 34))) });
  // A short name begins at the bar, a long one ends where the room does.
  const long = axis.label.length * 6 > BAR_ROOM;
  const pixels = Uint8Array.from({ length: LEVELS }, (_, i) => LEVELS - 1 - i);
  const bar = picture(png(1, LEVELS, pixels, scale.palette), { x: 0, y: 0, width: WIDTH, height });
  const ticks = axis.ticks.map(
    (t) => html`<path class="axis" d="M${WIDTH} ${px(t.at)}h3"/><text class="tick" x="${WIDTH + 6}" y="${px(t.at + 3.5)}">${t.text}</text>`,
  );
  return html`<g class="colour-bar" transform="translate(${px(left)},${px(top)})" data-scale="${JSON.stringify(axis.readout)}">${bar}<rect class="frame" width="${WIDTH}" height="${px(height)}"/>${ticks}<text class="note" x="${side === "left" && long ? BAR_ROOM : 0}" y="-8" text-anchor="${side === "left" && long ? "end" : "start"}">${axis.label}</text></g>`;
}
