import { computed } from '@preact/signals'
import type { Stage } from '../api/types.ts'
import { telling } from '../telegram/segments.ts'
import { Legend, type Marks, StageView, stageName } from '../telegram/stage.tsx'
import { say, sayIf } from '../words/words.ts'
import { differences } from './comparing.tsx'
import { showPane } from './panes.tsx'
import { pointField, pointNote, pointRow, shown } from './point.ts'
import { stages } from './stages.ts'
import { pointed } from './state.ts'

/** Meanings that are pointed at, stage by stage: the bytes of all registers, and the one that was clicked. */
const marked = computed<ReadonlySet<number>[]>(() => {
	const { rows, note } = pointed.value
	return stages.value.map(({ notes }, stage) => {
		const found = notes.flatMap((one, place) => (one.rows?.some((row) => rows.includes(row)) ? [place] : []))
		return new Set(note?.stage === stage ? [...found, note.note] : found)
	})
})

/** The bytes of the telegram, stage by stage: pointed at here or by register and field. */
export function Bytes() {
	const all = stages.value
	if (all.length === 0) return null
	const at = shown.value?.refused?.at
	const first = telling(all)
	if (at) first.add(at.stage)
	const view = (place: number, open: boolean) => {
		const stage = all[place]
		return stage && <OneStage key={`${place} ${stage.stage}`} stage={stage} place={place} open={open} />
	}
	const places = all.map((_, place) => place)
	const around = places.filter((place) => !first.has(place))
	return (
		<>
			<Refused />
			<Legend stages={all} />
			{places.filter((place) => first.has(place)).map((place) => view(place, true))}
			{around.length > 0 && (
				<section class="around">
					<h2>{say('tel.around')}</h2>
					{around.map((place) => view(place, false))}
				</section>
			)}
		</>
	)
}

function OneStage({ stage, place, open }: { stage: Stage; place: number; open: boolean }) {
	const at = shown.value?.refused?.at
	const notes = marked.value[place]
	const difference = differences.value[place]
	const marks: Marks = {
		...(notes && { notes }),
		...(difference && { changed: difference.bytes }),
		...(at?.stage === place && { refused: { at: at.at, length: at.length ?? 1 } }),
		onPoint: (note) => pointNote(place, note),
		became: (note) => <Became place={place} note={note} />,
	}
	return <StageView stage={stage} open={open} marks={marks} />
}

/** Leads from bytes to the registers and fields that they became. */
function Became({ place, note }: { place: number; note: number }) {
	const now = shown.value
	const rows = now?.stages[place]?.notes[note]?.rows ?? []
	const go = (point: () => void): void => {
		point()
		showPane('results')
	}
	const was = differences.value[place]?.was.get(note)
	if (!now || (rows.length === 0 && was === undefined)) return null
	return (
		<ul class="became">
			{was !== undefined && <li class="small">{say('panes.was', { text: was })}</li>}
			{rows.slice(0, 8).map((row) => {
				const { key, fields } = now.rows[row] ?? { key: '', fields: [] }
				return (
					<li key={row}>
						<button type="button" class="chip" onClick={() => go(() => pointRow(row))}>
							{key}
						</button>
						{fields.map((field) => (
							<button key={field} type="button" class="chip is-field" onClick={() => go(() => pointField(field))}>
								{field}
							</button>
						))}
					</li>
				)
			})}
		</ul>
	)
}

/** Says why a telegram gave no reading, and where. */
function Refused() {
	const { refused, stages: all = [] } = shown.value ?? {}
	if (!refused) return null
	const { reason, detail, at } = refused
	const words = sayIf(`reason.${reason}`) ?? reason
	return (
		<div class="failure refused">
			{!detail.startsWith(words) && <strong>{words}</strong>}
			<p>{detail}</p>
			{at && (
				<p class="small">
					{say('panes.refusedAt', { at: at.at, count: at.length ?? 1 })} ({stageName(all[at.stage]?.stage ?? '')})
				</p>
			)}
			{(shown.value?.rows.length ?? 0) > 0 && <p class="small">{say('panes.readSoFar')}</p>}
		</div>
	)
}
