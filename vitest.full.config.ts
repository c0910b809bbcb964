import { defineConfig } from "vitest/config";

/** Everything, the slow Monte-Carlo and kill tests included: `npm run test:full`. */
export default defineConfig({
  test: { maxWorkers: "100%", include: ["test/**/*.test.ts"], testTimeout: 1_200_000, hookTimeout: 1_200_000 },
});
