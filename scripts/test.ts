import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";

/**
 * Runs every suite that this machine can, says what was left out and the one command that adds it, and ends with
 * `N passed, N failed`. `--all`: leaving a suite out is a failure. Other words go to vitest (a file, `-t name`).
 */
const root = path.dirname(import.meta.dirname);
const all = process.argv.includes("--all");
const forVitest = process.argv.slice(2).filter((word) => word !== "--all");

interface Suite {
  readonly name: string;
  readonly projects: readonly string[];
  /** What runs the tests beside the services they need. */
  readonly beside: readonly string[];
  /** Names of what is missing on this machine. */
  missing(): string[];
}

const runs = (command: string, ...words: string[]): boolean =>
  spawnSync(command, words, { stdio: "ignore" }).status === 0;
const onPath = (command: string): boolean => runs("sh", "-c", `command -v ${command}`);
const lacks = (conditions: Readonly<Record<string, boolean>>): string[] =>
  Object.entries(conditions).flatMap(([name, there]) => (there ? [] : [name]));

function pcscliteLoads(): boolean {
  try {
    createRequire(import.meta.url)("pcsclite");
    return true;
  } catch {
    return false;
  }
}

const suites: readonly Suite[] = [
  {
    name: "unit, guard, platform, cli",
    projects: ["unit", "guard", "platform", "cli"],
    beside: [],
    missing: () =>
      lacks({
        openssl: onPath("openssl"),
        curl: onPath("curl"),
        qpdf: onPath("qpdf"),
        "poppler-utils": onPath("pdfsig"),
        "libopenjp2-tools": onPath("opj_decompress"),
      }),
  },
  {
    name: "browser (Chromium)",
    projects: ["browser"],
    beside: [],
    missing: () =>
      lacks({
        chromium: existsSync("/usr/bin/chromium"),
        "zbar-tools": onPath("zbarimg"),
        "fonts-noto-cjk": existsSync("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"),
      }),
  },
  {
    name: "pcsc (pcscd, virtual reader, OpenSC)",
    projects: ["pcsc"],
    beside: ["scripts/with-pcscd"],
    missing: () =>
      lacks({
        pcscd: onPath("pcscd") || existsSync("/usr/sbin/pcscd"),
        "vsmartcard-vpcd": existsSync("/usr/lib/pcsc/drivers/serial/libifdvpcd.so"),
        opensc: onPath("pkcs11-tool"),
        "pcsclite (npm)": pcscliteLoads(),
        "user namespaces or root": runs("unshare", process.getuid?.() === 0 ? "-nm" : "-Urnm", "true"),
      }),
  },
  {
    name: "postgres",
    projects: ["postgres"],
    beside: ["scripts/with-postgres"],
    missing: () => lacks({ postgresql: runs("sh", "-c", "ls /usr/lib/postgresql/*/bin/initdb") }),
  },
];

interface Count {
  readonly passed: number;
  readonly failed: number;
}

function run(suite: Suite, folder: string): Count {
  const report = path.join(folder, `${suite.projects[0]}.json`);
  const vitest = path.join(root, "node_modules/.bin/vitest");
  const projects = suite.projects.flatMap((project) => ["--project", project]);
  const command = [
    ...suite.beside.map((script) => path.join(root, script)),
    ...[
      vitest,
      "run",
      ...projects,
      "--reporter=default",
      "--reporter=json",
      `--outputFile.json=${report}`,
      ...forVitest,
    ],
  ];
  const [program = "", ...words] = command;
  const { NODE_EXTRA_CA_CERTS: _slowsEveryStart, ...env } = process.env;
  const { status } = spawnSync(program, words, { cwd: root, stdio: ["ignore", "inherit", "inherit"], env });
  try {
    const { numPassedTests, numFailedTests, numTotalTests, success } = JSON.parse(readFileSync(report, "utf8"));
    const untold = status !== 0 && success ? 1 : 0;
    return {
      passed: numPassedTests,
      failed: numTotalTests - numPassedTests + untold || (status === 0 ? 0 : numFailedTests || 1),
    };
  } catch {
    return { passed: 0, failed: 1 };
  }
}

const build = spawnSync(process.execPath, [path.join(root, "scripts/build.mjs")], { stdio: "inherit" });
if (build.status !== 0) {
  console.log("0 passed, 1 failed");
  process.exit(1);
}
const folder = mkdtempSync(path.join(tmpdir(), "mynakit-test-"));
const counts: Count[] = [];
const leftOut: string[] = [];
for (const suite of suites) {
  const missing = suite.missing();
  if (missing.length === 0) counts.push(run(suite, folder));
  else leftOut.push(`${suite.name}: needs ${missing.join(", ")}`);
}
rmSync(folder, { recursive: true, force: true });

if (leftOut.length > 0) {
  console.log(`\nLeft out on this machine:\n${leftOut.map((line) => `  ${line}`).join("\n")}`);
  console.log("This adds it (Debian, Ubuntu):\n  sudo scripts/install-test-tools && npm ci && npm test");
}
const passed = counts.reduce((sum, count) => sum + count.passed, 0);
const failed = counts.reduce((sum, count) => sum + count.failed, 0) + (all ? leftOut.length : 0);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
