/** How components below the board page reach its session. */
import { createContext } from 'svelte'
import type { BoardSession } from './session.svelte.ts'

export const [getSession, setSession] = createContext<BoardSession>()
