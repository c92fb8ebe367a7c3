export { RecordingMismatchError } from './node/recording-mismatch-error.js';
export { MissingRecordingError } from './node/missing-recording-error.js';
export { readRecording } from './node/read-recording.js';
export { recorded } from './node/recorded.js';
export type { RecordedOptions } from './node/recorded.js';
export { writeRecording } from './node/write-recording.js';
