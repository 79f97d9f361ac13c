/** How PC/SC is called and repaired on one operating system. */
interface PcscPlatform {
  /** The service behind PC/SC, and the command that starts it. */
  readonly service: string;
  readonly start: string;
  /** What building the native package needs, by the names of Debian on Linux. */
  readonly packages: readonly string[];
  /** The shell command that installs those. */
  readonly prepare: string;
  /** SCARD_CTL_CODE(code) of the platform's winscard. */
  readonly controlCode: (code: number) => number;
}

const linux: PcscPlatform = {
  service: "pcscd",
  start: "sudo systemctl enable --now pcscd.socket",
  packages: ["libpcsclite-dev", "g++", "make", "python3"],
  prepare: "sudo apt-get install pcscd libpcsclite-dev g++ make python3",
  controlCode: (code) => 0x42000000 + code,
};

const platforms: Partial<Record<NodeJS.Platform, PcscPlatform>> = {
  darwin: {
    service: "com.apple.ctkpcscd",
    start: "killall com.apple.ctkpcscd",
    packages: ["Xcode Command Line Tools"],
    prepare: "xcode-select --install",
    controlCode: linux.controlCode,
  },
  win32: {
    service: "SCardSvr",
    start: "sc start SCardSvr",
    packages: ["Visual Studio Build Tools", "Python 3"],
    prepare: "winget install Microsoft.VisualStudio.2022.BuildTools Python.Python.3.12",
    controlCode: (code) => 0x310000 + code * 4,
  },
};

function platformOf(platform: NodeJS.Platform): PcscPlatform {
  return platforms[platform] ?? linux;
}

/** The PC/SC service's name and the command that starts it. */
export function pcscService(platform: NodeJS.Platform): { service: string; command: string } {
  const { service, start } = platformOf(platform);
  return { service, command: start };
}

/** SCARD_CTL_CODE(code). */
export function controlCode(platform: NodeJS.Platform, code: number): number {
  return platformOf(platform).controlCode(code);
}

/**
 * What the native package needs: system packages, the commands that install them and then the package, and those that
 * build it where npm has put it down without running its install script.
 */
export function installation(platform: NodeJS.Platform): { packages: string[]; install: string; build: string } {
  const { packages, prepare } = platformOf(platform);
  return {
    packages: [...packages],
    install: `${prepare} && npm install --allow-scripts=pcsclite pcsclite`,
    build: `${prepare} && npm rebuild --allow-scripts=pcsclite pcsclite`,
  };
}
