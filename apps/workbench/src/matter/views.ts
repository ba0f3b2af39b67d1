// The tabs every matter has; loaded only when clicked.
import { lazy } from 'react'

export const Deadlines = lazy(() => import('./deadlines.tsx').then((m) => ({ default: m.Deadlines })))
export const PlanTab = lazy(() => import('./plan.tsx').then((m) => ({ default: m.PlanTab })))
export const ChartTab = lazy(() => import('./chart.tsx').then((m) => ({ default: m.ChartTab })))
export const History = lazy(() => import('./history.tsx').then((m) => ({ default: m.History })))
export const Refusals = lazy(() => import('./history.tsx').then((m) => ({ default: m.Refusals })))
