/** NMMetered of libnm: 0 unknown, 1 yes, 2 no, 3 guessed yes, 4 guessed no. A guess counts, as libnm advises. */
const NETWORK_MANAGER: ReadonlyMap<string, boolean> = new Map([
  ['1', true],
  ['2', false],
  ['3', true],
  ['4', false],
]);

/** `u 4` (busctl) or `   variant       uint32 4` (dbus-send). */
export const readNetworkManager = (output: string): boolean | null => {
  const [, value = ''] = /^\s*(?:u|variant\s+uint32)\s+(\d+)\s*$/.exec(output) ?? [];
  return NETWORK_MANAGER.get(value) ?? null;
};

/** NetworkCostType of Windows.Networking.Connectivity: Unknown, Unrestricted, Fixed, Variable; roaming costs in any case. */
export const readConnectionCost = (output: string): boolean | null => {
  const [, type, roaming] = /^(\w+) roaming=(True|False)\s*$/.exec(output) ?? [];
  if (roaming === 'True' || type === 'Fixed' || type === 'Variable') return true;
  return type === 'Unrestricted' ? false : null;
};
