// The addresses of this site's pages.
export const entryHref = (id: string): string => `/register/${encodeURIComponent(id)}`
export const consultationHref = (id: string): string => `/consultations/${encodeURIComponent(id)}`
