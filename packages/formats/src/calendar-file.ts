// iCalendar (RFC 5545): days and hours for programs of calendars. Lines are folded at 75 octets without cutting a
// character; the time zone is that of Beijing.
export interface CalendarEvent {
  /** Stays the same however often the event is moved. */
  uid: string
  /** Rises whenever the event changes. */
  sequence: number
  title: string
  /** `YYYY-MM-DD`. */
  day: string
  /** `HH:MM` of Beijing; without it the whole day. */
  time?: string | undefined
  minutes?: number | undefined
  description?: string | undefined
  url?: string | undefined
  cancelled?: boolean | undefined
  /** Instant (ISO) at which it was last changed. */
  changedAt: string
}

const escaped = (text: string): string =>
  text
    .replace(/\\/g, '\\\\')
    .replace(/;/g, '\\;')
    .replace(/,/g, '\\,')
    .replace(/\r\n?|\n/g, '\\n')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: RFC 5545 不允许这些字符
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '')
const octets = (char: string): number => {
  const code = char.codePointAt(0) ?? 0
  return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
}
/** One content line, folded; the octets of the blank that begins a continued line count as well. */
function folded(line: string): string {
  let out = ''
  let used = 0
  for (const char of line) {
    const size = octets(char)
    if (used + size > 75) {
      out += '\r\n '
      used = 1
    }
    out += char
    used += size
  }
  return out
}
const stamp = (iso: string): string => new Date(iso).toISOString().replace(/[-:]|\.\d{3}/g, '')
const dayOf = (day: string): string => day.replaceAll('-', '')
const nextDay = (day: string): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)

/** The file of one calendar, its events in the order given. */
export function calendarFile(name: string, events: readonly CalendarEvent[]): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Dianzhang//Dianzhang//ZH',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    `NAME:${escaped(name)}`,
    `X-WR-CALNAME:${escaped(name)}`,
    'X-WR-TIMEZONE:Asia/Shanghai',
    'REFRESH-INTERVAL;VALUE=DURATION:PT6H',
    'X-PUBLISHED-TTL:PT6H',
    'BEGIN:VTIMEZONE',
    'TZID:Asia/Shanghai',
    'BEGIN:STANDARD',
    'DTSTART:19700101T000000',
    'TZOFFSETFROM:+0800',
    'TZOFFSETTO:+0800',
    'TZNAME:CST',
    'END:STANDARD',
    'END:VTIMEZONE',
    ...events.flatMap((event) => [
      'BEGIN:VEVENT',
      `UID:${escaped(event.uid)}`,
      `SEQUENCE:${event.sequence}`,
      `DTSTAMP:${stamp(event.changedAt)}`,
      `LAST-MODIFIED:${stamp(event.changedAt)}`,
      ...(event.time
        ? [
            `DTSTART;TZID=Asia/Shanghai:${dayOf(event.day)}T${event.time.replace(':', '')}00`,
            `DURATION:PT${event.minutes ?? 60}M`,
          ]
        : [`DTSTART;VALUE=DATE:${dayOf(event.day)}`, `DTEND;VALUE=DATE:${dayOf(nextDay(event.day))}`]),
      `SUMMARY:${escaped(event.title)}`,
      ...(event.description ? [`DESCRIPTION:${escaped(event.description)}`] : []),
      ...(event.url ? [`URL:${event.url}`] : []),
      `STATUS:${event.cancelled ? 'CANCELLED' : 'CONFIRMED'}`,
      'TRANSP:TRANSPARENT',
      'END:VEVENT',
    ]),
    'END:VCALENDAR',
    '',
  ]
  return lines.map(folded).join('\r\n')
}
