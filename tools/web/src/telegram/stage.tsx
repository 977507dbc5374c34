import { useSignal } from '@preact/signals'
import { useEffect, useMemo, useRef } from 'preact/hooks'
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
export function stageName(stage: string): string {
	const [, n] = /^frame (\d+)$/.exec(stage) ?? []
	return n === undefined ? (sayIf(`stage.${stage}`) ?? stage) : say('stage.frame', { number: n })
}

/** Bytes with their meanings: pointing at one shows the other. Arrow keys move from piece to piece. A stage that only carries another is folded. */
export function StageView({ stage, open }: { stage: Stage; open: boolean }) {
	const segments = useMemo(() => segmentsOf(stage), [stage])
	const isOpen = useSignal(open)
	return (
		<details class="card stage" open={open} onToggle={(event) => (isOpen.value = event.currentTarget.open)}>
			<summary>
				<h2>{stageName(stage.stage)}</h2>
				<span class="faint small">{number(stage.hex.length / 2, 0, 'B')}</span>
			</summary>
			{isOpen.value && <Pieces stage={stage} segments={segments} />}
		</details>
	)
}

function Pieces({ stage, segments }: { stage: Stage; segments: Segment[] }) {
	const current = useSignal(
		Math.max(
			0,
			segments.findIndex(({ layer }) => layer === 'value'),
		),
	)
	/** A meaning without bytes of its own, as those within it took all. */
	const pointed = useSignal<number | undefined>(undefined)
	const bytes = useRef<HTMLDivElement>(null)
	const list = useRef<HTMLOListElement>(null)
	const show = (place: number): void => {
		current.value = place
		pointed.value = undefined
	}
	const step = (event: KeyboardEvent): void => {
		const by = { ArrowRight: 1, ArrowLeft: -1, Home: -segments.length, End: segments.length }[event.key]
		if (by === undefined) return
		event.preventDefault()
		const next = Math.min(Math.max(0, current.value + by), segments.length - 1)
		show(next)
		bytes.current?.querySelector<HTMLElement>(`[data-place="${next}"]`)?.focus()
	}
	const point = (note: number): void => {
		const place = segments.findIndex((one) => one.note === note)
		if (place >= 0) current.value = place
		pointed.value = note
	}
	const note = pointed.value ?? segments[current.value]?.note
	useEffect(() => {
		// Scrolls the list only, never the page; not while somebody points into it.
		const row = pointed.value === undefined ? list.current?.querySelector<HTMLElement>('.is-here') : undefined
		if (row && list.current) list.current.scrollTop = row.offsetTop - list.current.clientHeight / 2
	}, [note])
	return (
		<div class="stage-columns">
			<div class="stage-bytes">
				<div ref={bytes} class="bytes mono" role="toolbar" aria-label={say('tel.bytes')} onKeyDown={step}>
					{segments.map((segment, place) => (
						<Piece
							key={segment.at}
							segment={segment}
							place={place}
							text={textOf(stage, segment)}
							isHere={place === current.value}
							onShow={show}
						/>
					))}
				</div>
				<Meaning stage={stage} segment={segments[current.value]} />
			</div>
			{stage.notes.length > 0 && (
				// biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must have the focus for keys to scroll it
				<ol ref={list} class="notes" aria-label={say('tel.meanings')} tabIndex={0}>
					{stage.notes.map(({ at, length, text, layer = 'application' }, place) => (
						<li key={`${at} ${place}`} class={place === note ? 'note is-here' : 'note'} onMouseEnter={() => point(place)}>
							<span class="faint note-at">{at}</span>
							<span class={`swatch layer-${layer}`} aria-hidden="true" />
							<span class="note-text">
								{text.trimStart()}
								<span class="hidden-text">{`, ${say(`layer.${layer}`)}`}</span>
							</span>
							<span class="faint note-length">{length}</span>
						</li>
					))}
				</ol>
			)}
		</div>
	)
}

/** Says what bytes mean. */
export const textOf = ({ notes }: Stage, { note }: Segment): string =>
	note === undefined ? say('tel.unexplained') : (notes[note]?.text.trim() ?? '')

type PieceProps = { segment: Segment; place: number; text: string; isHere: boolean; onShow(place: number): void }

function Piece({ segment: { bytes, layer }, place, text, isHere, onShow }: PieceProps) {
	return (
		// biome-ignore lint/a11y/useSemanticElements: a button cannot be broken over lines, as bytes are
		<span
			role="button"
			class={`piece layer-${layer ?? 'none'}${isHere ? ' is-here' : ''}`}
			data-place={place}
			tabIndex={isHere ? 0 : -1}
			aria-label={`${text}: ${bytes.join(' ')}`}
			onMouseEnter={() => onShow(place)}
			onFocus={() => onShow(place)}
			onClick={() => onShow(place)}
			onKeyDown={() => undefined}
		>
			{bytes.join(' ')}
		</span>
	)
}

/** Explains the bytes that are pointed at, where there is no room for the list of all meanings beside them. */
function Meaning({ stage, segment }: { stage: Stage; segment: Segment | undefined }) {
	if (!segment) return null
	const { layer } = segment
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
