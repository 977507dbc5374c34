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
			{messages.map(({ topic, payload, retain }) => (
				<details key={topic} class="message" open={messages.length === 1}>
					<summary>
						<span class="mono topic">{topic}</span>
						{retain && <span class="faint small">{say('panes.retain')}</span>}
					</summary>
					{/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must have the focus for keys to scroll it */}
					<pre class="text" tabIndex={0}>
						{pretty(payload)}
					</pre>
				</details>
			))}
		</section>
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
