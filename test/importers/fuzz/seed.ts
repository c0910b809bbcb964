import type { Hints } from "../../../src/importers/importer.ts";

/** A small valid file of one format, to be damaged. */
export interface Seed {
  /** The registered importer that has to read it. */
  readonly importer: string;
  /** Tells seeds of one importer apart, and is part of the random seed: a failure is replayed by it. */
  readonly title: string;
  readonly file: string;
  readonly bytes: Uint8Array;
  /** Companions and sidecars, by name; every fifth damage is done to one of them. */
  readonly beside?: Readonly<Record<string, Uint8Array>>;
  readonly hints?: Hints;
  /**
   * What checksums of the format cover: the whole file, or the bytes [from, to[. Damage there has to be refused or give the same numbers.
   */
  readonly covered?: "whole" | readonly (readonly [from: number, to: number])[];
  /** The parts within a container that knows their checksums; half of the damage is done to one of them, and the container made anew. */
  readonly parts?: {
    readonly contents: Readonly<Record<string, Uint8Array>>;
    pack(contents: Readonly<Record<string, Uint8Array>>): Uint8Array;
  };
  /** Share of damaged files, relative to a text's 1: formats whose thread starts anew after each damaged file get fewer. */
  readonly weight?: number;
}

export const keyOf = (seed: Seed) => `${seed.importer}/${seed.title}`;

const encoder = new TextEncoder();
export const utf8 = (text: string): Uint8Array => encoder.encode(text);

/** A seed whose file, companions and sidecars are texts. */
export interface TextSeed extends Omit<Seed, "bytes" | "beside"> {
  readonly text: string;
  readonly beside?: Readonly<Record<string, string>>;
}

export const textSeed = ({ text, beside, ...seed }: TextSeed): Seed => ({
  ...seed,
  bytes: seed.title.includes("UTF-16") ? new Uint8Array(Buffer.from(text, "utf16le")) : utf8(text),
  ...(beside === undefined ? {} : { beside: Object.fromEntries(Object.entries(beside).map(([name, content]) => [name, utf8(content)])) }),
});

export const lines = (...all: readonly string[]) => `${all.join("\n")}\n`;
