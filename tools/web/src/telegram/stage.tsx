import { useSignal } from '@preact/signals'
import { useMemo, useRef } from 'preact/hooks'
import type { Layer, Stage } from '../api/flows.ts'
import { number } from '../format.ts'
import { say, sayIf } from '../words/words.ts'
import { type Segment, segmentsOf } from './segments.ts'

const LAYERS: Layer[] = ['link', 'cipher', 'application', 'value']

/** Says what the colours mean, those that occur. */
export function Legend({ stages }: { stages: Stage[] }) {
	const there = new Set(stages.flatMap(({ notes }) => notes.map(({ layer }) => layer)))
	return (
		<ul class="legend">
			{LAYERS.filter((layer) => there.has(layer)).map((layer) => (
				<li key={layer}>
					<span class={`swatch layer-${layer}`} aria-hidden="true" />
					{say(`layer.${layer}`)}
				</li>
			))}
		</ul>
	)
}

/** The name of a stage in words: `frame 2` is numbered. */
function stageName(stage: string): string {
	const [, n] = /^frame (\d+)$/.exec(stage) ?? []
	return n === undefined ? (sayIf(`stage.${stage}`) ?? stage) : say('stage.frame', { number: n })
}

/** Bytes with their meanings: pointing at one shows the other. Arrow keys move from piece to piece. */
export function StageView({ stage }: { stage: Stage }) {
	const segments = useMemo(() => segmentsOf(stage), [stage])
	const current = useSignal(
		Math.max(
			0,
			segments.findIndex(({ layer }) => layer === 'value'),
		),
	)
	const pinned = useSignal<number | undefined>(undefined)
	const bytes = useRef<HTMLDivElement>(null)
	const noteOf = (place: number) => segments[place]?.note
	const show = (place: number): void => {
		current.value = place
	}
	const step = (event: KeyboardEvent): void => {
		const by = { ArrowRight: 1, ArrowLeft: -1, Home: -segments.length, End: segments.length }[event.key]
		if (by === undefined) return
		event.preventDefault()
		const next = Math.min(Math.max(0, current.value + by), segments.length - 1)
		show(next)
		bytes.current?.querySelector<HTMLElement>(`[data-place="${next}"]`)?.focus()
	}
	const byNote = (note: number): void => {
		const place = segments.findIndex((one) => one.note === note)
		if (place >= 0) show(place)
		pinned.value = note
	}
	const note = noteOf(current.value)
	return (
		<section class="card stage">
			<header>
				<h2>{stageName(stage.stage)}</h2>
				<span class="faint small">{number(stage.hex.length / 2, 0, 'B')}</span>
			</header>
			<div class="stage-columns">
				<div class="stage-bytes">
					<div ref={bytes} class="bytes mono" role="toolbar" aria-label={say('tel.bytes')} onKeyDown={step}>
						{segments.map((segment, place) => (
							<Bytes
								key={segment.at}
								segment={segment}
								place={place}
								text={textOf(stage, segment)}
								isCurrent={place === current.value}
								onShow={show}
							/>
						))}
					</div>
					<Meaning stage={stage} segment={segments[current.value]} />
				</div>
				{stage.notes.length > 0 && (
					<ol class="notes" aria-label={say('tel.meanings')}>
						{stage.notes.map(({ at, length, text, layer = 'application' }, place) => (
							<li key={`${at} ${place}`}>
								<button
									type="button"
									class={`quiet note${place === note ? ' here' : ''}`}
									tabIndex={-1}
									onClick={() => byNote(place)}
									onMouseEnter={() => byNote(place)}
								>
									<span class="faint note-at">{at}</span>
									<span class={`swatch layer-${layer}`} aria-hidden="true" />
									<span class="note-text">{text.trimStart()}</span>
									<span class="faint note-length">{length}</span>
								</button>
							</li>
						))}
					</ol>
				)}
			</div>
		</section>
	)
}

const textOf = ({ notes }: Stage, { note }: Segment): string =>
	note === undefined ? say('tel.unexplained') : (notes[note]?.text.trim() ?? '')

type BytesProps = { segment: Segment; place: number; text: string; isCurrent: boolean; onShow(place: number): void }

function Bytes({ segment: { bytes, layer }, place, text, isCurrent, onShow }: BytesProps) {
	return (
		<button
			type="button"
			class={`piece layer-${layer ?? 'none'}${isCurrent ? ' here' : ''}`}
			data-place={place}
			tabIndex={isCurrent ? 0 : -1}
			aria-label={`${text}: ${bytes.slice(0, 8).join(' ')}${bytes.length > 8 ? ' …' : ''}`}
			onMouseEnter={() => onShow(place)}
			onFocus={() => onShow(place)}
			onClick={() => onShow(place)}
		>
			{bytes.join(' ')}
		</button>
	)
}

/** What the bytes mean that are pointed at. */
function Meaning({ stage, segment }: { stage: Stage; segment: Segment | undefined }) {
	if (!segment) return null
	const layer = segment.layer
	return (
		<div class="meaning">
			<p class="meaning-text">{textOf(stage, segment)}</p>
			<p class="faint small">
				{say('tel.place', { at: segment.at, count: segment.bytes.length })}
				{layer !== undefined && ` · ${say(`layer.${layer}`)}`}
			</p>
		</div>
	)
}
