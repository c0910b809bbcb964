import { engineering, plain } from "./number.ts";

interface TimeUnit {
  readonly name: string;
  readonly seconds: number;
}

/** How people say a time of this length. */
export function timeUnit(seconds: number): TimeUnit {
  if (seconds >= 2 * 86_400) return { name: "days", seconds: 86_400 };
  if (seconds >= 2 * 3600) return { name: "hours", seconds: 3600 };
  if (seconds >= 120) return { name: "minutes", seconds: 60 };
  return { name: "s", seconds: 1 };
}

const SHORT: Readonly<Record<string, string>> = { days: "d", hours: "h", minutes: "min" };

/** `43 s`, `12.5 min`, `3.2 h`; in repeats where there are no times. */
export function duration(value: number, basis: "time" | "repeat"): string {
  if (basis === "repeat") return `${plain(value, 3)} ${value === 1 ? "repeat" : "repeats"}`;
  if (value < 1) return engineering(value, "s");
  const unit = timeUnit(value);
  return `${plain(value / unit.seconds, 3)} ${SHORT[unit.name] ?? unit.name}`;
}
