// The server of the built application.
import compression from 'compression';
import { createServer } from 'node:http';
import { say } from './prepare.mjs';
import { visitOnceRead } from './visit.mjs';

/** Serves until stopped; resolves once listening. */
export async function serve({ host = process.env.HOST ?? '127.0.0.1', port = Number(process.env.PORT ?? 3000) } = {}) {
	// Read by the handler when it loads: forms are checked against the real protocol.
	process.env.PROTOCOL_HEADER ??= 'x-forwarded-proto';
	const { handler } = await import('../build/handler.js');
	const compress = compression();
	const server = createServer((request, response) => {
		request.headers['x-forwarded-proto'] ??= 'http';
		compress(request, response, () => handler(request, response, () => response.writeHead(404).end()));
	});
	await new Promise((done, failed) => server.once('error', failed).listen(port, host, done));
	// A journey starts a server for each of its files and opens a few pages: it does not wait for the others.
	if (!process.env.CROISEE_SANS_VISITE)
		visitOnceRead(`http://${host.includes(':') ? `[${host}]` : host}:${server.address().port}`);
	const stop = () => {
		server.close(() => process.exit(0));
		server.closeIdleConnections();
		setTimeout(() => process.exit(0), 3000).unref();
	};
	process.once('SIGINT', stop);
	process.once('SIGTERM', stop);
	say(`Croisée est prête : http://${host}:${server.address().port} (Ctrl+C pour arrêter)`);
}

/** Starts, or says in one sentence why it cannot. */
export async function serveOrExplain() {
	try {
		await serve();
	} catch (error) {
		const port = process.env.PORT ?? 3000;
		if (error?.code === 'EADDRINUSE')
			say(
				`Le port ${port} est déjà pris. Arrêtez l’autre programme, ou choisissez-en un : PORT=${Number(port) + 1} npm start`
			);
		else say(`Croisée ne peut pas démarrer : ${error?.message ?? error}`);
		process.exit(error?.code === 'EADDRINUSE' ? 2 : 4);
	}
}
