import type { Totals } from '../../schema/types/totals.ts'
import type { OutMessage } from '../mqtt/message.ts'
import type { Topics } from '../mqtt/topics.ts'

/** Makes the message of a meter's totals on `cii/<meter>/totals`: retained, so that who comes later has it. */
export function totalsMessage(topics: Topics, totals: Totals): OutMessage {
	return {
		topic: topics.meter(totals.meter, 'totals'),
		payload: JSON.stringify(totals),
		retain: true,
		contentType: 'application/json',
		properties: { schema: totals.schema },
	}
}
