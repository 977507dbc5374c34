import { say } from '../words/words.ts'

/** meter */
export function MeterPage() {
	return <h1>{say('app.name')}</h1>
}
