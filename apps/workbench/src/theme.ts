import type { ThemeConfig } from 'antd'

/** The same as the variables at the top of app.css. */
export const theme: ThemeConfig = {
  hashed: false,
  token: {
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
    borderRadius: 4,
    fontSize: 14,
    fontFamily: 'system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", sans-serif',
    motionDurationMid: '0.1s',
    motionDurationSlow: '0.15s',
    // The style sheet takes every animation away for those who asked for that; a component that waits for the end of
    // its animation would then never open.
    motion: !window.matchMedia('(prefers-reduced-motion: reduce)').matches,
  },
}
