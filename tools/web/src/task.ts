import { type Signal, useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'

/** A request that a button starts: whether it runs, and what it failed with. */
export type Task = { busy: Signal<boolean>; error: Signal<unknown>; run(work: () => Promise<unknown>): Promise<boolean> }

/** Makes a task; it runs once at a time. `run` gives whether it went well. */
export function useTask(): Task {
	const busy = useSignal(false)
	const error = useSignal<unknown>(undefined)
	async function run(work: () => Promise<unknown>): Promise<boolean> {
		if (busy.value) return false
		busy.value = true
		error.value = undefined
		try {
			await work()
			return true
		} catch (reason) {
			error.value = reason ?? new Error('failed')
			return false
		} finally {
			busy.value = false
		}
	}
	return { busy, error, run }
}

/** Asks again and again while a part is shown, `pause` ms after each answer, until `ask` gives false. */
export function usePolling(ask: (signal: AbortSignal) => Promise<boolean>, pause: number, key: unknown): void {
	const asked = useRef(ask)
	asked.current = ask
	useEffect(() => {
		const stop = new AbortController()
		let timer: ReturnType<typeof setTimeout> | undefined
		const turn = async (): Promise<void> => {
			let goesOn = true
			try {
				goesOn = await asked.current(stop.signal)
			} catch {
				// The next turn may do better.
			}
			if (goesOn && !stop.signal.aborted) timer = setTimeout(() => void turn(), pause)
		}
		void turn()
		return () => {
			stop.abort()
			clearTimeout(timer)
		}
	}, [key])
}
