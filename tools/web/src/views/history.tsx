import { say } from '../words/words.ts'

/** history */
export function HistoryView() {
	return <h1>{say('app.name')}</h1>
}
