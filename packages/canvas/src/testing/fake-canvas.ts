/** A canvas that writes down what is done to it instead of doing it. For tests without a browser. */

/** One call, with what the context was set to at that moment. */
export interface Call {
  readonly name: string
  readonly args: readonly unknown[]
  readonly fillStyle: string
  readonly strokeStyle: string
  readonly globalAlpha: number
  readonly lineWidth: number
  readonly transform: readonly number[]
}

/** A canvas and the record of its context. */
export interface FakeCanvas {
  readonly canvas: HTMLCanvasElement
  readonly context: CanvasRenderingContext2D
  readonly calls: Call[]
  /** The calls of one name. */
  named(name: string): Call[]
  clear(): void
}

const INITIAL = {
  fillStyle: '#000000',
  strokeStyle: '#000000',
  globalAlpha: 1,
  lineWidth: 1,
  transform: [1, 0, 0, 1, 0, 0] as readonly number[],
}

/** A fresh canvas. */
export function fakeCanvas(): FakeCanvas {
  const calls: Call[] = []
  let state: Record<string, unknown> = { ...INITIAL }
  const stack: Record<string, unknown>[] = []
  const canvas = {
    width: 0,
    height: 0,
    style: {},
    addEventListener: () => {},
    removeEventListener: () => {},
  } as unknown as HTMLCanvasElement
  const record = (name: string, args: readonly unknown[]): void => {
    if (name === 'save') stack.push({ ...state })
    if (name === 'restore') state = stack.pop() ?? state
    if (name === 'setTransform') state['transform'] = args
    calls.push({ ...(state as typeof INITIAL), name, args })
  }
  const context = new Proxy({} as CanvasRenderingContext2D, {
    get: (_, name) => {
      if (name === 'canvas') return canvas
      const property = String(name)
      return property in state ? state[property] : (...args: unknown[]) => record(property, args)
    },
    set: (_, name, value) => {
      state[String(name)] = value
      return true
    },
  })
  Object.assign(canvas, { getContext: () => context })
  const named = (name: string): Call[] => calls.filter((call) => call.name === name)
  return { canvas, context, calls, named, clear: () => calls.splice(0) }
}
