import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { milestones, type Milestone } from '../../src/lib/domain/crossing/milestones';
import { layOut, NARROWEST } from '../../src/lib/ui/timeline-layout';
import { aPlaced } from '../fixtures/build';

/* What happens when in a quartier, and how it is drawn without two labels meeting. */

const LE = '2026-11-22';
const pcaet = {
	...{ id: 1, plan: 'pcaet' as const, titre: 'PCAET', periode: '2024-2030', adopteLe: null, signature: '' },
	...{ territoire: 'ZZ0000001', champs: [] }
};
const asked = (over: Partial<Parameters<typeof milestones>[0]>) =>
	milestones({
		...{ quartier: 'QA', asOf: LE, actions: [], documents: [], types: [] },
		...over
	});

describe('les jalons d’un quartier', () => {
	it('viennent des actions qui le nomment ou le visent, jamais des diffuses ni des abandonnées', () => {
		const fin = { dates: { debut: null, fin: '2028-06-30', texte: null } };
		const found = asked({
			actions: [
				aPlaced({ action: { id: 'a', titre: 'Cour Jaurès', ...fin }, atteinte: { QA: 'cible' } }),
				aPlaced({ action: { id: 'b', ...fin }, atteinte: { QA: 'diffuse' } }),
				aPlaced({ action: { id: 'c', ...fin }, atteinte: { QB: 'cible' } }),
				aPlaced({ action: { id: 'd', ...fin, statut: 'abandonne' }, atteinte: { QA: 'cible' } })
			]
		});
		expect(found.map((m) => [m.action, m.ecrit, m.objet])).toEqual([['a', 'le 30/06/2028', 'fin\u00a0: Cour Jaurès']]);
	});

	it('une liste de subventions n’est pas le contrat : ses dates sont dites nationales, et se taisent dès qu’il est lu', () => {
		const types = [
			{
				...{ code: 'contrat-de-ville' as const, court: 'Contrat de ville' },
				echeances: [{ a_ans: null, annee: 2030, objet: 'fin du contrat' }]
			}
		];
		const contrat = { ...pcaet, plan: 'contrat-de-ville' as const, titre: 'Contrat de ville', adopteLe: '2024-03-01' };
		const liste = { ...contrat, id: 2, liste: 'Subventions DPV', adopteLe: '2024-05-01' };
		const names = (documents: Parameters<typeof milestones>[0]['documents']) =>
			new Set(asked({ documents, types }).map((m) => m.liste));
		expect([...names([liste])]).toEqual(['Contrat de ville\u00a0: dates nationales, document non importé']);
		expect(asked({ documents: [liste], types }).some((m) => m.objet === 'adoption')).toBe(false);
		expect([...names([contrat, liste])]).toEqual([undefined]);
	});

	it('une date passée n’est « faite » que si l’action est réalisée', () => {
		const at = (statut: 'realise' | 'en-cours') =>
			asked({
				actions: [
					aPlaced({
						action: { statut, dates: { debut: null, fin: '2025-06-30', texte: null } },
						atteinte: { QA: 'cible' }
					})
				]
			})[0]!.etat;
		expect([at('realise'), at('en-cours')]).toEqual(['fait', 'a-confirmer']);
	});

	it('les échéances d’un document partent de son adoption ; sans elle, il ne reste que sa période', () => {
		const echeances = [{ a_ans: 3, annee: null, objet: 'rapport à mi-parcours' }];
		const types = [{ code: 'pcaet' as const, court: 'PCAET', echeances }];
		const told = (adopteLe: string | null) =>
			asked({ documents: [{ ...pcaet, adopteLe }], types }).map((m) => `${m.le} ${m.objet} ${m.etat}`);
		expect(told('2024-02-01')).toEqual([
			'2024-02-01 adoption fait',
			'2027-02-01 rapport à mi-parcours a-venir',
			'2030-12-31 fin de la période a-venir'
		]);
		expect(told(null)).toEqual(['2030-12-31 fin de la période a-venir']);
	});
});

describe('la frise', () => {
	const milestone = fc
		.record({
			day: fc.integer({ min: 0, max: 2555 }),
			objet: fc.string({ minLength: 1, maxLength: 100 }),
			document: fc.boolean(),
			etat: fc.constantFrom('fait' as const, 'a-confirmer' as const, 'a-venir' as const)
		})
		.map(({ day, objet, document, etat }): Milestone => {
			const le = new Date(Date.UTC(2024, 0, 1 + day)).toISOString().slice(0, 10);
			return { plan: 'plh', le, ecrit: le, objet, action: document ? null : objet, etat, source: '' };
		});

	it('garde tous les jalons, et deux étiquettes du même côté ne se touchent jamais', () => {
		fc.assert(
			fc.property(fc.array(milestone, { maxLength: 40 }), (all) => {
				const sorted = [...all].sort((a, b) => (a.le < b.le ? -1 : 1));
				const dots = layOut(sorted, '2024-01-01', '2030-12-31');
				expect(dots.flatMap((d) => d.milestones)).toEqual(sorted);
				for (const side of ['dessus', 'dessous'] as const) {
					const spans = dots
						.flatMap(({ at, label }) => (label?.place === side ? [{ x: at * NARROWEST, label }] : []))
						.map(({ x, label }) => {
							const width = Math.min(176, label.words.length * 6.6);
							return label.gauche ? [x - width, x] : [x, x + width];
						})
						.sort((a, b) => a[0]! - b[0]!);
					spans.slice(1).forEach((span, i) => expect(span[0]).toBeGreaterThanOrEqual(spans[i]![1]!));
				}
			})
		);
	});

	it('nomme la première de plusieurs dates voisines, et ne les compte sans nom que si aucun titre ne tient', () => {
		const step = (objet: string, le: string) => ({
			...{ plan: 'pcaet' as const, le, ecrit: le, objet, action: objet, source: '' },
			etat: 'a-venir' as const
		});
		const words = (...objets: string[]) =>
			layOut(
				objets.map((objet, i) => step(objet, `2027-03-0${i + 1}`)),
				'2024-01-01',
				'2030-12-31'
			)[0]!.label!.words;
		expect(words('fin : Cour d’école', 'début : Navette')).toBe('fin : Cour d’école et 1 autre');
		expect(words('x'.repeat(90), 'début : Navette', 'fin')).toBe('début : Navette et 2 autres');
		expect(words('x'.repeat(90), 'y'.repeat(90))).toBe('2 dates d’actions');
	});
});
