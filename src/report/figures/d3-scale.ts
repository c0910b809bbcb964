/** The one doorway to d3-scale. */
export { scaleLinear, scaleLog } from "d3-scale";
