export const EXCHANGE_PATH = '/import';
