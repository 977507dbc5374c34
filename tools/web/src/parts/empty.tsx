import { mayChange } from '../live.ts'
import { href } from '../router.ts'
import { say } from '../words/words.ts'

/** No meter yet: what to do first, for those who may. */
export function Empty() {
	if (!mayChange())
		return (
			<div class="lonely">
				<h1>{say('now.empty')}</h1>
				<p class="faint">{say('now.ask')}</p>
			</div>
		)
	return (
		<div class="lonely">
			<h1>{say('now.empty')}</h1>
			<p class="faint">{say('now.emptyHint')}</p>
			<ol class="first-steps">
				{(['now.first.plug', 'now.first.listen', 'now.first.key'] as const).map((word) => (
					<li key={word}>{say(word)}</li>
				))}
			</ol>
			<a class="button main" href={href('setup')}>
				{say('now.start')}
			</a>
		</div>
	)
}
