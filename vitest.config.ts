import { defineConfig } from "vitest/config";

/** Each project is a suite of docs/testing.md; `scripts/test.ts` runs those that this machine can. */
const suite = (name: string, include: string[], extra: Record<string, unknown> = {}) => ({
  // As the build does: its index only adds a warning about Node.js 20.
  resolve: { alias: { "oidc-provider": `${import.meta.dirname}/scripts/oidc-provider.mjs` } },
  test: { name, include, testTimeout: 30_000, hookTimeout: 60_000, pool: "threads" as const, ...extra },
});

/** Suites that run the program as a process, many times a test. */
const compiled = { globalSetup: "test/cli/support/build.ts", testTimeout: 120_000 };

export default defineConfig({
  test: {
    maxWorkers: "100%",
    projects: [
      suite("unit", ["test/{apdu,fuzz,jpki,simulator,login,pdf,ui,project}/**/*.test.ts"]),
      suite("guard", ["test/guard/**/*.test.ts"], compiled),
      suite("platform", ["test/{sandbox,mykey,portal}/**/*.test.ts"], compiled),
      suite("cli", ["test/cli/**/*.test.ts"], compiled),
      suite("browser", ["test/browser/**/*.test.ts"], compiled),
      suite("pcsc", ["test/pcsc/**/*.test.ts"], { ...compiled, pool: "forks", fileParallelism: false }),
      suite("postgres", ["test/postgres/**/*.test.ts"], { ...compiled, fileParallelism: false }),
    ],
  },
});
