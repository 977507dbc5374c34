/**
 * Stands in for what the page's modules ask of a browser as they load: an address without a place, English, no events. Components are rendered to text here,
 * and nothing of this is used by them while they are.
 */
const stand = (name: string, value: object): void =>
	void Object.defineProperty(globalThis, name, { value, configurable: true, writable: true })

stand('location', { hash: '' })
stand('window', { addEventListener: () => undefined })
stand('navigator', { languages: ['en-GB'] })
stand('document', { documentElement: {}, baseURI: 'file:///', addEventListener: () => undefined })
stand('localStorage', { getItem: () => null, setItem: () => undefined })
