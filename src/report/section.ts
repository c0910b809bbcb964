import type { Html } from "./html.ts";
import type { Study } from "./study.ts";

/** Why a part of the report has nothing to show: said at the end of the page, without a heading of its own. */
export interface Absence {
  readonly absent: string;
}

/** One part of the report: pure, says something for every study, never computes a fit. */
export interface Section {
  /** Anchor in the page. */
  readonly id: string;
  readonly title: string;
  render(study: Study): Html | Absence;
}
