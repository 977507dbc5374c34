import type { KeysGiven, MeterChange, NewMeter } from '../../schema/types/api.ts'
import type { Config, Meter } from '../../schema/types/config.ts'
import { hex } from '../bytes/hex.ts'
import { keysFrom } from '../config/given-keys.ts'
import { mqttOf } from './broker-choice.ts'
import type { Change } from './configuration.ts'
import { type Edit, withBroker, withMeter, withMeterChanged, withOutput, withoutMeter, withProfiles } from './edit.ts'
import { freeName } from './proposals.ts'
import { Refusal } from './refusal.ts'
import type { SecretFiles } from './secret-files.ts'

/** Makes the change that adds a meter, with its broker and outputs; refuses a name that cannot be or is taken, keys of a wrong form, and a first config without a broker. */
export function adding(meter: NewMeter): Change {
	return (config, secrets, loaded) => {
		const taken = (loaded?.config ?? config).meters.map((entry) => entry.name)
		const fault = nameFault(meter.name, taken)
		if (fault) return fault
		const keys = keyReferences(meter.name, meter.keys ?? {}, secrets)
		if (keys instanceof Refusal) return keys
		if (!loaded && !meter.mqtt)
			return new Refusal(422, {
				code: 'broker-missing',
				text: 'The config has no broker yet.',
				hint: 'Choose one first: an address, or the broker that is built in.',
			})
		const mqtt = meter.mqtt && mqttOf(meter.mqtt, config, secrets)
		if (mqtt instanceof Refusal) return mqtt
		const title = meter.title?.trim() ?? ''
		const entry: Meter = {
			name: meter.name,
			...(title !== '' && title !== meter.name && { title }),
			profile: meter.profile,
			...(meter.fuse !== undefined && { fuse: meter.fuse }),
			...(meter.id !== undefined && { id: meter.id }),
			...(Object.keys(meter.transport).length > 0 && { transport: meter.transport }),
			...(Object.keys(keys).length > 0 && { keys }),
		}
		const edits: Edit[] = [
			...(mqtt && JSON.stringify(mqtt) !== JSON.stringify(config.mqtt) ? [withBroker(mqtt)] : []),
			...(meter.outputs ?? []).map((name, place) =>
				withOutput(name, true, { outputs: [...(config.outputs ?? []), ...(meter.outputs ?? []).slice(0, place)] }),
			),
			withMeter(entry),
		]
		return (text) => edits.reduce((now, edit) => edit(now), text)
	}
}

/** Makes the change of a meter's settings; null removes one. Keys that are not given stay; an empty one is taken away. */
export function changing(name: string, { keys: given, ...change }: MeterChange): Change {
	return (config, secrets) => {
		const place = placeOf(name, config)
		if (place instanceof Refusal) return place
		const { keys: before = {}, enabled } = config.meters[place] ?? {}
		const keys = given && keyReferences(name, given, secrets)
		if (keys instanceof Refusal) return keys
		const merged =
			keys && Object.fromEntries(Object.entries({ ...before, ...keys }).filter(([key]) => given?.[key as keyof KeysGiven]?.trim() !== ''))
		const laid: Record<string, unknown> = { ...change }
		if (typeof change.title === 'string' && change.title.trim() === '') laid.title = null
		// On is what a meter is without a word.
		if (change.enabled === true) laid.enabled = enabled === undefined ? undefined : null
		if (merged) laid.keys = Object.keys(merged).length > 0 ? merged : null
		return withMeterChanged(place, laid)
	}
}

/** Makes the change that removes a meter; its key files stay as long as it can be undone. */
export function removing(name: string): Change {
	return (config) => {
		const place = placeOf(name, config)
		return place instanceof Refusal ? place : withoutMeter(place)
	}
}

/** Deletes the history of a meter that is removed. Gives a refusal where the disk does not let it go. */
export function forgetting(name: string, forget: () => void): Refusal | undefined {
	try {
		forget()
		return undefined
	} catch (error) {
		return new Refusal(503, {
			code: 'history-disk',
			text: `${name} is removed, but its history cannot be deleted (${(error as Error).message}).`,
			hint: 'See what is wrong with the disk, and delete the history alone: DELETE /api/meters/<name>/history.',
		})
	}
}

/** Makes the change that switches an output on or off. */
export function switching(name: string, isOn: boolean): Change {
	return (config) => withOutput(name, isOn, config)
}

/** Makes the change that names a folder of profiles; nothing changes where it is named. */
export function naming(folder: string): Change {
	return (config, _secrets, loaded) => {
		if (!loaded) return new Refusal(409, { code: 'config-none', text: 'There is no config yet.', hint: 'Set up a meter first.' })
		return config.profiles?.includes(folder) ? (text) => text : withProfiles(folder)
	}
}

function placeOf(name: string, config: Config): number | Refusal {
	const place = config.meters.findIndex((entry) => entry.name === name)
	if (place >= 0) return place
	const hint =
		config.meterFolders === undefined
			? 'It may have been removed in another window.'
			: 'If it stands in a file of meterFolders, change it there.'
	return new Refusal(404, { code: 'meter-unknown', text: `The config has no meter "${name}".`, hint, params: { meter: name } })
}

/** Says why a new meter cannot have this name: its form, another use of its topic, or a meter of that name. */
export function nameFault(name: string, taken: readonly string[]): Refusal | undefined {
	if (!/^[A-Za-z0-9_-]{1,64}$/.test(name))
		return new Refusal(422, {
			code: 'name-form',
			text: 'This cannot be the name of a meter.',
			hint: 'Letters from a to z, digits, - and _ only, 64 at most: it stands in the topics. The title may have anything.',
		})
	if (name === 'bridge' || name === 'raw')
		return new Refusal(422, {
			code: 'name-form',
			text: `No meter can be called "${name}": that topic has another use.`,
			hint: 'Choose another name.',
		})
	if (!taken.includes(name)) return undefined
	const free = freeName(name, taken)
	return new Refusal(409, {
		code: 'name-taken',
		text: `There is a meter "${name}" already.`,
		hint: `Such as ${free}.`,
		params: { name, free },
	})
}

/** Plans a file for each key. */
function keyReferences(name: string, given: KeysGiven, secrets: SecretFiles): NonNullable<Meter['keys']> | Refusal {
	const keys = keysFrom(given)
	if ('code' in keys) return new Refusal(422, keys)
	const { encryption, authentication } = keys
	return {
		...(encryption && { encryption: secrets.reference(`${name}.key`, hex(encryption)) }),
		...(authentication && { authentication: secrets.reference(`${name}.authentication.key`, hex(authentication)) }),
	}
}
