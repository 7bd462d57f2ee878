import { readAccessibility } from '$lib/server/accessibility';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = () => ({ page: readAccessibility() });
