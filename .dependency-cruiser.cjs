/** The arrows of docs/architecture.md. test/project/arrows.test.ts proves that each can fail. */
const only = (name, from, to) => ({
  name,
  severity: "error",
  from: { path: `^src/${from}/` },
  to: {
    path: "^src/",
    pathNot: [
      `^src/${from}/`,
      "^src/(concealed|errors|files|host|listening|new-key|printable)\\.ts$",
      ...to.map((path) => `^src/${path}`),
    ],
  },
});

module.exports = {
  forbidden: [
    only("apdu-stands-alone", "apdu", []),
    only("jpki-on-apdu", "jpki", ["apdu/"]),
    only("pdf-stands-alone", "pdf", ["apdu/tlv\\.ts"]),
    only("login-on-jpki", "login", ["jpki/", "apdu/"]),
    only("mykey-on-login", "mykey", ["login/", "jpki/", "apdu/"]),
    only("portal-on-login", "portal", ["login/", "jpki/", "apdu/"]),
    only("simulator-shares-constants", "simulator", [
      "apdu/(command|response|tlv|hex|reader)\\.ts",
      "apdu/readers/vpcd-frames\\.ts",
      "apdu/channels/trace\\.ts",
      "jpki/(applications|disclosure|sim-cv-authority)\\.ts",
      "login/sim-authorities\\.ts",
    ]),
    only("sandbox-shares-the-wire", "sandbox", [
      "(login|login/device|mykey|mykey/points|portal|portal/procedures)/wire\\.ts",
      "portal/wire/",
      "portal/names(/|\\.ts)",
      "mykey/points/programmes\\.ts",
      "mykey/settings\\.ts",
      "login/sim-authorities\\.ts",
      "apdu/tlv\\.ts",
      "jpki/certificate/japanese-date\\.ts",
    ]),
    only("ui-on-commands", "ui", [
      "commands/",
      "jpki/(applications|card-kinds|certificate/japanese-date)\\.ts",
      "mykey/points/programmes\\.ts",
      "portal/names(/|\\.ts)",
      "version\\.ts",
    ]),
    {
      name: "nobody-on-commands",
      severity: "error",
      from: { path: "^src/(apdu|jpki|pdf|login|mykey|portal|simulator|sandbox)/" },
      to: { path: "^src/(commands|ui)/" },
    },
    {
      name: "one-door-to-native-cards",
      severity: "error",
      from: { pathNot: "^src/apdu/readers/pcsc" },
      to: { path: "pcsclite" },
    },
    {
      name: "one-door-to-databases",
      severity: "error",
      from: { pathNot: "^src/sandbox/store/" },
      to: { path: "node_modules/(kysely|pg|@photostructure)" },
    },
    {
      name: "no-circles",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only", "dynamic-import"] } },
    },
    {
      name: "no-orphans",
      severity: "error",
      from: { orphan: true, pathNot: "\\.d\\.ts$" },
      to: {},
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    doNotFollow: { path: "node_modules" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "require", "node", "default"] },
  },
};
