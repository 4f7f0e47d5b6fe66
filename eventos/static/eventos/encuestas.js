// Digitar encuestas con el teclado: de 1 a 4 avanza, Enter pasa a la hoja siguiente y las flechas mueven.
const rejilla = document.querySelector("[data-encuesta]");

function casillas(fila) {
  return [...fila.querySelectorAll("input[data-nota], textarea")];
}

function enfocar(casilla) {
  casilla?.focus();
  casilla?.select();
}

function filaSiguiente(fila) {
  if (!fila.nextElementSibling) fila.closest("[data-filas]").dispatchEvent(new Event("agregar-fila"));
  return fila.nextElementSibling;
}

rejilla?.addEventListener("input", ({ target }) => {
  if (!target.matches("[data-nota]")) return;
  const vale = /^[1-4]?$/.test(target.value);
  target.toggleAttribute("aria-invalid", !vale);
  if (!vale) {
    target.setAttribute("aria-invalid", "true");
    target.select();
  } else if (target.value) {
    const fila = casillas(target.closest("tr"));
    enfocar(fila[fila.indexOf(target) + 1]);
  }
});

rejilla?.addEventListener("keydown", (evento) => {
  const { key, target } = evento;
  if (key === "Enter" && !evento.shiftKey) {
    evento.preventDefault();
    const fila = filaSiguiente(target.closest("tr"));
    if (fila) enfocar(casillas(fila)[0]);
  } else if (target.matches("[data-nota]") && ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"].includes(key)) {
    evento.preventDefault();
    const fila = target.closest("tr");
    const lugar = casillas(fila).indexOf(target);
    const destinos = {
      ArrowLeft: () => casillas(fila)[lugar - 1],
      ArrowRight: () => casillas(fila)[lugar + 1],
      ArrowUp: () => fila.previousElementSibling && casillas(fila.previousElementSibling)[lugar],
      ArrowDown: () => fila.nextElementSibling && casillas(fila.nextElementSibling)[lugar],
    };
    enfocar(destinos[key]());
  }
});
