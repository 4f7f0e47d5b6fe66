/* Agrega y quita filas de colegas sin recargar. Sin este archivo, los mismos botones envían el formulario. */
(() => {
  "use strict";
  const seccion = document.querySelector("[data-colegas]");
  if (!seccion) return;
  const maximo = Number(seccion.dataset.maximo);
  const modelo = seccion.querySelector("template");
  const estado = seccion.querySelector("[data-estado]");

  const filas = () => [...seccion.querySelectorAll("fieldset.colega")];

  function libre() {
    const ocupados = filas().map((fila) => fila.id);
    for (let n = 1; n <= maximo; n += 1) if (!ocupados.includes(`colega${n}`)) return n;
    return 0;
  }

  function ponerAlDia(mensaje) {
    const boton = seccion.querySelector("[data-agregar]");
    if (boton) boton.hidden = !libre();
    estado.textContent = libre() ? mensaje : "Ya son diez personas: envíe estas y vuelva a empezar con las demás.";
  }

  function agregar() {
    const numero = libre();
    if (!numero) return;
    const molde = document.createElement("template");
    molde.innerHTML = modelo.innerHTML.replaceAll("colega0", `colega${numero}`).replaceAll("Colega 0", `Colega ${numero}`).replace('value="0"', `value="${numero}"`);
    seccion.insertBefore(molde.content, seccion.querySelector("[data-agregar]"));
    ponerAlDia(`Se agregó la fila Colega ${numero}.`);
    seccion.querySelector(`#colega${numero} select, #colega${numero} input`).focus();
  }

  function quitar(fila) {
    const nombre = fila.querySelector("legend").textContent.trim();
    fila.remove();
    ponerAlDia(`Se quitó ${nombre}.`);
    seccion.querySelector("[data-agregar] button").focus();
  }

  seccion.addEventListener("click", (evento) => {
    const boton = evento.target.closest("button");
    if (!boton || !seccion.querySelector("[data-agregar]")) return;
    if (boton.name === "agregar") { evento.preventDefault(); agregar(); }
    if (boton.name === "quitar") { evento.preventDefault(); quitar(boton.closest("fieldset.colega")); }
  });
})();
