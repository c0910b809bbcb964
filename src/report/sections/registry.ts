import type { Section } from "../section.ts";
import { assumptions } from "./assumptions.ts";
import { budget } from "./budget.ts";
import { changes } from "./changes.ts";
import { checks } from "./checks.ts";
import { circle } from "./circle.ts";
import { estimates } from "./estimates.ts";
import { field } from "./field.ts";
import { files } from "./files.ts";
import { gallery } from "./gallery.ts";
import { identifiability } from "./identifiability.ts";
import { laws } from "./laws.ts";
import { missing } from "./missing.ts";
import { partition } from "./partition.ts";
import { provenance } from "./provenance.ts";
import { pulls } from "./pulls.ts";
import { saturation } from "./saturation.ts";
import { scatter } from "./scatter.ts";
import { series } from "./series.ts";
import { verdict } from "./verdict.ts";
import { work } from "./work.ts";

/** All sections in the order of the page. A new section is one file and one line here. */
export const SECTIONS = [
  verdict,
  changes,
  estimates,
  work,
  assumptions,
  scatter,
  pulls,
  gallery,
  laws,
  series,
  saturation,
  circle,
  partition,
  field,
  identifiability,
  budget,
  checks,
  files,
  missing,
  provenance,
] as const satisfies readonly Section[];
