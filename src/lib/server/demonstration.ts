import { isReferent } from '../domain/crossing/referent-decisions';
import { isRefusal, type Refusal } from '../domain/issue';
import type { PlanKind } from '../domain/action';
import type { Referentiel } from '../domain/rules/referentiel';
import type { InseeCode, Territory, TerritoryCode } from '../domain/territory';
import { importCorrespondances } from './quartiers/correspondances';
import type { Db } from './db/client';
import { listByTerritory } from './db/decisions';
import * as grants from './db/grants';
import * as imports from './db/imports';
import { importGrants } from './ledger/import-grants';
import { importSchools } from './local-facts';
import { writeReferent } from './name-referents';
import { saveTerritory } from './db/territories';
import { importDirect } from './plans/import-document';
import { importIndicators } from './quartiers/indicators';
import { importPerimeters } from './quartiers/perimeters';

// Inlined: the built application carries the files, whatever folder it is started from.
const FILES = import.meta.glob<string>('/data/demonstration/*.{xlsx,ods,csv,geojson}', {
	query: '?url&inline',
	import: 'default',
	eager: true
});

const PAR = 'démonstration';
const SOURCE = 'Territoire fictif de démonstration';

const TERRITORY: Territory = {
	code: 'ZZ0000001' as TerritoryCode,
	nom: 'CA du Pays d’Aubrelle',
	genre: 'epci',
	region: null,
	communes: [
		{ code: 'ZZ001' as InseeCode, nom: 'Aubrelle' },
		{ code: 'ZZ002' as InseeCode, nom: 'Montcreux' },
		{ code: 'ZZ003' as InseeCode, nom: 'Verlimont' },
		{ code: 'ZZ004' as InseeCode, nom: 'Saulcherie' },
		{ code: 'ZZ005' as InseeCode, nom: 'Thieulaines' }
	],
	fictif: true
};

const PLANS: readonly { readonly fichier: string; readonly plan: PlanKind; readonly periode: string }[] = [
	{ fichier: 'PCAET_Aubrelle_2024-2030.xlsx', plan: 'pcaet', periode: '2024-2030' },
	{ fichier: 'PLH_Aubrelle_2025-2030.csv', plan: 'plh', periode: '2025-2030' },
	{ fichier: 'Programmation_contrat_de_ville_2026.xlsx', plan: 'contrat-de-ville', periode: '2026' },
	{ fichier: 'Contrat_de_ville_volet_investissement.ods', plan: 'contrat-de-ville', periode: '2024-2027' }
];

/** One plan has somebody to call, by function; the others wait for theirs. Numbers in 01 99 00 are nobody's. */
const REFERENT = {
	territoire: TERRITORY.code,
	plan: 'pcaet',
	nom: 'chargée de mission PCAET',
	service: 'direction de l’environnement',
	telephone: '01 99 00 12 34',
	courriel: 'pcaet@example.fr'
} as const;

/** The files of the fictional territory, in the formats people have; offered as examples. */
export function demonstrationFiles(): readonly { readonly nom: string; readonly octets: Uint8Array }[] {
	return Object.entries(FILES).map(([path, url]) => ({
		nom: path.slice(path.lastIndexOf('/') + 1),
		octets: new Uint8Array(Buffer.from(url.slice(url.indexOf(',') + 1), 'base64'))
	}));
}

/**
 * Loads the fictional territory through the same import as everyone's files.
 * in     le: `YYYY-MM-DD`
 * out    imports: plans imported this time; a plan that is already there is left as it is
 */
export async function loadDemonstration(
	db: Db,
	ref: Referentiel,
	le: string
): Promise<{ readonly territoire: string; readonly imports: number }> {
	await saveTerritory(db, TERRITORY);
	const perimetres = 'perimetres-qpv-fictifs.geojson';
	accepted(perimetres, await importPerimeters(db, bytesOf(perimetres), perimetres, { le, source: SOURCE }));
	const table = 'correspondance-2015.csv';
	accepted(table, await importCorrespondances(db, bytesOf(table), table, { le }));
	for (const fichier of ['indicateurs-qpv.csv', 'indicateurs-locaux.csv'])
		accepted(
			fichier,
			await importIndicators(db, ref, bytesOf(fichier), fichier, { le, source: SOURCE, millesime: '2024' })
		);
	const present = await imports.list(db, TERRITORY.code);
	const missing = PLANS.filter(({ fichier }) => !present.some((i) => i.fichier === fichier && i.etat === 'valide'));
	for (const { fichier, plan, periode } of missing)
		accepted(
			fichier,
			await importDirect(db, ref, {
				bytes: bytesOf(fichier),
				fichier,
				territoire: TERRITORY.code,
				plan,
				periode,
				par: PAR,
				le
			})
		);
	await loadAside(db, ref, le);
	return { territoire: TERRITORY.code, imports: missing.length };
}

/** What no plan says: money granted, school yards. Left as it is when it is already there. */
async function loadAside(db: Db, ref: Referentiel, le: string): Promise<void> {
	const signed = { par: PAR, le };
	const granted = 'Fonds_vert_Aubrelle_2024-2025.csv';
	if (!(await grants.listImports(db)).some((i) => i.fichier === granted))
		accepted(
			granted,
			await importGrants(db, ref, { bytes: bytesOf(granted), fichier: granted, dispositif: 'fonds-vert', ...signed })
		);
	const said = await listByTerritory(db, TERRITORY.code);
	if (!said.some(isReferent)) accepted('référent', await writeReferent(db, { ...REFERENT, ...signed }));
	const yards = 'cours-ecole.csv';
	if (!said.some((d) => d.sujet.genre === 'ecole'))
		accepted(
			yards,
			await importSchools(db, { bytes: bytesOf(yards), fichier: yards, territoire: TERRITORY.code, ...signed })
		);
}

function bytesOf(fichier: string): Uint8Array {
	const file = demonstrationFiles().find((f) => f.nom === fichier);
	if (!file) throw new Error(`bug: fichier de démonstration absent : ${fichier}`);
	return file.octets;
}

function accepted<T>(fichier: string, report: T | Refusal): T {
	if (isRefusal(report)) throw new Error(`bug: fichier de démonstration refusé, ${fichier} : ${report.refus}`);
	return report as T;
}
