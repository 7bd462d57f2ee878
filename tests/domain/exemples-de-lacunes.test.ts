import { dump } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import type { ExamplesFile } from '../../src/lib/domain/rules/examples-file';
import { detectGaps, type Gap } from '../../src/lib/domain/rules/gaps';
import { loadReferentiel } from '../../src/lib/server/referentiel';
import { demonstrationView } from '../fixtures/demonstration';

const ref = loadReferentiel();

const HEAD = `# Ce que chaque règle dit du territoire de démonstration (fictif), pour que la page des règles montre une phrase et non un modèle.
# Écrit par les essais : on le lit, on ne le retouche pas (npx vitest run tests/domain/exemples-de-lacunes -u pour le réécrire).
`;

describe('les phrases d’exemple de la page des règles', () => {
	it('sont celles de la démonstration, une par règle, et rien d’autre', async () => {
		const gaps = detectGaps(await demonstrationView(ref), ref.lacunes.regles, []);
		const said = ({ message, aFaire }: Gap) => ({ constat: message, geste: aFaire });
		const lacunes: ExamplesFile['lacunes'] = {};
		for (const { id } of ref.lacunes.regles) {
			const own = gaps.filter((g) => g.regle === id).sort((a, b) => (a.id < b.id ? -1 : 1));
			const found = own.find((g) => g.reponse !== 'donnee-manquante') ?? own[0]!;
			const asked = own.find((g) => g.reponse === 'donnee-manquante' && g !== found);
			lacunes[id] = { ...said(found), demande: asked ? said(asked) : null };
		}
		const text = HEAD + dump({ version: ref.lacunes.version, lacunes }, { lineWidth: -1, quotingType: "'" });
		await expect(text).toMatchFileSnapshot('../../data/exemples.yaml');
	}, 120_000);
});
