import type { FitGroup } from "../routes/series-group.ts";
import type { StudyFit } from "./study.ts";

export { seriesKey, seriesOf, traceParts } from "../routes/series-group.ts";

/** A series with what the report knows of its fits. */
export type FitSeries = FitGroup<StudyFit>;
