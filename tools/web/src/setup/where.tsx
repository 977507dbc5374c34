import { useSignal } from '@preact/signals'
import { call, Refused } from '../api/client.ts'
import type { ConfigText, Port } from '../api/flows.ts'
import { Cards, Failure, Field, Form } from '../parts/form.tsx'
import { ProblemNote } from '../parts/problems.tsx'
import { usePolling } from '../task.ts'
import { say } from '../words/words.ts'
import { config, forget, host, move, OTHER, path, port, portTitle, tcpPort, type Where, where } from './flow.ts'
import { Actions, Step } from './step.tsx'

const isPort = (text: string) => /^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 65_535
const isDevice = (text: string) => /^(\/[\w./:-]+|COM\d+)$/.test(text)
const isHost = (text: string) => /^[A-Za-z0-9]([A-Za-z0-9.:_-]*[A-Za-z0-9])?$/.test(text.trim())

/** Asks where the meter is: a cable here, a bridge in the network, an adapter at the broker. Ports come and go as cables are plugged. */
export function WhereStep() {
	const ports = useSignal<Port[] | undefined>(undefined)
	const error = useSignal<unknown>(undefined)
	const tried = useSignal(false)
	usePolling(
		async (signal) => {
			try {
				config.value = await call<ConfigText>('config', { signal })
				const answer = await call<{ ports: Port[] }>('ports', { signal })
				ports.value = answer.ports
				error.value = undefined
				const free = answer.ports.filter(({ usedBy, problem }) => usedBy === undefined && problem === undefined)
				const isThere = port.value === OTHER || answer.ports.some((one) => one.path === port.value)
				if (!isThere) port.value = free.length === 1 ? free[0]?.path : undefined
				where.value ??= free.length > 0 ? 'serial' : undefined
			} catch (reason) {
				if (!signal.aborted) error.value = reason
				if (reason instanceof Refused && reason.status === 403) return false
			}
			return true
		},
		2000,
		'ports',
	)
	const ready =
		where.value === 'mqtt' ||
		(where.value === 'serial' && port.value !== undefined && (port.value !== OTHER || isDevice(path.value))) ||
		(where.value === 'tcp' && isHost(host.value) && isPort(tcpPort.value))
	const next = (): void => {
		tried.value = true
		if (!ready || config.value === undefined) return
		const chosen = ports.value?.find(({ path }) => path === port.value)
		portTitle.value = chosen ? titleOf(chosen) : path.value
		forget()
		move(1)
	}
	return (
		<Step title={say('setup.where')} lead={say('setup.where.lead')}>
			<Form onSubmit={next}>
				<Cards<Where>
					legend={say('setup.where')}
					name="where"
					value={where.value}
					onPick={(value) => {
						where.value = value
						tried.value = false
					}}
					options={[
						{ value: 'serial', label: say('setup.serial'), hint: say('setup.serial.hint') },
						{ value: 'tcp', label: say('setup.tcp'), hint: say('setup.tcp.hint') },
						{ value: 'mqtt', label: say('setup.mqtt'), hint: say('setup.mqtt.hint') },
					]}
				/>
				{where.value === 'serial' && <Ports ports={ports.value} tried={tried.value} />}
				{where.value === 'tcp' && (
					<div class="pair">
						<Field
							label={say('setup.host')}
							value={host.value}
							onInput={(value) => (host.value = value)}
							placeholder="192.168.1.40"
							inputMode="url"
							fault={tried.value && !isHost(host.value) ? say('setup.host.fault') : undefined}
						/>
						<Field
							label={say('setup.port')}
							value={tcpPort.value}
							onInput={(value) => (tcpPort.value = value.trim())}
							placeholder="4001"
							inputMode="numeric"
							fault={tried.value && !isPort(tcpPort.value) ? say('setup.port.fault') : undefined}
						/>
					</div>
				)}
				<Failure error={error.value} />
				{tried.value && where.value === 'serial' && port.value === undefined && <p class="hint fault">{say('setup.port.none')}</p>}
				{tried.value && where.value === undefined && <p class="hint fault">{say('setup.where.none')}</p>}
				<Actions next={say('setup.listen.go')} />
			</Form>
		</Step>
	)
}

/** Gives an adapter's name for people. */
const titleOf = ({ maker, product, device }: { maker?: string | undefined; product?: string | undefined; device: string }): string =>
	[maker, product].filter(Boolean).join(' ') || device

/** The serial ports of this machine. */
function Ports({ ports, tried }: { ports: Port[] | undefined; tried: boolean }) {
	if (!ports) return <p class="faint">{say('app.loading')}</p>
	return (
		<div class="ports">
			<h3>{say('setup.ports')}</h3>
			{ports.length === 0 && (
				<div class="nothing" role="status">
					<p>
						<strong>{say('setup.ports.none')}</strong>
					</p>
					<p class="faint">{say('setup.ports.none.hint')}</p>
				</div>
			)}
			<Cards
				legend={say('setup.ports')}
				name="port"
				value={port.value}
				onPick={(value) => (port.value = value)}
				options={[
					...ports.map(({ path: at, device, maker, product, serialNumber, usedBy, problem }) => ({
						value: at,
						label: titleOf({ maker, product, device }),
						hint: [device, serialNumber].filter((one) => one && one !== at).join(' · ') || undefined,
						more: (
							<>
								{usedBy !== undefined && <span class="hint">{say('setup.ports.used', { meter: usedBy })}</span>}
								{problem && <ProblemNote problem={problem} />}
							</>
						),
					})),
					{ value: OTHER, label: say('setup.path'), hint: say('setup.path.hint') },
				]}
			/>
			{port.value === OTHER && (
				<Field
					label={say('setup.path.label')}
					value={path.value}
					onInput={(text) => (path.value = text.trim())}
					placeholder="/dev/ttyAMA0"
					fault={tried && !isDevice(path.value) ? say('setup.path.fault') : undefined}
					mono
				/>
			)}
		</div>
	)
}
