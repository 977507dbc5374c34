import type { Problem } from '../api/types.ts'
import { when } from '../format.ts'
import { broker, connection, problems } from '../live.ts'
import { say, sayIf } from '../words/words.ts'
import { Icon } from './icon.tsx'

/** Problems of which the page's words say all; of others the server knows more, in English. */
const TOLD = /^(key-|port-|broker-(?!tls|other)|undo-|name-|search|config-changed|no-bytes$)/

/** Shows what is wrong and what to do: in the page's words where it knows the code, otherwise as the server says it. */
export function ProblemNote({ problem }: { problem: Problem }) {
	const { code, text, hint, since, params = {} } = problem
	const known = sayIf(`problem.${code}`, params)
	const todo = known === undefined ? hint : (sayIf(`problem.${code}.hint`, params) ?? hint)
	return (
		<div class="problem">
			<Icon name="warning" size={20} />
			<div>
				<p>
					<strong>{known ?? text}</strong>
					{since && <span class="faint"> {say('problem.since', { time: when(since) })}</span>}
				</p>
				{todo && <p>{todo}</p>}
				{known !== undefined && text !== '' && text !== known && !TOLD.test(code) && <p class="faint small">{text}</p>}
			</div>
		</div>
	)
}

/** A list of problems, for the meter's tile and page. */
export function Problems({ problems }: { problems: Problem[] }) {
	if (problems.length === 0) return null
	return (
		<div class="problems">
			{problems.map((problem) => (
				<ProblemNote key={`${problem.code} ${problem.text}`} problem={problem} />
			))}
		</div>
	)
}

/** Problems of the process and its broker, on every place of the page. */
export function ProcessProblems() {
	if (connection.value !== 'live') return null
	const { connected = true, waiting = 0, dropped = 0, detail } = broker.value ?? {}
	const known = problems.value.some(({ code }) => code === 'broker')
	const all: Problem[] = connected || known ? problems.value : [{ code: 'broker', text: detail ?? '' }, ...problems.value]
	if (all.length === 0) return null
	return (
		<div class="notice warning stacked">
			<Problems problems={all} />
			{!connected && waiting > 0 && (
				<p class="faint">
					{say('broker.waiting', { count: waiting })} {dropped > 0 && say('broker.dropped', { count: dropped })}
				</p>
			)}
		</div>
	)
}
