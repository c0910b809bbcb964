/** Seconds of work, and memory that a small hostile file may take. */
const ALWAYS = 2 ** 27;
/** Unpacked bytes by packed byte; measurements shrink by 2 to 20. */
const RATIO = 64;
const NEVER_MORE = 2 ** 30;

/** Bytes that the compressed parts of a file may unpack to, all together. */
export const mostUnpacked = (fileBytes: number): number => Math.min(NEVER_MORE, Math.max(ALWAYS, RATIO * fileBytes));

/** As float64 these are 1 GiB. */
const MOST_NUMBERS = 2 ** 27;
const ALWAYS_NUMBERS = 2 ** 24;

/** Numbers that a file may hold: a column of one repeated value, or of none, takes a few bytes for a billion rows. */
export const mostNumbers = (fileBytes: number): number => Math.min(MOST_NUMBERS, Math.max(ALWAYS_NUMBERS, RATIO * fileBytes));

/** Columns of a table: the decoders' time grows with the square of their number. */
export const MOST_COLUMNS = 4096;
