/** The only file that names commander. */
export { Command, CommanderError } from "commander";
