import { CORE_SCHEMA, load } from 'js-yaml';
import text from '/data/accessibilite/declaration.yaml?raw';
import { AccessibilityFile, accessibilityPage, type AccessibilityPage } from '../domain/accessibility';

let memo: AccessibilityFile | null = null;

/** What is declared, as written in `data/`; throws what is wrong with it. */
export const declaration = (): AccessibilityFile =>
	(memo ??= AccessibilityFile.parse(load(text, { schema: CORE_SCHEMA })));

/** The statement, with who opens this service: `CROISEE_ORGANISME`, `CROISEE_CONTACT_ACCESSIBILITE`; said missing without. */
export function readAccessibility(env: Readonly<Record<string, string | undefined>> = process.env): AccessibilityPage {
	const said = (name: string): string | null => env[name]?.trim() || null;
	return accessibilityPage(declaration(), {
		nom: said('CROISEE_ORGANISME'),
		contact: said('CROISEE_CONTACT_ACCESSIBILITE')
	});
}
