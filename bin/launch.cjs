const { readFileSync } = require("node:fs");
const path = require("node:path");
const vm = require("node:vm");

/** Parts of Node.js that take milliseconds to load, and that most chunks name without using them in every run. */
const heavy = /^(node:)?(child_process|crypto|https?|http2|net|tls|tty|v8|worker_threads|zlib)$/;

function readIfThere(file) {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

/** A module that is loaded when something of it is first used. */
function late(id) {
  const target = () => require(id);
  return new Proxy(Object.create(null), {
    get: (_, key) => target()[key],
    has: (_, key) => key in target(),
    ownKeys: () => Reflect.ownKeys(target()),
    getOwnPropertyDescriptor: (_, key) => {
      const descriptor = Reflect.getOwnPropertyDescriptor(target(), key);
      return descriptor && { ...descriptor, configurable: true };
    },
  });
}

/** The program in the folder into which it was compiled. */
function launcher(folder) {
  const loaded = new Map();

  /** Where the code cache of a chunk lies: what V8 compiled when the program was built, for that version of Node.js only. */
  const cachePath = (file) => path.join(folder, `${file}.${process.version}-${process.arch}.cache`);

  /**
   * Loads a chunk as `require` would, but hands V8 the cache, which saves most of the start-up time. A cache that V8
   * does not accept (another Node.js) is passed over.
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
        filename: `dist/${file}`,
        cachedData: readIfThere(cachePath(file)),
      },
    );
    const module = { exports: {} };
    loaded.set(file, { module, script });
    script.runInThisContext()(module.exports, requireFrom, module, filename, folder);
    return module.exports;
  }

  function requireFrom(id) {
    if (id.startsWith("./")) return load(id.slice(2));
    return heavy.test(id) ? late(id) : require(id);
  }

  /** The caches of all chunks loaded so far, with the functions that have run: for the build. */
  const caches = () =>
    [...loaded].map(([file, { script }]) => ({ path: cachePath(file), data: script.createCachedData() }));

  /** A page that the build made of the program's own output. */
  const page = (name) => readIfThere(path.join(folder, `${name}.txt`));

  return { load, caches, page };
}

module.exports = { launcher };
