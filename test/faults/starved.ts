import { readingPipeline } from '../../engine/pipeline/translate.ts'
import { builtinProfiles, readLibrary } from '../../engine/profile/library.ts'
import { compileProfile } from '../../engine/profile/profile.ts'
import { compileField } from '../../engine/transform/language.ts'

/**
 * Started by row 54, which stops and continues this process all the time: reads as many messages of a good meter as it is told, 300 expressions each, and
 * prints how many values came and how many did not.
 */
const FIELDS = 300
const gplug = compileProfile('gplug-2021', readLibrary([builtinProfiles]))
if (Array.isArray(gplug)) throw new Error(JSON.stringify(gplug))
const transform = new Map(
	Array.from({ length: FIELDS }, (_, at) => {
		const expression = compileField(`$scale(json.values[name="${at % 30}"].value, 3)`)
		if (Array.isArray(expression)) throw new Error(JSON.stringify(expression))
		return [`extra.field_${at}`, expression] as const
	}),
)
const { document } = gplug
const profile = {
	...gplug,
	transform,
	document: { ...document, transport: { kind: 'mqtt' as const, topic: 'x' }, decoder: { application: 'json' as const } },
}
const payload = new TextEncoder().encode(JSON.stringify({ values: Array.from({ length: 30 }, (_, at) => ({ name: `${at}`, value: at })) }))
const pipeline = readingPipeline({ name: 'm', id: 'm', profile, keys: {}, session: 0, seq: 0 })

const told = Number(process.argv[2])
/** Reads that many messages. */
async function read(count: number, from: number): Promise<number> {
	let values = 0
	for (let at = 0; at < count; at++) {
		const [outcome] = await pipeline.message({ topic: 'x', payload, retain: false }, (from + at) * 1000)
		if (outcome?.kind === 'reading') values += Object.keys(outcome.reading.extra ?? {}).length
	}
	return values
}

// V8 has compiled what runs often before the process is starved.
await read(50, 0)
console.log('ready')
const values = await read(told, 50)
console.log(JSON.stringify({ wanted: told * FIELDS, values }))
