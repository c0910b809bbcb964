import { arraySeeds } from "./array-seeds.ts";
import { hdf5Seeds } from "./hdf5-seeds.ts";
import { NETWORK_SEEDS } from "./network-seeds.ts";
import { pictureSeeds } from "./picture-seeds.ts";
import type { Seed } from "./seed.ts";
import { tableSeeds } from "./table-seeds.ts";
import { TEXT_SEEDS } from "./text-seeds.ts";

/** Small valid files of every registered importer. A new format needs one here, or fuzz.test.ts fails. */
export async function seeds(): Promise<readonly Seed[]> {
  return [...NETWORK_SEEDS, ...TEXT_SEEDS, ...arraySeeds(), ...tableSeeds(), ...pictureSeeds(), ...(await hdf5Seeds())];
}
