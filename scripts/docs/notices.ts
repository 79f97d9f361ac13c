import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { rolldown } from "rolldown";
import manifest from "../../package.json" with { type: "json" };
import type { Document } from "./document.ts";

const root = path.resolve(import.meta.dirname, "../..");

/** Folders of the packages whose code ends up in dist/, found by bundling once more without writing anything. */
async function bundledPackages(): Promise<string[]> {
  const external = [...Object.keys(manifest.dependencies), ...Object.keys(manifest.optionalDependencies)];
  const bundle = await rolldown({
    input: path.join(root, "src/cli.ts"),
    cwd: root,
    platform: "node",
    external: [...external, "pg-native"],
    checks: { eval: false },
  });
  const { output } = await bundle.generate({ format: "cjs" });
  await bundle.close();
  const modules = output.flatMap((chunk) => (chunk.type === "chunk" ? chunk.moduleIds : []));
  const folders = modules.flatMap((id) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id)?.[0] ?? []);
  return [...new Set(folders)];
}

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly repository: string | { readonly url: string };
}

/** What a package says about its licence; where it comes without the text, that it does, and where it is from. */
function licenceText(folder: string, { license, repository }: Manifest): string {
  const files = readdirSync(folder).filter((file) => /^(licen[cs]e|copying|notice)/i.test(file));
  if (files.length === 0) {
    const source = typeof repository === "string" ? repository : repository.url;
    return `The package comes without the text of its licence. Its manifest says ${license}; its source: ${source}`;
  }
  return files
    .sort()
    .map((file) => readFileSync(path.join(folder, file), "utf8").replaceAll("\r\n", "\n").trim())
    .join("\n\n");
}

interface Notice extends Manifest {
  readonly text: string;
}

function noticeOf(folder: string): Notice {
  const manifest: Manifest = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8"));
  return { ...manifest, text: licenceText(folder, manifest) };
}

/** THIRD-PARTY-NOTICES.md: the packages inside the compiled program, with their licences. */
export async function notices(): Promise<Document> {
  const all = (await bundledPackages()).map(noticeOf);
  all.sort((a, b) => (`${a.name}@${a.version}` < `${b.name}@${b.version}` ? -1 : 1));
  const sections = all.map(
    ({ name, version, license, text }) => `## ${name} ${version}\n\n${license}\n\n\`\`\`\`text\n${text}\n\`\`\`\``,
  );
  return {
    path: "THIRD-PARTY-NOTICES.md",
    content: `<!-- Written by \`npm run docs\`. Do not edit. -->

# Third-party notices

The compiled program (dist/) contains code of these ${all.length} packages. Packages that npm installs beside it
(${[...Object.keys(manifest.dependencies), ...Object.keys(manifest.optionalDependencies)].join(", ")}) bring their own licences.

${sections.join("\n\n")}
`,
  };
}
