/** What was found, in words. */
import type { HashMatches, TextForm } from '../../../shared/summaries.ts';
import { formatCount, formatCountOf } from '../../ui/number-text.ts';

/** `Said in 3 entries: 2 times as input, once as output.` */
export function matchesText({ entries, asInput, asOutput }: HashMatches): string {
  if (entries === 0) return 'No entry has exactly this text as its input or output.';
  const where = [
    ...(asInput > 0 ? [`as input in ${formatCount(asInput)}`] : []),
    ...(asOutput > 0 ? [`as output in ${formatCount(asOutput)}`] : []),
  ];
  return `Exactly this text is in ${formatCountOf(entries, 'entry', 'entries')}: ${where.join(', ')}.`;
}

const FORMS: Readonly<Record<TextForm, string | null>> = {
  as_given: null,
  line_ends_crlf:
    'It was recorded with Windows line ends (CR LF), which text fields take away; it was found with them.',
  without_final_line_end: 'It was recorded without the line end at its end; it was found without it.',
  with_final_line_end: 'It was recorded with a line end at its end; it was found with it.',
  trimmed: 'It was recorded without the white space around it; it was found without it.',
};

/** In which form the text was found, as a sentence; null where it was found as it was given. */
export function formText(form: TextForm): string | null {
  return FORMS[form];
}
