/** Names under which facts stand beside a measurement. */
const ENDINGS = ["json", "xml", "yaml", "yml", "ini", "cfg"] as const;
const OF_ONE = ["", "_meta", ".meta", "-meta", "_metadata", ".metadata", "_conditions", "_settings"] as const;
const SHARED = /^(?:(.*[\s_.-])?conditions|metadata|meta)\.(?:csv|tsv|txt|json|xml|ya?ml|ini)$/i;

/** Whether a file of that name states conditions of others, and is no measurement itself. */
export const isSharedSidecar = (name: string) => SHARED.test(name);

/** Whether some file may have this one for itself: most folders hold none, and no name need be looked for. */
export const mayBeSidecar = (name: string) => /\.(?:json|xml|ya?ml|ini|cfg|meta)$|_conditions\.(?:csv|txt)$/.test(name);

const MEASUREMENTS = ["csv", "tsv", "txt", "dat", "s1p", "s2p", "hdf5", "h5", "nc", "npz", "npy", "parquet", "mat", "xlsx"] as const;

/** The measurement of the folder that a sidecar is named after; undefined where there is none. */
export function spokenOf(sidecar: string, names: ReadonlySet<string>): string | undefined {
  if (!mayBeSidecar(sidecar)) return undefined;
  const whole = sidecar.replace(/\.\w+$/, "");
  const stems = OF_ONE.flatMap((middle) => (whole.endsWith(middle) ? [whole.slice(0, whole.length - middle.length)] : []));
  return [whole, ...stems.flatMap((stem) => MEASUREMENTS.map((ending) => `${stem}.${ending}`))].find(
    (name) => name !== sidecar && names.has(name) && ownSidecars(name).includes(sidecar),
  );
}

/** The sidecars that a file of this name may have for itself: `q1_t1.json`, `q1_t1.csv.json`, `q1_t1_meta.xml`. */
export function ownSidecars(name: string): readonly string[] {
  const dot = name.lastIndexOf(".");
  const stem = dot > 0 ? name.slice(0, dot) : name;
  const own = OF_ONE.flatMap((middle) => ENDINGS.map((ending) => `${stem}${middle}.${ending}`));
  return [...own, `${name}.json`, `${name}.xml`, `${name}.meta`, `${stem}.meta`, `${stem}_conditions.csv`, `${stem}_conditions.txt`].filter(
    (other) => other !== name,
  );
}

/**
 * The sidecars of a file among those of its folder, its own first. A shared one is of the file when every word in front of `conditions` stands in the
 * file's name: `RGREF01_17mK_conditions.csv` speaks of `RGREF01_-10dB_17mK.csv` and not of `RGREF02_17mK.csv`.
 */
export function sidecarsOf(name: string, names: ReadonlySet<string>, shared: readonly string[]): readonly string[] {
  if (isSharedSidecar(name)) return [];
  const words = new Set(wordsOf(name));
  const own = ownSidecars(name).filter((other) => names.has(other));
  const common = shared.filter((other) => !own.includes(other) && wordsOf(SHARED.exec(other)?.[1] ?? "").every((word) => words.has(word)));
  return [...own, ...common];
}

const wordsOf = (text: string) =>
  text
    .replace(/\.\w{1,5}$/, "")
    .split(/[\s_]+/)
    .filter((word) => word !== "");
