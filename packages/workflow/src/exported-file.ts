/** A made file: name with extension, media type, bytes. */
export interface ExportedFile {
  name: string
  mediaType: string
  bytes: Uint8Array
}
