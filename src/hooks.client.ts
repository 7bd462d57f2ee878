import { noteTyped } from '$lib/ui/typed-early';
import type { ClientInit } from '@sveltejs/kit';

export const init: ClientInit = () => noteTyped();
