interface Named {
	readonly code: string;
	readonly nom: string;
	readonly communes: readonly { readonly nom: string }[];
}

/** Names by code: quartiers of the same name are told apart by their communes, « Centre Ville (Anzin) », or by their code. */
export function namesApart(quartiers: readonly Named[]): ReadonlyMap<string, string> {
	const place = ({ communes }: Named) => communes.map((c) => c.nom).join(', ');
	return new Map(
		quartiers.map((q) => {
			const same = quartiers.filter((other) => other.nom === q.nom);
			const apart = place(q) && same.every((other) => other === q || place(other) !== place(q));
			return [q.code, same.length < 2 ? q.nom : `${q.nom} (${apart ? place(q) : q.code})`];
		})
	);
}

/** The same quartiers, each by the name that tells it apart; the very same list when no two bear the same. */
export function namedApart<T extends Named>(quartiers: readonly T[]): readonly T[] {
	const names = namesApart(quartiers);
	return quartiers.every((q) => names.get(q.code) === q.nom)
		? quartiers
		: quartiers.map((q) => ({ ...q, nom: names.get(q.code)! }));
}
