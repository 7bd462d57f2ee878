import { beforeAll, describe, expect, it } from 'vitest';
import { detectGaps, type Gap } from '../../src/lib/domain/rules/gaps';
import { ownWords } from '../../src/lib/domain/rules/gap-sentence';
import { loadReferentiel } from '../../src/lib/server/referentiel';
import { demonstrationView } from '../fixtures/demonstration';

/* What holds of every sentence of the demonstration, whatever the rule. */

const ref = loadReferentiel();
describe('toutes les phrases de la démonstration', () => {
	let gaps: Gap[];
	const texts = () => gaps.flatMap((g) => [g.message, g.aFaire, g.pourquoi ?? ''].map((said) => [g.id, said] as const));
	beforeAll(async () => {
		gaps = detectGaps(await demonstrationView(ref), ref.lacunes.regles, []);
	}, 120_000);

	it('un constat se dit d’un souffle : trente mots à nous au plus, les titres cités en plus, entiers jusqu’à 90 signes', () => {
		for (const { id, message } of gaps) {
			expect(ownWords(message), `${id} ${message}`).toBeLessThanOrEqual(30);
			for (const [, title] of message.matchAll(/«\u00a0([^»]*)\u00a0»/g))
				expect(title!.length, id).toBeLessThanOrEqual(91);
		}
	});
	it('un geste se dit en trente-six mots au plus, et commence par un infinitif', () => {
		for (const { id, aFaire } of gaps) {
			expect(ownWords(aFaire), `${id} ${aFaire}`).toBeLessThanOrEqual(36);
			expect(aFaire, id).toMatch(/^\p{Lu}\p{Ll}*(?:er|ir|oir|re) /u);
		}
	});
	it('articles contractés, guillemets et points simples, rien de laissé à remplir', () => {
		for (const [id, said] of texts())
			expect(said, id).not.toMatch(
				/\p{L}non renseigné|(?:^|\s)(?:de|à) les?\s|(?:^|\s)du la\s|«\s*«|»\s*»|\.\.|\{|undefined/u
			);
	});
	it('qui l’on appelle est un morceau de la phrase, et aucun signe caché n’y reste', () => {
		for (const [id, said] of texts()) expect(said, id).not.toContain('\u2063');
		const naming = gaps.filter((g) => g.appeler);
		expect(naming.length).toBeGreaterThan(100);
		for (const { id, aFaire, appeler } of naming) for (const who of appeler!) expect(aFaire, id).toContain(who);
	});
	it('un croisement dit le chiffre de son quartier, avec sa source', () => {
		const crossings = gaps.filter((g) => ['G01', 'G02'].includes(g.regle));
		expect(crossings.length).toBeGreaterThan(50);
		// One matter of the whole contract: the figure of one quartier says nothing of it.
		const once = ref.enjeux.croises.flatMap((x) => (x.une_fois ? [x.code as string] : []));
		for (const { id, enjeu, message, pourquoi = '' } of crossings)
			expect(`${once.includes(enjeu!) ? message : ''} ${pourquoi}`, id).toMatch(
				once.includes(enjeu!) ? /une seule décision/i : /\d.*\(.*2024\)/
			);
	});
});
