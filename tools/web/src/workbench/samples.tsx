import '../style/bench.css'
import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { call } from '../api/client.ts'
import type { SampleDifference, SampleResult, SamplesChanged } from '../api/types.ts'
import { Failure } from '../parts/form.tsx'
import { Icon } from '../parts/icon.tsx'
import { useTask } from '../task.ts'
import { say } from '../words/words.ts'
import { AddSample } from './add-sample.tsx'
import { Coverage } from './coverage.tsx'
import { isUnsaved, look } from './file.ts'
import { know } from './known.ts'
import { valueText } from './shown.ts'
import { answer, ask, opened, show, source, text } from './state.ts'

/** The profile's recordings: what they give now beside what is expected, and what they show of the profile. */
export function Samples() {
	const task = useTask()
	const done = useSignal<SamplesChanged | undefined>(undefined)
	useEffect(know, [])
	const { value: profile } = opened
	if (!profile) return null
	const results = answer.value?.samples ?? []
	const differing = results.filter(isDifferent)
	const acceptable = differing.filter(canAccept)
	const accept = (samples?: string[]): void =>
		void task.run(async () => {
			done.value = undefined
			const body = { text: text.value, ...(samples && { samples }) }
			done.value = await call<SamplesChanged>(`workbench/profiles/${encodeURIComponent(profile.name)}/accept`, { method: 'POST', body })
			ask()
		})
	return (
		<section class="bench-samples" aria-label={say('bench.samples')}>
			<header class="bench-part-head">
				<h3>{say('bench.samples')}</h3>
				<p class="hint" role="status">
					{results.length === 0
						? say('bench.samples.none')
						: say(differing.length === 0 ? 'bench.samples.right' : 'bench.samples.wrong', {
								right: results.length - differing.length,
								count: results.length,
							})}
				</p>
				{acceptable.length > 1 && (
					<button type="button" disabled={task.busy.value} onClick={() => accept(acceptable.map(({ sample }) => sample))}>
						{say('bench.accept.all', { count: acceptable.length })}
					</button>
				)}
			</header>
			<Failure error={task.error.value} />
			<Done done={done.value} />
			{results.length > 0 && (
				<ul class="bench-results">
					{results.map((result) => (
						<Result
							key={`${result.folder} ${result.sample}`}
							result={result}
							busy={task.busy.value}
							onAccept={() => accept([result.sample])}
						/>
					))}
				</ul>
			)}
			<AddSample
				onAdded={(added) => {
					done.value = added
					ask()
					if (!isUnsaved.value) void look().catch(() => undefined)
				}}
			/>
			<Coverage />
		</section>
	)
}

/** Says which files were written, and what was made unrecognizable in them. */
export function Done({ done }: { done: SamplesChanged | undefined }) {
	return (
		<div role="status">
			{done && (
				<div class="bench-done">
					<p class="good">
						<Icon name="check" size={20} />
						{say('bench.written')}
					</p>
					<ul class="hint mono file">
						{done.files.map((file) => (
							<li key={file}>{file}</li>
						))}
					</ul>
					{done.note !== undefined && <p class="hint">{done.note}</p>}
				</div>
			)}
		</div>
	)
}

const isDifferent = ({ differences, fault, expected }: SampleResult): boolean =>
	differences.length > 0 || fault !== undefined || expected === false

const canAccept = (result: SampleResult): boolean => isDifferent(result) && result.own === true && result.fault === undefined

/** One recording: whether it gives what is expected, and the table of what differs. */
function Result({ result, busy, onAccept }: { result: SampleResult; busy: boolean; onAccept(): void }) {
	const { sample, readings, wanted, differences, more = 0, fault, own, expected } = result
	const isWrong = isDifferent(result)
	const isShown = source.value && 'sample' in source.value && source.value.sample === sample
	return (
		<li class={isWrong ? 'is-wrong' : 'is-right'}>
			<div class="bench-result-head">
				<Icon name={isWrong ? 'warning' : 'check'} size={20} />
				<div class="bench-result-name">
					<strong class="mono">{sample}</strong>
					<span class="hint">
						{fault ?? say(expected === false ? 'bench.result.new' : 'bench.result.readings', { readings, wanted: wanted ?? readings })}
						{own !== true && ` · ${say('bench.result.shipped')}`}
					</span>
				</div>
				{canAccept(result) && (
					<button type="button" disabled={busy} onClick={onAccept}>
						{say('bench.accept')}
					</button>
				)}
			</div>
			{differences.length > 0 && (
				<div class="bench-scroll">
					<table class="bench-differences">
						<caption class="hidden-text">{say('bench.differences', { sample })}</caption>
						<thead>
							<tr>
								<th scope="col">{say('bench.reading')}</th>
								<th scope="col">{say('bench.field')}</th>
								<th scope="col">{say('bench.expected')}</th>
								<th scope="col">{say('bench.now')}</th>
							</tr>
						</thead>
						<tbody>
							{differences.map((one) => (
								<Row key={`${one.reading} ${one.field}`} difference={one} onShow={isShown ? () => show(one.reading - 1) : undefined} />
							))}
						</tbody>
					</table>
				</div>
			)}
			{more > 0 && <p class="hint">{say('bench.differences.more', { count: more })}</p>}
		</li>
	)
}

function Row({
	difference: { reading, field, expected, now, why },
	onShow,
}: {
	difference: SampleDifference
	onShow: (() => void) | undefined
}) {
	return (
		<tr>
			<td>
				{onShow ? (
					<button type="button" class="quiet bench-link" onClick={onShow}>
						{reading}
					</button>
				) : (
					reading
				)}
			</td>
			<th scope="row" class="mono">
				{field}
			</th>
			<td class="mono bench-expected">{valueText(expected)}</td>
			<td class="mono bench-now">
				{valueText(now)}
				{why !== undefined && <span class="hint">{why}</span>}
			</td>
		</tr>
	)
}
