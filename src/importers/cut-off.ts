import type { Note } from "../core/dataset.ts";
import { lastLineShort } from "../core/messages/importers.ts";
import type { EncodedText } from "./text/text.ts";

/** Lines that the last one is compared with. */
const COMPARED = 20;
const FEWEST = 2;
/** No row that is looked at is longer. */
const LONGEST = 64 * 1024;
/** The number at the end of a row, and a separator that may follow it. */
const LAST_NUMBER = /(?:^|[\s,;|])([-+]?[\d.]+(?:[ed][-+]?\d*)?)\s*[,;|]?\s*$/i;

/** Comments, options and keywords. */
const REMARK = /^\s*(?:[#!%[;]|\/\/)/;

/**
 * A note where the last line has no line end and its last number has fewer digits than those above it: 0.04 may be what is left of 0.040695.
 * Whole numbers, which have few digits when they are small, count only where all above have equally many.
 */
export function cutOffNotes(text: EncodedText): Note[] {
  const { bytes } = text;
  const end = bytes.at(-1);
  if (end === undefined || end === 10 || end === 13 || end === 26) return [];
  const from = Math.max(0, bytes.length - LONGEST);
  const lines = text.slice(from).split(/\r\n|\r|\n/);
  const last = LAST_NUMBER.exec(lines.pop()!)?.[1];
  // Perhaps only the end of a line.
  if (from > 0) lines.shift();
  const above = lines
    .filter((line) => !REMARK.test(line))
    .flatMap((line) => LAST_NUMBER.exec(line)?.[1] ?? [])
    .slice(-COMPARED);
  if (last === undefined || above.length < FEWEST) return [];
  const digits = above.map(digitsOf);
  const whole = !/\D/.test(last);
  if (digitsOf(last) >= Math.min(...digits) || (whole && new Set(digits).size > 1 && !above.every((number) => number.includes("."))))
    return [];
  return [{ code: "cut_off", text: lastLineShort(lineEnds(bytes) + 1) }];
}

const digitsOf = (number: string) => number.replace(/\D/g, "").length;

function lineEnds(bytes: Uint8Array): number {
  let count = 0;
  for (let at = 0; at < bytes.length; at++) if (bytes[at] === 10 || (bytes[at] === 13 && bytes[at + 1] !== 10)) count++;
  return count;
}
