import { showTelegram } from './source-now.ts'
import { answer } from './state.ts'

/** Shows the telegram that many places after the one that is shown, within the list. */
export function step(by: number): void {
	const { telegrams = [], shown } = answer.value ?? {}
	const here = telegrams.findIndex(({ n }) => n === shown?.n)
	const next = telegrams[Math.min(Math.max(0, here + by), telegrams.length - 1)]
	if (next && next.n !== shown?.n) showTelegram(next)
}
