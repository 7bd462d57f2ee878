import { beforeEach, describe, expect, it } from 'vitest';
import { isRefusal } from '../../src/lib/domain/issue';
import { placeFactDefs } from '../../src/lib/domain/funding/place-facts';
import { createAction } from '../../src/lib/server/actions/create-action';
import { open, type Db } from '../../src/lib/server/db/client';
import { saveQuartiers } from '../../src/lib/server/db/territories';
import { setGapAside } from '../../src/lib/server/decide';
import { answerPlaceFact } from '../../src/lib/server/funding/answer-place-facts';
import { importSchools, setSchool } from '../../src/lib/server/local-facts';
import { writeReferent } from '../../src/lib/server/name-referents';
import { answerPlaces } from '../../src/lib/server/plans/answer-places';
import { crossedTerritory } from '../../src/lib/server/read-territory';
import { loadReferentiel } from '../../src/lib/server/referentiel';
import { getTerritory } from '../../src/lib/server/territories';
import { tuneRule } from '../../src/lib/server/tune-rules';
import { aQuartier } from '../fixtures/build';

/* Just after the perimeters, before any plan: everything a person may keep of the territory is kept. */

const ref = loadReferentiel();
const LE = '2026-11-30';
const LISTED = '246200364';
const UNLISTED = '200999041';
const CODE = 'QNZZ041M';
const communes = [{ code: '59981', nom: 'Hemblain' }] as never;

let db: Db;
const perimetres = async (epci: string) => {
	db = await open(':memory:');
	const quartier = aQuartier({ code: CODE, nom: 'Les Peupliers', communes, epci: [epci as never], fictif: false });
	await saveQuartiers(db, [quartier], { source: 'essai', le: LE });
};

describe.each([LISTED, UNLISTED])('un territoire dont seuls les périmètres sont lus (%s)', (territoire) => {
	const by = { territoire, par: 'Nadia Perrault', le: LE };
	const signed = { ...by, motif: 'Relu en comité technique' };
	beforeEach(() => perimetres(territoire));

	const gestes: readonly (readonly [string, () => Promise<unknown>])[] = [
		[
			'la liste des écoles',
			async () => {
				const bytes = new TextEncoder().encode('Quartier;École;Cour;Année\r\nLes Peupliers;École du Lin;non;\r\n');
				return (await importSchools(db, { ...by, bytes, fichier: 'ecoles.csv' })) as { acceptees: number };
			}
		],
		['une école tapée', () => setSchool(db, { ...by, quartier: CODE, nom: 'École du Lin', cour: 'projet', annee: '' })],
		['un seuil de règle', () => tuneRule(db, ref, { ...signed, parametre: 'G07.horizon', valeur: '31/12/2034' })],
		[
			'une lacune écartée',
			async () => {
				const lacune = (await crossedTerritory(db, ref, territoire, LE))!.view.gaps[0]?.id ?? '';
				return setGapAside(db, ref, { ...signed, lacune });
			}
		],
		[
			'un fait de lieu',
			() => {
				const fait = [...placeFactDefs(ref.financements)].find(([, d]) => d.portee === 'commune')![0];
				return answerPlaceFact(db, ref, { ...by, fait, quartier: null, reponse: 'oui', lieux: [], source: '' });
			}
		],
		[
			'un référent',
			() => writeReferent(db, { ...by, plan: 'plh', nom: 'Sam Roy', service: '', telephone: '', courriel: '' })
		],
		[
			'une réponse de lieu',
			() => answerPlaces(db, by, [{ texte: 'La Garenne', titre: null, reponse: 'quartiers', quartiers: [CODE] }])
		],
		[
			'une action tapée à la main',
			() => createAction(db, ref, { ...by, document: '', plan: 'plh', valeurs: { titre: 'Planter la rue Basse' } })
		]
	];
	it.each(gestes)('%s se garde', async (_, geste) => {
		const done = await geste();
		expect(isRefusal(done as never) ? done : 'gardé').toBe('gardé');
		// What it is called and its communes stay those of the official list, or of its quartiers.
		const { communes: kept } = (await getTerritory(db, territoire))!;
		expect(kept.length).toBe(territoire === LISTED ? 36 : 1);
	});
});
