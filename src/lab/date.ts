/** ISO 8601, from the year alone to fractions of a second; a space may stand for the T. */
const DATE = /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?(?:Z|[-+](\d\d):?(\d\d))?)?)?)?$/;

/** Whether a text is a day of the calendar (or its month or year alone), with a time of day that exists: `2026-02-31` is none. */
export function isDate(text: string): boolean {
  const [year, month = 1, day = 1, hour = 0, minute = 0, second = 0, east = 0, eastMinute = 0] = (DATE.exec(text) ?? [])
    .slice(1)
    .map((part: string | undefined) => (part === undefined ? undefined : Number(part)));
  if (year === undefined) return false;
  // Date.UTC lets the 31st of a short month run over into the next.
  const calendar = new Date(Date.UTC(2000, month - 1, day));
  calendar.setUTCFullYear(year, month - 1, day);
  const isDay = calendar.getUTCMonth() === month - 1 && calendar.getUTCDate() === day;
  return isDay && hour < 24 && minute < 60 && second < 60 && east <= 14 && eastMinute < 60;
}
