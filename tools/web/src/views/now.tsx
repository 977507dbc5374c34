import { say } from '../words/words.ts'

/** now */
export function Now() {
	return <h1>{say('app.name')}</h1>
}
