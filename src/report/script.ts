/**
 * What the page can do beyond paper: a read-out of marks and places under the pointer, a filter for long tables, enlarged figures.
 * It builds every element from text (textContent), reads only the page itself, and the page is complete without it.
 */
export const SCRIPT = `"use strict";
(() => {
  const box = document.createElement("div");
  box.id = "readout";
  box.hidden = true;
  document.body.append(box);
  let held = null;
  const show = (text, event) => {
    box.textContent = text;
    box.hidden = text === "";
    const left = Math.min(event.clientX + 14, innerWidth - box.offsetWidth - 8);
    const above = event.clientY + 18 + box.offsetHeight > innerHeight;
    box.style.left = Math.max(4, left) + "px";
    box.style.top = (above ? event.clientY - box.offsetHeight - 10 : event.clientY + 18) + "px";
  };
  const digits = (v) => String(Number(v.toPrecision(4))).replace("-", "\\u2212");
  const along = (axis, f) => {
    const [kind, first, last] = axis;
    return kind === "log" ? first * Math.pow(last / first, f) : first + (last - first) * f;
  };
  const place = (plot, event) => {
    const [x, y] = JSON.parse(plot.dataset.axes);
    const r = plot.getBoundingClientRect();
    const parts = [[x, (event.clientX - r.left) / r.width], [y, (r.bottom - event.clientY) / r.height]];
    const value = valueAt(plot, parts[0][1], parts[1][1]);
    return [...(value ? [value] : []), ...parts].map(([a, f]) => a[3] + " " + digits(along(a, f)) + (a[4] ? " " + a[4] : "")).join("\\n");
  };
  // A map is a picture of colours; the colour bar beside it tells what they stand for.
  const pictures = new Map();
  const pixelsOf = (image) => {
    if (!pictures.has(image)) {
      const copy = new Image();
      pictures.set(image, undefined);
      copy.onload = () => {
        const canvas = document.createElement("canvas");
        [canvas.width, canvas.height] = [copy.naturalWidth, copy.naturalHeight];
        const plane = canvas.getContext("2d");
        plane.drawImage(copy, 0, 0);
        pictures.set(image, plane.getImageData(0, 0, canvas.width, canvas.height));
      };
      copy.src = image.getAttribute("href");
    }
    return pictures.get(image);
  };
  const valueAt = (plot, right, up) => {
    const image = plot.querySelector(":scope > image");
    const bar = image && plot.closest("svg.fig").querySelector("[data-scale]");
    if (!bar) return null;
    const [map, colours] = [pixelsOf(image), pixelsOf(bar.querySelector("image"))];
    if (!map || !colours) return null;
    const size = (name) => Number(image.getAttribute(name));
    const box = [plot.getAttribute("width"), plot.getAttribute("height")].map(Number);
    const column = Math.floor(((right * box[0] - size("x")) / size("width")) * map.width);
    const row = Math.floor((((1 - up) * box[1] - size("y")) / size("height")) * map.height);
    if (column < 0 || row < 0 || column >= map.width || row >= map.height) return null;
    const at = 4 * (row * map.width + column);
    if (map.data[at + 3] === 0) return null;
    let [best, least] = [0, Infinity];
    for (let i = 0; i < colours.height; i++) {
      const distance = [0, 1, 2].reduce((sum, c) => sum + Math.abs(colours.data[4 * i + c] - map.data[at + c]), 0);
      if (distance < least) [best, least] = [i, distance];
    }
    return [JSON.parse(bar.dataset.scale), 1 - best / (colours.height - 1)];
  };
  const giveBack = () => {
    for (const [title, text] of held || []) title.textContent = text;
    held = null;
  };
  document.addEventListener("pointermove", (event) => {
    const at = event.target instanceof Element ? event.target : null;
    const figure = at && at.closest("svg.fig");
    if (!figure) { giveBack(); box.hidden = true; return; }
    const mark = at.closest("svg.fig [data-axes] *, svg.fig g");
    const own = mark && mark.querySelector(":scope > title");
    const text = own ? (held && held.get(own)) || own.textContent : "";
    if (!held || !held.has(own || figure.querySelector("title"))) {
      giveBack();
      held = new Map([...figure.querySelectorAll("title")].map((t) => [t, t.textContent]));
      for (const t of held.keys()) t.textContent = "";
    }
    const plot = at.closest("svg.plot");
    show([text, plot ? place(plot, event) : ""].filter(Boolean).join("\\n"), event);
  });
  document.documentElement.addEventListener("pointerleave", () => { giveBack(); box.hidden = true; });
  box.style.whiteSpace = "pre-line";
  document.addEventListener("click", (event) => {
    const picture = event.target instanceof Element ? event.target.closest("svg.fig") : null;
    if (!shrink() && picture) {
      picture.classList.add("chosen");
      picture.closest("figure").classList.add("zoomed");
    }
  });
  const shrink = () => {
    const open = document.querySelectorAll(".zoomed, .chosen");
    for (const e of open) e.classList.remove("zoomed", "chosen");
    return open.length > 0;
  };
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") shrink(); });
  for (const region of document.querySelectorAll('[data-table="filter"]')) {
    const field = document.createElement("input");
    const rows = [...region.querySelectorAll("tbody tr")];
    const name = region.getAttribute("aria-label");
    field.type = "search";
    field.className = "filter";
    field.placeholder = "filter " + rows.length + " rows";
    field.setAttribute("aria-label", "Filter: " + name);
    field.addEventListener("input", () => {
      const words = field.value.toLowerCase().split(/\\s+/).filter(Boolean);
      for (const row of rows) {
        const text = row.textContent.toLowerCase();
        row.hidden = !words.every((w) => text.includes(w));
      }
    });
    region.before(field);
  }
  const closed = [];
  addEventListener("beforeprint", () => {
    for (const d of document.querySelectorAll("details:not([open],.bulk)")) { closed.push(d); d.open = true; }
  });
  addEventListener("afterprint", () => { for (const d of closed.splice(0)) d.open = false; });
})();
`;
