// «+ Agregar una novedad»: las fichas en blanco se guardan y salen de a una. Sin este guion se ven todas.
for (const seccion of document.querySelectorAll("[data-notas]")) {
  const boton = seccion.querySelector("[data-otra]");
  const enBlanco = [...seccion.querySelectorAll("[data-en-blanco]")];
  const quedan = () => enBlanco.filter((ficha) => ficha.hidden);

  for (const ficha of enBlanco) ficha.hidden = true;
  boton.hidden = enBlanco.length === 0;
  boton.addEventListener("click", () => {
    const [ficha] = quedan();
    ficha.hidden = false;
    ficha.querySelector("input:not([type=hidden]):not([type=checkbox])").focus();
    boton.hidden = quedan().length === 0;
  });
}
