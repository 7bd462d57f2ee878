/** Names by code: quartiers of the same name are told apart by their communes, « Centre Ville (Anzin) ». */
export function namesApart(
	quartiers: readonly {
		readonly code: string;
		readonly nom: string;
		readonly communes: readonly { readonly nom: string }[];
	}[]
): ReadonlyMap<string, string> {
	const same = (nom: string) => quartiers.filter((q) => q.nom === nom).length > 1;
	return new Map(
		quartiers.map(({ code, nom, communes }) => [
			code,
			same(nom) && communes.length ? `${nom} (${communes.map((c) => c.nom).join(', ')})` : nom
		])
	);
}
