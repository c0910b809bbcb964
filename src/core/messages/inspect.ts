/** Words of `gammawatt inspect`. */

const s = (n: number) => (n === 1 ? "" : "s");

export const inspectMessages = {
  header: ["file", "importer", "kind", "cooldown", "qubit", "traces", "columns"],
  failed: "FAILED",
  inferred: "(inferred)",
  likeFiles: (pattern: string, count: number) => `${pattern} (${count} files)`,
  moreFiles: (first: string, others: number) => `${first} and ${others} more files`,
  likeNotes: (first: string) => `${first} (and so on with their own numbers; --all lists each)`,
  likeFilesShareRows: () => "Files alike in name and content share a row. One row per file: --all",
  sections: {
    notes: "Inferred (*) or noted:",
    unrecognised: "Not recognised, listed and left alone:",
    failed: "Failed to be read:",
    missing: "Missing:",
  },
  /** @param kinds how many traces there are of each kind */
  total: (read: number, unrecognised: number, failed: number, kinds: ReadonlyMap<string, number>) => {
    const files = read + unrecognised + failed;
    const traces = [...kinds].map(([kind, n]) => `${n} ${kind}`).join(", ");
    const others = [...(unrecognised > 0 ? [`${unrecognised} not recognised`] : []), ...(failed > 0 ? [`${failed} failed`] : [])];
    return `${[`${files} file${s(files)}: ${read} read${traces === "" ? "" : ` (traces: ${traces})`}`, ...others].join(", ")}.`;
  },
};
