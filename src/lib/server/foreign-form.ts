import { quoted } from '../domain/french';

/* A form sent from another site in the browser of somebody who works here would act in their name: it is refused. */

const CHANGES_NOTHING = ['GET', 'HEAD', 'OPTIONS'];

/** The port a protocol has by default says nothing: « croisee.fr » and « croisee.fr:443 » are one host. */
const bare = (host: string): string =>
	host
		.trim()
		.toLowerCase()
		.replace(/:(80|443)$/, '');

const hostOf = (origin: string | null): string | null => {
	try {
		// A sandboxed page says « null »: it is no host.
		return origin === null ? null : bare(new URL(origin).host) || null;
	} catch {
		return null;
	}
};

/**
 * Why a request that would change something is refused.
 * in     `origin`: what the browser says of the page it comes from, null when it says nothing; `hosts`: the names this
 *        server is called by in the request
 * out    null when it comes from a page of the same host, whatever the protocol: a proxy may hold the certificate
 */
export function foreignForm(method: string, origin: string | null, hosts: readonly (string | null)[]): string | null {
	if (CHANGES_NOTHING.includes(method.toUpperCase())) return null;
	const from = hostOf(origin);
	const called = hosts.filter((host): host is string => host !== null && host !== '').map(bare);
	if (from !== null && called.includes(from)) return null;
	const whence =
		from === null ? 'le navigateur ne dit pas de quelle page elle vient' : `elle vient d’une page de ${quoted(from)}`;
	const here = called[0] ? `, et Croisée répond ici sous le nom ${quoted(called[0])}` : '';
	return `Rien n’a été enregistré. Par sécurité, la demande a été refusée\u00a0: ${whence}${here}. Rouvrez Croisée à son adresse habituelle, puis recommencez. Si cela dure, la personne qui tient le service doit faire suivre le nom du site (en-tête Host) jusqu’à Croisée.`;
}
