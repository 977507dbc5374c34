import '../style/form.css'
import '../style/log.css'
import { useSignal } from '@preact/signals'
import { useEffect, useMemo, useRef } from 'preact/hooks'
import { call } from '../api/client.ts'
import type { LogEntry } from '../api/types.ts'
import { date, when } from '../format.ts'
import { allMeters, clock, connection, onEvent } from '../live.ts'
import { Choice, Failure, Field } from '../parts/form.tsx'
import { say } from '../words/words.ts'

/** Lines that are held and shown: as many as the server keeps. */
const MOST = 1000
const LEVELS = ['info', 'warn', 'error'] as const
type Level = LogEntry['level']

const isEntry = (data: unknown): data is LogEntry =>
	typeof data === 'object' && data !== null && 'n' in data && typeof data.n === 'number' && 'text' in data

/** The log as it goes on, the newest first; held still while somebody reads. */
export function Log() {
	const entries = useSignal<LogEntry[] | undefined>(undefined)
	const waiting = useSignal<LogEntry[]>([])
	const paused = useSignal(false)
	const error = useSignal<unknown>(undefined)
	const level = useSignal<Level>('info')
	const meter = useSignal('')
	const text = useSignal('')
	const copied = useSignal(false)
	const last = useRef(0)

	const take = (news: LogEntry[]): void => {
		const fresh = news.filter(({ n }) => n > last.current).sort((one, other) => one.n - other.n)
		if (fresh.length === 0) return
		last.current = fresh.at(-1)?.n ?? last.current
		if (paused.value) waiting.value = [...waiting.value, ...fresh].slice(-MOST)
		else entries.value = [...(entries.value ?? []), ...fresh].slice(-MOST)
	}
	useEffect(() => onEvent('log', (data) => isEntry(data) && take([data])), [])
	const isLive = connection.value === 'live'
	useEffect(() => {
		if (!isLive) return
		const stop = new AbortController()
		// A server that was started again counts its lines from one.
		entries.value = undefined
		waiting.value = []
		last.current = 0
		call<{ entries: LogEntry[] }>('log?after=0&level=info', { signal: stop.signal }).then(
			(answer) => {
				// Lines may have come by the stream before the answer.
				const known = entries.value ?? []
				last.current = Math.max(last.current, answer.entries.at(-1)?.n ?? 0)
				const numbers = new Set(answer.entries.map(({ n }) => n))
				entries.value = [...answer.entries, ...known.filter(({ n }) => !numbers.has(n))].sort((one, other) => one.n - other.n).slice(-MOST)
			},
			(reason: unknown) => {
				if (!stop.signal.aborted) error.value = reason
			},
		)
		return () => stop.abort()
	}, [isLive])
	const resume = (): void => {
		paused.value = !paused.value
		if (paused.value) return
		entries.value = [...(entries.value ?? []), ...waiting.value].slice(-MOST)
		waiting.value = []
	}
	const shown = useMemo(() => {
		const least = LEVELS.indexOf(level.value)
		const wanted = text.value.trim().toLowerCase()
		return (entries.value ?? [])
			.filter((one) => LEVELS.indexOf(one.level) >= least && (meter.value === '' || one.meter === meter.value))
			.filter((one) => wanted === '' || `${one.meter ?? ''} ${one.text}`.toLowerCase().includes(wanted))
			.reverse()
	}, [entries.value, level.value, meter.value, text.value])
	const copy = (): void => {
		const lines = shown
			.toReversed()
			.map((one) => `${one.time} ${one.level.padEnd(5)} ${one.meter === undefined ? '' : `${one.meter}: `}${one.text}`)
		navigator.clipboard.writeText(lines.join('\n')).then(
			() => {
				copied.value = true
				setTimeout(() => (copied.value = false), 2000)
			},
			(reason: unknown) => {
				error.value = reason
			},
		)
	}
	return (
		<div class="log">
			<header class="log-head">
				<h1>{say('tab.log')}</h1>
				<div class="log-actions">
					<button type="button" aria-pressed={paused.value} onClick={resume}>
						{paused.value ? say('log.resume', { count: waiting.value.length }) : say('log.pause')}
					</button>
					<button type="button" disabled={shown.length === 0} onClick={copy}>
						{say(copied.value ? 'log.copied' : 'log.copy')}
					</button>
				</div>
			</header>
			<div class="log-filters">
				<Choice<Level>
					legend={say('log.level')}
					name="level"
					value={level.value}
					onPick={(one) => (level.value = one)}
					options={LEVELS.map((one) => [one, say(`log.from.${one}`)])}
				/>
				<label class="field">
					<span class="field-label">{say('log.meter')}</span>
					<select value={meter.value} onChange={(event) => (meter.value = event.currentTarget.value)}>
						<option value="">{say('log.all')}</option>
						{allMeters().map(({ name, title }) => (
							<option key={name} value={name}>
								{title}
							</option>
						))}
					</select>
				</label>
				<Field type="search" label={say('log.search')} value={text.value} onInput={(next) => (text.value = next)} />
			</div>
			<Failure error={error.value} />
			{entries.value && shown.length === 0 && <p class="faint none">{say(entries.value.length === 0 ? 'log.none' : 'log.nothing')}</p>}
			<ol class="lines card" aria-label={say('tab.log')} hidden={shown.length === 0}>
				{shown.map((one) => (
					<Line key={one.n} entry={one} />
				))}
			</ol>
		</div>
	)
}

const isToday = (time: string): boolean => date(time, 'date') === date(clock.value, 'date')

function Line({ entry: { time, level, text, meter } }: { entry: LogEntry }) {
	return (
		<li class={level}>
			<time dateTime={time} title={when(time)}>
				{isToday(time) ? '' : `${date(time, 'weekday')} `}
				{date(time, 'seconds')}
			</time>
			<span class="level">{say(`log.${level}`)}</span>
			<span class="line-text">
				{meter !== undefined && <span class="line-meter">{meter}</span>}
				{meter === undefined ? text : ` ${text}`}
			</span>
		</li>
	)
}
