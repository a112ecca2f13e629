/** Texts that would run, fetch or lead away where any part of a window took them for more than text. */

/** Name of the function that a text calls where it is run; the scenario puts it into the page. */
export const TRAP = 'injectedTextRan';
/** Where a text would fetch from or lead to. */
export const EVIL_ORIGIN = 'http://evil.example';
/** Attribute that every element carries which a text would make. */
export const MARK = 'data-injected';

const run = (number: number) => `${TRAP}(${number})`;
const url = (number: number) => `${EVIL_ORIGIN}/${number}`;

/** One way in each; every element carries {@link MARK}. */
const WAYS: readonly ((number: number) => string)[] = [
  (n) => `<script ${MARK}>${run(n)}</script>`,
  (n) => `<script ${MARK} src="${url(n)}.js"></script>`,
  (n) => `<img ${MARK} src=x onerror=${run(n)}>`,
  (n) => `<img ${MARK} src="${url(n)}.png">`,
  (n) => `<svg ${MARK} onload=${run(n)}><script>${run(n)}</script></svg>`,
  (n) => `<svg ${MARK}><animate onbegin=${run(n)} attributeName=x dur=1s>`,
  (n) => `<iframe ${MARK} srcdoc="<script>parent.${run(n)}</script>"></iframe>`,
  (n) => `<iframe ${MARK} src="javascript:parent.${run(n)}"></iframe>`,
  (n) => `<object ${MARK} data="${url(n)}"></object><embed ${MARK} src="${url(n)}">`,
  (n) => `<details ${MARK} open ontoggle=${run(n)}>`,
  (n) => `<input ${MARK} autofocus onfocus=${run(n)}>`,
  (n) => `<body ${MARK} onload=${run(n)}><video ${MARK}><source onerror=${run(n)}></video>`,
  (n) => `<a ${MARK} href="javascript:${run(n)}">x</a>[x](javascript:${run(n)})`,
  (n) => `<meta ${MARK} http-equiv="refresh" content="0;url=${url(n)}"><base ${MARK} href="${url(n)}/">`,
  (n) => `<form ${MARK} action="${url(n)}"><button ${MARK} formaction="${url(n)}">x</button></form>`,
  (n) => `<link ${MARK} rel=stylesheet href="${url(n)}.css"><style ${MARK}>@import url(${url(n)});</style>`,
  (n) => `<math ${MARK}><mtext><table><mglyph><style><img ${MARK} src=x onerror=${run(n)}>`,
  (n) => `"><img ${MARK} src=x onerror=${run(n)}><x y="`,
  (n) => `'-${run(n)}-'";${run(n)};//</script><script ${MARK}>${run(n)}</script>`,
  (n) => `\${${run(n)}}{{constructor.constructor('${run(n)}')()}}#{${run(n)}}`,
  (n) => `javascript:${run(n)}`,
  (n) => `data:text/html,<script ${MARK}>${run(n)}</script>`,
  (n) => `]]><!--><img ${MARK} src=x onerror=${run(n)}>-->`,
  (n) =>
    `{"__proto__":{"innerHTML":"<img ${MARK} src=x onerror=${run(n)}>"},"dangerouslySetInnerHTML":{"__html":"<b ${MARK}>"}}`,
  (n) => `url(${url(n)}) expression(${run(n)}) ; background-image:url('${url(n)}')`,
];

/** How a way is written, so that one who decodes, folds or cuts meets it too. */
const DISGUISES: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => text.toUpperCase().replaceAll(TRAP.toUpperCase(), TRAP).replaceAll(MARK.toUpperCase(), MARK),
  (text) => text.replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
  (text) => encodeURIComponent(text),
  (text) => `\u202e\u0000${text}\u2028`,
  (text) => text.replaceAll('<', '\\u003c'),
  (text) => `${'x'.repeat(150)}${text}`,
  (text) => text.replaceAll(' ', '\n'),
];

/** 200 texts: every way in every disguise. */
export const INJECTIONS: readonly string[] = DISGUISES.flatMap((disguise, outer) =>
  WAYS.map((way, inner) => disguise(way(outer * WAYS.length + inner))),
);
