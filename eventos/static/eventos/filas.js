// «+ Agregar fila»: copia la fila modelo de un juego de filas y sube su cuenta. Sin este guion quedan las filas en blanco.
for (const juego of document.querySelectorAll("[data-filas]")) {
  const boton = juego.querySelector("[data-agregar]");
  const modelo = juego.querySelector("template");
  const cuenta = juego.querySelector(`[name="${juego.dataset.filas}-TOTAL_FORMS"]`);
  const tope = Number(juego.querySelector(`[name="${juego.dataset.filas}-MAX_NUM_FORMS"]`).value);

  const agregar = () => {
    const numero = Number(cuenta.value);
    if (numero >= tope) return null;
    const caja = document.createElement("template");
    caja.innerHTML = modelo.innerHTML.replaceAll("__prefix__", numero).replaceAll("nueva", numero + 1);
    const fila = caja.content.querySelector("tr");
    juego.querySelector("tbody").append(fila);
    cuenta.value = numero + 1;
    boton.hidden = numero + 1 >= tope;
    return fila;
  };

  boton.hidden = Number(cuenta.value) >= tope;
  boton.addEventListener("click", () => agregar()?.querySelector("input, select, textarea").focus());
  juego.addEventListener("agregar-fila", () => agregar());
}
