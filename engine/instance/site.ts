import type { Heard, LogEntry, OutputView, Probe, ProfileEntry } from '../../schema/types/api.ts'
import { packageVersion } from '../files/package.ts'
import type { ConfigDoor, HistoryDoor, Now, SetupDoor, Site, SiteEvent, TelegramsDoor, WorkbenchDoor } from '../http/site.ts'
import type { RecentLog } from '../log/recent.ts'
import type { MeterWatch } from '../meter/settings.ts'
import type { Snapshot } from '../meter/snapshot.ts'
import type { Traces } from '../meter/traces.ts'
import type { Setup } from '../setup/setup.ts'
import type { Bench } from '../workbench/bench.ts'
import { doorsOf, workbenchOf } from './doors.ts'
import type { Instance } from './instance.ts'
import { telegramsOf } from './telegrams.ts'

export type LiveSiteSettings = {
	/** Returns what runs now; undefined between two instances. */
	instance(): Instance | undefined
	log: RecentLog
	/** Returns the last telegrams of the meters; undefined where none are kept. */
	traces(): Traces | undefined
	demo: boolean
	/** Makes the set-up, when it is first asked for; undefined where no file holds the config. */
	setup: (() => Promise<Setup>) | undefined
	/** Makes the workbench, when it is first asked for. */
	bench: () => Promise<Bench>
}

/** The state shown between two instances. */
const NOTHING: Now = {
	connected: false,
	outbox: { waiting: 0, dropped: 0, postponed: 0, faults: 0, skipped: 0 },
	meters: [],
	missing: [],
	broker: { detail: 'the config is being taken over' },
}

/** Shows the page what runs, whichever instance that is, and tells it what happens. */
export class LiveSite implements Site {
	readonly version = packageVersion()
	readonly since = Date.now()
	readonly demo: boolean
	readonly log: { recent(after: number, level: LogEntry['level']): LogEntry[] }
	readonly config: ConfigDoor | undefined
	readonly setup: SetupDoor | undefined
	readonly workbench: WorkbenchDoor
	/** Hears the meters of all instances. */
	readonly watch: MeterWatch = {
		reading: (meter) => this.#tell({ kind: 'reading', meter }),
		availability: (meter) => this.#tell({ kind: 'availability', meter }),
		diagnostics: (message) => this.#tell({ kind: 'diagnostics', message }),
	}
	readonly #instance: () => Instance | undefined
	readonly #traces: () => Traces | undefined
	readonly #listeners = new Set<(event: SiteEvent) => void>()

	constructor({ instance, log, traces, demo, setup, bench }: LiveSiteSettings) {
		this.#instance = instance
		this.log = log
		this.#traces = traces
		this.demo = demo
		const doors = setup && doorsOf(setup)
		this.config = doors?.config
		this.setup = doors?.setup
		this.workbench = workbenchOf(bench)
		log.subscribe((entry) => this.#tell({ kind: 'log', entry }))
	}

	/** Tells how a search for a meter goes on. */
	readonly progress = (view: Probe | Heard): void => this.#tell({ kind: 'setup', progress: view })

	/** Tells that the list of meters, the broker, or a problem may have changed. */
	changed(): void {
		this.#tell({ kind: 'meters' })
	}

	readonly now = (): Now => this.#instance()?.now() ?? NOTHING

	readonly meter = (name: string): Snapshot | undefined => this.#instance()?.meter(name)

	readonly subscribe = (listener: (event: SiteEvent) => void): (() => void) => {
		this.#listeners.add(listener)
		return () => void this.#listeners.delete(listener)
	}

	readonly profiles = (): ProfileEntry[] => this.#instance()?.profiles() ?? []

	readonly outputs = (): OutputView[] => this.#instance()?.outputs() ?? []

	get telegrams(): TelegramsDoor | undefined {
		const traces = this.#traces()
		return traces && telegramsOf(traces)
	}

	get history(): HistoryDoor | undefined {
		return this.#instance()?.history
	}

	#tell(event: SiteEvent): void {
		for (const listener of this.#listeners) listener(event)
	}
}
