import type { CheckTable } from "./entry.ts";

/** What an importer had to infer, and what it found. */
export const IMPORT_CHECKS = {
  duplicate_data: {
    severity: "doubts",
    meaning: "The same numbers stand under another cooldown or label: a copied file, not a second measurement.",
  },
  incomplete_sweep: {
    severity: "informs",
    meaning: "The measurement was ended before its planned number of entries; the entries that exist are complete.",
  },
  kind_inferred: {
    severity: "doubts",
    meaning:
      "The file does not say that this is a T1 measurement; it has a delay axis and was fitted as one. State the kind in gammawatt.yaml.",
  },
  unit_inferred: { severity: "informs", meaning: "A unit was inferred, not stated by the file; see the notes of the dataset." },
} as const satisfies CheckTable;
