/** The web app's beginning: styles and the one component everything is in. */
import { mount } from 'svelte'
import App from './App.svelte'
import { registerServiceWorker } from './lib/service-worker.ts'
import './styles/app.css'

const target = document.getElementById('app')
if (!target) throw new Error('The page has no element called "app"')
mount(App, { target })
registerServiceWorker()
