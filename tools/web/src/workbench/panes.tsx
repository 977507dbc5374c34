import { computed, type Signal, signal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { keep, kept } from '../kept.ts'
import { say } from '../words/words.ts'

/** The panes from left to right. */
export type PaneName = 'telegram' | 'results' | 'profile'
const NAMES: PaneName[] = ['telegram', 'results', 'profile']

/** Shares of the width, remembered by the browser. */
const FIRST: Record<PaneName, number> = { telegram: 33, results: 31, profile: 36 }
const KEPT = 'workbench.panes'
/** The least share of a pane. */
const LEAST = 14

const sizes = signal<Record<PaneName, number>>(keptSizes())
/** Panes by when they were picked, the last first: as many as fit are shown. */
const picked = signal<PaneName[]>(['telegram', 'results', 'profile'])
const room: Signal<number> = signal(3)

for (const [query, count] of [
	['(max-width: 43.74rem)', 1],
	['(min-width: 43.75rem) and (max-width: 68.74rem)', 2],
	['(min-width: 68.75rem)', 3],
] as const) {
	const media = matchMedia(query)
	const take = (): void => {
		if (media.matches) room.value = count
	}
	media.addEventListener('change', take)
	take()
}

const seen = computed(() => NAMES.filter((name) => picked.value.slice(0, room.value).includes(name)))

/** Shows a pane, on screens that have no room for all. */
export function showPane(name: PaneName): void {
	if (seen.value.includes(name)) return
	picked.value = [name, ...picked.value.filter((one) => one !== name)]
}

function keptSizes(): Record<PaneName, number> {
	const shares = (kept(KEPT) ?? '').split(' ').map(Number)
	const fits = shares.length === NAMES.length && shares.every((share) => share >= LEAST && share <= 100)
	return fits ? { telegram: shares[0] ?? 0, results: shares[1] ?? 0, profile: shares[2] ?? 0 } : FIRST
}

/** Lets one pane grow by so many shares, and its neighbour shrink. */
function move(left: PaneName, right: PaneName, by: number): void {
	const now = sizes.value
	const both = now[left] + now[right]
	const next = Math.min(Math.max(LEAST, now[left] + by), both - LEAST)
	sizes.value = { ...now, [left]: next, [right]: both - next }
	keep(KEPT, NAMES.map((name) => sizes.value[name].toFixed(1)).join(' '))
}

/** Three panes side by side where there is room, else two or one of them with buttons to choose. */
export function Panes(parts: Record<PaneName, ComponentChildren>) {
	const grid = useRef<HTMLDivElement>(null)
	const all = seen.value
	const columns = all.map((name) => `minmax(0, ${sizes.value[name]}fr)`).join(' 0.75rem ')
	useEffect(() => {
		grid.current?.style.setProperty('--panes', columns)
	}, [columns])
	return (
		<>
			{room.value < NAMES.length && (
				<fieldset class="pane-tabs" aria-label={say('panes.choose')}>
					{NAMES.map((name) => (
						<button key={name} type="button" aria-pressed={all.includes(name)} onClick={() => showPane(name)}>
							{say(`panes.${name}`)}
						</button>
					))}
				</fieldset>
			)}
			<div ref={grid} class="panes">
				{NAMES.map((name) => (
					<>
						{all.indexOf(name) > 0 && <Divider key={`before ${name}`} left={all[all.indexOf(name) - 1] ?? name} right={name} grid={grid} />}
						<section key={name} class={`pane pane-${name}`} aria-label={say(`panes.${name}`)} hidden={!all.includes(name)}>
							{parts[name]}
						</section>
					</>
				))}
			</div>
		</>
	)
}

/** The border between two panes: dragged, or moved by arrow keys. */
function Divider({ left, right, grid }: { left: PaneName; right: PaneName; grid: { current: HTMLDivElement | null } }) {
	const both = sizes.value[left] + sizes.value[right]
	const by = (event: KeyboardEvent): void => {
		const step = { ArrowLeft: -2, ArrowRight: 2, Home: -100, End: 100 }[event.key]
		if (step === undefined) return
		event.preventDefault()
		move(left, right, step)
	}
	const drag = (event: PointerEvent): void => {
		if (event.button !== 0) return
		const line = event.currentTarget as HTMLElement
		line.setPointerCapture(event.pointerId)
		let x = event.clientX
		const width = grid.current?.clientWidth ?? 1
		const shares = seen.value.reduce((sum, name) => sum + sizes.value[name], 0)
		const follow = ({ clientX }: PointerEvent): void => {
			move(left, right, ((clientX - x) / width) * shares)
			x = clientX
		}
		line.addEventListener('pointermove', follow)
		line.addEventListener('lostpointercapture', () => line.removeEventListener('pointermove', follow), { once: true })
	}
	return (
		// biome-ignore lint/a11y/useSemanticElements: hr cannot be moved
		<div
			role="separator"
			class="divider"
			tabIndex={0}
			aria-orientation="vertical"
			aria-label={say('panes.divider')}
			aria-valuemin={Math.round((LEAST / both) * 100)}
			aria-valuemax={Math.round((1 - LEAST / both) * 100)}
			aria-valuenow={Math.round((sizes.value[left] / both) * 100)}
			onKeyDown={by}
			onPointerDown={drag}
			onDblClick={() => (sizes.value = FIRST)}
		/>
	)
}
