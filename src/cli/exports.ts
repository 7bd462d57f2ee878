import { PlanKind } from '../lib/domain/action';
import * as fr from '../lib/domain/french';
import { NATIONAL_LOSSES, TET_LOSSES } from '../lib/domain/gabarits/losses';
import { isRefusal, type Refusal } from '../lib/domain/issue';
import { ACTION_FORMATS, exportActions, exportTemplate, TEMPLATE_FORMATS } from '../lib/server/exports/export-actions';
import type { ExportedFile } from '../lib/server/exports/exports';
import { text, WrongUse, type Call } from './arguments';
import type { Answer, Context } from './context';

/** The commands that write a file of actions. Null when the command is not one of them. */
export async function runExport(call: Call, context: Context): Promise<Answer | Refusal | null> {
	switch (call.command) {
		case 'gabarit':
			return gabarit(call, context);
		case 'exporter':
			return exporter(call, context);
		default:
			return null;
	}
}

async function gabarit(call: Call, context: Context): Promise<Answer | Refusal> {
	const { db, ref, asOf } = context;
	const file = await exportTemplate(db, ref, {
		plan: planOf(call)!,
		format: formatOf(call, TEMPLATE_FORMATS),
		territoire: text(call.options, 'territoire') ?? null,
		day: asOf
	});
	return isRefusal(file) ? file : written(file, call, context, 'croisee/gabarit/1', 'Modèle écrit');
}

async function exporter(call: Call, context: Context): Promise<Answer | Refusal> {
	const { db, ref, asOf } = context;
	const file = await exportActions(db, ref, {
		territoire: text(call.options, 'territoire')!,
		plan: planOf(call),
		format: formatOf(call, ACTION_FORMATS),
		day: asOf
	});
	return isRefusal(file)
		? file
		: written(file, call, context, 'croisee/export/1', 'Actions écrites', LOSSES[text(call.options, 'format')!] ?? []);
}

/** Told each time such a file is written, as on the page. */
const LOSSES: Readonly<Record<string, readonly string[]>> = { tet: TET_LOSSES, schema: NATIONAL_LOSSES };

function planOf({ options }: Call): PlanKind | null {
	const wanted = text(options, 'plan');
	if (wanted === undefined) return null;
	const plan = PlanKind.safeParse(wanted);
	if (!plan.success) throw new WrongUse(`« ${wanted} » n’est pas un type de plan : ${PlanKind.options.join(', ')}.`);
	return plan.data;
}

function formatOf<F extends string>({ options }: Call, formats: readonly F[]): F {
	const wanted = text(options, 'format');
	const found = formats.find((f) => f === wanted);
	if (!found) throw new WrongUse(`--format attend : ${formats.join(', ')}.`);
	return found;
}

function written(
	file: ExportedFile,
	call: Call,
	context: Context,
	schema: string,
	done: string,
	pertes: readonly string[] = []
): Answer {
	const sortie = text(call.options, 'sortie')!;
	context.writeFile(sortie, file.octets);
	const octets = file.octets.byteLength;
	return {
		json: { schema, fichier: sortie, octets, ...(pertes.length > 0 && { pertes }) },
		lisible: [
			`${done} : ${sortie} (${fr.number(octets / 1024, 0)} Kio).`,
			...(pertes.length > 0 ? ['Ce format ne porte pas :', ...pertes.map((p) => `- ${p}`)] : [])
		].join('\n')
	};
}
