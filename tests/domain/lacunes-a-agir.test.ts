import { describe, expect, it } from 'vitest';
import { printOf, readDismissal } from '../../src/lib/domain/rules/gap-decisions';
import type { PlanReferent } from '../../src/lib/domain/crossing/referents';
import { referred } from '../../src/lib/domain/crossing/referents';
import { aDecision, aPlaced } from '../fixtures/build';
import { CDV, find, PCAET, Q, view } from '../fixtures/gaps';

/* What a gap tells to do can be done tomorrow: it names whom to call, what to ask, where to write it. */

const HERE = { atteinte: { [Q]: 'explicite' }, transition: ['T04'], ville: ['P03'], croises: ['X04'] } as const;
const REFERENT: PlanReferent = {
	...{ plan: 'contrat-de-ville', de: 'du contrat de ville', par: 'Nadia P.', le: '2026-11-20' },
	...{ nom: 'Chargée de mission', service: null, telephone: '01 99 00 12 34', courriel: null }
};
const flat = (text: string | undefined) => (text ?? '').replace(/\s/g, ' ');

describe('qui appeler', () => {
	const works = (said: { pilote?: string | null; porteur?: string | null }) =>
		aPlaced({ ...HERE, nature: 'N1', action: { id: 'a', titre: 'Travaux', pilote: null, porteur: null, ...said } });
	const g08 = (placed: ReturnType<typeof aPlaced>) => flat(find('G08', 'pilotageIncomplet', view([placed]))[0]?.aFaire);
	const held = (placed: ReturnType<typeof aPlaced>) =>
		referred(placed, new Map([['contrat-de-ville', REFERENT]])) as typeof placed;

	it('un porteur sans pilote se nomme, avec le référent de son plan et son téléphone', () => {
		const g10 = (placed: ReturnType<typeof aPlaced>) =>
			flat(find('G10', 'financementIncomplet', view([placed])).find((g) => g.reponse === 'alerte')?.aFaire);
		expect(g10(held(works({ porteur: 'Gamme Habitat' })))).toContain(
			'au porteur, Gamme Habitat ou, à défaut, au référent du contrat de ville (Chargée de mission, 01 99 00 12 34)'
		);
		expect(g08(works({ porteur: 'Gamme Habitat' }))).toMatch(
			/^Demander au responsable du contrat de ville .* quel élu en répond et devant quelle instance elle passe ; l’écrire, et faire désigner ce qui manque\.$/
		);
		expect(g08(works({}))).toMatch(
			/^Demander au responsable du contrat de ville qui pilote cette action[^(]* ; l’écrire, et faire désigner ce qui manque\.$/
		);
		// Nobody carries it: the référent alone; and a developer names no elected member, the référent of the plan does.
		for (const who of [{}, { porteur: 'Gamme Habitat' }])
			expect(g08(held(works(who)))).toContain('au référent du contrat de ville (Chargée de mission, 01 99 00 12 34)');
	});

	it('un territoire qui porte l’action n’est personne à appeler : son pilote, sinon le responsable du document', () => {
		const own = { porteur: 'CA d’Essai' };
		const asked = (said: { pilote?: string | null; porteur?: string | null }) =>
			flat(
				find('G10', 'financementIncomplet', view([works(said)], { territoire: 'CA d’Essai' })).find(
					(g) => g.reponse === 'alerte'
				)?.aFaire
			);
		expect(asked(own)).toContain('au responsable du contrat de ville');
		expect(asked({ ...own, pilote: 'Direction de l’habitat' })).toContain('à la Direction de l’habitat,');
		expect(asked({ porteur: 'Gamme Habitat', pilote: 'Direction de l’habitat' })).toContain(
			'au porteur, Gamme Habitat,'
		);
		// However it is typed, and beside somebody else too.
		expect(asked({ porteur: "ca d'essai" })).toContain('au responsable du contrat de ville');
	});

	it('ne demande de désigner que ce qui manque', () => {
		const named = (said: object) =>
			g08(aPlaced({ ...HERE, action: { id: 'a', pilote: 'Service', elu: 'Élue', instance: 'Comité', ...said } }));
		const why = (said: object) =>
			find(
				'G08',
				'pilotageIncomplet',
				view([aPlaced({ ...HERE, action: { id: 'a', elu: 'Élue', instance: 'Comité', ...said } })])
			).flatMap((g) => g.pourquoi ?? []);
		expect(why({ pilote: null })).toEqual(['Une convention ou une délibération le nomme peut-être.']);
		expect(why({ pilote: null, elu: null })).toEqual(['Une convention ou une délibération les nomme peut-être.']);
		const then = ' ; l’écrire, et faire désigner ce qui manque.';
		expect(named({ pilote: null })).toContain(` qui pilote cette action${then}`);
		expect(named({ pilote: null, elu: null })).toContain(` qui pilote cette action et quel élu en répond${then}`);
		expect(named({ elu: null, instance: null })).toContain(
			` quel élu répond de cette action et devant quelle instance elle passe${then}`
		);
	});

	it('une paire portée par un seul se demande à un seul', () => {
		const twin = (id: string, document: number, porteur: string) =>
			aPlaced({
				...HERE,
				nature: 'N2',
				action: { id, document, plan: document === 1 ? 'contrat-de-ville' : 'pcaet', titre: 'Aide au permis', porteur }
			});
		const g09 = (porteur: string) =>
			flat(
				find('G09', 'recoupementAMutualiser', view([twin('a', 1, 'Gamme Habitat'), twin('b', 2, porteur)]))[0]?.aFaire
			);
		expect(g09('Gamme Habitat')).toContain('Voir avec le porteur, Gamme Habitat, si c’est une seule et même action');
		// A body and its own direction are one to call, by the name that answers.
		expect(g09('Gamme Habitat – Agence du Nord')).toContain('avec le porteur, Gamme Habitat – Agence du Nord, ');
		expect(g09('SYTRAB')).toContain('avec les porteurs, Gamme Habitat et SYTRAB, ');
		expect(g09('CCI et SYTRAB')).toContain('avec les porteurs, Gamme Habitat et CCI et SYTRAB, ');
	});

	it('une paire dont l’une n’est portée par personne se demande aussi à qui tient son plan', () => {
		const twin = (id: string, document: number, porteur: string | null) =>
			aPlaced({
				...HERE,
				nature: 'N2',
				action: { id, document, plan: document === 1 ? 'contrat-de-ville' : 'pcaet', titre: 'Aide au permis', porteur }
			});
		const pair = [twin('a', 1, 'Ville de Lys'), twin('b', 2, null)];
		expect(flat(find('G09', 'recoupementAMutualiser', view(pair))[0]?.aFaire)).toContain(
			'Voir avec la Ville de Lys et le responsable du PCAET ce qui peut être commun'
		);
	});
});

describe('quoi faire', () => {
	const list = (id: number) => ({ ...CDV, id, liste: `Subventions ${id}` });
	const g01 = (documents: (typeof CDV)[]) => {
		const coverage = {
			...view([], { documents }).coverage,
			documentsCadres: documents.filter((d) => !('liste' in d)).length
		};
		return find('G01', 'enjeuSansReponse', view([], { documents, coverage }))[0];
	};

	it('une liste de subventions, ou plusieurs, n’est pas un document-cadre', () => {
		const only = 'le seul plan lu est le PCAET, et le contrat de ville n’est pas chargé.';
		expect(g01([PCAET, list(3)])?.message).toContain(only);
		expect(g01([PCAET, list(3), list(4)])?.message).toContain(only);
		expect(g01([list(3)])?.message).toMatch(/une liste de subventions et non un plan/);
	});

	it('où rien ne répond, une action est donnée en exemple ; là où l’on en fait déjà une, c’est elle', () => {
		const gaps = (actions: ReturnType<typeof aPlaced>[]) =>
			find('G01', 'enjeuSansReponse', view(actions, { coverage: { ...view([]).coverage, documentsCadres: 2 } }));
		const reuse = (actions: ReturnType<typeof aPlaced>[]) => gaps(actions).find((g) => g.enjeu === 'X13')?.aFaire;
		expect(reuse([])).toMatch(/sinon, en proposer une, par exemple une ressourcerie de quartier, ou écarter/);
		for (const { aFaire, enjeu } of gaps([]).filter((g) => !['X14', 'X20'].includes(g.enjeu!)))
			expect(aFaire, enjeu ?? '').toMatch(/, par exemple .+[^,](?:\.$|, ou écarter cette lacune\.$)/);
		const there = aPlaced({
			...{ atteinte: { QNZZZ02N: 'explicite' }, nature: 'N2', transition: ['T10'], ville: ['P06'], croises: ['X13'] },
			action: { id: 'r', titre: 'Recyclerie', pilote: null, porteur: 'Régie de quartier' }
		});
		expect(reuse([there])).toMatch(/^Demander à la Régie de quartier, qui porte «\u00a0Recyclerie\u00a0», si/);
		expect(reuse([there])).not.toContain('par exemple');
	});

	it('une gouvernance se décide une fois pour tout le contrat, que rien n’y réponde ou qu’un plan l’aborde', () => {
		const coverage = { ...view([]).coverage, documentsCadres: 2 };
		const g01 = find('G01', 'enjeuSansReponse', view([], { coverage })).find((g) => g.enjeu === 'X20');
		expect(flat(g01?.message)).toMatch(/ : une seule décision suffit pour tout le contrat\.$/);
		expect(flat(g01?.aFaire)).toBe(
			'Demander au référent transition s’il suit aussi le contrat de ville, ou qui le fait ; sinon, faire nommer un binôme avec le référent politique de la ville, une fois pour tous les quartiers.'
		);
		expect(g01?.pourquoi).toBeUndefined();
		const wide = aPlaced({
			...{ atteinte: { [Q]: 'diffuse' }, nature: 'N4', transition: ['T14'], ville: ['P11'], croises: ['X20'] },
			action: {
				id: 'g',
				document: 2,
				plan: 'pcaet',
				titre: 'Comité partenarial',
				pilote: 'Mission climat',
				porteur: null
			}
		});
		const g02 = find('G02', 'droitCommunNArrivePas', view([wide], { coverage })).find((g) => g.enjeu === 'X20');
		expect(g02?.pourquoi).toMatch(/^Une seule décision vaut pour tous les quartiers du contrat\./);
		expect(flat(g02?.aFaire)).toMatch(/^Demander à la Mission climat qui y représente la politique de la ville, /);
		expect(flat(g02?.aFaire)).toMatch(/ ; sinon, faire nommer un binôme .*, une fois pour tous les quartiers\.$/);
	});

	it('un croisement qui suppose quelque chose du quartier n’a ni exemple ni rien à écarter après coup', () => {
		const wide = aPlaced({
			...{ atteinte: { [Q]: 'diffuse' }, nature: 'N4', transition: ['T08'], ville: ['P03'], croises: ['X19'] },
			action: { id: 'i', document: 2, plan: 'pcaet', titre: 'Diagnostic inondations', pilote: null, porteur: null }
		});
		const [g02] = find('G02', 'droitCommunNArrivePas', view([wide])).filter((g) => g.enjeu === 'X19');
		expect(g02?.aFaire).toMatch(/^Vérifier d’abord avec la ville qu’un projet urbain .*sur l’action\.$/);
	});

	it('quand tous les plans lus sont achevés, ceux qui sont en vigueur se demandent avec le contrat', () => {
		expect(g01([{ ...PCAET, periode: '2014-2020' }])?.aFaire).toContain(
			', le PLH au service habitat et le PCAET en vigueur au référent transition\u202f; puis les importer'
		);
		const aFaire = g01([{ ...PCAET, periode: '2024-2030' }])?.aFaire;
		expect(aFaire).not.toMatch(/en vigueur|PCAET/);
		expect(aFaire).toContain(', et le PLH au service habitat\u202f; puis les importer');
		expect(g01([CDV])?.aFaire, 'le contrat lu, il ne manque que les plans').toMatch(
			/^Demander le PLH au service habitat ou le PCAET au référent transition, puis l’importer/
		);
	});

	it('un plan qui traite d’autre chose ne dit pas que rien n’est prévu', () => {
		const plh = { ...PCAET, plan: 'plh' as const };
		const asked = (document: typeof CDV) => {
			const documents = [document];
			const coverage = { ...view([], { documents }).coverage, documentsCadres: 1 };
			const of = (code: string) =>
				flat(find('G01', 'enjeuSansReponse', view([], { documents, coverage })).find((g) => g.enjeu === code)?.message);
			return { ecoles: of('X05'), logements: of('X01') };
		};
		expect(asked(plh).ecoles).toMatch(/rien ne dit si une action porte « .* » : .* ; le PLH traite de l’habitat\.$/);
		expect(asked(plh).logements).toContain('aucune action trouvée sur « ');
		expect(asked(PCAET).ecoles).toContain('aucune action trouvée sur « ');
	});

	it('ce qui manque pour conclure est une donnée de la lacune, pas un morceau de sa phrase', () => {
		expect(g01([PCAET, list(3)])?.conclure).toEqual({
			lu: 'Un seul plan lu',
			importez: 'le contrat de ville signé'
		});
		expect(g01([list(3)])?.conclure?.lu).toBe('Aucun plan lu');
		expect(g01([CDV])?.conclure?.importez).toBe('un second document-cadre du territoire');
		expect(g01([CDV, PCAET])?.conclure).toBeUndefined();
		// The form that reads a plan opens on the contract while it is the one to bring.
		expect(g01([PCAET, list(3)])?.apporter).toBe('contrat-de-ville');
		expect(g01([CDV])?.apporter).toBeUndefined();
		expect(g01([CDV, PCAET])?.apporter).toBeUndefined();
	});

	it('on n’inscrit plus rien dans un plan achevé : on demande celui qui le remplace', () => {
		const wide = aPlaced({
			...HERE,
			action: { id: 'p', document: 2, plan: 'pcaet', titre: 'Réseau' },
			atteinte: { [Q]: 'diffuse' }
		});
		const g02 = (periode: string) =>
			find('G02', 'droitCommunNArrivePas', view([wide], { documents: [CDV, { ...PCAET, periode }] }))[0];
		expect(flat(g02('2014-2020')?.aFaire)).toMatch(
			/^Demander d’abord ce qui remplace le PCAET, et l’importer ; s’il n’y répond pas, demander aux bailleurs si une résidence du quartier peut être raccordée ou équipée\.$/
		);
		expect(flat(g02('2024-2030')?.aFaire)).toMatch(/le noter sur l’action ; sinon, le signaler au comité de suivi\.$/);
		expect(g02('2024-2030')?.preuves.faits[0]).toContain('à l’échelle de l’intercommunalité, quartier non nommé');
	});

	it('ce qui traite la cause ailleurs se dit au singulier ou au pluriel', () => {
		const aid = aPlaced({ ...HERE, nature: 'N5', action: { id: 's', titre: 'Secours', publics: [] } });
		const cure = (id: string) =>
			aPlaced({
				...HERE,
				nature: 'N1',
				action: { id, document: 2, plan: 'pcaet', titre: `Travaux ${id}` },
				atteinte: { [Q]: 'diffuse' }
			});
		const g16 = (...ids: string[]) => flat(find('G16', 'urgenceSansFond', view([aid, ...ids.map(cure)]))[0]?.message);
		expect(g16('a')).toContain('l’action de fond (« Travaux a ») n’est écrite qu’à');
		expect(g16('a', 'b')).toContain('les actions de fond (« Travaux a » et « Travaux b ») ne sont écrites qu’à');
	});
});

describe('la preuve d’un indicateur', () => {
	const reading = (said: object) =>
		({
			def: {
				...{ code: 'emploi', libelle: 'Taux d’emploi', enjeux: ['T04'], defavorable_si: 'bas', decimales: 1 },
				...{ unite: '%', source: 'SIG Ville', cumul: 'aucun', echelles: ['qpv', 'epci'] }
			},
			...{ valeur: 35, millesime: '2022', source: 'SIG Ville (ANCT)' },
			reference: { libelle: 'CA d’Essai', valeur: 58.2, millesime: '2022', source: 'INSEE' },
			...said
		}) as never;
	const told = (rule: [string, string], said: object = {}) =>
		find(...rule, view([], { indicateurs: new Map([[Q, [reading(said)]]]) }))
			.find((g) => g.preuves.faits.some((f) => f.includes('Taux d’emploi')))
			?.preuves.faits.map(flat);

	it('G11 : chaque valeur avec sa source et son année', () => {
		expect(told(['G11', 'vulnerabiliteSansReponse'])).toEqual([
			'Taux d’emploi : 35 %, source : SIG Ville (ANCT), millésime 2022',
			'CA d’Essai : 58,2 %, source : INSEE, millésime 2022'
		]);
	});
	it('G01 : l’indicateur défavorable dit sa valeur, sa source et son année', () => {
		expect(told(['G01', 'enjeuSansReponse'])).toContain(
			'Taux d’emploi : défavorable dans ce quartier (35 %, contre 58,2 % pour CA d’Essai), source : SIG Ville (ANCT), millésime 2022 ; référence, source : INSEE, millésime 2022'.replace(
				'pour CA',
				'pour la CA'
			)
		);
	});
	it('une décision prise avant que la source soit écrite tient', () => {
		const of = (...faits: string[]) => ({ reponse: 'alerte', gravite: 'critique', preuves: { actions: ['a'], faits } });
		const S = '\u00a0';
		const before = of(
			`Taux d’emploi${S}: 35${S}% (2022)`,
			`CA d’Essai${S}: 58,2${S}%`,
			`Taux de pauvreté${S}: défavorable dans ce quartier`,
			`«${S}Réseau${S}»${S}: atteinte diffuse, à confirmer (son titre ne parle pas des écoles)`,
			`Couverture végétale${S}: non renseigné (millésime non indiqué)`,
			`Référence${S}: non renseigné`,
			`«${S}Aide${S}»${S}: nature ou atteinte inconnue`
		);
		const now = of(
			`Taux d’emploi${S}: 35${S}%, source${S}: SIG Ville (ANCT), 2022`,
			`CA d’Essai${S}: 58,2${S}%, source${S}: INSEE, 2022`,
			`Taux de pauvreté${S}: défavorable dans ce quartier (40${S}%, contre 15${S}% pour la CA), source${S}: INSEE, 2021`,
			`«${S}Réseau${S}»${S}: à l’échelle de l’intercommunalité, quartier non nommé, à confirmer (son titre ne parle pas des écoles)`,
			`Couverture végétale${S}: aucune valeur pour le quartier, source${S}: IGN`,
			`CA d’Essai${S}: aucune valeur pour comparer`,
			`«${S}Aide${S}»${S}: nature ou lieu non précisé`
		);
		const decision = aDecision({
			sujet: { genre: 'lacune', id: 'G11:a' },
			valeur: { etat: 'ecartee', empreinte: printOf(before) }
		});
		expect(readDismissal(decision, () => printOf(now), '2026-11-27').aRevoir).toBeNull();
		const worse = of(...now.preuves.faits.map((f) => f.replace('35', '30')));
		expect(readDismissal(decision, () => printOf(worse), '2026-11-27').aRevoir).not.toBeNull();
	});
});
