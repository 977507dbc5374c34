import type { Finding } from '../api/types.ts'
import { say } from '../words/words.ts'
import { sought } from './sought.ts'

/** What is wrong with the profile and its parents, with the place; a click goes there. */
export function Found({ findings }: { findings: readonly Finding[] }) {
	if (findings.length === 0) return null
	const errors = findings.filter(({ severity }) => severity === 'error').length
	return (
		<section class="found" aria-label={say('editor.findings')}>
			<h3>{errors > 0 ? say(errors === 1 ? 'editor.error' : 'editor.errors', { count: errors }) : say('editor.warnings')}</h3>
			<ul>
				{findings.map((finding, at) => (
					<li key={`${at} ${finding.line}:${finding.column} ${finding.message}`} class={finding.severity}>
						<Line finding={finding} />
					</li>
				))}
			</ul>
		</section>
	)
}

function Line({ finding: { file, line, column, message, hint } }: { finding: Finding }) {
	const isOwn = file === ''
	const go = (): void => {
		sought.value = isOwn ? { line, column } : { path: ['extends'] }
	}
	return (
		<button type="button" onClick={go}>
			<span class="found-place">{isOwn ? say('editor.place', { line, column }) : `${file}:${line}:${column}`}</span>
			<span class="found-text">
				{message}
				{hint !== undefined && <span class="found-hint">{hint}</span>}
			</span>
		</button>
	)
}
