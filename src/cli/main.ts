#!/usr/bin/env node
import { UserError } from "../core/errors.ts";
import { bug } from "../core/messages/cli.ts";
import { VERSION } from "../core/version.ts";
import { Command, CommanderError } from "./commander.ts";
import { err, visible } from "./print.ts";

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
  for (const register of await commands(argv[2])) register(program, done);
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

/** Only the command that was typed is loaded (all of them for the help): half of the time of a run with nothing to do is loading modules. */
async function commands(typed: string | undefined): Promise<readonly ((program: Command, done: (status: number) => void) => void)[]> {
  const all = {
    run: async () => (await import("./run.ts")).runCommand,
    inspect: async () => (await import("./inspect.ts")).inspectCommand,
    init: async () => (await import("./init.ts")).initCommand,
    export: async () => (await import("./export.ts")).exportCommand,
    explain: async () => (await import("./explain.ts")).explainCommand,
    plan: async () => (await import("./plan.ts")).planCommand,
    simulate: async () => (await import("./simulate.ts")).simulateCommand,
  };
  const one = Object.entries(all).find(([name]) => name === typed)?.[1];
  return Promise.all(one ? [one()] : Object.values(all).map((load) => load()));
}

const visibleLines = (text: string) => text.split("\n").map(visible).join("\n");

process.exitCode = await main(process.argv);
