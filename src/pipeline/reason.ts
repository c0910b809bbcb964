import { differences, printable } from "./difference.ts";
import type { KeyParts, Slot } from "./key.ts";

export type ReasonCode =
  | "new-input"
  | "input-changed"
  | "option-changed"
  | "stage-version"
  | "missing-output"
  | "corrupt-record"
  | "forced";

/** Why something was computed, printable: `reasonText` in core/messages/store.ts puts it in words. */
export interface Reason {
  readonly file: string;
  readonly stage: string;
  /** The slot's name: trace, group. */
  readonly name: string;
  readonly code: ReasonCode;
  /** Short text of what was and what is; empty where there is nothing to compare. */
  readonly before: string;
  readonly after: string;
}

export function makeReason(slot: Slot, code: ReasonCode, before = "", after = ""): Reason {
  return { file: slot.file, stage: slot.stage, name: slot.name, code, before, after };
}

/**
 * What differs between the key under which a slot was computed last and its key now. Where several parts differ, the first of inputs,
 * options, version, libraries is named: that is the one a person did.
 * @returns undefined when nothing differs.
 */
export function changeOf(slot: Slot, was: KeyParts, now: KeyParts): Reason | undefined {
  if (!sameList(was.inputs, now.inputs)) {
    const [gone, come] = [without(was.inputs, now.inputs), without(now.inputs, was.inputs)];
    // The same ids in another order: nothing has gone or come.
    const moved = gone.length === 0 && come.length === 0;
    return makeReason(slot, "input-changed", few(moved ? was.inputs : gone), few(moved ? now.inputs : come));
  }
  if (was.options !== now.options) {
    const found = differences(was.options, now.options);
    return makeReason(slot, "option-changed", listed(found, "before"), listed(found, "after"));
  }
  if (was.stage !== now.stage || was.version !== now.version)
    return makeReason(slot, "stage-version", `${was.stage} ${was.version}`, `${now.stage} ${now.version}`);
  const names = [...new Set([...Object.keys(was.libraries), ...Object.keys(now.libraries)])].sort();
  const other = names.filter((n) => was.libraries[n] !== now.libraries[n]);
  if (other.length === 0) return undefined;
  const text = (libraries: Readonly<Record<string, string>>) => other.map((n) => `${n} ${libraries[n] ?? "none"}`).join(", ");
  return makeReason(slot, "stage-version", text(was.libraries), text(now.libraries));
}

const SHOWN = 5;

function listed(found: readonly { path: string; before: string; after: string }[], side: "before" | "after"): string {
  const shown = found.slice(0, SHOWN).map((d) => (d.path === "" ? d[side] : `${d.path}: ${d[side]}`));
  if (found.length > SHOWN) shown.push(`and ${found.length - SHOWN} more`);
  return shown.join("; ");
}

function few(ids: readonly string[]): string {
  if (ids.length === 0) return "none";
  // Content hashes are long; their beginning tells them apart for a reader.
  const shown = ids.slice(0, SHOWN).map((id) => printable(/^[0-9a-f]{33,}$/.test(id) ? id.slice(0, 16) : id));
  if (ids.length > SHOWN) shown.push(`and ${ids.length - SHOWN} more`);
  return shown.join(", ");
}

function sameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((x, i) => x === b[i]);
}

function without(list: readonly string[], other: readonly string[]): string[] {
  const known = new Set(other);
  return list.filter((x) => !known.has(x));
}
