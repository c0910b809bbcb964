import { defineConfig } from "vitest/config";

/** The fast suite: `npm test`. Files named *.full.test.ts belong to `npm run test:full`. */
export default defineConfig({
  test: {
    maxWorkers: "100%",
    include: ["test/**/*.test.ts"],
    exclude: ["**/node_modules/**", "test/**/*.full.test.ts"],
    // Modules are loaded once per process: a quarter of the time.
    isolate: false,
    // Against hanging, not against slow machines.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
