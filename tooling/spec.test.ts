import { expect, test } from 'vitest'
import { specFaults } from './spec.ts'

const SPEC = '- **R1** One.\n- **R2** Two.\n'

test('specFaults() is empty when every rule is cited and every citation is a rule', () => {
  expect(specFaults('relay', SPEC, ["test('[R1,R2] both')"])).toEqual([])
})

test('specFaults() names a rule nobody cites', () => {
  expect(specFaults('relay', SPEC, ["test('[R1] one')"])).toEqual(['relay: no test cites R2'])
})

test('specFaults() names a citation of no rule, a double rule and an empty spec', () => {
  expect(specFaults('a', SPEC, ["'[R1]' '[R2]' '[R3]'"])).toEqual([
    'a: a test cites R3, which is no rule',
  ])
  expect(specFaults('b', SPEC + SPEC, ["'[R1,R2]'"])).toHaveLength(2)
  expect(specFaults('c', 'nothing', [])).toEqual(['c: no rules found'])
})
