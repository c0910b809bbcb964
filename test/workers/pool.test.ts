import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import { WorkerFailure, WorkerPool } from "../../src/workers/pool.ts";
import { workerUrl } from "../../src/workers/worker-url.ts";

type Task = { do: string; value?: number; milliseconds?: number };
const worker = new URL("./fixture-worker.mjs", import.meta.url);
const pools: WorkerPool<Task, number>[] = [];

function pool(timeLimit = 20_000, threads = 1, memoryLimit = 64): WorkerPool<Task, number> {
  const made = new WorkerPool<Task, number>({ worker, threads, timeLimit, memoryLimit });
  pools.push(made);
  return made;
}

afterEach(async () => {
  for (const made of pools.splice(0)) await made.close();
});

async function reasonOf(run: Promise<number>): Promise<string> {
  try {
    return `answered ${await run}`;
  } catch (error) {
    return error instanceof WorkerFailure ? error.reason : `${error}`;
  }
}

describe("pool of workers", () => {
  it("answers, and passes on what the task throws", async () => {
    const p = pool();
    expect(await p.run({ do: "echo", value: 7 })).toBe(7);
    await expect(p.run({ do: "nonsense" })).rejects.toThrow("no task nonsense");
    expect(await p.run({ do: "echo", value: 8 })).toBe(8);
  });

  it("a task that had to wait for the machine is no task that hangs, until it waited five times its limit", async () => {
    const p = pool(300);
    // Starting the thread is computing, too.
    expect(await p.run({ do: "echo", value: 1 }, { timeLimit: 20_000 })).toBe(1);
    expect(await p.run({ do: "sleep", milliseconds: 600, value: 5 })).toBe(5);
    expect(await reasonOf(p.run({ do: "sleep", milliseconds: 60_000 }))).toBe("time-limit");
  });

  it.each([
    ["hang", "time-limit"],
    ["exit", "crashed"],
    ["eat", "memory"],
  ])("names the end of a task that does %s, and the next task runs", async (misdeed, reason) => {
    const p = pool(misdeed === "hang" ? 1000 : 20_000);
    expect(await reasonOf(p.run({ do: misdeed }))).toBe(reason);
    expect(await p.run({ do: "echo", value: 1 })).toBe(1);
  });

  it("cancels a running and a waiting task", async () => {
    const p = pool();
    const stop = new AbortController();
    const first = p.run({ do: "sleep", milliseconds: 60_000 }, { signal: stop.signal });
    const second = p.run({ do: "echo", value: 1 }, { signal: stop.signal });
    const third = p.run({ do: "echo", value: 2 });
    setTimeout(() => stop.abort(), 300);
    expect(await Promise.all([first, second, third].map(reasonOf))).toEqual(["cancelled", "cancelled", "answered 2"]);
  });

  it("does not count waiting for a thread as running time", async () => {
    const p = pool(1500);
    const runs = [1, 2, 3, 4].map((value) => p.run({ do: "sleep", milliseconds: 600, value }));
    expect(await Promise.all(runs.map(reasonOf))).toEqual([1, 2, 3, 4].map((v) => `answered ${v}`));
  });

  it("refuses tasks once it is closed", async () => {
    const p = pool();
    const running = p.run({ do: "sleep", milliseconds: 60_000 });
    setTimeout(() => void p.close(), 300);
    expect(await reasonOf(running)).toBe("closed");
    expect(await reasonOf(p.run({ do: "echo", value: 1 }))).toBe("closed");
  });

  it("lets the process end although threads are idle", () => {
    const compiled = fileURLToPath(new URL("../../dist/src/workers/pool.js", import.meta.url));
    const script = `
      const { WorkerPool } = await import(${JSON.stringify(compiled)});
      const pool = new WorkerPool({ worker: new URL(${JSON.stringify(worker.href)}), threads: 1, timeLimit: 60000, idle: 600000 });
      console.log(await pool.run({ do: "echo", value: 5 }));`;
    expect(execFileSync(process.execPath, ["--input-type=module", "-e", script], { timeout: 10_000, encoding: "utf8" })).toBe("5\n");
  });
});

describe("address of a compiled worker", () => {
  const here = new URL("../../src/importers/hdf5/open.ts", import.meta.url).href;
  it("is in dist for a caller in src, and beside a compiled caller", () => {
    expect(workerUrl("worker", here).pathname).toMatch(/\/dist\/src\/importers\/hdf5\/worker\.js$/);
    expect(workerUrl("worker", "file:///a/dist/src/importers/hdf5/open.js").href).toBe("file:///a/dist/src/importers/hdf5/worker.js");
  });
  it("says what to run when the worker was not compiled", () => {
    expect(() => workerUrl("no-such-worker", here)).toThrow("npm run build");
  });
});
