/** The canvas over time: edits, many boards, lost memory, rest, and things on the move. */
import type { Differences } from './support/canvas-compare.ts'
import { expect, expectAlike, SIZE, test } from './support/canvas-page.ts'

const VIEW = { ...SIZE, dpr: 1, camera: { x: -280, y: -200, zoom: 1 } }

for (const seed of [1, 2]) {
  test(`after any edit the kept picture is that of a fresh renderer (seed ${seed})`, async ({
    openLab,
  }) => {
    const page = await openLab()
    const steps = await page.evaluate(
      async ([number, view]) => {
        const lab = window.canvasLab
        const { Board, CanvasStage, countDifferences, randomEdit, tileOrigin, Y } = lab
        const random = lab.seededRandom(number)
        const mine = new Board(new Y.Doc(), { random })
        mine.insert(lab.mixedShapes({ x: 0, y: 0, size: 1 }))
        const others = new Board(new Y.Doc(), { random })
        const meet = (): void => {
          for (const [from, to] of [
            [mine, others],
            [others, mine],
          ] as const) {
            const state = Y.encodeStateVector(to.doc)
            Y.applyUpdate(to.doc, Y.encodeStateAsUpdate(from.doc, state), 'network')
          }
        }
        meet()
        /** One of a few, so that what was kept is seen again, or a new one. */
        const anyView = () => {
          const zoom = [1, 0.4, 2.3][Math.floor(random() * 6)] ?? 2 ** (random() * 3 - 1.5)
          return { ...view, camera: { x: -280 / zoom, y: -200 / zoom, zoom } }
        }
        // Painted a few shapes at a time, so that edits come while tiles are half finished.
        const on = new CanvasStage({ board: mine, view, slowMs: 2 })
        await on.idle()
        const found: { readonly step: string; readonly differences: Differences }[] = []
        for (let i = 0; i < 12; i++) {
          const names: string[] = []
          on.show(anyView())
          for (let edits = 0; edits < 3; edits++) {
            await lab.animationFrame(Math.floor(random() * 3))
            const who = random() < 0.4 ? others : mine
            names.push(`${who === mine ? 'my' : 'their'} ${randomEdit(who, random)}`)
            meet()
          }
          await on.idle()
          const fresh = new CanvasStage({ board: mine, view: on.view })
          await fresh.idle()
          const differences = countDifferences(on.picture(), fresh.picture(), tileOrigin(on.view))
          fresh.dispose()
          found.push({ step: `${i}: ${names.join(', ')}`, differences })
        }
        on.dispose()
        return found
      },
      [seed, VIEW] as const,
    )
    for (const { step, differences } of steps) expectAlike(differences, step)
  })
}

test('fifty boards opened and closed leave nothing behind', async ({ openLab }) => {
  const page = await openLab()
  const tools = await page.context().newCDPSession(page)
  const weigh = async () => {
    await tools.send('HeapProfiler.collectGarbage')
    const { nodes, jsEventListeners: listeners } = await tools.send('Memory.getDOMCounters')
    const { usedSize } = await tools.send('Runtime.getHeapUsage')
    return { nodes, listeners, usedSize }
  }
  await page.evaluate(openAndClose, 10)
  const before = await weigh()
  await page.evaluate(openAndClose, 50)
  const after = await weigh()
  expect(after.nodes).toBeLessThanOrEqual(before.nodes)
  expect(after.listeners).toBeLessThanOrEqual(before.listeners)
  expect(after.usedSize - before.usedSize).toBeLessThan(1_000_000)
})

test('when the browser has taken the memory of all canvases the board is painted again', async ({
  openLab,
}) => {
  const page = await openLab()
  const found = await page.evaluate(async (view) => {
    const { Board, CanvasStage, countDifferences, mixedShapes, Y } = window.canvasLab
    const board = new Board(new Y.Doc())
    board.insert(mixedShapes({ x: 0, y: 0, size: 1 }))
    const on = new CanvasStage({ board, view })
    await on.idle()
    const before = on.picture()
    for (const canvas of on.root.querySelectorAll('canvas')) canvas.getContext('2d')!.reset()
    const lost = countDifferences(on.picture(), before)
    on.overlay.dispatchEvent(new Event('contextrestored'))
    await on.idle()
    return { lost: lost.share, restored: countDifferences(on.picture(), before) }
  }, VIEW)
  expect(found.lost).toBeGreaterThan(0.9)
  expectAlike(found.restored, 'after the loss')
})

test('a board at rest asks for no animation frame', async ({ openLab }) => {
  const page = await openLab()
  const asked = await page.evaluate(async (view) => {
    const { animationFrame, Board, CanvasStage, mixedShapes, Y } = window.canvasLab
    const board = new Board(new Y.Doc())
    const [id = ''] = board.insert(mixedShapes({ x: 0, y: 0, size: 1 }))
    const real = window.requestAnimationFrame
    let count = 0
    const on = new CanvasStage({ board, view })
    await on.idle()
    const during = async (frames: number): Promise<number> => {
      count = 0
      window.requestAnimationFrame = (run) => (count++, real.call(window, run))
      for (let i = 0; i < frames; i++) await new Promise((done) => real.call(window, done))
      window.requestAnimationFrame = real
      return count
    }
    // What may be seen next is painted after the board is idle, then it is at rest.
    let busyFrames = 0
    while (busyFrames < 200 && (await during(5)) > 0) busyFrames++
    const atRest = await during(30)
    board.update([[id, { fill: '#ff0000' }]])
    const afterEdit = on.renderer.idle
    await animationFrame()
    return { busyFrames, atRest, afterEdit }
  }, VIEW)
  expect(asked).toMatchObject({ atRest: 0, afterEdit: false })
})

test('what is moved is seen in every frame, above or in its place', async ({ openLab }) => {
  const page = await openLab()
  const { frames, rests } = await page.evaluate(async (view) => {
    const { Board, CanvasStage, EMPTY_OVERLAY, FIRST_PAGE, ManualClock, Y, ...lab } =
      window.canvasLab
    const board = new Board(new Y.Doc())
    board.insert(lab.mixedShapes({ x: 0, y: 0, size: 1 }))
    const size = { w: 60, h: 40, fill: '#ff0000', stroke: 'none' }
    const [id = ''] = board.insert([{ kind: 'rectangle', at: [FIRST_PAGE, 0, 0], ...size }])
    const others = new Board(new Y.Doc())
    const clock = new ManualClock()
    const on = new CanvasStage({ board, view, byHand: true, slowMs: 3, clock })
    await on.idle()
    const frames: { readonly when: string; readonly red: number }[] = []
    const rests: Record<string, { red: number; where: readonly number[]; took: number }> = {}
    const red = () => lab.findColor(on.picture(), [255, 0, 0])
    const frame = (when: string): void => {
      on.frame()
      frames.push({ when, red: red().count })
    }
    const rest = (when: string): void => {
      let took = 0
      for (; !on.renderer.idle; took++) frame(when)
      const { count, first } = red()
      rests[when] = { red: count, where: first, took }
    }
    const at = (x: number, y: number) => ({ at: [FIRST_PAGE, x, y] as const })
    const hold = (x: number, y: number): void => {
      const draft = { ...board.shape(id)!, ...at(x, y) }
      on.renderer.setOverlay({ ...EMPTY_OVERLAY, drafts: new Map([[id, draft]]) })
    }
    const release = (): void => on.renderer.setOverlay(EMPTY_OVERLAY)
    const drag = (when: string, by: number): void => {
      const [, x, y] = board.shape(id)!.at
      for (let step = 1; step <= 6; step++) {
        hold(x + by * step, y + 7 * step)
        // Others see some of the steps; each of those is a change of the board.
        if (step % 2 === 0) board.update([[id, at(x + by * step, y + 7 * step)]])
        frame(when)
      }
    }
    rest('before')
    drag('drag', 12)
    rest('held')
    release()
    rest('let go')
    drag('drag again', -31)
    release()
    frame('let go for a moment')
    drag('caught again', 9)
    release()
    rest('let go again')
    hold(-250, -190)
    frame('held elsewhere')
    rest('held elsewhere')
    release()
    rest('let go by escape')
    Y.applyUpdate(others.doc, Y.encodeStateAsUpdate(board.doc))
    for (let step = 1; step <= 8; step++) {
      others.update([[id, at(100 - 20 * step, 60 + step)]])
      Y.applyUpdate(board.doc, Y.encodeStateAsUpdate(others.doc), 'network')
      clock.advance(50)
      frame('moved by others')
    }
    clock.advance(1000)
    rest('left by others')
    return { frames, rests }
  }, VIEW)
  for (const { when, red } of frames) expect(red, when).toBeGreaterThanOrEqual(60 * 40)
  for (const [when, { red }] of Object.entries(rests)) expect(red, when).toBe(60 * 40)
  const where = Object.entries(rests).map(([when, rest]) => [when, rest.where])
  expect(Object.fromEntries(where)).toEqual({
    before: [280, 200],
    held: [352, 242],
    'let go': [352, 242],
    'let go again': [220, 326],
    'held elsewhere': [30, 10],
    'let go by escape': [220, 326],
    'left by others': [220, 268],
  })
  // Painting it into its place takes several frames, in which it must be seen above.
  for (const when of ['let go', 'let go again', 'let go by escape', 'left by others']) {
    expect(rests[when]!.took, when).toBeGreaterThan(1)
  }
})

for (const ground of ['an empty board', 'a full one']) {
  test(`many shapes that are carried together on ${ground} are seen in every frame`, async ({
    openLab,
  }) => {
    const page = await openLab()
    const { frames, rests } = await page.evaluate(
      async ([isFull, view]) => {
        const { Board, CanvasStage, EMPTY_OVERLAY, FIRST_PAGE, Y, ...lab } = window.canvasLab
        const board = new Board(new Y.Doc())
        if (isFull) board.insert(lab.mixedShapes({ x: 0, y: 0, size: 1 }))
        const places = Array.from({ length: 42 }, (_, i) => {
          return { x: (i % 7) * 50 - 250, y: Math.floor(i / 7) * 50 - 180 }
        })
        const at = ({ x, y }: { x: number; y: number }) => [FIRST_PAGE, x, y] as const
        const look = { w: 20, h: 20, fill: '#ff0000', stroke: 'none' }
        const ids = board.insert(places.map((p) => ({ kind: 'rectangle', at: at(p), ...look })))
        const on = new CanvasStage({ board, view, byHand: true, slowMs: 3 })
        await on.idle()
        const frames: { readonly when: string; readonly lost: number }[] = []
        const rests: Record<string, { red: number; first: readonly number[]; took: number }> = {}
        let by = { x: 0, y: 0 }
        let from = by
        /** Counts those that are seen neither where they were nor where they are to be. */
        const frame = (when: string): void => {
          on.frame()
          const { data, width } = on.picture()
          const words = new Uint32Array(data.buffer)
          const isRed = (x: number, y: number) => words[(y + 210) * width + x + 290] === 0xff0000ff
          const isSeen = ({ x, y }: { x: number; y: number }): boolean =>
            isRed(x + by.x, y + by.y) || isRed(x + from.x, y + from.y)
          frames.push({ when, lost: places.filter((place) => !isSeen(place)).length })
        }
        const rest = (when: string): void => {
          let took = 0
          for (; !on.renderer.idle; took++) frame(when)
          const { count, first } = lab.findColor(on.picture(), [255, 0, 0])
          rests[when] = { red: count, first, took }
        }
        const moved = () => places.map(({ x, y }) => at({ x: x + by.x, y: y + by.y }))
        const carry = (when: string, path: readonly (readonly [number, number])[]): void => {
          const start = {}
          for (const [x, y] of path) {
            by = { x, y }
            const drafts = moved().map((place, i) => {
              return [ids[i]!, { ...board.shape(ids[i]!)!, at: place }] as const
            })
            const carried = { start, by: { x: by.x - from.x, y: by.y - from.y } }
            on.renderer.setOverlay({ ...EMPTY_OVERLAY, drafts: new Map(drafts), carried })
            frame(when)
          }
        }
        const letGo = (): void => {
          board.update(moved().map((place, i) => [ids[i]!, { at: place }] as const))
          on.renderer.setOverlay(EMPTY_OVERLAY)
        }
        const path = [
          [25, 25],
          [75, 25],
          [75, 75],
          [125, 75],
        ] as const
        carry('carried', path)
        rest('held')
        letGo()
        rest('let go')
        from = by
        carry('carried back', path.toReversed())
        letGo()
        frame('let go for a moment')
        from = by
        carry('caught again', [
          [75, 25],
          [125, 75],
        ])
        on.renderer.setOverlay(EMPTY_OVERLAY)
        rest('escaped')
        return { frames, rests }
      },
      [ground === 'a full one', VIEW] as const,
    )
    for (const { when, lost } of frames) expect(lost, when).toBe(0)
    const places = Object.entries(rests).map(([when, { red, first }]) => [when, { red, first }])
    const [red, there, back] = [42 * 20 * 20, [155, 95], [55, 45]]
    expect(Object.fromEntries(places)).toEqual({
      held: { red, first: there },
      'let go': { red, first: there },
      escaped: { red, first: back },
    })
  })
}

/** Runs in the page: so many boards, a few at a time. */
async function openAndClose(count: number): Promise<void> {
  const { Board, CanvasStage, EMPTY_OVERLAY, mixedShapes, Y } = window.canvasLab
  const view = { w: 300, h: 220, dpr: 1, camera: { x: -150, y: -110, zoom: 1 } }
  const one = async (): Promise<void> => {
    const doc = new Y.Doc()
    const board = new Board(doc)
    const [id = ''] = board.insert(mixedShapes({ x: 0, y: 0, size: 1 }))
    const on = new CanvasStage({ board, view })
    await on.idle()
    on.show({ ...view, camera: { x: -200, y: -200, zoom: 0.7 } })
    const draft = { ...board.shape(id)!, angle: 1 }
    on.renderer.setOverlay({ ...EMPTY_OVERLAY, drafts: new Map([[id, draft]]) })
    await on.idle()
    on.dispose()
    board.dispose()
    doc.destroy()
  }
  for (let i = 0; i < count; i += 5) await Promise.all(Array.from({ length: 5 }, one))
}
