import ts from "typescript";
import type { Mutation } from "./list.ts";

interface Range {
  readonly start: number;
  readonly end: number;
}

/** A decision in a source text. */
export interface Condition extends Range {
  /** Counted from 1. */
  readonly line: number;
  readonly text: string;
}

const isLogical = (node: ts.Node): node is ts.BinaryExpression =>
  ts.isBinaryExpression(node) &&
  [ts.SyntaxKind.AmpersandAmpersandToken, ts.SyntaxKind.BarBarToken].includes(node.operatorToken.kind);

/** What `if` and `? :` decide by, and each operand of `&&` and `||`, down to those that decide nothing further. */
export function conditionsIn(source: string): Condition[] {
  const file = ts.createSourceFile("guard.ts", source, ts.ScriptTarget.Latest, true);
  const found: Condition[] = [];

  function add(node: ts.Node): void {
    if (ts.isParenthesizedExpression(node)) add(node.expression);
    if (ts.isParenthesizedExpression(node) || isLogical(node)) return;
    const start = node.getStart(file);
    found.push({
      start,
      end: node.end,
      line: file.getLineAndCharacterOfPosition(start).line + 1,
      text: node.getText(file),
    });
  }

  function visit(node: ts.Node): void {
    if (ts.isIfStatement(node)) add(node.expression);
    if (ts.isConditionalExpression(node)) add(node.condition);
    if (isLogical(node)) {
      add(node.left);
      add(node.right);
    }
    ts.forEachChild(node, visit);
  }

  visit(file);
  return found;
}

/**
 * The place of a mutation in its source, without what `from` and `to` have in common.
 * @throws {Error} where `from` does not stand there exactly once
 */
export function placeOf({ name, file, from, to }: Mutation, source: string): Range {
  const at = source.indexOf(from);
  if (at < 0) throw new Error(`${file}: "${name}" does not apply any more: ${from}`);
  if (source.indexOf(from, at + 1) >= 0) throw new Error(`${file}: "${name}" applies twice: ${from}`);
  let before = 0;
  while (before < from.length && from[before] === to[before]) before++;
  let after = 0;
  while (after < from.length - before && from.at(-1 - after) === to.at(-1 - after)) after++;
  return { start: at + before, end: at + from.length - after };
}

/** The conditions that no mutation touches. */
export function untouched(source: string, mutations: readonly Mutation[]): Condition[] {
  // Something put in has no length of its own.
  const places = mutations
    .map((mutation) => placeOf(mutation, source))
    .map(({ start, end }) => ({ start, end: Math.max(end, start + 1) }));
  return conditionsIn(source).filter(
    (condition) => !places.some(({ start, end }) => start < condition.end && end > condition.start),
  );
}
