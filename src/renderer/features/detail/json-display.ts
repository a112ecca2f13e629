/** JSON text laid out for reading: numbers keep every digit as stored, texts are shown unescaped where they can be. */

const TOKEN = /\s+|"(?:[^"\\]|\\.)*"|[[\]{}:,]|[^\s"[\]{}:,]+/gs;

/** A JSON string token with its escapes resolved, still quoted; what cannot be shown (control characters, half surrogates) stays escaped. */
function readable(token: string): string {
  try {
    return JSON.stringify(JSON.parse(token));
  } catch {
    return token;
  }
}

/** Lays out a JSON text over indented lines. Text that is no JSON comes out with its tokens in order, nothing lost. */
export function layOutJson(json: string): string {
  const tokens = (json.match(TOKEN) ?? []).filter((token) => token.trim() !== '');
  let text = '';
  let depth = 0;
  const newLine = () => {
    text += `\n${'  '.repeat(depth)}`;
  };
  tokens.forEach((token, index) => {
    const next = tokens[index + 1];
    if (token === '{' || token === '[') {
      text += token;
      depth += 1;
      if (next !== '}' && next !== ']') newLine();
    } else if (token === '}' || token === ']') {
      depth = Math.max(0, depth - 1);
      const before = tokens[index - 1];
      if (before !== '{' && before !== '[') newLine();
      text += token;
    } else if (token === ',') {
      text += token;
      newLine();
    } else if (token === ':') {
      text += ': ';
    } else {
      text += token.startsWith('"') ? readable(token) : token;
    }
  });
  return text;
}

/** The text of a JSON string; null where the value is something else. */
export function stringOfJson(json: string): string | null {
  if (!json.startsWith('"')) return null;
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'string' ? value : null;
  } catch {
    return null;
  }
}

/** Elements of a JSON array as they are stored. Expects JSON; of a text that is none it answers what lies between its commas. */
export function elementTexts(json: string): readonly string[] {
  const tokens = json.match(TOKEN) ?? [];
  const elements: string[] = [];
  let depth = 0;
  let element = '';
  for (const token of tokens) {
    const opens = token === '[' || token === '{';
    const closes = token === ']' || token === '}';
    if (closes) depth -= 1;
    if (depth === 1 && token === ',') {
      elements.push(element.trim());
      element = '';
    } else if (depth > 0) {
      element += token;
    }
    if (opens) depth += 1;
  }
  return element.trim() === '' ? elements : [...elements, element.trim()];
}
