/** A made file: name with extension, media type, bytes. */
export interface ExportedFile {
  name: string
  mediaType: string
  bytes: Uint8Array
}
/** A file that is never whole in memory. */
export interface StreamedFile {
  name: string
  mediaType: string
  pieces: AsyncIterable<Uint8Array>
}
