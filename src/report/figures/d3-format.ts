/** The one doorway to d3-format. */
export { format } from "d3-format";
