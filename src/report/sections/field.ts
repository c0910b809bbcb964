import * as say from "../../core/messages/report-field.ts";
import { CAPS } from "../caps.ts";
import { isFitted } from "../field-scales.ts";
import { hatchPattern } from "../figures/hatch.ts";
import { html, NOTHING } from "../html.ts";
import type { Section } from "../section.ts";
import { sentence } from "../table.ts";
import { fieldCooldowns } from "./field-cooldowns.ts";
import { fieldFilms } from "./field-films.ts";
import { fieldHeadline } from "./field-headline.ts";
import { fieldMaps } from "./field-maps.ts";
import { nullDirections } from "./field-null.ts";
import { fieldNumbers, profilePanel } from "./field-numbers.ts";
import { fieldSites } from "./field-sites.ts";

/** The field model: what was found, maps, data against model, profile, laws and numbers, field by field, and from cooldown to cooldown. */
export const field: Section = {
  id: "field",
  title: say.title(),
  render(study) {
    const { fields: all } = study;
    if (all.length === 0) return { absent: say.none() };
    const shown = all.slice(0, CAPS.fields);
    let films = 0;
    const parts = shown.map((f) => {
      const { outcome } = f;
      const drawn = fieldFilms(f, films, CAPS.films - films, isFitted(outcome) ? profilePanel(f, outcome) : NOTHING);
      films = Math.min(CAPS.films, films + f.outcome.films.length);
      return html`${fieldHeadline(study, f)}${isFitted(outcome) && fieldMaps(f, outcome, all)}${nullDirections(f)}${drawn}${fieldSites(f)}${isFitted(outcome) && fieldNumbers(outcome)}`;
    });
    return html`${sentence(say.intro())}${shown.length < all.length && sentence(say.panelsCapped(shown.length, all.length))}${hatchPattern()}${parts}${fieldCooldowns(study)}`;
  },
};
