/** What a pipeline is asked to do. Paths are absolute or relative to the working directory. */
export interface RunOptions {
  readonly folder: string;
  readonly out: string;
  readonly store: string;
  readonly jobs: number;
  readonly qubit?: string;
  readonly cooldown?: string;
  readonly only?: string;
  readonly dryRun: boolean;
  readonly crossCheck: boolean;
  readonly force: boolean;
  /** As the user typed it, for the report's provenance. */
  readonly command: string;
  readonly onProgress: (text: string) => void;
  /** Aborted by Ctrl-C: finish the unit at hand, keep what is done. */
  readonly signal: AbortSignal;
}

/** Work that was interrupted, with a sentence about what it had found; nothing of it is stored. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";
}

/** Which routes a pipeline takes. */
export interface Routes {
  /** T1 from decays. */
  readonly decay: boolean;
  /** The power route, and what compares it. */
  readonly power: boolean;
  /** The field model on maps. */
  readonly field: boolean;
}

/** CONTRACT.md: the object in summary.json and behind --json. */
export interface Summary {
  readonly counts: {
    readonly files: { new: number; changed: number; unchanged: number; unrecognised: number; failed: number };
    readonly fits: { run: number; reused: number; refused: number };
  };
  readonly reasons: readonly { file: string; stage: string; code: string; before: string; after: string }[];
  readonly failures: readonly { file: string; place: string; message: string }[];
  readonly versions: Readonly<Record<string, string>>;
  readonly seconds: number;
  readonly outputs: readonly string[];
  /** Only for --dry-run: nothing was computed or written. */
  readonly dryRun?: true;
}

/** A pipeline: the name users type is its file's name. */
export interface Pipeline {
  readonly name: string;
  readonly description: string;
  readonly routes: Routes;
  run(options: RunOptions): Promise<RunResult>;
}

export interface RunResult {
  readonly summary: Summary;
  /** One line per qubit and cooldown for the terminal. */
  readonly verdicts: readonly string[];
  /** Notes of the store (a lock taken over, a record computed again), and what the lab file says of something that is not there. */
  readonly notes: readonly string[];
}
