import { expect, it } from 'vitest';
import { rulesTogether } from '../../src/lib/domain/pages/rules-together';
import type { Gap } from '../../src/lib/domain/rules/gaps';
import { loadReferentiel } from '../../src/lib/server/referentiel';
import { aPlaced } from '../fixtures/build';

const gap = (action: string): Gap => ({
	...{ id: `G10:${action}`, regle: 'G10', gravite: 'moyenne', reponse: 'alerte', quartier: null, enjeu: null },
	...{ message: '', aFaire: '', ou: null, ecartee: null, aRevoir: null },
	preuves: { actions: [action], champs: [], faits: [] }
});

it('les lacunes d’une règle se comptent dans les quartiers où leurs actions arrivent, comme sur la page de chacun', () => {
	const placed = [
		aPlaced({ action: { id: 'a' }, atteinte: { QNZZZ01F: 'probable', QNZZZ02F: 'explicite' } }),
		aPlaced({ action: { id: 'b' }, atteinte: { QNZZZ02F: 'probable', QNZZZ03F: 'diffuse' } })
	];
	const view = { actions: placed, gaps: [gap('a'), gap('b')] } as never;
	expect(rulesTogether({ view, ref: loadReferentiel() })).toMatchObject([{ regle: 'G10', lacunes: 2, quartiers: 2 }]);
});
