/**
 * Plays films (figures/film.ts): every window of a figure with `data-film` shows a part of a picture of all frames, so a frame is a view box. It starts by
 * the reader's hand alone, and steps instead of playing for readers who asked their system for less motion.
 */
export const FILM_SCRIPT = `(() => {
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  for (const film of document.querySelectorAll("figure[data-film]")) {
    const texts = JSON.parse(film.dataset.film);
    const windows = [...film.querySelectorAll("svg.window")];
    const [bar, button, slider, text] = ["div", "button", "input", "output"].map((name) => document.createElement(name));
    let timer = 0;
    bar.className = "controls";
    button.type = "button";
    slider.type = "range";
    slider.max = texts.length - 1;
    slider.value = film.dataset.start;
    slider.setAttribute("aria-label", "time of " + film.getAttribute("aria-label"));
    const show = () => {
      const k = Number(slider.value);
      text.textContent = texts[k];
      slider.setAttribute("aria-valuetext", texts[k]);
      for (const w of windows) {
        const [x, , width, height] = w.getAttribute("viewBox").split(" ");
        w.setAttribute("viewBox", [x, k * Number(w.dataset.step) + 1, width, height].join(" "));
      }
    };
    const step = () => { slider.value = (Number(slider.value) + 1) % texts.length; show(); };
    const rest = () => { clearInterval(timer); timer = 0; button.textContent = calm ? "next" : "play"; };
    button.addEventListener("click", () => {
      if (calm) step();
      else if (timer) rest();
      else { timer = setInterval(step, Math.max(90, Math.min(500, 7000 / texts.length))); button.textContent = "pause"; }
    });
    slider.addEventListener("input", () => { rest(); show(); });
    bar.append(button, slider, text);
    film.querySelector("svg.fig").after(bar);
    film.hidden = false;
    rest();
    show();
  }
})();
`;
