import type { ThemeConfig } from 'antd'
import darkAlgorithm from 'antd/es/theme/themes/dark'
import { useMemo, useSyncExternalStore } from 'react'

/** The same as the variables at the top of app.css. */
const light = {
  colorPrimary: '#1f4e8c',
  colorInfo: '#1f4e8c',
  colorLink: '#1f4e8c',
  colorError: '#b3261e',
  colorSuccess: '#1d6b3f',
  colorWarning: '#8a5a00',
  colorText: '#1c2430',
  colorTextSecondary: '#4f5b6b',
  colorTextPlaceholder: '#6b7684',
  colorBorder: '#b9c2cd',
  colorBorderSecondary: '#dde2e8',
}
const dark = {
  colorPrimary: '#8ab8f0',
  colorInfo: '#8ab8f0',
  colorLink: '#8ab8f0',
  colorError: '#f29a92',
  colorSuccess: '#82cf9d',
  colorWarning: '#ebbf6a',
  colorTextLightSolid: '#101418',
  colorBgBase: '#1b2027',
  colorBgContainer: '#1b2027',
  colorBgElevated: '#232a32',
  colorText: '#e3e7ec',
  colorTextSecondary: '#a8b2be',
  colorTextPlaceholder: '#98a3af',
  colorBorder: '#4c5763',
  colorBorderSecondary: '#323a44',
}
const shared = {
  borderRadius: 4,
  fontSize: 14,
  fontFamily: 'system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", sans-serif',
  motionDurationMid: '0.1s',
  motionDurationSlow: '0.15s',
  // The style sheet takes every animation away for those who asked for that; a component that waits for the end of
  // its animation would then never open.
  motion: !window.matchMedia('(prefers-reduced-motion: reduce)').matches,
}
const asked = window.matchMedia('(prefers-color-scheme: dark)')
const subscribe = (changed: () => void) => {
  asked.addEventListener('change', changed)
  return () => asked.removeEventListener('change', changed)
}

/** Colours of the component library, light or dark as the system asks; they change while the page is open. */
export function useTheme(): ThemeConfig {
  const isDark = useSyncExternalStore(subscribe, () => asked.matches)
  return useMemo(
    () => ({
      hashed: false,
      token: { ...shared, ...(isDark ? dark : light) },
      ...(isDark ? { algorithm: darkAlgorithm } : {}),
    }),
    [isDark],
  )
}
