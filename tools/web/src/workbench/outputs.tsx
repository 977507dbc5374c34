import type { OutputMessages } from '../api/types.ts'
import { say } from '../words/words.ts'
import { shown } from './point.ts'

/** The messages that each output makes of the reading. */
export function Outputs() {
	const outputs = shown.value?.outputs ?? []
	if (outputs.length === 0) return <p class="pane-empty faint">{say('panes.noMessages')}</p>
	return (
		<div class="outputs">
			{outputs.map((output) => (
				<Output key={output.output} output={output} />
			))}
		</div>
	)
}

function Output({ output: { output, messages, faults = [] } }: { output: OutputMessages }) {
	return (
		<section>
			<h3>
				{output} <span class="faint">{messages.length}</span>
			</h3>
			{faults.map((fault) => (
				<p key={fault} class="small withheld">
					{fault}
				</p>
			))}
			<div class="messages">
				{messages.map((message) => (
					<Message key={message.topic} message={message} open={messages.length === 1} />
				))}
			</div>
		</section>
	)
}

/** Characters of a payload that stands beside its topic. */
const SHORT = 30

function Message({ message: { topic, payload, retain }, open }: { message: OutputMessages['messages'][number]; open: boolean }) {
	const head = (
		<>
			<span class="mono topic">{topic}</span>
			{retain && <span class="faint small">{say('panes.retain')}</span>}
		</>
	)
	if (payload.length <= SHORT)
		return (
			<div class="message is-short">
				{head}
				<span>{payload}</span>
			</div>
		)
	return (
		<details class="message" open={open}>
			<summary>{head}</summary>
			{/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must have the focus for keys to scroll it */}
			<pre class="text" tabIndex={0}>
				{pretty(payload)}
			</pre>
		</details>
	)
}

/** JSON in lines; other texts as they are. */
function pretty(payload: string): string {
	try {
		return JSON.stringify(JSON.parse(payload), null, 2)
	} catch {
		return payload
	}
}
