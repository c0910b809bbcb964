/** What a user reads when a worker thread could not do its task. */
export const workerMessages = {
  timeLimit: (milliseconds: number) => `gave no answer within ${formatSeconds(milliseconds)} and was stopped`,
  cancelled: () => "was cancelled",
  memory: (mebibytes: number) => `needed more memory than its limit of ${mebibytes} MiB and was stopped`,
  crashed: (cause: string) => `its worker thread ended unexpectedly: ${cause}`,
  closed: () => "was not started: the pool of workers is closed",
  notBuilt: (file: string) => `The compiled worker ${file} is missing. Run: npm run build`,
  outdated: (file: string) => `The compiled worker ${file} is older than its source. Run: npm run build`,
};

function formatSeconds(milliseconds: number): string {
  return `${Number((milliseconds / 1000).toPrecision(3))} s`;
}
