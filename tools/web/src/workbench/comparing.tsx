import { computed, effect, signal } from '@preact/signals'
import { useEffect, useId } from 'preact/hooks'
import { call } from '../api/client.ts'
import type { WorkbenchAnswer, WorkbenchShown, WorkbenchTelegram } from '../api/types.ts'
import { say } from '../words/words.ts'
import { type Difference, differenceOf, sameStage } from './compare.ts'
import { shown } from './point.ts'
import { stages } from './stages.ts'
import { answer, question, source } from './state.ts'

/** The telegram to compare with: none, the one before that is shown, or one by its place. */
const wanted = signal<'none' | 'before' | number>('none')
/** The other telegram, whole. */
export const other = signal<WorkbenchShown | undefined>(undefined)

const otherOne = computed<WorkbenchTelegram | undefined>(() => {
	const { telegrams = [], shown: now } = answer.value ?? {}
	const here = telegrams.findIndex(({ n }) => n === now?.n)
	const place = wanted.value === 'before' ? here - 1 : telegrams.findIndex(({ n }) => n === wanted.value)
	return wanted.value === 'none' || place === here ? undefined : telegrams[place]
})

/** What differs, stage by stage. */
export const differences = computed<(Difference | undefined)[]>(() => {
	const all = other.value?.stages
	if (!all) return []
	return stages.value.map((stage, place) => {
		const same = sameStage(stages.value, place, all)
		return same && differenceOf(stage, same)
	})
})

/** Gives the value of a register in the other telegram, where it has another there. */
export function wasOf(key: string, value: unknown): { value: unknown } | undefined {
	const row = other.value?.rows.find((one) => one.key === key)
	return row && JSON.stringify(row.value) !== JSON.stringify(value) ? { value: row.value } : undefined
}

/** Asks for the other telegram when it, or how telegrams are read, becomes another. */
function follow(): () => void {
	let asked = ''
	let stop: AbortController | undefined
	const end = effect(() => {
		const { value: one } = otherOne
		const cut = stages.value.map(({ stage, hex }) => `${stage} ${hex.length}`).join()
		const about = one ? JSON.stringify([source.value, one.id ?? one.n, shown.value?.n, cut]) : ''
		if (about === asked) return
		asked = about
		stop?.abort()
		if (!one) {
			other.value = undefined
			return
		}
		stop = new AbortController()
		void load(one, stop.signal)
	})
	return () => {
		end()
		stop?.abort()
		other.value = undefined
		wanted.value = 'none'
	}
}

async function load({ n, id }: WorkbenchTelegram, signal: AbortSignal): Promise<void> {
	const from = source.peek()
	const asks = from && 'meter' in from && id !== undefined ? { source: { meter: from.meter, id } } : { telegram: n }
	try {
		const found = await call<WorkbenchAnswer>('workbench', { method: 'POST', body: { ...question(), ...asks, samples: false }, signal })
		if (!signal.aborted) other.value = found.shown
	} catch {
		if (!signal.aborted) other.value = undefined
	}
}

/** Chooses the telegram to compare with, and says how much differs. */
export function Compare({ telegrams }: { telegrams: WorkbenchTelegram[] }) {
	const id = useId()
	useEffect(follow, [])
	const here = shown.value?.n
	const count = differences.value.reduce((sum, one) => sum + (one?.bytes.size ?? 0), 0)
	return (
		<div class="compare">
			<label for={id}>{say('panes.compare')}</label>
			<select
				id={id}
				value={String(wanted.value)}
				onChange={({ currentTarget: { value } }) => {
					wanted.value = value === 'none' || value === 'before' ? value : Number(value)
				}}
			>
				<option value="none">{say('panes.compareNone')}</option>
				<option value="before">{say('panes.compareBefore')}</option>
				{telegrams.map(({ n }) => (
					<option key={n} value={String(n)} disabled={n === here}>
						{say('panes.compareWith', { n: n + 1 })}
					</option>
				))}
			</select>
			<span class="faint small" role="status">
				{other.value && (count === 0 ? say('panes.compareSame') : say('panes.compareBytes', { count }))}
			</span>
		</div>
	)
}
