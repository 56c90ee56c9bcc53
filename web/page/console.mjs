// The console: an input line for the scenario language. What may come next, what is wrong and what was given before are
// the module's to say (shell/present/completion.h); places in a line are bytes there and characters here.
import { element, reconcile, setAttribute, setText } from './dom.mjs';

const bytesBefore = (text, place) => new TextEncoder().encode(text.slice(0, place)).length;
const placeOf = (text, bytes) => new TextDecoder().decode(new TextEncoder().encode(text).slice(0, bytes)).length;

export function createConsole(module, { give, leave }) {
  const form = document.getElementById('console');
  const input = document.getElementById('console-line');
  const hint = document.getElementById('console-hint');
  const error = document.getElementById('console-error');
  const offers = document.getElementById('console-offers');
  let next = null; // what the module last said of the line
  let refused = ''; // why the line given last was not accepted

  function tell() {
    const wrong = refused || next.error;
    setText(error, wrong);
    error.hidden = !wrong;
    setText(hint, next.hint);
    setAttribute(input, 'aria-invalid', wrong ? 'true' : false);
    setAttribute(input, 'aria-describedby', wrong ? 'console-error' : 'console-hint');
  }

  function look() {
    const cursor = bytesBefore(input.value, input.selectionStart ?? input.value.length);
    next = JSON.parse(module.ccall('vmp_complete', 'string', ['string', 'number'], [input.value, cursor]));
    tell();
    reconcile(
      offers,
      next.items,
      (item) => item.text,
      (item) => {
        const chip = element('button', { type: 'button' });
        chip.addEventListener('click', () => {
          take(item.text);
          input.focus();
        });
        return chip;
      },
      (chip, item) => {
        setText(chip, item.text);
        setAttribute(chip, 'title', item.hint || false);
      },
    );
  }

  function setLine(text, place = text.length) {
    input.value = text;
    input.setSelectionRange(place, place);
    refused = '';
    look();
  }

  // Puts `word` in place of the one at the cursor.
  function take(word) {
    const line = input.value;
    const before = line.slice(0, placeOf(line, next.start)) + word;
    const rest = line.slice(placeOf(line, next.end));
    setLine(before + (rest || ' '), before.length + 1);
  }

  // Tab takes the first word offered where one was begun; otherwise it leaves, as everywhere.
  function takeFirst() {
    const cursor = input.selectionStart;
    const begun = input.value.slice(placeOf(input.value, next.start), cursor);
    const first = next.items[0]?.text;
    if (!begun || first === undefined || first === begun) return false;
    take(first);
    return true;
  }

  function hide() {
    form.hidden = true;
    leave();
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const line = input.value.trim();
    if (line === '') return;
    const answer = give(line);
    if (!answer) {
      setLine('');
      return;
    }
    refused = answer;
    // To the place that is wrong.
    const column = /^Column (\d+)/.exec(answer);
    if (column) {
      const place = placeOf(line, Number(column[1]) - 1);
      input.value = line;
      input.setSelectionRange(place, line.indexOf(' ', place) < 0 ? line.length : line.indexOf(' ', place));
    }
    tell();
    input.focus();
  });
  input.addEventListener('input', () => {
    refused = '';
    look();
  });
  input.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
      event.preventDefault();
      const older = event.key === 'ArrowUp' ? 1 : 0;
      setLine(module.ccall('vmp_history', 'string', ['number', 'string'], [older, input.value]));
    } else if (event.key === 'Tab' && !event.shiftKey && takeFirst()) {
      event.preventDefault();
    }
  });
  input.addEventListener('keyup', (event) => {
    if (['ArrowLeft', 'ArrowRight', 'Home', 'End'].includes(event.key)) look();
  });
  input.addEventListener('focus', look);
  form.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    hide();
  });
  document.getElementById('console-close').addEventListener('click', hide);

  return {
    show() {
      form.hidden = false;
      look();
      input.focus();
    },
  };
}
