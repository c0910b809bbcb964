/** Processor time of this process in milliseconds, all threads: what others do on the machine does not count. */
export function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Medians of processor time in milliseconds. The works are run in turn, round after round, so that a slow moment hits them all. */
export async function medians<Name extends string>(
  works: Readonly<Record<Name, () => unknown>>,
  rounds: number,
): Promise<Readonly<Record<Name, number>>> {
  const names = Object.keys(works) as Name[];
  const times = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>;
  // The first round is the compiler's.
  for (let round = -1; round < rounds; round++)
    for (const name of names) {
      const started = processorTime();
      await works[name]();
      if (round >= 0) times[name].push(processorTime() - started);
    }
  const median = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1]!;
  return Object.fromEntries(names.map((name) => [name, median(times[name])])) as Record<Name, number>;
}
