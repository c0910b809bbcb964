import { canonical, sha256 } from "../core/hash.ts";

/** What a result depends on: equal keys, equal results. */
export interface StageKey {
  readonly stage: string;
  /** Raised whenever the stage gives other results for the same inputs. */
  readonly version: number;
  /** Ids (content hashes) of what goes in; order counts. */
  readonly inputs: readonly string[];
  /** Everything else that may change the result; members that are undefined do not count. Nothing that changes only speed. */
  readonly options: unknown;
  /** Versions of the libraries that the numbers depend on. */
  readonly libraries?: Readonly<Record<string, string>>;
}

/** A stable name of a unit of work: the same slot with another key tells why something is computed again. */
export interface Slot {
  readonly stage: string;
  /** Unique within stage and file: the trace, the group's labels. */
  readonly name: string;
  /** The file that people are told about. */
  readonly file: string;
}

/** Key parts as they are stored beside a result, to be compared with a later key. */
export interface KeyParts {
  readonly stage: string;
  readonly version: number;
  readonly inputs: readonly string[];
  /** `canonical` text of the options. */
  readonly options: string;
  readonly libraries: Readonly<Record<string, string>>;
}

export function keyParts(key: StageKey): KeyParts {
  return {
    stage: key.stage,
    version: key.version,
    inputs: key.inputs,
    options: key.options === undefined ? "null" : canonical(key.options),
    libraries: key.libraries ?? {},
  };
}

/** 32 hexadecimal digits: SHA-256 of the canonical text of all parts, cut to 128 bits. */
export function keyHash(parts: KeyParts): string {
  return sha256(canonical(parts)).slice(0, 32);
}

export function slotId(slot: Slot): string {
  return JSON.stringify([slot.stage, slot.name, slot.file]);
}
