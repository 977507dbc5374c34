import type { Finding } from '../api/types.ts'
import { say } from '../words/words.ts'
import { sought } from './sought.ts'

/** What is wrong with the profile and its parents, with the place; a click goes there. */
export function Found({ findings }: { findings: readonly Finding[] }) {
	if (findings.length === 0) return null
	const errors = findings.filter(({ severity }) => severity === 'error').length
	return (
		<details class="found" open={errors > 0}>
			<summary>
				{errors > 0
					? say(errors === 1 ? 'editor.error' : 'editor.errors', { count: errors })
					: say('editor.warnings', { count: findings.length })}
			</summary>
			<ul>
				{findings.map((finding, at) => (
					<li key={`${at} ${finding.line}:${finding.column} ${finding.message}`} class={finding.severity}>
						<Line finding={finding} />
					</li>
				))}
			</ul>
		</details>
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
