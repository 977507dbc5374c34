import { useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useEffect, useMemo, useRef } from 'preact/hooks'
import type { Layer, Stage } from '../api/flows.ts'
import { number } from '../format.ts'
import { say, sayIf } from '../words/words.ts'
import { characterOf, isText, type Segment, segmentsOf } from './segments.ts'

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

/** Gives the name of a stage in words: `frame 2` is numbered. */
export function stageName(stage: string): string {
	const [, n] = /^frame (\d+)$/.exec(stage) ?? []
	const [, at] = /^HDLC, refused frame at byte (\d+) of the input$/.exec(stage) ?? []
	if (at !== undefined) return say('stage.refused', { at })
	return n === undefined ? (sayIf(`stage.${stage}`) ?? stage) : say('stage.frame', { number: n })
}

/** What else is to be seen in a stage: meanings that are pointed at elsewhere, bytes that differ from another telegram's, and those that were refused. */
export type Marks = {
	notes?: ReadonlySet<number>
	changed?: ReadonlySet<number>
	refused?: { at: number; length: number }
	/** Called with the meaning of a piece that is clicked, or chosen by a key. */
	onPoint?(note: number): void
	/** Shown below the meaning of the bytes: what became of them. */
	became?(note: number): ComponentChildren
}

const NO_MARKS: Marks = {}

/**
 * Bytes with their meanings: pointing at one shows the other. Arrow keys move from piece to piece. A stage that only carries another is folded, until
 * something in it is pointed at.
 */
export function StageView({ stage, open, marks = NO_MARKS }: { stage: Stage; open: boolean; marks?: Marks }) {
	const segments = useMemo(() => segmentsOf(stage), [stage])
	const isOpen = useSignal(open)
	const readable = useMemo(() => isText(stage), [stage])
	const asText = useSignal(true)
	useEffect(() => {
		if (marks.notes?.size) isOpen.value = true
	}, [marks.notes])
	return (
		<details class="card stage" open={open} onToggle={(event) => (isOpen.value = event.currentTarget.open)}>
			<summary>
				<h2>{stageName(stage.stage)}</h2>
				<span class="faint small">{number(stage.hex.length / 2, 0, 'B')}</span>
			</summary>
			{isOpen.value && (
				<>
					{readable && (
						<button type="button" class="quiet as-text" aria-pressed={asText.value} onClick={() => (asText.value = !asText.value)}>
							{say('tel.asText')}
						</button>
					)}
					<Pieces stage={stage} segments={segments} marks={marks} asText={readable && asText.value} />
				</>
			)}
		</details>
	)
}

type PiecesProps = { stage: Stage; segments: Segment[]; marks: Marks; asText: boolean }

function Pieces({ stage, segments, marks, asText }: PiecesProps) {
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
	const isMarked = (one: number | undefined): boolean => one !== undefined && marks.notes?.has(one) === true
	useEffect(() => {
		const place = segments.findIndex((one) => isMarked(one.note))
		if (place < 0) return
		if (!isMarked(segments[current.value]?.note)) show(place)
		scrollTo(bytes.current, bytes.current?.querySelector<HTMLElement>(`[data-place="${place}"]`))
	}, [marks.notes])
	useEffect(() => {
		// Scrolls the list only, never the page; not while somebody points into it.
		const row = pointed.value === undefined ? list.current?.querySelector<HTMLElement>('.is-here') : undefined
		if (row && list.current) list.current.scrollTop = row.offsetTop - list.current.clientHeight / 2
	}, [note])
	return (
		<div class="stage-columns">
			<div class="stage-bytes">
				<div ref={bytes} class={asText ? 'bytes mono is-text' : 'bytes mono'} role="toolbar" aria-label={say('tel.bytes')} onKeyDown={step}>
					{segments.map((segment, place) => (
						<Piece
							key={segment.at}
							segment={segment}
							place={place}
							text={textOf(stage, segment)}
							isHere={place === current.value}
							isMarked={isMarked(segment.note)}
							asText={asText}
							marks={marks}
							onShow={show}
						/>
					))}
				</div>
				<Meaning stage={stage} segment={segments[current.value]} marks={marks} />
			</div>
			{stage.notes.length > 0 && (
				// biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must have the focus for keys to scroll it
				<ol ref={list} class="notes" aria-label={say('tel.meanings')} tabIndex={0}>
					{stage.notes.map(({ at, length, text, layer = 'application' }, place) => (
						<li
							key={`${at} ${place}`}
							class={`note${place === note ? ' is-here' : ''}${isMarked(place) ? ' is-marked' : ''}`}
							onMouseEnter={() => point(place)}
						>
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

type PieceProps = {
	segment: Segment
	place: number
	text: string
	isHere: boolean
	isMarked: boolean
	asText: boolean
	marks: Marks
	onShow(place: number): void
}

function Piece({ segment: { at, bytes, layer, note }, place, text, isHere, isMarked, asText, marks, onShow }: PieceProps) {
	const { changed, refused, onPoint } = marks
	const differs = changed !== undefined && bytes.some((_, byte) => changed.has(at + byte))
	const bad = refused !== undefined && at < refused.at + refused.length && at + bytes.length > refused.at
	const choose = (): void => {
		onShow(place)
		if (note !== undefined) onPoint?.(note)
	}
	const shown = asText ? characterOf : String
	const space = (nth: number): string => (asText || nth === 0 ? '' : ' ')
	const whole = bytes.map(shown).join(asText ? '' : ' ')
	const states = [isHere && 'is-here', isMarked && 'is-marked', bad && 'is-refused'].filter(Boolean).join(' ')
	const said = [text, differs ? say('tel.changed') : '', bad ? say('tel.refused') : ''].filter(Boolean).join(', ')
	return (
		// biome-ignore lint/a11y/useSemanticElements: a button cannot be broken over lines, as bytes are
		<span
			role="button"
			class={`piece layer-${layer ?? 'none'} ${states}`.trimEnd()}
			data-place={place}
			tabIndex={isHere ? 0 : -1}
			aria-label={`${said}: ${whole}`}
			onMouseEnter={() => onShow(place)}
			onFocus={() => onShow(place)}
			onClick={choose}
			onKeyDown={(event) => {
				if (event.key !== 'Enter' && event.key !== ' ') return
				event.preventDefault()
				choose()
			}}
		>
			{differs ? bytes.map((byte, nth) => [space(nth), changed.has(at + nth) ? <b class="changed">{shown(byte)}</b> : shown(byte)]) : whole}
		</span>
	)
}

/** Scrolls a part into the middle of the one that scrolls, and nothing around that. */
export function scrollTo(around: HTMLElement | null | undefined, part: HTMLElement | null | undefined): void {
	if (!around || !part) return
	const [outer, inner] = [around.getBoundingClientRect(), part.getBoundingClientRect()]
	if (inner.top < outer.top || inner.bottom > outer.bottom) around.scrollTop += inner.top - outer.top - outer.height / 2
}

/** Explains the bytes that are pointed at, where there is no room for the list of all meanings beside them. */
function Meaning({ stage, segment, marks }: { stage: Stage; segment: Segment | undefined; marks: Marks }) {
	if (!segment) return null
	const { layer, note } = segment
	return (
		<div class="meaning">
			<p class="meaning-text">{textOf(stage, segment)}</p>
			<p class="faint small">
				{say('tel.place', { at: segment.at, count: segment.bytes.length })}
				{layer !== undefined && ` · ${say(`layer.${layer}`)}`}
			</p>
			{note !== undefined && marks.became?.(note)}
		</div>
	)
}
