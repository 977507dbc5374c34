import { useEffect, useRef } from 'preact/hooks'
import type { RegisterRow } from '../api/types.ts'
import { scrollTo } from '../telegram/stage.tsx'
import { say } from '../words/words.ts'
import { wasOf } from './comparing.tsx'
import { pointedFrom, pointField, pointRow, shown } from './point.ts'
import { answer, asking, name, pointed } from './state.ts'
import { unitText, valueText } from './value.ts'

type Placed = { row: RegisterRow; place: number }

/** The registers of the telegram: those that no field uses first. */
export function Registers() {
	const list = useRef<HTMLDivElement>(null)
	const now = shown.value
	useEffect(() => {
		const [row] = pointed.value.rows
		if (pointedFrom() === 'results' || row === undefined) return
		scrollTo(list.current?.closest<HTMLElement>('.pane'), list.current?.querySelector<HTMLElement>(`[data-row="${row}"]`))
	}, [pointed.value])
	if (!now && asking.value) return <p class="pane-empty faint">{say('app.loading')}</p>
	if (!now) return <p class="pane-empty faint">{say(answer.value?.telegrams?.length === 0 ? 'panes.noTelegram' : 'panes.noSource')}</p>
	const all = now.rows.map((row, place): Placed => ({ row, place }))
	const used = all.filter(({ row }) => row.fields.length > 0)
	const unused = all.filter(({ row }) => row.fields.length === 0)
	if (all.length === 0) return <p class="pane-empty faint">{say('panes.noValues')}</p>
	return (
		<div ref={list} class="registers">
			<Facts />
			{name.value === '' ? (
				<Group title={undefined} rows={all} />
			) : (
				<>
					<Group title={say('panes.unused')} rows={unused} />
					<Group title={say('panes.used')} rows={used} />
				</>
			)}
		</div>
	)
}

/** What holds for the whole telegram. */
function Facts() {
	const { link, application, auth, meterId, time } = shown.value ?? {}
	const facts = [link, application, auth === undefined ? undefined : `auth: ${auth}`, meterId, time].filter(Boolean)
	return <p class="faint small telegram-facts">{facts.join(' · ')}</p>
}

function Group({ title, rows }: { title: string | undefined; rows: Placed[] }) {
	if (rows.length === 0) return null
	return (
		<section>
			{title !== undefined && (
				<h3>
					{title} <span class="faint">{rows.length}</span>
				</h3>
			)}
			<ul class="rows">
				{rows.map(({ row, place }) => (
					<Row key={place} row={row} place={place} />
				))}
			</ul>
		</section>
	)
}

function Row({ row, place }: { row: RegisterRow; place: number }) {
	const isHere = pointed.value.rows.includes(place)
	const { key, label, value, fields, note, time } = row
	const was = wasOf(key, value)
	return (
		<li class={isHere ? 'register is-marked' : 'register'} data-row={place}>
			<button type="button" class="register-key mono" aria-pressed={isHere} onClick={() => pointRow(place)}>
				{key}
			</button>
			<span class={was ? 'register-value is-changed' : 'register-value'}>
				{valueText(value)}
				{row.unit !== undefined && <span class="faint"> {unitText(row.unit)}</span>}
			</span>
			<span class="register-label small">{label}</span>
			<span class={row.scalerFrom === 'none' ? 'register-more small withheld' : 'register-more small faint'}>{scalerText(row)}</span>
			<span class="register-fields">
				{fields.map((field) => (
					<button key={field} type="button" class="chip is-field" onClick={() => pointField(field)}>
						{field}
					</button>
				))}
			</span>
			<span class="register-more small faint">
				{[was && say('panes.was', { text: valueText(was.value) }), row.kind, time].filter(Boolean).join(' · ')}
			</span>
			{note !== undefined && <span class="register-note small">{note}</span>}
		</li>
	)
}

/** Says the power of ten, and who stated it: `4821 ×10⁻¹ · profile`. */
function scalerText({ scaler, scalerFrom, raw = '' }: RegisterRow): string | undefined {
	if (scalerFrom === 'none') return say('panes.scaler.none', { raw })
	if (scaler === undefined) return undefined
	const power = String(scaler).replace(/./g, (digit) => SUPERSCRIPT[digit] ?? digit)
	const factor = scaler === 0 ? '×1' : `${raw} ×10${power}`.trim()
	return scalerFrom === undefined ? factor : `${factor} · ${say(`panes.scaler.${scalerFrom}`)}`
}

const SUPERSCRIPT: Record<string, string> = {
	'-': '⁻',
	0: '⁰',
	1: '¹',
	2: '²',
	3: '³',
	4: '⁴',
	5: '⁵',
	6: '⁶',
	7: '⁷',
	8: '⁸',
	9: '⁹',
}
