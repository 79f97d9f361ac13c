const { readFileSync } = require("node:fs");
const path = require("node:path");
const vm = require("node:vm");

const folder = path.join(__dirname, "..", "dist");
const loaded = new Map();

/** Where the code cache of a chunk lies: what V8 compiled when the program was built, for that version of Node.js only. */
const cachePath = (file) => path.join(folder, `${file}.${process.version}-${process.arch}.cache`);

function readIfThere(file) {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

/**
 * Loads a compiled chunk of `dist` as `require` would, but hands V8 the cache, which saves most of the start-up time.
 * A cache that V8 does not accept (another Node.js) is passed over.
 */
function load(file) {
  const known = loaded.get(file);
  if (known) return known.module.exports;
  const filename = path.join(folder, file);
  const source = readIfThere(filename);
  if (!source) throw new Error(`${filename} is missing. In a checkout, build the program first: npm run build`);
  const script = new vm.Script(
    `(function(exports,require,module,__filename,__dirname){${source.toString("latin1")}\n})`,
    {
      filename,
      cachedData: readIfThere(cachePath(file)),
    },
  );
  const module = { exports: {} };
  loaded.set(file, { module, script });
  const requireFrom = (id) => (id.startsWith("./") ? load(id.slice(2)) : require(id));
  script.runInThisContext()(module.exports, requireFrom, module, filename, folder);
  return module.exports;
}

/** The caches of all chunks loaded so far, with the functions that have run: for the build. */
function caches() {
  return [...loaded].map(([file, { script }]) => ({ path: cachePath(file), data: script.createCachedData() }));
}

module.exports = { load, caches };
