import { useSignal } from '@preact/signals'
import { call } from '../api/client.ts'
import type { SourceGiven, TelegramEntry } from '../api/types.ts'
import { titleOf } from '../live.ts'
import { Icon } from '../parts/icon.tsx'
import { usePolling } from '../task.ts'
import { say } from '../words/words.ts'
import { Chooser } from './chooser.tsx'
import { sourceOfFile } from './dropped.ts'
import { following, newest } from './source-now.ts'
import { answer, name, setSource, source } from './state.ts'
import { Stepper, Telegrams } from './telegrams.tsx'

/** Where the telegrams come from: a running meter, a recording, or what was pasted; and how to choose another. */
export function Source() {
	const open = useSignal(false)
	const over = useSignal(false)
	const { value: from } = source
	const shows = open.value || from === undefined
	const drop = (event: DragEvent): void => {
		event.preventDefault()
		over.value = false
		const file = event.dataTransfer?.files[0]
		if (!file) return
		open.value = false
		void sourceOfFile(file).then((given) => setSource(given))
	}
	return (
		<section
			class={`card bench-source${over.value ? ' is-over' : ''}`}
			aria-labelledby="bench-source"
			onDragOver={(event) => {
				event.preventDefault()
				over.value = true
			}}
			onDragLeave={() => (over.value = false)}
			onDrop={drop}
		>
			<header>
				<h2 id="bench-source">{from ? titleFor(from) : say('panes.source')}</h2>
				<Stepper />
				{from && (
					<button type="button" class="quiet" aria-expanded={shows} onClick={() => (open.value = !open.value)}>
						{say(shows ? 'panes.keep' : 'panes.change')}
					</button>
				)}
			</header>
			{from && 'meter' in from && <Live key={from.meter} meter={from.meter} />}
			<Telegrams />
			{shows && <Chooser onChosen={() => (open.value = false)} />}
		</section>
	)
}

function titleFor(from: SourceGiven): string {
	if ('meter' in from) return titleOf(from.meter)
	if ('text' in from) return from.name ?? say('panes.pasted')
	return from.profile === name.value ? from.sample : `${from.profile}: ${from.sample}`
}

/** Looks whether the meter has sent more, and shows that while it is followed. */
function Live({ meter }: { meter: string }) {
	usePolling(
		async (signal) => {
			const { telegrams } = await call<{ telegrams: TelegramEntry[] }>(`meters/${encodeURIComponent(meter)}/telegrams`, { signal })
			const [first] = telegrams
			if (!first || signal.aborted) return true
			const known = answer.peek()?.telegrams ?? []
			if (following.peek() && newest(known) !== first.id) setSource({ meter, id: first.id })
			return true
		},
		2000,
		meter,
	)
	const { value: from } = source
	const id = from && 'meter' in from ? from.id : undefined
	const isGone = id !== undefined && answer.value?.telegrams?.some((one) => one.id === id) === false
	const words = following.value ? say('panes.following') : say(isGone ? 'tel.gone' : 'panes.stays')
	return (
		<p class="live">
			<button
				type="button"
				class="follow"
				aria-pressed={following.value}
				onClick={() => {
					following.value = !following.value
				}}
			>
				<Icon name={following.value ? 'check' : 'down'} size={18} />
				{say('panes.follow')}
			</button>
			<span class="faint small">{words}</span>
		</p>
	)
}
