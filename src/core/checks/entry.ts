/** severity: `refuses` = no number is given; `doubts` = the number stands, marked doubtful; `informs` = printed, status unchanged. */
interface CheckEntry {
  readonly severity: "refuses" | "doubts" | "informs";
  /** What a reader should understand when this code stands beside a number. */
  readonly meaning: string;
}

/** Codes in alphabetical order. */
export type CheckTable = Readonly<Record<string, CheckEntry>>;
