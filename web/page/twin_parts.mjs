// The parts of the text view as elements. What each part says and asks for comes from shell/present/twin_json.cpp.
import { element, reconcile, setAttribute, setText } from './dom.mjs';

const words = {
  show: 'Show', // the column of what opens a part of a table
  partsOf: (table) => `Parts of: ${table}`,
};

const hueClass = (hue) => (hue === undefined ? '' : `hue-${hue % 8}`);

function setClass(node, ...names) {
  const text = names.filter(Boolean).join(' ');
  if (node.className !== text) node.className = text;
}

// `run(command, argument)` is called when a control is used.
export function createParts(run) {
  const ask = (spec, value) => run(spec.command, [spec.argument, value].filter((part) => part !== undefined).join(' '));

  // --- controls. A control that can do nothing now stays where it is and keeps the focus: aria-disabled. ---

  const makers = {
    button() {
      const node = element('button', { type: 'button' });
      node.addEventListener('click', () => node.spec.disabled || ask(node.spec));
      return node;
    },
    disclosure() {
      const node = element('button', { type: 'button' });
      node.addEventListener('click', () => ask(node.spec));
      return node;
    },
    switch() {
      const box = element('input', { type: 'checkbox' });
      const node = element('label', { class: 'switch' }, box, element('span'));
      box.addEventListener('change', () => ask(node.spec));
      return node;
    },
    choice(spec) {
      const select = element('select', { id: `twin-${spec.id}` });
      const node = element('div', { class: 'field' }, element('label', { for: select.id }), select, element('p'));
      select.addEventListener('change', () => ask(node.spec, select.value));
      return node;
    },
    range(spec) {
      const range = element('input', { type: 'range', id: `twin-${spec.id}`, min: 0, step: 1 });
      const node = element('div', { class: 'field' }, element('label', { for: range.id }), range, element('output', { for: range.id, 'aria-hidden': true }), element('p'));
      range.addEventListener('change', () => ask(node.spec, range.value));
      return node;
    },
  };

  function updateError(node, input, error) {
    const text = node.querySelector('p');
    text.id = `${input.id}-error`;
    text.hidden = !error;
    setClass(text, 'wrong');
    setText(text, error ?? '');
    setAttribute(input, 'aria-invalid', error ? 'true' : false);
    setAttribute(input, 'aria-describedby', error ? text.id : false);
  }

  const updaters = {
    button(node, spec) {
      setText(node, spec.label);
      setAttribute(node, 'aria-disabled', spec.disabled ? 'true' : false);
    },
    disclosure(node, spec) {
      setText(node, spec.label);
      setAttribute(node, 'aria-expanded', spec.on ? 'true' : 'false');
    },
    switch(node, spec) {
      setText(node.querySelector('span'), spec.label);
      node.querySelector('input').checked = spec.on === true;
    },
    choice(node, spec) {
      const select = node.querySelector('select');
      setText(node.querySelector('label'), spec.label);
      reconcile(
        select,
        spec.options,
        (option) => option.value,
        (option) => element('option', { value: option.value }),
        (made, option) => setText(made, option.text),
      );
      select.value = spec.value ?? '';
      updateError(node, select, spec.error);
    },
    range(node, spec) {
      const range = node.querySelector('input');
      setText(node.querySelector('label'), spec.label);
      setAttribute(range, 'max', spec.most);
      range.value = spec.at;
      setAttribute(range, 'aria-valuetext', spec.value);
      setText(node.querySelector('output'), spec.value ?? '');
      updateError(node, range, spec.error);
    },
  };

  const makeControl = (spec) => makers[spec.kind](spec);
  function updateControl(node, spec) {
    node.spec = spec;
    updaters[spec.kind](node, spec);
  }
  const controls = (parent, specs) =>
    reconcile(parent, specs ?? [], (spec) => `${spec.kind} ${spec.id}`, makeControl, updateControl);

  // --- text, lists, tables ---

  function updateItem(node, spec) {
    if (!node.words) {
      node.who = element('b');
      node.words = element('span');
      node.append(node.who, node.words);
    }
    setClass(node, spec.now && 'now', hueClass(spec.hue));
    setAttribute(node, 'aria-current', spec.now ? 'step' : false);
    setText(node.who, spec.who ? `${spec.who}: ` : '');
    if (spec.control) controls(node.words, [spec.control]);
    else setText(node.words, spec.text ?? '');
    if (!spec.items) {
      node.inner?.remove();
      node.inner = undefined;
      return;
    }
    node.inner ??= node.appendChild(element('ul'));
    items(node.inner, spec.items);
  }
  const items = (parent, specs) =>
    reconcile(parent, specs ?? [], (spec, index) => spec.control?.id ?? index, () => element('li'), updateItem);

  function updateRow(row, spec) {
    setClass(row, spec.now && 'now', hueClass(spec.hue));
    setAttribute(row, 'aria-current', spec.now ? 'step' : false);
    reconcile(
      row,
      spec.cells.map((text, index) => ({ text, header: index === 0 })),
      (cell, index) => index,
      (cell) => (cell.header ? element('th', { scope: 'row' }) : element('td')),
      (node, cell) => setText(node, cell.text),
    );
    if (!spec.control) {
      row.more?.remove();
      row.more = undefined;
      return;
    }
    row.more ??= row.appendChild(element('td'));
    controls(row.more, [spec.control]);
  }

  const blocks = {
    text: {
      make: (spec) => element('p', spec.tone === 'alert' ? { role: 'alert' } : {}),
      update(node, spec) {
        setClass(node, spec.tone !== 'plain' && spec.tone);
        setText(node, spec.text);
      },
    },
    controls: {
      make: () => element('div', { role: 'group', class: 'controls' }),
      update(node, spec) {
        setAttribute(node, 'aria-label', spec.label);
        controls(node, spec.controls);
      },
    },
    list: {
      make(spec) {
        // A log is a list inside: the role would hide that. The headline of each step is read aloud anyway (#narration).
        if (spec.live) return element('div', { role: 'log', 'aria-live': 'off' }, element('ol'));
        return element(spec.ordered ? 'ol' : 'ul');
      },
      update(node, spec) {
        setAttribute(node, 'aria-label', spec.label);
        setClass(node, spec.mono && 'mono', spec.live && 'log');
        items(spec.live ? node.firstChild : node, spec.items);
      },
    },
    table: {
      make() {
        const table = element('table', {}, element('caption'), element('thead', {}, element('tr')), element('tbody'));
        const frame = element('div', { class: 'scroll', role: 'region', tabindex: 0 }, table);
        return element('div', { class: 'table' }, frame, element('div', { role: 'group', class: 'controls' }));
      },
      update(node, spec) {
        const [frame, pager] = node.children;
        const table = frame.firstChild;
        setAttribute(frame, 'aria-label', spec.caption);
        setText(table.caption, spec.caption);
        const wide = spec.rows?.some((row) => row.control);
        reconcile(
          table.tHead.rows[0],
          wide ? [...spec.columns, words.show] : spec.columns,
          (name) => name,
          () => element('th', { scope: 'col' }),
          setText,
        );
        reconcile(table.tBodies[0], spec.rows ?? [], (row) => `${row.cells[0]} ${row.cells[1]}`, () => element('tr'), updateRow);
        setAttribute(pager, 'aria-label', words.partsOf(spec.caption));
        pager.hidden = !spec.pager;
        controls(pager, spec.pager);
      },
    },
  };

  function updateSection(node, spec, level) {
    if (!node.heading) {
      node.heading = node.appendChild(element(`h${level}`, { id: `twin-section-${spec.id}` }));
      node.own = node.appendChild(element('div'));
      node.inner = node.appendChild(element('div'));
      setAttribute(node, 'aria-labelledby', node.heading.id);
    }
    setClass(node, `section-${spec.id}`, hueClass(spec.hue));
    setText(node.heading, spec.title);
    reconcile(
      node.own,
      spec.blocks ?? [],
      (block) => `${block.kind} ${block.id} ${block.ordered ?? ''}`,
      (block) => blocks[block.kind].make(block),
      (made, block) => blocks[block.kind].update(made, block),
    );
    sections(node.inner, spec.sections ?? [], level + 1);
  }
  const sections = (parent, specs, level) =>
    reconcile(parent, specs, (spec) => spec.id, () => element('section'), (node, spec) => updateSection(node, spec, level));

  return { sections };
}
