import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import config from '../../svelte.config.js';
import { handle } from '../../src/hooks.server';
import { closeShared } from '../../src/lib/server/application';

/* A form sent from another site would act in the name of whoever works here: it is refused, in French. */

const HOST = 'croisee.lys.fr';
interface Sent {
	readonly method?: string;
	readonly origin?: string | null;
	readonly host?: string;
	/** What the server believes its address is. */
	readonly url?: string;
	readonly script?: boolean;
}
const send = async ({ method = 'POST', origin = null, host = HOST, url = `http://${host}`, script }: Sent) => {
	const headers = new Headers({ host, ...(origin !== null && { origin }) });
	if (script) headers.set('x-sveltekit-action', 'true');
	const address = new URL('/territoires/200000001/a-faire?/confirmer', url);
	const resolve = vi.fn(() => new Response('fait'));
	const event = { request: new Request(address, { method, headers }), url: address, locals: {}, route: { id: null } };
	const answer = await Promise.resolve(handle({ event, resolve } as unknown as Parameters<typeof handle>[0])).catch(
		(refused: { status: number; body: { message: string } }) => refused
	);
	return { answer, passed: resolve.mock.calls.length === 1 };
};

describe('une page d’un autre site', () => {
	beforeAll(() => {
		vi.stubEnv('CROISEE_BASE', ':memory:');
	});
	afterAll(async () => {
		await closeShared();
		vi.unstubAllEnvs();
	});

	it.each([
		['la même adresse', { origin: `http://${HOST}` }],
		['un mandataire qui porte le certificat', { origin: `https://${HOST}`, url: `http://${HOST}` }],
		[
			'un serveur qui se croit en https',
			{ origin: 'http://127.0.0.1:3000', host: '127.0.0.1:3000', url: 'https://127.0.0.1:3000' }
		],
		['le port que le protocole a déjà', { origin: `https://${HOST}`, host: `${HOST}:443`, url: `http://${HOST}` }],
		[
			'une adresse publique dite au serveur',
			{ origin: `https://${HOST}`, host: 'interne:3000', url: `https://${HOST}` }
		],
		['une lecture, d’où qu’elle vienne', { method: 'GET', origin: 'https://ailleurs.example' }]
	] as const)('passe depuis %s', async (_, sent) => {
		expect((await send(sent)).passed).toBe(true);
	});

	it.each([
		['un autre site', { origin: 'https://ailleurs.example' }],
		['le même nom à un autre port', { origin: `http://${HOST}:8080` }],
		['un nom qui commence pareil', { origin: `https://${HOST}.ailleurs.example` }],
		['une page sans origine', { origin: 'null' }],
		['un envoi qui ne dit pas d’où il vient', { origin: null }],
		['un autre site, par une autre méthode', { method: 'DELETE', origin: 'https://ailleurs.example' }]
	] as const)('est refusée depuis %s, en français, sans rien faire', async (_, sent) => {
		const { answer, passed } = await send(sent);
		expect(passed).toBe(false);
		expect(answer).toMatchObject({ status: 403 });
		expect((answer as { body: { message: string } }).body.message).toMatch(
			/^Rien n’a été enregistré\. .*Rouvrez Croisée à son adresse habituelle/
		);
	});

	it('un formulaire envoyé par script reçoit la même phrase, comme une page d’erreur', async () => {
		const { answer, passed } = await send({ origin: 'https://ailleurs.example', script: true });
		expect(passed).toBe(false);
		expect((answer as Response).status).toBe(403);
		const said = (await (answer as Response).json()) as { type: string; error: { message: string } };
		expect(said.type).toBe('error');
		expect(said.error.message).toContain('«\u00a0ailleurs.example\u00a0»');
		expect(said.error.message).toContain(`«\u00a0${HOST}\u00a0»`);
	});

	it('n’est refusée qu’ici : la vérification anglaise du cadre est laissée à celle-ci', () => {
		expect(config.kit?.csrf?.trustedOrigins).toEqual(['*']);
	});
});
