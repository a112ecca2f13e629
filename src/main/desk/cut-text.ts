/** Texts cut to what a window can show. */

/** Longest text of one field that crosses to the window, in UTF-16 units. */
export const LONGEST_SHOWN_TEXT = 262_144;

/** A text cut after {@link LONGEST_SHOWN_TEXT}, never inside a surrogate pair, and whether it was cut. */
export function cutText(text: string): { readonly text: string; readonly cut: boolean } {
  if (text.length <= LONGEST_SHOWN_TEXT) return { text, cut: false };
  const last = text.charCodeAt(LONGEST_SHOWN_TEXT - 1);
  const splitsPair = last >= 0xd800 && last <= 0xdbff;
  return { text: text.slice(0, LONGEST_SHOWN_TEXT - (splitsPair ? 1 : 0)), cut: true };
}
