import { useSignal } from '@preact/signals'
import type { RefObject } from 'preact'
import { useEffect } from 'preact/hooks'

/** Gives the width of an element in px, and again whenever it changes; 0 before it is known. */
export function useWidth(element: RefObject<HTMLElement | null>): number {
	const width = useSignal(0)
	useEffect(() => {
		const one = element.current
		if (!one) return
		width.value = one.clientWidth
		const observer = new ResizeObserver(() => {
			width.value = one.clientWidth
		})
		observer.observe(one)
		return () => observer.disconnect()
	}, [])
	return width.value
}
