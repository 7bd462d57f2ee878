import { describe, expect, it } from 'vitest';
import type { Action, Statut } from '../../src/lib/domain/action';
import type { Niveau, PlacedAction } from '../../src/lib/domain/crossing/place';
import type { SchoolYard } from '../../src/lib/domain/local-facts';
import { aPlaced } from '../fixtures/build';
import { CDV, PCAET, Q, dismissed, find, view } from '../fixtures/gaps';

describe('G16, urgence sans solution de fond', () => {
	const STARTED = { debut: '2026-01-01', fin: null, texte: null };
	const action = (titre: string, nature: string | null, niveau: Niveau = 'explicite', said: Partial<Action> = {}) =>
		aPlaced({ action: { titre, dates: STARTED, ...said }, nature, atteinte: { [Q]: niveau }, transition: ['T03'] });
	const help = action('Fonds de secours aux factures impayées', 'N5');
	const g16 = (others: ReturnType<typeof action>[] = [], decisions?: Parameters<typeof find>[3], first = help) =>
		find('G16', 'urgenceSansFond', view([first, ...others]), decisions);

	it('se lève sur une aide d’urgence que rien ne relaie, et la nomme', () => {
		const [gap] = g16();
		expect(gap).toMatchObject({ id: `G16:${Q}:T03`, gravite: 'moyenne', enjeu: 'T03' });
		expect(gap?.message).toContain('Fonds de secours aux factures impayées');
	});
	it('une aide qui n’est pas d’urgence, ou un fond intercommunal, n’est qu’une information', () => {
		expect(g16([], [], action('Prime au vélo', 'N5'))).toMatchObject([{ gravite: 'information' }]);
		expect(g16([action('Slime intercommunal', 'N2', 'diffuse')])[0]).toMatchObject({
			gravite: 'information',
			message: expect.stringContaining('Slime intercommunal')
		});
	});
	it('se tait quand un service ou des travaux traitent la cause dans le quartier', () => {
		expect(g16([action('Visites énergie', 'N2')])).toEqual([]);
		expect(g16([action('Isolation', 'N1', 'probable')])).toEqual([]);
	});
	it('une action de fond que rien ne date n’est ni là, ni absente : on demande quand elle commence', () => {
		const undated = (said: Partial<Action> = {}) =>
			action('Visites énergie', 'N2', 'explicite', { dates: null, ...said });
		const [gap, ...more] = g16([undated()]);
		expect(more).toEqual([]);
		expect(gap).toMatchObject({ reponse: 'donnee-manquante', gravite: 'information' });
		expect(gap?.message).toMatch(/et rien ne dit quand «\u00a0Visites énergie\u00a0» commence\.$/);
		expect(gap?.aFaire).toMatch(/^Demander .* sa date de début, puis réimporter le document\.$/);
		expect(gap?.preuves.faits.join()).toContain('date de début non renseignée');
		expect(g16([undated({ dates: { ...STARTED, debut: '2031-01-01' } })]), 'dans plus de 36 mois').toMatchObject([
			{ reponse: 'alerte', gravite: 'moyenne' }
		]);
		for (const said of [
			{ statut: 'en-cours' },
			{ dates: { debut: null, fin: '2028-12-31', texte: null } },
			{ dates: { debut: null, fin: null, texte: null, exercice: 2025 } }
		] as const)
			expect(g16([undated(said)]), JSON.stringify(said)).toEqual([]);
		const brief = view([help, undated()], { documents: [{ ...CDV, periode: '2022-2028' }, PCAET] });
		expect(find('G16', 'urgenceSansFond', brief), 'un document qui finit avant les fait commencer avant').toEqual([]);
	});
	it('une action de nature ou d’atteinte inconnue : demande de donnée', () => {
		expect(g16([action('Programme', null)])).toMatchObject([{ reponse: 'donnee-manquante' }]);
		expect(g16([action('Isolation', 'N1', 'inconnu')])).toMatchObject([{ reponse: 'donnee-manquante' }]);
	});
	it('une action dite de fond dont le titre dit nettement autre chose : à confirmer, avec les deux natures', () => {
		const said = action('Distribution de paniers', 'N1');
		const contrary = { ...said, nature: { ...said.nature!, contredit: { code: 'N5', mots: ['Distribution'] } } };
		const [gap] = g16([contrary]);
		expect(gap).toMatchObject({ reponse: 'donnee-manquante' });
		expect(gap?.preuves.faits.join()).toMatch(/investissement.* déclarée, à confirmer\u00a0: le titre dit aide/);
		// Between two natures that both treat the cause, there is nothing to ask.
		const both = { ...said, nature: { ...said.nature!, contredit: { code: 'N2', mots: ['Distribution'] } } };
		expect(g16([both])).toEqual([]);
		// Nor the other way round: an awareness whose title says works may be the cure.
		const soft = action('Isolation des logements', 'N3');
		const works = { ...soft, nature: { ...soft.nature!, contredit: { code: 'N1', mots: ['Isolation'] } } };
		expect(g16([works])).toMatchObject([{ reponse: 'donnee-manquante' }]);
	});
	it('le même organisme et sa direction ne sont pas nommés deux fois, et l’on dit qui oriente', () => {
		const led = (titre: string, nature: string, niveau: 'diffuse' | 'explicite', pilote: string) =>
			action(titre, nature, niveau, { pilote });
		const asked = (first: string, second: string) =>
			g16([led('Slime intercommunal', 'N2', 'diffuse', second)], [], led('Prime au vélo', 'N5', 'explicite', first))[0]
				?.aFaire;
		expect(asked('Service habitat', 'Service habitat – Guichet')).toMatch(
			/^Demander au Service habitat – Guichet si cette action viendra dans le quartier, puis lui demander d’y orienter les ménages aidés\.$/
		);
		expect(asked('Services techniques', 'Services techniques')).toContain('puis leur demander d’y orienter');
		expect(asked('CCAS', 'Service habitat – Guichet')).toContain(
			'puis demander au CCAS d’y orienter les ménages aidés'
		);
	});
	it('écartée, elle le dit', () => expect(g16([], [dismissed(`G16:${Q}:T03`)])[0]?.ecartee).not.toBeNull());
});

describe('G19, cours d’école', () => {
	const yard = (nom: string, cour: SchoolYard['cour'], annee: number | null = null): SchoolYard => ({
		nom,
		cour,
		annee,
		source: 'ecoles.csv, ligne\u00a04'
	});
	const g19 = (yards: SchoolYard[], decisions?: Parameters<typeof find>[3]) =>
		find('G19', 'coursNonVegetalisees', view([], { ecoles: new Map([[Q, yards]]) }), decisions);

	it('se lève sur une cour sans projet, ou prévue après l’horizon, et nomme les écoles', () => {
		const [gap] = g19([
			yard('École Prévert', 'sans-projet'),
			yard('École Curie', 'projet', 2032),
			yard('École Hugo', 'vegetalisee')
		]);
		expect(gap).toMatchObject({ id: `G19:${Q}`, gravite: 'moyenne', quartier: Q });
		expect(gap?.message).toMatch(
			/^Aux Pyramides, 2\u00a0écoles sur 3 n’ont ni .* École Prévert et École Curie \(projet en 2032\)\.$/
		);
		expect(gap?.aFaire).toContain('si ces cours peuvent être programmées ou avancées, et à la préfecture');
		expect(gap?.preuves.faits[0]).toContain('ecoles.csv, ligne\u00a04');
	});
	it('une cour déjà prévue peut seulement venir plus tôt ; une cour dont rien n’est dit n’est ni comptée, ni tue', () => {
		const [gap] = g19([yard('Berges', 'projet', 2032), yard('Pasteur', 'inconnu')]);
		expect(gap?.message).toMatch(
			/1\u00a0école sur 2 n’a ni .* Berges \(projet en 2032\)\u202f; non renseigné\u00a0: Pasteur\.$/
		);
		expect(gap?.aFaire).toContain('si cette cour peut être avancée, où en est Pasteur, et à la préfecture');
	});
	it('se tait quand chaque cour est végétalisée ou prévue à temps', () =>
		expect(g19([yard('École Hugo', 'vegetalisee'), yard('École Curie', 'projet', 2029)])).toEqual([]));
	it('rien de saisi, un quartier sans école, une cour inconnue : demandes de donnée', () => {
		expect(find('G19', 'coursNonVegetalisees', view([]))).toMatchObject([
			{ id: 'G19:territoire', reponse: 'donnee-manquante' }
		]);
		expect(g19([])).toMatchObject([{ id: `G19:${Q}`, reponse: 'donnee-manquante' }]);
		expect(g19([yard('École Hugo', 'inconnu')])).toMatchObject([{ reponse: 'donnee-manquante' }]);
	});
	it('une ligne de la liste qui attend son quartier est peut-être de celui-ci : elle est nommée, et rien ne dit « aucune école n’est saisie »', () => {
		const loose = (dit: string, proches: string[]) => ({ ...yard('École Buisson', 'sans-projet'), dit, proches });
		const said = (...lines: ReturnType<typeof loose>[]) =>
			find('G19', 'coursNonVegetalisees', view([], { ecolesSansQuartier: lines }))[0]!;
		const asked = said(loose('Q. Piramides', [Q]));
		expect(asked).toMatchObject({ id: `G19:${Q}`, reponse: 'donnee-manquante', gravite: 'information' });
		expect(asked.message).toBe(
			'Cours d’école\u00a0: aucune école n’est reconnue aux Pyramides\u202f; l’école «\u00a0École Buisson\u00a0» y est peut-être, son quartier étant écrit «\u00a0Q. Piramides\u00a0».'
		);
		expect(asked.aFaire).toMatch(/^Vérifier le quartier de cette école, puis le corriger dans la liste/);
		expect(asked.preuves.faits[0]).toContain('ecoles.csv, ligne\u00a04');
		expect(said(loose('QPV 2', [])).message, 'sans nom proche, elle peut être de n’importe lequel').toContain(
			'peut-être'
		);
		expect(said(loose('Q. Lilas', ['QNZZZ99Z'])).message).toContain('Aucune école n’est saisie');
	});
	it('écartée, elle le dit', () =>
		expect(g19([yard('École Prévert', 'sans-projet')], [dismissed(`G19:${Q}`)])[0]?.ecartee).not.toBeNull());

	describe('une action qui nomme l’école et sa cour est son projet', () => {
		const action = (titre: string, fin: string | null, niveau: Niveau = 'explicite', statut: Statut | null = null) =>
			aPlaced({
				action: { titre, statut, dates: { debut: null, fin, texte: null }, porteur: 'Ville de Vernouy' },
				atteinte: { [Q]: niveau }
			});
		const said = (yards: SchoolYard[], ...actions: PlacedAction[]) =>
			find('G19', 'coursNonVegetalisees', view(actions, { ecoles: new Map([[Q, yards]]) }));

		it.each([
			['École Prévert', 'Cour oasis de l’école Prévert'],
			['Prévert', 'Végétalisation de la cour de l’école Jacques Prévert'],
			['Groupe scolaire Jacques Prévert', 'Désimperméabiliser l’école Prévert'],
			['École Prévert', 'Rénovation de l’école Prévert et de sa cour']
		])('%s : « %s », 2027, fait taire la règle', (nom, titre) =>
			expect(said([yard(nom, 'sans-projet')], action(titre, '2027-08-31'))).toEqual([])
		);

		it.each([
			['Végétalisation de la toiture de l’école Prévert', '2027-08-31', 'explicite'],
			['Rénovation de l’école Prévert', '2027-08-31', 'explicite'],
			['Cour oasis de l’école Curie', '2027-08-31', 'explicite'],
			['Cour oasis de l’école Prévert', '2032-08-31', 'explicite'],
			['Cour oasis de l’école Prévert', '2027-08-31', 'aucune']
		] as const)('« %s », %s, %s : ce n’est pas ce projet', (titre, fin, niveau) =>
			expect(said([yard('École Prévert', 'sans-projet')], action(titre, fin, niveau))[0]).toMatchObject({
				reponse: 'alerte'
			})
		);

		it('abandonnée, elle ne répond plus ; réalisée, elle répond sans date', () => {
			const one = (statut: Statut) =>
				said(
					[yard('École Prévert', 'sans-projet')],
					action('Cour oasis de l’école Prévert', null, 'explicite', statut)
				);
			expect(one('abandonne')[0]?.reponse).toBe('alerte');
			expect(one('realise')).toEqual([]);
		});

		it('sans date, on demande la date à qui la porte, et pas la liste des écoles', () => {
			const [gap] = said([yard('École Prévert', 'sans-projet')], action('Cour oasis de l’école Prévert', null));
			expect(gap).toMatchObject({ reponse: 'donnee-manquante' });
			expect(gap!.message).toMatch(/^Aux Pyramides, «\u00a0Cour oasis de l’école Prévert\u00a0» n’a pas de date/);
			expect(gap!.aFaire).toMatch(
				/^Demander .*Vernouy.* en quelle année la cour sera faite, et l’écrire sur l’action\.$/
			);
			expect(gap!.preuves.actions).toHaveLength(1);
		});

		it('une autre cour sans projet reste une alerte, qui ne compte qu’elle', () => {
			const [gap] = said(
				[yard('École Prévert', 'sans-projet'), yard('École Curie', 'sans-projet')],
				action('Cour oasis de l’école Prévert', '2027-08-31')
			);
			expect(gap!.message).toMatch(/1\u00a0école sur 2 .* École Curie\.$/);
			expect(gap!.preuves.faits.join()).toContain('Cour oasis de l’école Prévert');
		});
	});
});
