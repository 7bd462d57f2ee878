import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ActionDraft } from '../../src/lib/domain/action';
import { layoutOf } from '../../src/lib/domain/gabarits/gabarit';
import { isRefusal } from '../../src/lib/domain/issue';
import { open, type Db } from '../../src/lib/server/db/client';
import { readPlan } from '../../src/lib/server/plans/import-reading';
import { loadReferentiel } from '../../src/lib/server/referentiel';

/* Our model, typed by hand, whose columns people move and remove: those that stay say the same thing. */

const ref = loadReferentiel();
const EPCI = '200072460';
const columns = layoutOf(ref.gabarits, ref.plans, 'pcaet', { lignes: 3, modele: true });
const headers = columns.map((c) => c.entete);
const TITRE = headers.find((h) => h.startsWith('Intitulé'))!;
const [REPERE] = headers as [string];

const WRITTEN: Readonly<Record<string, string>> = {
	Référence: '2.1',
	[TITRE]: 'Rénover l’école Jean-Macé',
	Description: 'Isolation, chauffage et cour ombragée.',
	'Structure porteuse': 'Office de l’habitat',
	'Type de structure porteuse': 'Commune',
	'SIREN du porteur': '200072460',
	'Personne ou direction pilote': 'Direction des bâtiments',
	'Élu référent': 'Adjointe à l’éducation',
	'Instance de gouvernance': 'Comité technique',
	Partenaires: 'Département\nAcadémie',
	Publics: 'Élèves\nFamilles',
	Échelle: 'Quartier',
	Communes: 'Val-aux-Peupliers',
	'Quartier 1': 'Les Tilleuls',
	'Quartier 2': 'Le Moulin',
	'Autres quartiers': 'Bel-Air',
	'Part ou atteinte du quartier': '80 % des élèves',
	Statut: 'En cours',
	Priorité: 'Élevé',
	Début: '01/09/2025',
	Fin: '31/12/2027',
	Étapes: 'Études\nChantier',
	'Coût ou budget (€)': '1200000',
	'Base du budget': 'HT',
	'Coût annuel de fonctionnement (€)': '6000',
	'Base du fonctionnement': 'TTC',
	'Moyens humains (ETP)': '0,5',
	'Financeur 1': 'État',
	'Dispositif 1': 'DSIL [dotations-etat.dsil]',
	'Nature du financement 1': 'Subvention',
	'Demandé 1 (€)': '200000',
	'Base 1': 'HT',
	'État du financement 1': 'Demandé',
	'Financeur 2': 'État',
	'Dispositif 2': 'Fonds vert [fonds-vert]',
	'Nature du financement 2': 'Subvention',
	'Obtenu 2 (€)': '150000',
	'Base 2': 'HT',
	'Financeur 3': 'Office de l’habitat',
	'Nature du financement 3': 'Autofinancement',
	'Demandé 3 (€)': '300000',
	'Enjeu de transition 1': 'T01 — Rénovation',
	'Enjeu de politique de la ville 1': 'P01 — Logement',
	'Secteurs ou thématiques': 'Bâtiments',
	'Nature de l’action': 'N1 — Investissement',
	'Participation des habitants': 'Consultation',
	'Exigence d’adaptation': 'Oui',
	'Indicateurs et résultats attendus': '300 élèves au frais',
	Notes: 'À revoir en 2027.'
};

let db: Db;
beforeAll(async () => {
	db = await open(':memory:');
});
afterAll(() => db.destroy());

async function read(kept: readonly string[]): Promise<Omit<ActionDraft, 'origine'>> {
	const line = (cells: readonly string[]): string => cells.map((c) => `"${c.replaceAll('"', '""')}"`).join(';');
	const bytes = new TextEncoder().encode([line(kept), line(kept.map((h) => WRITTEN[h] ?? ''))].join('\n'));
	const plan = await readPlan(db, ref, { bytes, fichier: 'modele.csv', territoire: EPCI, plan: 'pcaet' });
	if (isRefusal(plan)) throw new Error(`${plan.refus} ${kept.join(' | ')}`);
	expect(plan.drafts).toHaveLength(1);
	const { origine: _, ...draft } = plan.drafts[0]!;
	return draft;
}

/** Fields that one column says alone. */
const ALONE: Readonly<Partial<Record<keyof ActionDraft, string>>> = {
	reference: 'Référence',
	titre: TITRE,
	description: 'Description',
	porteur: 'Structure porteuse',
	pilote: 'Personne ou direction pilote',
	elu: 'Élu référent',
	instance: 'Instance de gouvernance',
	partenaires: 'Partenaires',
	publics: 'Publics',
	echelle: 'Échelle',
	communes: 'Communes',
	atteinteDeclaree: 'Part ou atteinte du quartier',
	statut: 'Statut',
	priorite: 'Priorité',
	etapes: 'Étapes',
	etp: 'Moyens humains (ETP)',
	indicateurs: 'Indicateurs et résultats attendus',
	secteurs: 'Secteurs ou thématiques',
	natureDeclaree: 'Nature de l’action',
	participation: 'Participation des habitants',
	clauseAdaptation: 'Exigence d’adaptation',
	notes: 'Notes'
};

/** What the kept columns must say, from the whole model. */
function expected(whole: Omit<ActionDraft, 'origine'>, kept: ReadonlySet<string>): Record<string, unknown> {
	const alone = Object.entries(ALONE).flatMap(([field, header]) =>
		kept.has(header) ? [[field, whole[field as keyof typeof whole]]] : []
	);
	const quartiers = ['Quartier 1', 'Quartier 2', 'Autres quartiers'].flatMap((h) => (kept.has(h) ? WRITTEN[h]! : []));
	return {
		...Object.fromEntries(alone),
		quartiers,
		...(kept.has('Coût ou budget (€)') && kept.has('Base du budget') ? { budget: whole.budget } : {}),
		...(kept.has('Coût annuel de fonctionnement (€)') && kept.has('Base du fonctionnement')
			? { fonctionnement: whole.fonctionnement }
			: {}),
		...(kept.has('Début') && kept.has('Fin') ? { dates: whole.dates } : {})
	};
}

const subset = fc
	.shuffledSubarray(headers.filter((h) => h !== TITRE))
	.chain((some) => fc.nat({ max: some.length }).map((at) => [...some.slice(0, at), TITRE, ...some.slice(at)]))
	// A lone title is a list like another.
	.filter((some) => some.length > 2);

describe('les colonnes de notre modèle, déplacées ou retirées', () => {
	it('sans la colonne repère, tout se lit comme avec elle', async () => {
		const whole = await read(headers);
		expect(whole.financements).toMatchObject([
			{
				libelle: 'État',
				dispositif: 'dotations-etat.dsil',
				demande: 200_000,
				obtenu: null,
				genre: 'subvention',
				base: 'HT'
			},
			{ libelle: 'État', dispositif: 'fonds-vert', demande: null, obtenu: 150_000, etat: 'obtenu' },
			{ libelle: 'Office de l’habitat', demande: 300_000, genre: 'autofinancement' }
		]);
		expect(whole).toMatchObject({
			natureDeclaree: 'N1',
			budget: { euros: 1_200_000, base: 'HT' },
			atteinteDeclaree: '80 % des élèves',
			partenaires: ['Département', 'Académie']
		});
		expect(await read(headers.slice(1))).toEqual(whole);
		expect(await read(headers.slice(1).reverse())).toEqual(whole);
	});

	it('n’importe lesquelles, dans n’importe quel ordre, disent la même chose', async () => {
		const whole = await read(headers);
		await fc.assert(
			fc.asyncProperty(subset, async (kept) => {
				const draft = await read(kept);
				expect(draft).toMatchObject(expected(whole, new Set(kept)));
				const amounts = ['Demandé 1 (€)', 'Obtenu 2 (€)', 'Demandé 3 (€)'].filter((h) => kept.includes(h));
				const read1 = draft.financements.flatMap((l) => l.demande ?? l.obtenu ?? []).sort((a, b) => a - b);
				expect(read1).toEqual(amounts.map((h) => Number(WRITTEN[h])).sort((a, b) => a - b));
			}),
			{ numRuns: 100, endOnFailure: true }
		);
	});

	it('n’importe lesquelles, avec ou sans la colonne repère : la même action', async () => {
		await fc.assert(
			fc.asyncProperty(subset, async (kept) => {
				const bare = kept.filter((h) => h !== REPERE);
				expect(await read(bare)).toEqual(await read([REPERE, ...bare]));
			}),
			{ numRuns: 100, endOnFailure: true }
		);
	});
});
