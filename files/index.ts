/**
 * The room of files: what comes with a message or is added by a colleague. Content is kept outside the database (on disk, or in an S3-compatible
 * store), piece by piece and never whole in memory; its row in the register says whose it is and what a virus scanner made of it. Channels and
 * workbench are handed `Files` as the domain's `AttachmentStore`; whether somebody may see a file is theirs to know.
 */
export type { Blobs } from './blobs.ts';
export { Clamd, type ClamdAddress, parseClamdAddress } from './clamd.ts';
export { DiskBlobs } from './disk.ts';
export { Files, type FilesOptions } from './files.ts';
export { S3Blobs, type S3Options } from './s3.ts';
export type { Scanner } from './scanner.ts';
export { tendFiles } from './tend.ts';
