import type { Db } from '$lib/server/db/client';

declare global {
	namespace App {
		interface Locals {
			db: Db;
			/** Civil date of the request, `YYYY-MM-DD`: the only clock of the house. */
			today: string;
			/** The same with the time, `YYYY-MM-DDTHH:MM`: for what people write one after the other. */
			now: string;
			/** Open for reading only: no gesture is offered, none is taken. */
			lecture: boolean;
		}
	}
}

export {};
