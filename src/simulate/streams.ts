import { sha256 } from "../core/hash.ts";
import { type Random, random } from "../core/random.ts";

/** One random stream per seed and purpose: a measurement that is added or left out moves no other one's numbers. */
export function stream(seed: number, purpose: string): Random {
  return random(Number.parseInt(sha256(`${seed}:${purpose}`).slice(0, 8), 16));
}
