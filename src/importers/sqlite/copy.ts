import { closeSync, constants, copyFileSync, existsSync, fstatSync, openSync, readSync, statSync, writeSync } from "node:fs";
import { ImportError } from "../../core/errors.ts";
import { qcodesMessages } from "../../core/messages/import-qcodes.ts";
import { LogFailure, mergeLog } from "./write-ahead-log.ts";

/** Where the two bytes stand that say how a database is written and read: 1 plain, 2 with a write-ahead log. */
const WRITE_VERSION = 18;
const JOURNAL_MAGIC = [0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7];

/**
 * Copies a database and merges the write-ahead log that stands beside it into the copy, so that it can be opened without touching the original.
 * @param original path of the database; only read
 * @param copy path of the file to make
 * @returns number of pages that came from the log
 * @throws ImportError when the log or a rollback journal shows that the database is being written or was left unfinished
 */
export function copyDatabase(original: string, copy: string): number {
  if (isHotJournal(`${original}-journal`)) throw new ImportError(qcodesMessages.rollbackJournal());
  const before = stateOf(original);
  try {
    copyFileSync(original, copy, constants.COPYFILE_FICLONE);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error;
    throw new ImportError(qcodesMessages.noSpace(statSync(original).size), "", { cause: error });
  }
  const file = openSync(copy, "r+");
  try {
    const header = new Uint8Array(100);
    if (readSync(file, header, 0, 100, 0) < 100) throw new ImportError(qcodesMessages.notOpened("its header is cut off"));
    const pageSize = pageSizeOf(header);
    const pages = mergeInto(file, `${original}-wal`, pageSize);
    refuseCut(file, pageSize);
    if (stateOf(original) !== before) throw new ImportError(qcodesMessages.moved());
    writeSync(file, Uint8Array.of(1, 1), 0, 2, WRITE_VERSION);
    return pages;
  } catch (error) {
    if (error instanceof LogFailure) throw new ImportError(error.message, "", { cause: error });
    throw error;
  } finally {
    closeSync(file);
  }
}

function mergeInto(copy: number, logPath: string, pageSize: number): number {
  if (!existsSync(logPath)) return 0;
  const log = openSync(logPath, "r");
  try {
    return mergeLog(log, fstatSync(log).size, copy, pageSize);
  } finally {
    closeSync(log);
  }
}

/** SQLite reads a page that is cut off as if zeros followed. @throws ImportError when the header counts more pages than there are */
function refuseCut(file: number, pageSize: number): void {
  const header = new DataView(new ArrayBuffer(100));
  readSync(file, header, 0, 100, 0);
  const { size } = fstatSync(file);
  // The count is only valid when it was written together with the change counter; older programs leave it behind.
  const counted = header.getUint32(92) === header.getUint32(24) ? header.getUint32(28) : 0;
  const expected = Math.max(counted, Math.ceil(size / pageSize)) * pageSize;
  if (size < expected) throw new ImportError(qcodesMessages.cutOff(expected, size));
}

function pageSizeOf(header: Uint8Array): number {
  const written = header[16]! * 256 + header[17]!;
  const size = written === 1 ? 65536 : written;
  if (size < 512 || (size & (size - 1)) !== 0) throw new ImportError(qcodesMessages.notOpened(`a page size of ${size}`));
  return size;
}

/** Size and time of the database and its log: equal before and after reading when nobody wrote. */
function stateOf(original: string): string {
  return [original, `${original}-wal`]
    .map((path) => (existsSync(path) ? statSync(path) : undefined))
    .map((info) => (info === undefined ? "none" : `${info.size} ${info.mtimeMs}`))
    .join(", ");
}

/** A journal that is not empty and not zeroed: a transaction was begun and not ended. */
function isHotJournal(path: string): boolean {
  if (!existsSync(path)) return false;
  const file = openSync(path, "r");
  try {
    const head = new Uint8Array(JOURNAL_MAGIC.length);
    return readSync(file, head, 0, head.length, 0) === head.length && JOURNAL_MAGIC.every((byte, i) => head[i] === byte);
  } finally {
    closeSync(file);
  }
}
