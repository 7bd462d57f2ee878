/*
 * A form of lists sent as soon as one is chosen from. With the arrows one goes down a closed list value by value, and each of
 * them is a change: they are held until Enter, or until one leaves the list; Escape puts back what was in force.
 */

/** Keys that open a list, whose answer is then a choice; any other one goes through a closed list. */
const OPENING = [' ', 'Enter', 'F4'];

/** A Svelte action: `use:sendChoice` on the form. */
export function sendChoice(form: HTMLFormElement): { destroy: () => void } {
	let walked = false;
	let held: HTMLSelectElement | null = null;
	let before = '';
	const hint = document.createElement('span');
	hint.className = 'attente';
	hint.setAttribute('role', 'status');
	form.append(hint);

	const list = (event: Event) => (event.target instanceof HTMLSelectElement ? event.target : null);

	function hold(select: HTMLSelectElement | null): void {
		held = select;
		hint.textContent = select ? 'Entrée pour appliquer' : '';
		if (!select) return;
		const [at, around] = [select.getBoundingClientRect(), form.getBoundingClientRect()];
		hint.style.left = `${Math.max(0, Math.min(at.left, around.right - hint.offsetWidth) - around.left)}px`;
		hint.style.top = `${at.bottom - around.top + 2}px`;
	}

	function send(): void {
		hold(null);
		form.requestSubmit();
	}

	function onkeydown(event: KeyboardEvent): void {
		const select = list(event);
		if (!select) return;
		if (held && (event.key === 'Enter' || event.key === 'Escape')) {
			event.preventDefault();
			event.stopPropagation();
			if (event.key === 'Enter') return send();
			select.value = before;
			return hold(null);
		}
		if (['Tab', 'Shift', 'Control'].includes(event.key)) return;
		if (held) return;
		walked = !event.altKey && !OPENING.includes(event.key);
		before = select.value;
	}

	function onchange(event: Event): void {
		const select = list(event);
		if (!select) return;
		if (!walked) send();
		else hold(select.value === before ? null : select);
	}

	const listeners = {
		keydown: onkeydown as EventListener,
		pointerdown: () => (walked = false),
		change: onchange,
		focusout: (event: Event) => {
			walked = false;
			if (held && event.target === held) send();
		}
	};
	for (const [name, listener] of Object.entries(listeners)) form.addEventListener(name, listener);
	return {
		destroy() {
			for (const [name, listener] of Object.entries(listeners)) form.removeEventListener(name, listener);
			hint.remove();
		}
	};
}
