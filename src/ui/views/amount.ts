/** `20,000`, in every language alike. */
export const amount = (value: number): string => value.toLocaleString("en-US");
