import { expect, it } from "vitest";
import { random } from "../../src/core/random.ts";
import { Store } from "../../src/pipeline/store.ts";
import { startChild } from "./child.ts";
import { codec, keyOf, resultOf, runSquares, slotOf, temporaryFolder } from "./lab.ts";

const COUNT = 400;
const KILLS = 20;

/** Which numbers the manifest names; each of them is read back and right. */
async function survivors(dir: string, count: number): Promise<boolean[]> {
  const store = await Store.open(dir, { dryRun: true });
  const there = Array.from({ length: count }, (_, n) => {
    const reason = store.plan(slotOf(n), keyOf(n));
    // Never "missing-output" or "corrupt-record": that would be a record that the manifest names and that is lost.
    if (reason !== undefined) expect(reason.code).toBe("new-input");
    else expect(store.peek(keyOf(n), codec)).toEqual(resultOf(n));
    return reason === undefined;
  });
  await store.close();
  expect(store.notes).toEqual([]);
  return there;
}

it("a run killed at 20 random instants loses nothing that the manifest names, and ends as if it had never been killed", async () => {
  const dir = temporaryFolder();
  const dice = random(31);
  let keptBefore: boolean[] = [];
  let kills = 0;
  while (kills < KILLS) {
    const child = startChild(dir, "run", COUNT, 3);
    await child.until("open");
    await new Promise((resolve) => setTimeout(resolve, dice.uniform() * 90));
    child.process.kill("SIGKILL");
    await child.ended;
    expect(child.lines).not.toContain("closed");
    kills++;
    // What the manifest names can be read, is right, and is not less than before.
    const there = await survivors(dir, COUNT);
    // What earlier runs had kept was not computed again by this one, and still stands.
    const again = child.lines.filter((l) => l.startsWith("computed")).map((l) => Number(l.slice(9)));
    for (const n of again) expect(keptBefore[n]).not.toBe(true);
    for (const [n, was] of keptBefore.entries()) expect(there[n] || !was).toBe(true);
    keptBefore = there;
  }
  const kept = keptBefore.filter(Boolean).length;
  // Otherwise this test would say nothing.
  expect(kept).toBeGreaterThan(0);
  expect(kept).toBeLessThan(COUNT);
  const rest = await runSquares(dir, COUNT);
  expect(rest.computed).toHaveLength(COUNT - kept);
  const whole = await runSquares(temporaryFolder(), COUNT);
  expect(rest.values).toEqual(whole.values);
  expect((await runSquares(dir, COUNT)).computed).toEqual([]);
}, 300_000);

it("runs that drop, move and merge records lose nothing when killed at 20 random instants", async () => {
  const dir = temporaryFolder();
  const dice = random(32);
  for (let kill = 0; kill < KILLS; kill++) {
    const child = startChild(dir, "churn", 100);
    await child.until("closed");
    await new Promise((resolve) => setTimeout(resolve, dice.uniform() * 250));
    child.process.kill("SIGKILL");
    await child.ended;
    expect(child.lines.filter((l) => l.startsWith("error"))).toEqual([]);
    const there = await survivors(dir, 100);
    // Otherwise this test would say nothing.
    if (kill > 0) expect(there.some(Boolean)).toBe(true);
  }
  const rest = await runSquares(dir, 100);
  expect(rest.values).toEqual(Array.from({ length: 100 }, (_, n) => resultOf(n)));
  expect((await runSquares(dir, 100)).computed).toEqual([]);
}, 300_000);
