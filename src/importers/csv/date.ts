/** What a time tells: an instant, one without its zone, a day, or nothing but which rows belong together. */
export type Stamp = "utc" | "local" | "day" | "none";

/** ISO time of a reading in seconds (or, without a unit, milliseconds) since 1970; empty for a clock that starts elsewhere. */
export function isoOf(reading: number, stamp: Stamp = "utc"): string {
  if (stamp === "none") return "";
  const milliseconds =
    reading >= 1e8 && reading < 1e10 ? Math.round(1000 * reading) : reading >= 1e11 && reading < 1e13 ? reading : Number.NaN;
  if (Number.isNaN(milliseconds)) return "";
  const iso = new Date(milliseconds).toISOString();
  if (stamp === "day") return iso.slice(0, 10);
  return stamp === "utc" ? iso : iso.replace(/(?:\.000)?Z$/, "");
}

/** Which of two numbers is the day: `02.11.2026` and `02/11/2026` do not say. */
export type Order = "day first" | "month first";

export interface Reading {
  /** Since 1970, or since midnight where there is no date. */
  readonly seconds: number;
  readonly stamp: Stamp;
  readonly dated: boolean;
}

/** A longer text is prose. */
const LONGEST = 48;
const TIME = String.raw`(\d{1,2}):(\d\d)(?::(\d\d(?:[.,]\d+)?))?\s*([ap]m)?`;
const ZONE = String.raw`\s*(Z|UTC|GMT|[+-]\d\d:?\d\d|[+-]\d\d)?`;
const ISO = new RegExp(String.raw`^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:[T_ ,]\s*${TIME}${ZONE})?$`, "i");
const COMPACT = /^(\d{4})(\d\d)(\d\d)[T_-](\d\d)(\d\d)(\d\d)(?:\.\d+)?(Z)?$/;
const SHORT = new RegExp(String.raw`^(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?:[T ,]\s*${TIME}${ZONE})?$`, "i");
const NAMED = new RegExp(
  String.raw`^(?:[a-z]{3,9},?\s+)?(?:(\d{1,2})[ .-]+)?([a-z]{3})[a-z]*\.?[ -]+(?:(\d{1,2}),?\s+)?(?:(\d{4}),?\s+)?${TIME}${ZONE}(?:\s+(\d{4}))?$`,
  "i",
);
const CLOCK_TIME = new RegExp(`^${TIME}$`, "i");
const MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ");

/** A date with or without time of day, or a time of day alone, as people and instruments write it; undefined for anything else. */
export function readingOf(text: string, order: Order): Reading | undefined {
  const clean = text.trim().replace(/^"|"$/g, "");
  if (clean.length > LONGEST) return undefined;
  const iso = ISO.exec(clean);
  if (iso !== null) return moment([iso[1]!, iso[3]!, iso[4]!], iso.slice(5, 9), iso[9]);
  const compact = COMPACT.exec(clean);
  if (compact !== null) return moment([compact[1]!, compact[2]!, compact[3]!], compact.slice(4, 7), compact[7]);
  const short = SHORT.exec(clean);
  if (short !== null) {
    const [month, day] = order === "day first" ? [short[3]!, short[1]!] : [short[1]!, short[3]!];
    return moment([short[4]!, month, day], short.slice(5, 9), short[9]);
  }
  const named = NAMED.exec(clean);
  if (named !== null) {
    const month = MONTHS.indexOf(named[2]!.toLowerCase()) + 1;
    return moment([named[4] ?? named[10] ?? "", String(month), named[1] ?? named[3] ?? ""], named.slice(5, 9), named[9]);
  }
  const time = CLOCK_TIME.exec(clean);
  return time === null ? undefined : { seconds: secondsOf(time.slice(1, 5)), stamp: "none", dated: false };
}

function moment(
  [year, month, day]: readonly [string, string, string],
  time: readonly (string | undefined)[],
  zone?: string,
): Reading | undefined {
  const midnight = Date.UTC(Number(year), Number(month) - 1, Number(day));
  const date = new Date(midnight);
  // Date.UTC lets the 31st of a short month run over into the next.
  if (year.length !== 4 || date.getUTCMonth() !== Number(month) - 1 || date.getUTCDate() !== Number(day)) return undefined;
  const seconds = midnight / 1000 + secondsOf(time);
  if (Number.isNaN(seconds)) return undefined;
  if (time[0] === undefined) return { seconds, stamp: "day", dated: true };
  return zone === undefined ? { seconds, stamp: "local", dated: true } : { seconds: seconds - offsetOf(zone), stamp: "utc", dated: true };
}

function secondsOf([hour, minute, second, half]: readonly (string | undefined)[]): number {
  if (hour === undefined) return 0;
  const h = half === undefined ? Number(hour) : (Number(hour) % 12) + (/p/i.test(half) ? 12 : 0);
  const s = Number((second ?? "0").replace(",", "."));
  return h < 24 && Number(minute) < 60 && s < 61 ? 3600 * h + 60 * Number(minute) + s : Number.NaN;
}

function offsetOf(zone: string): number {
  const parts = /^([+-])(\d\d):?(\d\d)?$/.exec(zone);
  return parts === null ? 0 : (parts[1] === "-" ? -1 : 1) * (3600 * Number(parts[2]) + 60 * Number(parts[3] ?? 0));
}
