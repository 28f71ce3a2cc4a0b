/**
 * An element with properties (`data` for its dataset, `on` for listeners) and children; text stays text.
 * @param {string} tag
 * @param {Record<string, any>} [properties]
 * @param {...(Node | string | false | undefined)} children
 */
export function element(tag, { data = {}, on = {}, ...properties } = {}, ...children) {
  const node = Object.assign(document.createElement(tag), properties)
  Object.assign(node.dataset, data)
  for (const [type, listener] of Object.entries(on)) node.addEventListener(type, listener)
  node.append(...children.filter((child) => child !== false && child !== undefined))
  return node
}

/** Minutes and seconds of a length in ms, never below zero. */
export function clockText(ms) {
  const seconds = Math.max(0, Math.ceil(ms / 1000))
  const hours = Math.floor(seconds / 3600)
  const rest = `${Math.floor((seconds % 3600) / 60)}:${String(seconds % 60).padStart(2, '0')}`
  return hours ? `${hours}:${rest.padStart(5, '0')}` : rest
}

/** @param {string} id */
export const byId = (id) => document.getElementById(id)

/**
 * Shows the fields of a form that belong to what is chosen in one of its selects: `data-for` names the values, none means all.
 * @param {HTMLFormElement} form
 * @param {string} name of the select
 */
export function showFor(form, name) {
  const show = () => {
    for (const field of form.querySelectorAll('[data-for]'))
      field.hidden = !field.dataset.for.split(' ').includes(form.elements[name].value)
  }
  form.elements[name].addEventListener('change', show)
  show()
}
