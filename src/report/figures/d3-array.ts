/** The one doorway to d3-array. */
export { extent, group, max, mean, median, min, ticks } from "d3-array";
