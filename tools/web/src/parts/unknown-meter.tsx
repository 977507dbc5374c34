import { href } from '../router.ts'
import { say } from '../words/words.ts'

/** Says that there is no meter of this name, and leads back. */
export function UnknownMeter({ name }: { name: string }) {
	return (
		<div class="lonely">
			<p>{say('meter.unknown', { name })}</p>
			<a class="button" href={href('now')}>
				{say('meter.back')}
			</a>
		</div>
	)
}
