const maxEmail = 254;

/** Whether a text has the form of an e-mail address (RFC 5321, 4.1.2, without what nobody uses). */
export const isEmail = (text: string): boolean =>
  text.length <= maxEmail && /^[!-?A-~]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$/.test(text);

/** Six digits of the local public entity code, the last one a check digit (JIS X 0402 and its supplement). */
export function isMunicipality(code: string): boolean {
  if (!/^(0[1-9]|[1-3]\d|4[0-7])\d{4}$/.test(code)) return false;
  const sum = [...code.slice(0, 5)].reduce((total, digit, at) => total + Number(digit) * (6 - at), 0);
  return (11 - (sum % 11)) % 10 === Number(code[5]);
}
