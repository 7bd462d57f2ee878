import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { QuartierView } from '../../src/lib/domain/crossing/overview';
import { buildFeuilleDeRoute } from '../../src/lib/domain/roadmap/feuille-de-route';
import type { FeuilleDeRoute, RoadmapSection } from '../../src/lib/domain/roadmap/roadmap';
import { open, type Db } from '../../src/lib/server/db/client';
import { loadDemonstration } from '../../src/lib/server/demonstration';
import { exportFeuilleDeRoute } from '../../src/lib/server/exports/exports';
import { readQuartier } from '../../src/lib/server/read-quartier';
import { loadReferentiel } from '../../src/lib/server/referentiel';
import { unzip } from '../fixtures/unzip';

/* A roadmap says the same thing from one section to the next. */

const ref = loadReferentiel();
const LE = '2026-11-22';
const plain = (text: unknown): string => String(text).replace(/\s/g, ' ');

describe('la feuille de route, d’une section à l’autre', () => {
	let db: Db;
	const views: QuartierView[] = [];
	let roads: FeuilleDeRoute[];
	beforeAll(async () => {
		db = await open(':memory:');
		await loadDemonstration(db, ref, LE);
		for (let n = 1; n <= 7; n++) views.push((await readQuartier(db, ref, `QNZZZ0${n}F`, LE, 'ZZ0000001'))!);
		roads = views.map((view) => buildFeuilleDeRoute(view, ref));
	}, 120_000);
	afterAll(() => db.destroy());

	const section = (road: FeuilleDeRoute, id: string): RoadmapSection => road.sections.find((s) => s.id === id)!;
	const column = ({ tableau }: RoadmapSection, titre: string): unknown[] => {
		const at = tableau!.colonnes.findIndex((c) => c.titre === titre);
		return tableau!.lignes.map((line) => line[at]);
	};

	it('annonce autant d’enjeux que son tableau en a de lignes', () => {
		for (const road of roads) {
			const { paragraphes, tableau } = section(road, 'ambitions');
			expect(Number(/^(\d+) enjeux? croisés? à examiner/.exec(plain(paragraphes[0]))?.[1])).toBe(
				tableau!.lignes.length
			);
			expect(plain(paragraphes[0])).toMatch(/les deux référents en retiennent cinq au plus\.$/);
		}
	});

	it('compte les écoles sans écrire « nombre » derrière', () => {
		const said = roads.flatMap((road) => column(section(road, 'ambitions'), 'Pourquoi il compte, en général puis ici'));
		expect(said.some((t) => /écoles du quartier, \d+\./.test(String(t)))).toBe(true);
		for (const text of [...said, ...roads.flatMap((road) => column(section(road, 'portrait'), 'Unité'))])
			expect(String(text)).not.toMatch(/\bnombre$|\d\s+nombre/);
	});

	it('ne constate rien de plus fort que la lacune elle-même', () => {
		roads.forEach((road, i) => {
			const messages = views[i]!.gaps.map((g) => g.message);
			for (const constat of column(section(road, 'ambitions'), 'Constat'))
				if (!String(constat).startsWith('Sans aucune action')) expect(messages).toContain(constat);
			expect(JSON.stringify(road)).not.toContain('n’arrive pas jusqu’au quartier');
		});
	});

	it('dit la fin du contrat du document lu, comme son sous-titre, à côté de la date nationale', () => {
		for (const road of roads) {
			expect(road.sousTitre).toContain('contrat de ville 2024-2027');
			const suivi = section(road, 'suivi');
			const [end] = column(suivi, 'Échéance').filter((_, i) => column(suivi, 'Rendez-vous')[i] === 'fin du contrat');
			expect(plain(end)).toBe('2027, d’après le document lu (2024-2027) ; 2030 au calendrier national');
		}
		const national = { ...views[0]!, documents: views[0]!.documents.map((d) => ({ ...d, periode: '2024-2030' })) };
		const suivi = section(buildFeuilleDeRoute(national, ref), 'suivi');
		expect(column(suivi, 'Échéance')).toContain('2030');
	});

	it('donne à une mesure les mêmes questions en première page, dans le texte et dans le tableau', () => {
		let compared = 0;
		for (const road of roads) {
			const { paragraphes, tableau } = section(road, 'dispositifs');
			for (const line of tableau!.lignes) {
				const [mesure, , avis, actions, questions] = line.map(plain);
				for (const text of paragraphes.map(plain)) {
					const [action] = text.split(' : ');
					const own = new RegExp(
						`[:;] ${mesure!.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}, à répondre : (.+?\\?(?: \\([^)]*\\))?)(?: ;|$)`
					);
					const asked = own.exec(text)?.[1];
					if (asked === undefined || avis !== 'à compléter' || actions !== action!.slice(2, -2)) continue;
					compared++;
					expect(questions, `${mesure} ${action}`).toBe(asked);
				}
			}
			const first = plain(section(road, 'essentiel').tableau!.lignes.at(-1)![1]);
			const [, mesure, said] = /^(.*?), pour .* Il manque (\d+) réponse/.exec(first) ?? [];
			const row = tableau!.lignes.find((l) => plain(l[0]) === mesure);
			if (row && !String(row[3]).includes('\u202f;')) expect(String(row[4]).match(/\?/g)).toHaveLength(Number(said));
		}
		expect(compared).toBeGreaterThan(5);
	});

	it('tient le tableau des signatures sur une seule page, et laisse aller les longs', async () => {
		const xml = (await unzip((await exportFeuilleDeRoute(roads[0]!, 'docx')).octets)).get('word/document.xml')!;
		const tables = [...xml.matchAll(/<w:tbl>.*?<\/w:tbl>/gs)].map((m) => m[0]);
		const of = (word: string) =>
			[...tables.find((t) => t.includes(word))!.matchAll(/<w:tr[ >].*?<\/w:tr>/gs)].map((m) => m[0]);
		const held = (row: string): boolean =>
			[...row.matchAll(/<w:p[ >].*?<\/w:p>/gs)].every(([p]) => p.includes('<w:keepNext/>'));
		const signed = of('Date et signature');
		expect(signed.map(held)).toEqual(signed.map((_, i) => i < signed.length - 1));
		expect(of('Signature des référents').some(held)).toBe(false);
	});
});
