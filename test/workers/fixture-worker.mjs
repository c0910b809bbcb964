/** Tasks for the pool's tests: each misbehaves in one way. */
export default async function run(task) {
  switch (task.do) {
    case "echo":
      return task.value;
    case "sleep":
      await new Promise((wake) => setTimeout(wake, task.milliseconds));
      return task.value;
    case "hang":
      for (;;) if (Date.now() < 0) return 0;
    case "exit":
      process.exit(3);
      break;
    case "eat": {
      const eaten = [];
      for (;;) eaten.push(new Array(10_000).fill(Math.random()));
    }
    default:
      throw new RangeError(`no task ${task.do}`);
  }
}
