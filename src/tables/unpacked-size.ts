/** Seconds of work, and memory that a small hostile file may take. */
const ALWAYS = 2 ** 27;
/** Unpacked bytes by packed byte; measurements shrink by 2 to 20. */
const RATIO = 64;
const NEVER_MORE = 2 ** 30;

/** Bytes that the compressed parts of a file may unpack to, all together. */
export const mostUnpacked = (fileBytes: number): number => Math.min(NEVER_MORE, Math.max(ALWAYS, RATIO * fileBytes));
