/** As the contract writes it (`invitationSchema`): a secret, which is passed on in a link or by itself. */
const CODE = /^[0-9A-Za-z_-]{22,64}$/;

/** The code in what somebody pasted, a whole link or the code alone; null: it is no invitation. */
export function invitationCode(text: string): string | null {
  const trimmed = text.trim();
  if (CODE.test(trimmed)) return trimmed;
  const url = URL.parse(trimmed);
  const [, code] = /\/join\/([^/]+)\/?$/.exec(url?.pathname ?? '') ?? [];
  return code !== undefined && CODE.test(code) ? code : null;
}
