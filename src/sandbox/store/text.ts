/** Whether both databases can hold a text: PostgreSQL knows no NUL, and UTF-8 no half of a surrogate pair. */
export const isStorable = (text: string): boolean => !/[\0\p{Surrogate}]/u.test(text);
