import { expect, it } from "vitest";
import { random } from "../../src/core/random.ts";
import { decimals, expected, scanned } from "./decimals.ts";

it("reads millions of decimals to the bits that Number gives them", () => {
  let read = 0;
  const wrong = [];
  for (const { text, shift } of decimals(random(4), 300_000)) {
    read++;
    if (!Object.is(scanned(text, 46, shift), expected(text, shift))) wrong.push({ text, shift });
  }
  expect(wrong).toEqual([]);
  expect(read).toBeGreaterThan(2_500_000);
});
