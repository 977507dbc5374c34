import { useSignal } from '@preact/signals'
import type { RefObject } from 'preact'
import { useEffect } from 'preact/hooks'

/** Whether an element has come near the screen: a town has more meters than a screen. */
export function useSeen(element: RefObject<HTMLElement | null>): boolean {
	const seen = useSignal(false)
	useEffect(() => {
		if (!element.current) return
		const observer = new IntersectionObserver(
			(entries) => {
				if (!entries.some(({ isIntersecting }) => isIntersecting)) return
				seen.value = true
				observer.disconnect()
			},
			{ rootMargin: '400px' },
		)
		observer.observe(element.current)
		return () => observer.disconnect()
	}, [])
	return seen.value
}
