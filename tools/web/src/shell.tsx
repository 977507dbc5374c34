import { useSignal } from '@preact/signals'
import type { ComponentType } from 'preact'
import { useEffect, useErrorBoundary, useRef } from 'preact/hooks'
import { when } from './format.ts'
import { connection, lostAt, mayChange, outdated, session, titleOf } from './live.ts'
import { Icon } from './parts/icon.tsx'
import { ProcessProblems } from './parts/problems.tsx'
import { href, route } from './router.ts'
import { PLACES, tabs } from './routes.ts'
import { say } from './words/words.ts'
import { left } from './workbench/left.ts'

/** The frame of the page: tabs, notices, and the place that the address names. */
export function Shell() {
	const name = placeOf()
	useEffect(() => {
		document.title = `${title(name)} · cii2mqtt`
	})
	return (
		<>
			<button type="button" class="skip" onClick={() => document.getElementById('main')?.focus()}>
				{say('app.skip')}
			</button>
			{session.value && session.value.rights !== 'none' && <Tabs current={name} />}
			<div class={connection.value === 'lost' ? 'column stale' : 'column'}>
				<Notices />
				<main id="main" tabIndex={-1}>
					<Part key={name} name={name} />
				</main>
			</div>
		</>
	)
}

/** The tab's name for a place: its tab's word, or the name in its address. */
function title(name: string): string {
	const place = PLACES[name]
	const [, meter] = route.value.parts
	if (place?.word && meter === undefined) return say(place.word)
	return place?.tab ? say(place.tab.word) : meter === undefined ? name : titleOf(meter)
}

/** The place to show: signing in for those who may not look. */
function placeOf(): string {
	const wanted = route.value.parts[0] ?? 'now'
	const place = PLACES[wanted]
	if (session.value?.rights === 'none' && !place?.open) return 'signin' in PLACES ? 'signin' : wanted
	if (location.hash.startsWith('#token=') && 'signin' in PLACES) return 'signin'
	return place?.change && session.value && !mayChange() ? 'now' : wanted
}

function Tabs({ current }: { current: string }) {
	const shown = current === 'meter' ? 'now' : current === 'kind' ? 'settings' : current
	return (
		<nav class="tabs" aria-label={say('app.sections')}>
			<span class="brand" aria-hidden="true">
				<Brand />
			</span>
			{tabs().map(({ name, word, icon }) => (
				<a key={name} href={href(name)} aria-current={name === shown ? 'page' : undefined}>
					<Icon name={icon} />
					<span>{say(word)}</span>
				</a>
			))}
		</nav>
	)
}

function Brand() {
	return (
		<svg width="34" height="34" viewBox="0 0 34 34">
			<title>cii2mqtt</title>
			<path class="brand-import" d="M11 6v22m0 0-7-7m7 7 7-7" />
			<path class="brand-export" d="M23 28V6m0 0-7 7m7-7 7 7" />
		</svg>
	)
}

/** Shows what holds for the whole page: the connection, a new version, a simulated house, and the process's own problems. */
function Notices() {
	const lost = connection.value === 'lost'
	return (
		<section class="notices" aria-label={say('app.notices')}>
			<div role="status" aria-live="polite">
				{lost && (
					<p class="notice warning">
						<Icon name="warning" size={20} />
						<span>{say('app.lost', { time: when(lostAt.value) })}</span>
					</p>
				)}
			</div>
			{outdated.value && (
				<p class="notice">
					<span>{say('app.outdated')}</span>
					<button type="button" class="quiet" onClick={() => location.reload()}>
						{say('app.reload')}
					</button>
				</p>
			)}
			<ProcessProblems />
			{left.value !== undefined && (
				<p class="notice plain">
					<span role="status">{say('bench.left', { name: left.value })}</span>
					<a class="button quiet" href={href('workbench', left.value)}>
						{say('bench.left.back')}
					</a>
					<button type="button" class="quiet icon-only" aria-label={say('bench.left.close')} onClick={() => (left.value = undefined)}>
						<Icon name="close" size={18} />
					</button>
				</p>
			)}
			{session.value?.demo && <p class="notice plain">{say('app.demo')}</p>}
		</section>
	)
}

const loaded = new Map<string, ComponentType>()

/** Shows a place once its code is there. A failure in it leaves the rest of the page alone. */
function Part({ name }: { name: string }) {
	const view = useSignal<ComponentType | undefined>(loaded.get(name))
	const failure = useSignal<string | undefined>(undefined)
	const [error, reset] = useErrorBoundary()
	const first = useRef(true)
	const load = (): void => {
		failure.value = undefined
		PLACES[name]?.load().then(
			(component) => {
				loaded.set(name, component)
				view.value = component
			},
			(reason: unknown) => {
				failure.value = String(reason instanceof Error ? reason.message : reason)
			},
		)
	}
	useEffect(() => {
		if (first.current && !view.value) load()
		first.current = false
	}, [])
	if (!(name in PLACES)) return <p class="lonely">{say('app.missing')}</p>
	const text = error === undefined ? failure.value : String(error instanceof Error ? error.message : error)
	if (text !== undefined)
		return (
			<div class="lonely">
				<p>{say('app.failed', { text })}</p>
				<button type="button" onClick={() => (error === undefined ? load() : reset())}>
					{say('app.again')}
				</button>
			</div>
		)
	const View = view.value
	return View ? <View /> : <p class="lonely faint">{say('app.loading')}</p>
}
