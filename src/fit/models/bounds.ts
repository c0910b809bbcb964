/** Bounds of a parameter that may have any value. */
export const free = { lower: Number.NEGATIVE_INFINITY, upper: Number.POSITIVE_INFINITY } as const;

/** Bounds of a rate that only decays. */
export const positive = { lower: 0, upper: Number.POSITIVE_INFINITY } as const;
