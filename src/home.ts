import path from "node:path";

type Environment = Readonly<Record<string, string | undefined>>;

/** Where state lives on each platform when MYNAKIT_HOME does not say. Source: XDG Base Directory 0.8; Apple and Microsoft guidelines. */
const stateFolders: Partial<Record<NodeJS.Platform, (env: Environment) => string>> = {
  darwin: (env) => path.posix.join(env.HOME ?? "/", "Library", "Application Support", "mynakit"),
  win32: (env) =>
    path.win32.join(env.LOCALAPPDATA ?? path.win32.join(env.USERPROFILE ?? "C:\\", "AppData", "Local"), "mynakit"),
};

const xdgStateFolder = (env: Environment): string =>
  path.posix.join(env.XDG_STATE_HOME ?? path.posix.join(env.HOME ?? "/", ".local", "state"), "mynakit");

/** The folder of all state: simulated cards, the embedded platform, sessions. Not created here. */
export function homeFolder(platform: NodeJS.Platform, env: Environment): string {
  if (env.MYNAKIT_HOME) return path.resolve(env.MYNAKIT_HOME);
  return (stateFolders[platform] ?? xdgStateFolder)(env);
}
