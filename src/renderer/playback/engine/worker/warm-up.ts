/** What a browser is asked about before it decodes; to be asked once takes it the longest. */
const USUAL_CONFIGS = [
  { codec: 'mp3', sampleRate: 44_100, numberOfChannels: 2 },
  { codec: 'mp4a.40.2', sampleRate: 44_100, numberOfChannels: 2 },
] as const satisfies readonly AudioDecoderConfig[];

/** So that the first track need not wait for it. */
export const warmUp = async (): Promise<void> => {
  await Promise.all(USUAL_CONFIGS.map((config) => AudioDecoder.isConfigSupported(config)));
};
