import type { Html } from "./html.ts";
import type { Study } from "./study.ts";

/** One part of the report: pure, says something for every study, never computes a fit. */
export interface Section {
  /** Anchor in the page. */
  readonly id: string;
  readonly title: string;
  render(study: Study): Html;
}
