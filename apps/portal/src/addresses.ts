// 本站各页的地址。
export const entryHref = (id: string): string => `/register/${encodeURIComponent(id)}`
export const consultationHref = (id: string): string => `/consultations/${encodeURIComponent(id)}`
