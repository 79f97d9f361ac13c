import { safeHeadersFor } from "./headers.ts";
import { preferred } from "./language.ts";
import { problemPage } from "./problems.ts";
import { wordsIn } from "./words.ts";

/** A page, whole: what the authorization server shows in a browser. */
export interface ErrorPage {
  readonly headers: Readonly<Record<string, string>>;
  readonly html: string;
}

/**
 * What a browser sees whose service sent it with a request that cannot be granted, nor answered where it should be.
 * @param problem the error code of OAuth, and what it means
 */
export async function authorizationProblem(
  problem: { readonly error: string; readonly error_description?: string | undefined },
  { acceptLanguage, secure }: { readonly acceptLanguage: string; readonly secure: boolean },
): Promise<ErrorPage> {
  const words = wordsIn[preferred(acceptLanguage)];
  const { title, text } = words.problems["authorization-refused"](undefined);
  const { error, error_description: description = "" } = problem;
  const visit = {
    words,
    realm: "portal",
    path: "/mynaportal",
    member: undefined,
    resident: undefined,
    ended: false,
    formToken: "",
  } as const;
  const page = problemPage(visit, { title, text: `${text} ${[error, description].filter(Boolean).join(": ")}` });
  return { headers: safeHeadersFor(secure), html: String(await page) };
}
