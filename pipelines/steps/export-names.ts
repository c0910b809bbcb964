import type { Dataset } from "../../src/tables/dataset.ts";

const LONGEST_PART = 40;
/** In bytes: with the id and an extension well below the 255 of a file system. */
const LONGEST_STEM = 160;

/**
 * A file name for each dataset, without extension: `cd07_chipA_q1_decay_p1_53e6b0cfe382be9f`. Labels are data and may hold anything: letters and digits
 * of any script stay, everything else becomes `-`. The id makes a name unique on any file system, keeps it from being a reserved one, and lets it stay
 * the same when other datasets come or go; equal numbers under labels that look alike are told apart by a number.
 */
export function exportNames(datasets: readonly Dataset[]): string[] {
  const taken = new Set<string>();
  return datasets.map(({ id, kind, labels }) => {
    const { cooldown, device, qubit, trace } = labels;
    const parts = [cooldown, device, qubit, kind, trace].map(readable).filter((part) => part !== "");
    const stem = `${cut(parts.join("_"))}_${id}`;
    let name = stem;
    for (let n = 2; taken.has(name.toLowerCase()); n++) name = `${stem}_${n}`;
    taken.add(name.toLowerCase());
    return name;
  });
}

/** Whether `exportNames` made this file name. */
export function isExportName(file: string, extension: string): boolean {
  return file.endsWith(`.${extension}`) && /_[0-9a-f]{16}(?:_\d+)?$/.test(file.slice(0, -extension.length - 1));
}

function readable(label: string): string {
  const plain = label
    .normalize("NFC")
    .replace(/[^\p{L}\p{N}.+-]+/gu, "-")
    .replace(/\.{2,}|-{2,}/g, "-")
    .replace(/^[-.+]+|[-.+]+$/g, "");
  return [...plain].slice(0, LONGEST_PART).join("");
}

function cut(stem: string): string {
  const letters = [...stem];
  while (Buffer.byteLength(letters.join("")) > LONGEST_STEM) letters.pop();
  return letters.join("");
}
