import type { Action, Champ, Decision, FinancingLine, PlanKind } from '../src/lib/domain/action';
import type { TerritoryRecords } from '../src/lib/domain/crossing/territory-view';
import type { Commune, Quartier, Territory } from '../src/lib/domain/territory';
import { anAction } from '../tests/fixtures/build';

/* An invented country: 1 609 quartiers, 1 254 EPCI, 60 000 actions. The same one each time; nothing in it is real. */

export interface CaseSize {
	readonly quartiers: number;
	readonly epci: number;
	readonly actions: number;
}
export const NATIONAL: CaseSize = { quartiers: 1_609, epci: 1_254, actions: 60_000 };
export const REGION: CaseSize = { quartiers: 204, epci: 92, actions: 20_000 };

const PLANS: readonly PlanKind[] = ['contrat-de-ville', 'pcaet', 'plh', 'pdm', 'pat', 'npnru', 'crte'];
const CHAMPS: readonly Champ[] = [
	...(['titre', 'description', 'porteur', 'porteur_type', 'pilote', 'qpv', 'communes', 'echelle'] as const),
	...(['statut', 'date_debut', 'date_fin', 'cout_investissement', 'financements'] as const)
];
const VERBS =
	'Réhabiliter|Végétaliser|Accompagner|Étudier|Créer|Rénover|Animer|Soutenir|Développer|Sensibiliser à|Installer|Structurer|Aménager|Former à'.split(
		'|'
	);
const OBJECTS =
	'les logements sociaux énergivores|la cour de l’école|les ménages en précarité énergétique|les pistes cyclables vers la gare|un jardin partagé|le réseau de chaleur|un atelier de réparation de vélos|les îlots de fraîcheur|la restauration collective durable|le tri et le compostage|une recyclerie|la ligne de bus à haut niveau de service|la médiation sociale|l’accompagnement à la scolarité|les clauses d’insertion|la santé mentale des jeunes|l’accès aux droits|le conseil citoyen|une toiture solaire|les copropriétés dégradées|la gestion des eaux pluviales|le plan de sobriété|les friches urbaines|les circuits courts|la mobilité solidaire|l’éclairage public|un chantier d’insertion|les bornes de recharge|la qualité de l’air intérieur|le commerce de proximité'.split(
		'|'
	);
const TAILS =
	'dans le centre|avec les habitants|pour les familles|auprès des bailleurs|sur les zones d’activités|avec les associations|dans les équipements publics|pour les jeunes|à l’échelle du territoire|au pied des immeubles|des communes rurales|pour les seniors'.split(
		'|'
	);
const DETAILS =
	'Travaux et accompagnement des habitants, comité de suivi et deux réunions publiques par an.|Diagnostic puis programme de travaux sur trois ans avec les bailleurs.|Animation d’un réseau de partenaires et ateliers ouverts à tous.|Étude de faisabilité confiée à un bureau d’études.'.split(
		'|'
	);
const WORDS =
	'nord sud ancien nouveau phase tranche secteur îlot résidence allée groupe pôle maison halle cité ferme moulin canal parc place avenue boulevard pont tour îlette clos verger plaine coteau vallon rive quai faubourg hameau bourg prairie sentier promenade esplanade mail passage rond-point'.split(
		' '
	);
const BODIES = ['commune', 'epci', 'bailleur-social', 'association', null, null] as const;
const NAMES = 'Les Tilleuls|La Plaine|Le Moulin|Beau Site|Les Acacias|Le Clos|La Fontaine|Les Peupliers|Le Parc'.split(
	'|'
);

/** Numbers that look random and are the same at each run. */
export function dice(seed: number): (sides: number) => number {
	let state = seed >>> 0;
	return (sides) => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return Math.floor((state / 4_294_967_296) * sides);
	};
}

/** Territories with what the database would hold of each; `dispositifs`: the funds its actions may name. */
export const nationalCase = (size: CaseSize, dispositifs: readonly string[], seed = 2026): TerritoryRecords[] => [
	...eachTerritory(size, dispositifs, seed)
];

/** The same, one after the other, as they would be read from a database: the whole country is never held at once. */
export function* eachTerritory(
	size: CaseSize,
	dispositifs: readonly string[],
	seed = 2026
): Generator<TerritoryRecords> {
	const roll = dice(seed);
	const places = Array.from({ length: size.epci }, (_, e) => ({ e, quartiers: 0, actions: 0 }));
	// A few large EPCI hold many quartiers, most hold one or none.
	for (let q = 0; q < size.quartiers; q++) places[Math.floor((roll(1000) / 1000) ** 2 * size.epci)]!.quartiers++;
	const withQuartier = places.filter((p) => p.quartiers > 0);
	for (let a = 0; a < size.actions; a++) {
		const some = roll(10) < 8 ? withQuartier : places;
		some[roll(some.length)]!.actions++;
	}
	let quartier = 0;
	for (const { e, quartiers, actions } of places) {
		yield aRecord({ e, first: quartier, quartiers, actions }, dispositifs, roll);
		quartier += quartiers;
	}
}

/** One territory, of 500 actions and 15 quartiers for instance; of another `seed`, the same size with other words. */
export const oneTerritory = (
	actions: number,
	quartiers: number,
	dispositifs: readonly string[],
	seed = 7
): TerritoryRecords => aRecord({ e: 1, first: 0, quartiers, actions }, dispositifs, dice(seed));

function aRecord(
	{ e, first, quartiers: n, actions }: { e: number; first: number; quartiers: number; actions: number },
	dispositifs: readonly string[],
	roll: (sides: number) => number
): TerritoryRecords {
	const code = `ZZ${String(1_000_001 + e)}` as Territory['code'];
	const communes: Commune[] = Array.from({ length: Math.max(3, Math.ceil(n / 2)) }, (_, c) => ({
		code: `ZZ${String(c).padStart(3, '0')}` as Commune['code'],
		nom: `Commune ${e}-${c}`
	}));
	const quartiers = Array.from({ length: n }, (_, q): Quartier => {
		const at = first + q;
		const letter = String.fromCharCode(65 + Math.floor(at / 2_600));
		return {
			code: `QNZ${letter}${String.fromCharCode(65 + (Math.floor(at / 100) % 26))}${String(at % 100).padStart(2, '0')}M` as Quartier['code'],
			nom: `${NAMES[at % NAMES.length]} ${at}`,
			communes: [communes[q % communes.length]!],
			epci: [code],
			...{ alias: [], predecesseurs: [], geometrie: null, surface: null, fictif: true }
		};
	});
	const documents = PLANS.map((plan, i) => ({
		id: e * PLANS.length + i + 1,
		...{
			plan,
			titre: `${plan} ${e}`,
			periode: '2024-2030',
			territoire: code,
			champs: CHAMPS,
			signature: '',
			adopteLe: null
		},
		...{ fichier: `${plan}.xlsx`, importeLe: '2026-11-22', creeLe: '2026-11-22' }
	})) as unknown as TerritoryRecords['documents'];
	return {
		territory: { code, nom: `CA d’Essai ${e}`, genre: 'epci', region: '32', communes, fictif: true },
		quartiers,
		correspondances: new Map(),
		documents,
		actions: Array.from({ length: actions }, (_, i) =>
			anInvention({ id: `A${e}-${i}`, i, code }, { quartiers, communes, documents, dispositifs }, roll)
		),
		decisions: [] as Decision[],
		indicateurs: []
	};
}

function anInvention(
	{ id, i }: { id: string; i: number; code: string },
	{
		quartiers,
		communes,
		documents,
		dispositifs
	}: Pick<TerritoryRecords, 'quartiers' | 'documents'> & {
		readonly communes: readonly Commune[];
		readonly dispositifs: readonly string[];
	},
	roll: (sides: number) => number
): Action {
	const pick = <T>(from: readonly T[]): T => from[roll(from.length)]!;
	const document = documents[roll(2) ? 0 : roll(documents.length)]!;
	const named = roll(100);
	const start = 2024 + roll(4);
	const euros = roll(10) < 7 ? (1 + roll(900)) * 500 : null;
	return anAction({
		id,
		document: document.id,
		plan: document.plan,
		reference: `${1 + roll(5)}.${i}`,
		titre: `${pick(VERBS)} ${pick(OBJECTS)} ${pick(TAILS)}, ${pick(WORDS)} ${pick(WORDS)}`,
		description: roll(2) ? pick(DETAILS) : null,
		porteurType: pick(BODIES),
		porteur: roll(3) ? `Organisme ${roll(40)}` : null,
		pilote: roll(2) ? `Service ${roll(20)}` : null,
		quartiers: named < 60 && quartiers.length ? [...new Set([pick(quartiers).nom, pick(quartiers).nom])] : [],
		communes: named >= 60 && named < 85 ? [pick(communes).nom] : [],
		echelle: named >= 85 ? 'epci' : null,
		statut: pick(['en-cours', 'a-venir', 'realise', 'en-retard', null] as const),
		dates: roll(3) ? { debut: `${start}-03-01`, fin: `${start + 1 + roll(4)}-12-31`, texte: null } : null,
		budget: euros === null ? null : { euros, base: 'HT', max: null },
		financements: Array.from({ length: roll(10) < 5 ? 1 + roll(2) : 0 }, () =>
			aLine(pick(dispositifs), euros ?? 1_000)
		),
		origine: { fichier: `${document.plan}.xlsx`, feuille: 'Actions', ligne: i + 2 }
	});
}

const aLine = (dispositif: string, euros: number): FinancingLine => ({
	libelle: dispositif,
	dispositif,
	demande: Math.round(euros * 0.4),
	obtenu: null,
	etat: 'demande',
	genre: 'subvention'
});
