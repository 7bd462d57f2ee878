/** « 59 », « 971 »: the department of a commune, by its code. */
export const departmentOf = (commune: string): string => commune.slice(0, /^9[78]/.test(commune) ? 3 : 2);
