/** Reads the members of a JSON object that came from outside. Each throws a SyntaxError where a member is not as wanted. */
export interface Members {
  has(name: string): boolean;
  text(name: string): string;
  number(name: string): number;
  flag(name: string): boolean;
  /** RFC 3339. */
  date(name: string): string;
  oneOf<const T extends string>(name: string, values: readonly T[]): T;
  object(name: string): Members;
  /** A list of objects. */
  list(name: string): Members[];
  /** A list of texts. */
  texts(name: string): string[];
  /** Null where the member is null; else what `read` makes of it. */
  nullable<T>(name: string, read: (name: string) => T): T | null;
}

/** @throws {SyntaxError} where the value is not a JSON object */
export function members(value: unknown, path = ""): Members {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new SyntaxError(`${path === "" ? "the answer" : path} is not an object`);
  }
  const found = new Map(Object.entries(value));
  const at = (name: string) => (path === "" ? name : `${path}.${name}`);
  const wrong = (name: string, wanted: string) => new SyntaxError(`${at(name)} is not ${wanted}`);
  const text = (name: string): string => {
    const member = found.get(name);
    if (typeof member !== "string") throw wrong(name, "a text");
    return member;
  };
  return {
    has: (name) => found.has(name),
    text,
    number(name) {
      const member = found.get(name);
      if (typeof member !== "number" || !Number.isFinite(member)) throw wrong(name, "a number");
      return member;
    },
    flag(name) {
      const member = found.get(name);
      if (typeof member !== "boolean") throw wrong(name, "true or false");
      return member;
    },
    date(name) {
      const member = text(name);
      if (Number.isNaN(Date.parse(member))) throw wrong(name, "a date");
      return member;
    },
    oneOf(name, values) {
      const member = values.find((one) => one === found.get(name));
      if (member === undefined) throw wrong(name, values.join(" or "));
      return member;
    },
    object: (name) => members(found.get(name), at(name)),
    list(name) {
      const member = found.get(name);
      if (!Array.isArray(member)) throw wrong(name, "a list");
      return member.map((each, index) => members(each, `${at(name)}[${index}]`));
    },
    texts(name) {
      const member = found.get(name);
      if (!Array.isArray(member) || !member.every((each) => typeof each === "string"))
        throw wrong(name, "a list of texts");
      return member;
    },
    nullable: (name, read) => (found.get(name) === null ? null : read(name)),
  };
}
