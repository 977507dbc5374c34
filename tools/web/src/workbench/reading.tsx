import { useEffect, useRef } from 'preact/hooks'
import type { FieldResult } from '../api/types.ts'
import { fieldName } from '../format.ts'
import { scrollTo } from '../telegram/stage.tsx'
import { say, sayIf } from '../words/words.ts'
import { pointedFrom, pointField, shown } from './point.ts'
import { name, pointed } from './state.ts'
import { unitText, valueText } from './value.ts'

/** The reading that the telegram gave, what changed since the one before, what was left out, and the fields that give nothing. */
export function Reading() {
	const list = useRef<HTMLDivElement>(null)
	const now = shown.value
	useEffect(() => {
		const [field] = pointed.value.fields
		if (pointedFrom() === 'results' || field === undefined) return
		scrollTo(list.current?.closest<HTMLElement>('.pane'), list.current?.querySelector<HTMLElement>(`[data-field="${CSS.escape(field)}"]`))
	}, [pointed.value])
	if (!now) return <p class="pane-empty faint">{say('panes.noSource')}</p>
	if (name.value === '') return <p class="pane-empty faint">{say('panes.noProfile')}</p>
	const gives = now.fields.filter(({ value, fault, issue }) => value !== undefined && fault === undefined && issue === undefined)
	const left = now.fields.filter(({ fault, issue }) => fault !== undefined || issue !== undefined)
	const nothing = now.fields.filter(({ value, fault, issue }) => value === undefined && fault === undefined && issue === undefined)
	const changed = new Set(now.changed)
	return (
		<div ref={list} class="reading">
			{!now.reading && <p class="pane-empty faint">{say('panes.noReading')}</p>}
			<Group title={say('panes.left')} fields={left} changed={changed} />
			<Group title={undefined} fields={gives} changed={changed} />
			<Group title={say('panes.nothing')} fields={nothing} changed={changed} />
			{now.reading && (
				<details class="card stage">
					<summary>
						<h2>{say('panes.json')}</h2>
					</summary>
					{/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must have the focus for keys to scroll it */}
					<pre class="text" tabIndex={0}>
						{JSON.stringify(now.reading, null, 2)}
					</pre>
				</details>
			)}
		</div>
	)
}

function Group({ title, fields, changed }: { title: string | undefined; fields: FieldResult[]; changed: Set<string> }) {
	if (fields.length === 0) return null
	return (
		<section>
			{title !== undefined && <h3>{title}</h3>}
			<ul class="rows">
				{fields.map((field) => (
					<Field key={field.target} field={field} isChanged={changed.has(field.target)} />
				))}
			</ul>
		</section>
	)
}

function Field({ field, isChanged }: { field: FieldResult; isChanged: boolean }) {
	const { target, value, unit, label, fault, issue, expression, own, file, line } = field
	const isHere = pointed.value.fields.includes(target)
	return (
		<li class={isHere ? 'register is-marked' : 'register'} data-field={target}>
			<button type="button" class="register-key" aria-pressed={isHere} onClick={() => pointField(target)}>
				{fieldName(target, label)}
			</button>
			<span class={isChanged ? 'register-value is-changed' : 'register-value'}>
				{value === undefined ? '' : valueText(value)}
				{value !== undefined && unit !== undefined && <span class="faint"> {unitText(unit)}</span>}
				{isChanged && <span class="hidden-text">, {say('panes.changed')}</span>}
			</span>
			<span class="register-label small faint code">{target}</span>
			<span class="register-more small faint">
				{own === false && file !== undefined && `${file.split('/').at(-1)}${line === undefined ? '' : `:${line}`}`}
			</span>
			{fault !== undefined && <span class="register-note small withheld">{fault}</span>}
			{issue !== undefined && <span class="register-note small withheld">{sayIf(`reason.${issue}`) ?? issue}</span>}
			{value === undefined && <span class="register-note small faint mono">{expression}</span>}
		</li>
	)
}
