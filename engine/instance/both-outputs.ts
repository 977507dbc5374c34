import { Answers } from '../answer/answers.ts'
import type { CurrentConfig } from '../config/current.ts'
import type { MeterSettings } from '../meter/settings.ts'
import { shard } from '../mqtt/shards.ts'
import { Outputs, type OutputsSettings } from '../output/outputs.ts'
import { outputStatus } from './output-status.ts'

/** Makes the outputs that tell and those that are asked; `takes` gives both a meter's reading. `tell` gets the status of an output, of both together. */
export function bothOutputs(settings: Omit<OutputsSettings, 'tell'>, config: CurrentConfig, tell: Parameters<typeof outputStatus>[0]) {
	const { bridge, log } = settings
	const { status, trouble } = outputStatus(tell)
	const outputs = new Outputs({ ...settings, tell: status })
	// A reader has no values, and of a translator another worker may have the meter.
	const isOurs = (meter: string) => config.role === 'both' || (config.role === 'translate' && config.shards.has(shard(meter)))
	const answers = new Answers({ bridge, trouble, isOurs, log })
	const takes: MeterSettings['outputs'] = {
		expect: (one) => outputs.expect(one),
		reading(speaker) {
			answers.reading(speaker)
			return outputs.reading(speaker)
		},
	}
	return { outputs, answers, takes }
}
