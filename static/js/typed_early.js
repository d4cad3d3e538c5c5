"use strict";
// Whether something was typed before the scripts were there, as on a slow line: no event tells of it any more.
// Not where a browser brings back what stood there earlier: somebody else may have changed it since.
window.typedEarly = (form) => {
  const [visit] = performance.getEntriesByType("navigation");
  if (visit?.type !== "navigate") return false;
  const first = (field) => Math.max(0, [...field.options].findIndex((option) => option.defaultSelected));
  return [...form.elements].some((field) => {
    if (field.type === "hidden" || field.type === "file") return false;
    if (field.type === "radio" || field.type === "checkbox") return field.checked !== field.defaultChecked;
    if (field.type === "select-one") return field.selectedIndex !== first(field);
    return field.defaultValue !== undefined && field.value !== field.defaultValue;
  });
};
