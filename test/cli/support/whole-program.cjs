const path = require("node:path");
const { launcher } = require("../../../bin/launch.cjs");

// The program without the pages that bin/mynakit answers from.
launcher(path.join(__dirname, "../../../dist")).load("cli.cjs").run();
