// Ingreso rápido con el teclado: Enter baja por la columna (y agrega una fila al final), Ctrl+D copia lo de arriba.
for (const rejilla of document.querySelectorAll("[data-rejilla]")) {
  const filaDe = (control) => control.closest("tr");
  const enFila = (fila, columna) => fila && fila.querySelector(`[data-columna="${columna}"]`);
  const vecina = (fila, paso) => {
    let otra = fila[paso];
    while (otra && !otra.querySelector("[data-columna]")) otra = otra[paso];
    return otra;
  };

  rejilla.addEventListener("keydown", (evento) => {
    const control = evento.target;
    const columna = control.dataset && control.dataset.columna;
    if (!columna) return;
    if (evento.key === "Enter" && !evento.ctrlKey && !evento.metaKey) {
      evento.preventDefault();
      let abajo = vecina(filaDe(control), "nextElementSibling");
      if (!abajo) {
        control.closest("[data-filas]").dispatchEvent(new Event("agregar-fila"));
        abajo = vecina(filaDe(control), "nextElementSibling");
      }
      if (abajo) enFila(abajo, columna).focus();
    } else if (evento.key.toLowerCase() === "d" && (evento.ctrlKey || evento.metaKey)) {
      const arriba = enFila(vecina(filaDe(control), "previousElementSibling"), columna);
      if (!arriba) return;
      evento.preventDefault();
      control.value = arriba.value;
    }
  });
}
