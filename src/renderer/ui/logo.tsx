import { useId } from 'react';

const ARM =
  'M5 19.7V9.9C5 6.7 6.9 4.9 9.1 4.9c2.4 0 3.6 1.9 4.3 4.4.7 2.5 1.5 3.7 3.1 3.7 1.3 0 2.1-.9 2.7-2.1';
const RIPPLE = 'M9.8 18.9c1-1.9 2.7-2.3 4.5-.7 1.7 1.5 3.5 1.3 4.9-1';
const LETTERS =
  'M1.59 0V-16.48H9.09Q10.91 -16.48 12.04 -15.84Q13.16 -15.2 13.69 -14.07Q14.22 -12.94 14.22 -11.48Q14.22 -9.89 13.61 -8.66Q12.99 -7.44 11.79 -6.81L14.8 0H11.29L8.69 -6.08H4.85V0ZM4.85 -8.75H8.69Q9.81 -8.75 10.37 -9.45Q10.92 -10.14 10.92 -11.35Q10.92 -12.15 10.68 -12.68Q10.44 -13.21 9.94 -13.49Q9.44 -13.76 8.65 -13.76H4.85ZM16.5 -14.6V-17.37H19.48V-14.6ZM16.5 0V-12.64H19.48V0ZM22.57 0V-10.24H21.02V-12.64H22.57V-14.27Q22.57 -15.33 22.88 -16.07Q23.2 -16.81 23.88 -17.2Q24.55 -17.59 25.63 -17.59Q25.92 -17.59 26.28 -17.54Q26.63 -17.5 26.96 -17.42Q27.3 -17.35 27.52 -17.25V-15.19H26.49Q26 -15.19 25.77 -14.92Q25.54 -14.66 25.54 -14.17V-12.64H27.52V-10.24H25.54V0ZM28.45 0V-10.24H26.9V-12.64H28.45V-14.27Q28.45 -15.33 28.76 -16.07Q29.08 -16.81 29.76 -17.2Q30.43 -17.59 31.51 -17.59Q31.8 -17.59 32.16 -17.54Q32.51 -17.5 32.84 -17.42Q33.18 -17.35 33.4 -17.25V-15.19H32.37Q31.88 -15.19 31.65 -14.92Q31.42 -14.66 31.42 -14.17V-12.64H33.4V-10.24H31.42V0ZM34.74 0V-17.37H37.72V0ZM45.23 0.29Q43.39 0.29 42.17 -0.4Q40.96 -1.09 40.36 -2.56Q39.77 -4.02 39.77 -6.32Q39.77 -8.65 40.37 -10.11Q40.98 -11.56 42.2 -12.24Q43.42 -12.93 45.26 -12.93Q46.95 -12.93 48.08 -12.29Q49.22 -11.65 49.79 -10.25Q50.36 -8.86 50.36 -6.56V-5.65H42.82Q42.84 -4.44 43.07 -3.63Q43.31 -2.82 43.83 -2.42Q44.35 -2.03 45.24 -2.03Q45.73 -2.03 46.12 -2.17Q46.52 -2.31 46.8 -2.61Q47.09 -2.9 47.24 -3.36Q47.4 -3.82 47.4 -4.43H50.34Q50.33 -3.24 49.97 -2.35Q49.61 -1.46 48.94 -0.88Q48.27 -0.3 47.33 -0Q46.39 0.29 45.23 0.29ZM42.84 -7.55H47.28Q47.28 -8.37 47.15 -8.95Q47.02 -9.52 46.77 -9.89Q46.52 -10.27 46.13 -10.43Q45.75 -10.59 45.25 -10.59Q44.44 -10.59 43.93 -10.26Q43.42 -9.92 43.17 -9.24Q42.92 -8.57 42.84 -7.55Z';

const stroke = { fill: 'none', strokeWidth: 2.6, strokeLinecap: 'round', strokeLinejoin: 'round' } as const;

/** An r whose arm runs off as a ripple, over a second ripple. One colour, for placeholders. */
export function Mark({ className }: { readonly className?: string }) {
  return (
    <svg className={className} viewBox="3 3 18 18.5" aria-hidden>
      <path d={ARM} stroke="currentColor" {...stroke} />
      <path d={RIPPLE} stroke="currentColor" {...stroke} />
    </svg>
  );
}

/** The mark in ink and accent: alone on the rail, with the name in the sidebar. */
export function Logo({ shape, height }: { readonly shape: 'mark' | 'wordmark'; readonly height: number }) {
  const id = useId();
  const wide = shape === 'wordmark';
  return (
    <svg height={height} viewBox={wide ? '2 2.5 75 20' : '3.5 3 17 18.5'} aria-labelledby={id} fill="none">
      <title id={id}>Riffle</title>
      <g transform={wide ? 'translate(-1.5 0)' : undefined}>
        <path d={ARM} stroke="currentColor" {...stroke} />
        <path d={RIPPLE} stroke="var(--accent)" {...stroke} />
      </g>
      {wide && <path transform="translate(25.4 20.6)" fill="currentColor" d={LETTERS} />}
    </svg>
  );
}
