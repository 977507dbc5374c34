import { signal } from '@preact/signals'

/** A code on its way to a place: from the list of codes, or from another place (from 0). */
export type Carried = { code: string; label: string; from?: number }

/** What was picked up by a click or key, and waits for its place. */
export const carried = signal<Carried | undefined>(undefined)
/** The place that a code is dragged over. */
export const over = signal<number | undefined>(undefined)

/** Pixels that a pointer moves before it drags: less is a click. */
const FAR = 6

/**
 * Follows a pointer that was pressed on a code until it is let go; `drop` gets the place (the number in `data-place`) where that was. By touch,
 * sideways movements drag and others scroll (`touch-action: pan-y`).
 */
export function carry(event: PointerEvent, what: Carried, drop: (at: number, what: Carried) => void): void {
	if (event.button !== 0 || !event.isPrimary) return
	const { clientX: x, clientY: y, pointerId } = event
	const stop = new AbortController()
	const { signal: until } = stop
	let ghost: HTMLElement | undefined
	const end = (): void => {
		stop.abort()
		ghost?.remove()
		over.value = undefined
	}
	const move = (now: PointerEvent): void => {
		if (now.pointerId !== pointerId) return
		if (!ghost && Math.hypot(now.clientX - x, now.clientY - y) < FAR) return
		now.preventDefault()
		ghost ??= ghostOf(what.label)
		ghost.style.transform = `translate(${now.clientX + 10}px, ${now.clientY + 10}px)`
		over.value = placeAt(now.clientX, now.clientY)
	}
	const up = (now: PointerEvent): void => {
		if (now.pointerId !== pointerId) return
		const isDragged = ghost !== undefined
		const at = placeAt(now.clientX, now.clientY)
		end()
		if (!isDragged) return
		// The click that follows on the part below would pick it up.
		const stopped = (click: MouseEvent): void => click.stopPropagation()
		addEventListener('click', stopped, { capture: true, once: true })
		setTimeout(() => removeEventListener('click', stopped, { capture: true }), 0)
		if (at !== undefined) drop(at, what)
	}
	addEventListener('pointermove', move, { signal: until, passive: false })
	addEventListener('pointerup', up, { signal: until })
	addEventListener('pointercancel', end, { signal: until })
	addEventListener('keydown', (key) => key.key === 'Escape' && end(), { signal: until })
}

function ghostOf(label: string): HTMLElement {
	const ghost = document.createElement('div')
	ghost.className = 'bench-ghost'
	ghost.textContent = label
	document.body.append(ghost)
	return ghost
}

function placeAt(x: number, y: number): number | undefined {
	const place = document.elementFromPoint(x, y)?.closest('[data-place]')?.getAttribute('data-place')
	return place === null || place === undefined ? undefined : Number(place)
}
