/** Finds where a text was said, by its hash alone: no key is needed, and the text goes no further than this. */
import { type EntryFilter, NO_FILTER } from '../../shared/query.ts';
import type { FoundText, TextForm } from '../../shared/summaries.ts';
import { hashContent } from '../audit/index.ts';
import type { Catalog } from '../catalog/catalog.ts';

/**
 * Hashes a text and counts the entries that have the hash. Where there is none, the forms are tried that a clipboard or a text field
 * may have made of it; the answer says which one was found. `unencodable_text` where the text has no UTF-8.
 */
export async function findText(catalog: Catalog, text: string, filter: EntryFilter): Promise<FoundText> {
  const forms = textForms(text).map(({ form, text: formed }) => ({ form, hash: hashContent(formed) }));
  const asGiven = forms[0] ?? { form: 'as_given', hash: hashContent(text) };
  for (const { form, hash } of forms) {
    const inLog = await catalog.hashMatches(NO_FILTER, hash);
    if (inLog.entries > 0) return { hash, form, inLog, inView: await catalog.hashMatches(filter, hash) };
  }
  const nowhere = { entries: 0, asInput: 0, asOutput: 0 };
  return { hash: asGiven.hash, form: asGiven.form, inLog: nowhere, inView: nowhere };
}

/** The text as given, and each other form that differs from those before it. */
function textForms(text: string): readonly { readonly form: TextForm; readonly text: string }[] {
  const all: readonly { readonly form: TextForm; readonly text: string }[] = [
    { form: 'as_given', text },
    { form: 'line_ends_crlf', text: text.replace(/\r?\n/g, '\r\n') },
    { form: 'without_final_line_end', text: text.replace(/[\r\n]+$/, '') },
    { form: 'with_final_line_end', text: `${text}\n` },
    { form: 'trimmed', text: text.trim() },
  ];
  return all.filter(({ text: formed }, index) => all.findIndex((other) => other.text === formed) === index);
}
