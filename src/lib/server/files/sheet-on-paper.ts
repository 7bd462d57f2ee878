/* How a sheet of a workbook is printed, and how it is named where a workbook refers to it. */

/** « Listes », « '1 Ce qu''il faut' »: as a name stands before a « ! » or a « . »; quoted if a space, a digit or a « PLH » (a column) is in it. */
export const quotedSheet = (name: string): string =>
	/^\p{L}{4,}$/u.test(name) ? name : `'${name.replaceAll("'", "''")}'`;

/** A4 landscape, reduced until it is no wider than `pages` sheets, as long as needed. */
export const fittedTo = (pages: number) => ({
	paperSize: 'a4' as const,
	orientation: 'landscape' as const,
	fitToPage: true,
	fitToWidth: pages,
	fitToHeight: 0
});

/**
 * The header of each sheet, said again at the top of every printed page.
 * in     `header`: index of its row; a sheet without one is left out
 * why    the library writes the name of the sheet without its quotes, which Excel repairs by removing the header
 */
export const repeatedHeaders = (sheets: readonly { readonly name: string; readonly header: number | null }[]) =>
	sheets.flatMap(({ name, header }) =>
		header === null
			? []
			: [{ name: '_xlnm.Print_Titles', range: `${quotedSheet(name)}!$${header + 1}:$${header + 1}`, scope: name }]
	);
