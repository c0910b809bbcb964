import { ImportError } from "../../core/errors.ts";
import { arrayMessages } from "../../core/messages/import-numpy.ts";
import { instantOf } from "../csv/clock.ts";
import type { HeaderCell } from "../csv/header.ts";
import { qubitOfName } from "../meaning/measurement-name.ts";
import { type NamedArray, parentOf, squeezed } from "./named-array.ts";

/** What tells the traces of a two-dimensional array apart, where no array of numbers beside it does: one value or one qubit per trace. */
export interface OuterAxis {
  readonly cell?: HeaderCell;
  readonly values?: readonly number[];
  readonly qubits?: readonly string[];
  readonly note: string;
}

const REPEAT: HeaderCell = { raw: "repeat", name: "repeat" };

/**
 * Names of qubits keep traces apart by qubit, dates make them repeats, other texts settings; where nothing in the file has their number they are
 * repeats, and said to be.
 * @param around arrays of the same and of the surrounding groups, texts among them
 * @param named the lab file says which arrays are meant
 * @throws ImportError where an array further off has their number, and may be what was swept
 */
export function outerAxis(
  array: NamedArray,
  count: number,
  around: readonly NamedArray[],
  axis: string,
  named: boolean,
  place: string,
): OuterAxis {
  const values = Array.from({ length: count }, (_, k) => k);
  const texts = textLists(around).filter((list) => list.texts.length === count);
  const qubits = texts.find(({ path, texts }) => /qubit/i.test(nameOf(path)) || texts.every((text) => qubitOfName(text) !== ""));
  if (qubits !== undefined) {
    const distinct = new Set(qubits.texts).size === count;
    const note = arrayMessages.outerQubits(qubits.path, array.path, qubits.texts);
    return { qubits: qubits.texts, note, ...(distinct ? {} : { cell: REPEAT, values }) };
  }
  const dated = texts.find((list) => list.texts.every((text) => instantOf(text) !== undefined));
  if (dated !== undefined) return { cell: REPEAT, values, note: arrayMessages.outerDated(array.path, dated.path) };
  const [labels] = texts;
  if (labels !== undefined) {
    const cell = { raw: labels.path, name: nameOf(labels.path) };
    return { cell, values, note: arrayMessages.outerLabels(labels.path, array.path, labels.texts) };
  }
  const rival = around.find(
    (a) => a !== array && a.texts === undefined && squeezed(a.shape).length === 1 && squeezed(a.shape)[0] === count,
  );
  if (rival !== undefined && !named)
    throw new ImportError(arrayMessages.outerUnexplained(array.path, count, rival.path, axis), `${place}:${array.path}`);
  return { cell: REPEAT, values, note: arrayMessages.outerRepeats(array.path, count) };
}

const nameOf = (path: string) => path.slice(path.lastIndexOf("/") + 1);

interface TextList {
  readonly path: string;
  readonly texts: readonly string[];
}

/** Rows of texts, and the cells of one MATLAB cell array (`qubit{1}`, `qubit{2}`), each of one text. */
function textLists(arrays: readonly NamedArray[]): TextList[] {
  const lists: TextList[] = [];
  const cells = new Map<string, string[]>();
  for (const { path, texts } of arrays) {
    if (texts === undefined) continue;
    const cell = /^(.*)\{\d+\}$/.exec(path)?.[1];
    if (cell === undefined) lists.push({ path, texts });
    else cells.set(cell, [...(cells.get(cell) ?? []), texts.join(" ")]);
  }
  return [...lists, ...Array.from(cells, ([path, texts]) => ({ path, texts }))];
}

/** What stands in the group of that path and in those around it. */
export function surrounding(all: readonly NamedArray[], parent: string): NamedArray[] {
  return all.filter(({ path }) => {
    const own = parentOf(path);
    return own === "" || own === parent || parent.startsWith(`${own}/`);
  });
}
