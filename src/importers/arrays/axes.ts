import type { Meaning } from "../csv/names.ts";

/** Meanings along which something is measured, the likeliest first. */
export const AXES: readonly Meaning[] = ["delay", "time", "frequency", "incident", "power", "x"];
