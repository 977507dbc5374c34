import { UnknownMeter } from '../parts/unknown-meter.tsx'
import '../style/form.css'
import '../style/telegram.css'
import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { call, Refused } from '../api/client.ts'
import type { Stage, TelegramDetail, TelegramEntry } from '../api/flows.ts'
import { ago, date, number } from '../format.ts'
import { meterOf, names, titleOf } from '../live.ts'
import { Failure } from '../parts/form.tsx'
import { Icon } from '../parts/icon.tsx'
import { go, href, route } from '../router.ts'
import { usePolling } from '../task.ts'
import { Record } from '../telegram/record.tsx'
import { telling } from '../telegram/segments.ts'
import { Legend, StageView } from '../telegram/stage.tsx'
import { say, sayIf } from '../words/words.ts'
import { benchHref, profileName } from '../workbench/address.ts'

/** The last telegrams of a meter, and one of them byte by byte. */
export function Telegrams() {
	const [, name = '', id] = route.value.parts
	const list = useSignal<TelegramEntry[] | undefined>(undefined)
	const error = useSignal<unknown>(undefined)
	usePolling(
		async (signal) => {
			try {
				list.value = (await call<{ telegrams: TelegramEntry[] }>(`meters/${encodeURIComponent(name)}/telegrams`, { signal })).telegrams
				error.value = undefined
			} catch (reason) {
				if (!signal.aborted) error.value = reason
				if (reason instanceof Refused && reason.status === 404) return false
			}
			return true
		},
		3000,
		name,
	)
	const first = list.value?.find(({ outcome }) => outcome === 'reading') ?? list.value?.[0]
	useEffect(() => {
		if (id === undefined && first) go(['telegram', name, first.id], { replace: true })
	}, [id, first?.id, name])
	if (names.value && !names.value.includes(name)) return <UnknownMeter name={name} />
	return (
		<div class="telegrams">
			<header class="telegram-head">
				<a class="backward" href={href('meter', name)}>
					<Icon name="left" size={20} />
					{titleOf(name)}
				</a>
				<h1>{say('tel.title')}</h1>
				<p class="lead">
					{say('tel.lead')}{' '}
					<a href={benchHref(profileName(meterOf(name).value?.profile ?? ''), { meter: name, ...(id !== undefined && { id }) })}>
						{say('panes.open')}
					</a>
				</p>
			</header>
			<Failure error={error.value} />
			{list.value?.length === 0 && <p class="faint">{say('tel.none')}</p>}
			<div class="telegram-columns">
				<div class="telegram-list">{list.value && list.value.length > 0 && <List name={name} entries={list.value} current={id} />}</div>
				<div class="telegram-main">{id !== undefined && <Detail key={`${name} ${id}`} name={name} id={id} />}</div>
				<div class="telegram-record">
					<Record meter={name} />
				</div>
			</div>
		</div>
	)
}

function List({ name, entries, current }: { name: string; entries: TelegramEntry[]; current: string | undefined }) {
	return (
		<nav class="card list" aria-label={say('tel.last')}>
			<h2>{say('tel.last')}</h2>
			<ol>
				{entries.map(({ id, received, bytes, outcome, reason }) => (
					<li key={id}>
						<a href={href('telegram', name, id)} aria-current={id === current ? 'true' : undefined} class={outcome}>
							<span class={`outcome ${outcome}`}>{say(`tel.${outcome}`)}</span>
							<span class="list-time">{date(received, 'seconds', meterOf(name).value?.timezone)}</span>
							<span class="faint small list-more">
								{[number(bytes, 0, 'B'), reason === undefined ? '' : (sayIf(`reason.${reason}`) ?? reason), ago(received)]
									.filter(Boolean)
									.join(' · ')}
							</span>
						</a>
					</li>
				))}
			</ol>
		</nav>
	)
}

/** One telegram: its stages, what was read in them, and what became of it. It stays although newer ones push it out of the list. */
function Detail({ name, id }: { name: string; id: string }) {
	const detail = useSignal<TelegramDetail | undefined>(undefined)
	const error = useSignal<unknown>(undefined)
	useEffect(() => {
		const stop = new AbortController()
		call<TelegramDetail>(`meters/${encodeURIComponent(name)}/telegrams/${encodeURIComponent(id)}`, { signal: stop.signal }).then(
			(answer) => {
				detail.value = answer
			},
			(reason: unknown) => {
				if (!stop.signal.aborted) error.value = reason
			},
		)
		return () => stop.abort()
	}, [])
	const { value: now } = detail
	if (error.value instanceof Refused && error.value.status === 404) return <p class="faint card">{say('tel.gone')}</p>
	if (!now) return error.value === undefined ? <p class="faint">{say('app.loading')}</p> : <Failure error={error.value} />
	const opened = telling(now.stages)
	const all = now.stages.map((stage, place): [Stage, number] => [stage, place])
	const shown = all.filter(([, place]) => opened.has(place))
	const around = all.filter(([, place]) => !opened.has(place))
	return (
		<>
			<Legend stages={now.stages} />
			{shown.map(([stage, place]) => (
				<StageView key={place} stage={stage} open />
			))}
			<Folded title={say('tel.words')} text={now.text} open={now.reading === undefined} />
			{now.reading && <Folded title={say('tel.made')} text={JSON.stringify(now.reading, null, 2)} />}
			{now.issues && now.issues.length > 0 && <Folded title={say('meter.issues')} text={JSON.stringify(now.issues, null, 2)} open />}
			{around.length > 0 && (
				<section class="around">
					<h2>{say('tel.around')}</h2>
					{around.map(([stage, place]) => (
						<StageView key={place} stage={stage} open={false} />
					))}
				</section>
			)}
		</>
	)
}

function Folded({ title, text, open = false }: { title: string; text: string; open?: boolean }) {
	return (
		<details class="card stage" open={open}>
			<summary>
				<h2>{title}</h2>
			</summary>
			<Text text={text} />
		</details>
	)
}

/** A long text that scrolls, by keys as well. */
function Text({ text }: { text: string }) {
	return (
		// biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must have the focus for keys to scroll it
		<pre class="text" tabIndex={0}>
			{text}
		</pre>
	)
}
