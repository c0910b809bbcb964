import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { UserError } from "../core/errors.ts";
import { lockHolder, lockTakenOver, storeInUse, storeNotWritable, unknownStart, unreadableLockHolder } from "../core/messages/store.ts";

/** Who holds a lock. `start` tells a process from a later one with the same number; empty where the system does not say. */
interface Holder {
  readonly pid: number;
  readonly host: string;
  readonly start: string;
  /** ISO time at which the lock was taken. */
  readonly since: string;
}

export interface Lock {
  /** About locks of vanished processes that were taken over. */
  readonly notes: readonly string[];
  release(): Promise<void>;
}

const NAME = /^lock-[0-9a-f]{16}\.json$/;
/** A lock being written: it counts for nothing before it has its content and then its name. */
const UNFINISHED = /^lock-[0-9a-f]{16}\.json\.new$/;
/** A lock younger than this may still be in the middle of the trial below. */
const TRIAL_MS = 500;
const TRIALS_MS = 3000;
/** A lock still unfinished, or without content, after this time was cut off by a crash (of its process; of the machine). */
const LEFTOVER_MS = 60_000;

/**
 * Takes the folder for this process. Every process writes a lock file of its own name and then looks at the others: of two that start together at
 * least one sees the other, and whoever sees a living one withdraws. A lock file is never reused, so removing one whose process is gone cannot hit
 * a living one.
 * @throws UserError (`storeInUse`, `storeNotWritable`).
 */
export async function takeLock(dir: string): Promise<Lock> {
  const notes: string[] = [];
  const deadline = Date.now() + TRIALS_MS;
  for (;;) {
    const name = `lock-${randomBytes(8).toString("hex")}.json`;
    const own = join(dir, name);
    await writeLock(dir, own);
    const others = await livingLocks(dir, name, notes);
    if (others.length === 0) return { notes, release: () => rm(own, { force: true }) };
    await rm(own, { force: true });
    const settled = others.find((o) => o.age > TRIAL_MS) ?? (Date.now() > deadline ? others[0] : undefined);
    if (settled) throw new UserError(storeInUse(dir, settled.words, join(dir, settled.name)), dir);
    await new Promise((resolve) => setTimeout(resolve, 10 + Math.random() * 120));
  }
}

async function writeLock(dir: string, path: string): Promise<void> {
  const holder: Holder = { pid: process.pid, host: hostname(), start: startOf(process.pid) ?? "", since: new Date().toISOString() };
  try {
    // Killed between creating and filling its lock, a process would leave one that nobody can tell from a living process's.
    await writeFile(`${path}.new`, `${JSON.stringify(holder)}\n`, { flag: "wx" });
    await rename(`${path}.new`, path);
  } catch (error) {
    throw new UserError(storeNotWritable(dir, (error as Error).message), dir, { cause: error });
  }
}

interface LivingLock {
  readonly name: string;
  readonly words: string;
  /** Milliseconds since it was taken; infinite where that is not known. */
  readonly age: number;
}

/** The locks of other living processes; those of vanished ones are removed with a note. */
async function livingLocks(dir: string, own: string, notes: string[]): Promise<LivingLock[]> {
  const living: LivingLock[] = [];
  const names = await readdir(dir);
  for (const name of names.filter((n) => UNFINISHED.test(n))) {
    if (await isOlder(join(dir, name), LEFTOVER_MS)) await rm(join(dir, name), { force: true });
  }
  for (const name of names.filter((n) => NAME.test(n) && n !== own).sort()) {
    const path = join(dir, name);
    const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return undefined;
      throw new UserError(storeNotWritable(dir, error.message), dir, { cause: error });
    });
    if (text === undefined) continue;
    const holder = parseHolder(text);
    if (holder === undefined) {
      // On a shared disk perhaps still on its way, or cut off when the machine went down: only time tells.
      if (await isOlder(path, LEFTOVER_MS)) await rm(path, { force: true });
      else living.push({ name, words: unreadableLockHolder(), age: 0 });
    } else if (isGone(holder)) {
      await rm(path, { force: true });
      notes.push(lockTakenOver(holder.pid, holder.since || unknownStart()));
    } else {
      const words = lockHolder(holder.pid, holder.host, holder.host === hostname(), holder.since || unknownStart());
      const age = Date.now() - Date.parse(holder.since);
      // A clock that runs ahead on another computer gives a negative age: that is nobody's trial.
      living.push({ name, words, age: age >= 0 ? age : Number.POSITIVE_INFINITY });
    }
  }
  return living;
}

async function isOlder(path: string, ms: number): Promise<boolean> {
  try {
    return Date.now() - (await stat(path)).mtimeMs > ms;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return false;
    throw error;
  }
}

function parseHolder(text: string): Holder | undefined {
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
  const holder = read as Partial<Holder> | null;
  if (typeof holder !== "object" || typeof holder?.pid !== "number" || typeof holder.host !== "string") return undefined;
  return { pid: holder.pid, host: holder.host, start: String(holder.start ?? ""), since: String(holder.since ?? "") };
}

/** Certain only for this computer: a process of another one always counts as living. */
function isGone(holder: Holder): boolean {
  if (holder.host !== hostname()) return false;
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return true;
  }
  const start = startOf(holder.pid);
  return start !== undefined && holder.start !== "" && start !== holder.start;
}

/** Boot and clock tick at which a process started; undefined where the system has no /proc, or the process has ended. */
function startOf(pid: number): string | undefined {
  try {
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The command name stands in brackets and may itself hold spaces and brackets; the start time is field 22.
    return `${boot} ${stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19]}`;
  } catch (error) {
    if (["ENOENT", "ESRCH", "EACCES", "EPERM"].includes((error as NodeJS.ErrnoException).code ?? "")) return undefined;
    throw error;
  }
}
