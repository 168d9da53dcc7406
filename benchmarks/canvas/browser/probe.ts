/** Counts a page's frames. It runs in every page before its own scripts and must stand alone: only its text gets there. */

/** Kept on `window.probe`. */
export interface Probe {
  /** Notes the time of every animation frame until `stopFrames`, which gives them in ms. */
  startFrames(): void
  stopFrames(): number[]
}

declare global {
  interface Window {
    probe: Probe
  }
}

export function installProbe(): void {
  let times: number[] = []
  let request = 0
  const note = (time: number): void => {
    times.push(time)
    request = requestAnimationFrame(note)
  }
  window.probe = {
    startFrames: () => {
      times = []
      request = requestAnimationFrame(note)
    },
    stopFrames: () => {
      cancelAnimationFrame(request)
      return times
    },
  }
}
