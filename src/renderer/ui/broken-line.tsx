/** The broken line: a ripple between two still waters, for pages with nothing on them. */
export function BrokenLine() {
  return (
    <svg width="120" height="30" viewBox="0 0 120 30" fill="none" aria-hidden stroke="currentColor">
      <path
        d="M1 12h34c9 0 10-9 17-9s10 17 19 17c8 0 9-12 17-12 6 0 6 4 13 4h18"
        strokeWidth="2"
        strokeLinecap="round"
        opacity="0.75"
      />
      <path
        d="M21 24h26c7 0 9-4 14-4s7 6 13 6 7-3 12-3h22"
        strokeWidth="2"
        strokeLinecap="round"
        opacity="0.45"
      />
    </svg>
  );
}
