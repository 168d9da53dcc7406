/** What joiners are sent: nothing is merged that need not be, nothing is sent that they have. */
import { describe, expect, test } from 'vitest'
import { type Answer, Answers } from './answers.ts'
import { Coverage, encodeStateVector } from './coverage.ts'
import { DocumentBytes } from './document-bytes.ts'
import {
  edit,
  memoryWire,
  messagesOf,
  NOTHING,
  toyContent,
  toyDocuments,
  toyInfo,
  toyUpdate,
} from './testing/index.ts'

const BASE = toyUpdate({ structs: [{ client: 1, clock: 0, length: 10 }], deleted: ['1:3'] })
const HAS_BASE = encodeStateVector(new Map([[1, 10]]))

/** A document of a base and some updates, with everything that was asked of the functions. */
class Bench {
  readonly asked: string[] = []
  readonly bytes: DocumentBytes
  readonly answers: Answers
  readonly #coverage = new Coverage()

  constructor(base: Uint8Array | null = BASE) {
    if (base) this.#coverage.add(toyInfo(base).structs)
    const stateVector = (): Uint8Array => this.#coverage.stateVector()
    const documents = {
      ...toyDocuments,
      merge: (updates: readonly Uint8Array[]) => {
        this.asked.push(`merge ${updates.length}`)
        return toyDocuments.merge(updates)
      },
      diff: (bytes: Uint8Array, stateVectorOf: Uint8Array) => {
        this.asked.push(bytes === this.bytes.base ? 'diff base' : 'diff tail')
        return toyDocuments.diff(bytes, stateVectorOf)
      },
    }
    const start = { base, baseStateVector: stateVector(), tail: [], stateVector }
    this.bytes = new DocumentBytes(documents, start)
    this.answers = new Answers(this.bytes, documents)
  }

  add(...updates: Uint8Array[]): void {
    for (const update of updates) {
      this.#coverage.add(toyInfo(update).structs)
      this.bytes.append(update)
    }
  }

  /** The types and contents of what somebody with these clocks is sent. */
  async tell(stateVector: Uint8Array, kolam = true): Promise<[string, string[]][]> {
    return told(await this.answers.to(stateVector), kolam)
  }
}

function told(answer: Answer, kolam: boolean): [string, string[]][] {
  return answer
    .writes('step2', kolam ? 'kolam' : 'stock', memoryWire)
    .flatMap(messagesOf)
    .map((message) => {
      if (!('update' in message)) throw new Error(`"${message.type}" is no piece of a document`)
      return [message.type, toyContent(message.update)]
    })
}

describe('who has nothing', () => {
  test('[R13] is sent the base as it stands, then the tail, and the step2 last', async () => {
    const bench = new Bench()
    bench.add(edit(2, 0), edit(2, 1))
    const base = toyContent(BASE)
    expect(await bench.tell(NOTHING)).toEqual([
      ['part', base],
      ['step2', ['2:0', '2:1']],
    ])
    expect((await bench.tell(NOTHING, false))[0]).toEqual(['update', base])
    expect(bench.asked).toEqual(['merge 2'])
  })

  test('[R13] is sent one step2 where there is only one of the two', async () => {
    expect(await new Bench().tell(NOTHING)).toEqual([['step2', toyContent(BASE)]])
    const young = new Bench(null)
    young.add(edit(2, 0))
    expect(await young.tell(NOTHING)).toEqual([['step2', ['2:0']]])
    expect(await new Bench(null).tell(NOTHING)).toEqual([['step2', []]])
    expect(young.asked).toEqual([])
  })

  test('[R4] shares the frames of the base with those who came before the document grew', async () => {
    const bench = new Bench()
    const before = await bench.answers.to(NOTHING)
    bench.add(edit(2, 0))
    const after = await bench.answers.to(NOTHING)
    const [whole] = before.writes('none', 'stock', memoryWire)
    expect(after.writes('step2', 'stock', memoryWire)[0]).toBe(whole)
  })
})

describe('who has the base', () => {
  test('[R13] pays for its deletions and the tail only', async () => {
    const bench = new Bench()
    bench.add(edit(2, 0), edit(1, 10))
    expect(await bench.tell(HAS_BASE)).toEqual([
      ['part', ['-1:3']],
      ['step2', ['1:10', '2:0']],
    ])
  })

  test('[R4] causes no second look at the base, whatever else it has', async () => {
    const bench = new Bench()
    for (let clock = 0; clock < 5; clock++) {
      bench.add(edit(2, clock))
      const has = new Map([
        [1, 10],
        [2, clock],
      ])
      const [, last] = await bench.tell(encodeStateVector(has))
      expect(last).toEqual(['step2', [`2:${clock}`]])
    }
    expect(bench.asked.filter((question) => question === 'diff base')).toHaveLength(1)
  })

  test('[R3] is sent what a merge put into the base since', async () => {
    const bench = new Bench()
    bench.add(edit(2, 0), toyUpdate({ structs: [], deleted: ['1:4'] }))
    await bench.bytes.merged()
    bench.add(edit(2, 1))
    expect(await bench.tell(HAS_BASE)).toEqual([
      ['part', ['-1:3', '-1:4', '2:0']],
      ['step2', ['2:1']],
    ])
  })
})

describe('who has a part of it', () => {
  test('[R3] is sent the rest of both', async () => {
    const bench = new Bench()
    bench.add(edit(2, 0, 4))
    const has = new Map([
      [1, 8],
      [2, 3],
    ])
    expect(await bench.tell(encodeStateVector(has))).toEqual([
      ['part', ['-1:3', '1:8', '1:9']],
      ['step2', ['2:3']],
    ])
  })

  test('[R3] is sent what waits behind a gap', async () => {
    const bench = new Bench()
    bench.add(edit(2, 5))
    await bench.bytes.merged()
    expect(await bench.tell(HAS_BASE)).toEqual([['step2', ['-1:3', '2:5']]])
  })
})
