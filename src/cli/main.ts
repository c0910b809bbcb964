#!/usr/bin/env node
import { UserError } from "../core/errors.ts";
import { bug } from "../core/messages/cli.ts";
import { VERSION } from "../core/version.ts";
import { Command, CommanderError } from "./commander.ts";
import { initCommand } from "./init.ts";
import { inspectCommand } from "./inspect.ts";
import { err, visible } from "./print.ts";
import { runCommand } from "./run.ts";
import { simulateCommand } from "./simulate.ts";

/** Exit status: 0 done; 1 nothing could be done; 2 done, but some files failed. */
async function main(argv: readonly string[]): Promise<number> {
  const program = new Command("gammawatt")
    .description("Energy relaxation of superconducting qubits, two ways: from decay and from absorbed power.")
    .version(VERSION)
    .showHelpAfterError()
    .exitOverride();
  let status = 0;
  const done = (code: number) => {
    status = code;
  };
  for (const register of [runCommand, inspectCommand, initCommand, simulateCommand]) register(program, done);
  try {
    await program.parseAsync(argv as string[]);
  } catch (error) {
    // Commander has printed its own sentence; help and version end with 0.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 1;
    if (error instanceof UserError) err(visibleLines(error.place ? `${error.place}: ${error.message}` : error.message));
    else err(visibleLines(bug(error instanceof Error ? (error.stack ?? error.message) : String(error))));
    return 1;
  }
  return status;
}

const visibleLines = (text: string) => text.split("\n").map(visible).join("\n");

process.exitCode = await main(process.argv);
