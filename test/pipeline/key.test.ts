import { describe, expect, it } from "vitest";
import { canonical } from "../../src/core/hash.ts";
import { keyHash, keyParts, type StageKey, slotId } from "../../src/pipeline/key.ts";

const hash = (change: Partial<StageKey> = {}) =>
  keyHash(keyParts({ stage: "fit", version: 1, inputs: ["a", "b"], options: { x: 0 }, ...change }));

describe("a key", () => {
  it("does not depend on the order of members, nor on members that are undefined", () => {
    expect(hash({ options: { b: 1, a: { d: 1, c: 2 } } })).toBe(hash({ options: { a: { c: 2, d: 1, e: undefined }, b: 1 } }));
    expect(hash({ libraries: {} })).toBe(hash());
  });
  it("depends on everything else", () => {
    const keys = [
      hash(),
      hash({ stage: "import" }),
      hash({ version: 2 }),
      hash({ inputs: ["b", "a"] }),
      hash({ inputs: ["a,b"] }),
      hash({ inputs: ["a"] }),
      hash({ libraries: { "ml-matrix": "6.15.1" } }),
      ...[-0, Number.NaN, "0", "NaN", null, undefined, [0], { x: 0 }, Float64Array.of(0), Float64Array.of(-0)].map((x) =>
        hash({ options: { x } }),
      ),
      hash({ options: undefined }),
    ];
    // { x: undefined } is {} and no options are null: both differ from all others.
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys.every((k) => /^[0-9a-f]{32}$/.test(k))).toBe(true);
  });
  it("refuses options that would all look alike", () => {
    for (const x of [new Map(), new Date(0), new Set(), () => 1, Symbol("s")]) expect(() => canonical({ x })).toThrow("no canonical form");
  });
  it("sorts names by code unit, in every locale", () => {
    expect(canonical({ ä: 1, b: 2, B: 3, a: 4 })).toBe('{"B":3,"a":4,"b":2,"ä":1}');
  });
});

describe("a slot", () => {
  it("cannot be taken for another one by its punctuation", () => {
    const slots = [
      { stage: "a", name: "b", file: "c" },
      { stage: "a", name: 'b","c', file: "" },
      { stage: 'a","b', name: "c", file: "" },
      { stage: "a", name: "b,c", file: "" },
    ];
    expect(new Set(slots.map(slotId)).size).toBe(slots.length);
  });
});
