// Elements that are brought in line with a description and otherwise left alone: whoever stands on a button or in a
// table stays there.

export function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) setAttribute(node, name, value);
  node.append(...children);
  return node;
}

// False and undefined take an attribute away.
export function setAttribute(node, name, value) {
  if (value === undefined || value === false) node.removeAttribute(name);
  else if (node.getAttribute(name) !== String(value)) node.setAttribute(name, value);
}

export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

// Makes `parent`'s children those of `specs`, one each and in that order. A child is known by its key; `make(spec)`
// gives a new one, `update(node, spec)` brings it in line. What has not changed at all is not looked at.
export function reconcile(parent, specs, keyOf, make, update) {
  const known = parent.twinChildren ?? new Map();
  const children = new Map();
  for (const spec of specs) {
    let key = String(keyOf(spec, children.size));
    while (children.has(key)) key += "'";
    const node = known.get(key) ?? make(spec);
    known.delete(key);
    children.set(key, node);
    const text = JSON.stringify(spec);
    if (node.twinSpec === text) continue;
    update(node, spec);
    node.twinSpec = text;
  }
  for (const gone of known.values()) gone.remove();
  parent.twinChildren = children;
  let place = parent.firstChild;
  for (const node of children.values()) {
    if (node === place) place = place.nextSibling;
    else parent.insertBefore(node, place);
  }
}
