/* Vuelve cada [data-buscador] una lista que se despliega al escribir (patrón combobox de ARIA 1.2).
   Sin este archivo, el formulario busca con su botón y muestra las opciones como botones de radio. */
(() => {
  "use strict";
  const MINIMO = 3;
  const ESPERA = 200; // ms sin teclear antes de preguntar

  function crear(etiqueta, atributos, padre) {
    const nodo = document.createElement(etiqueta);
    Object.entries(atributos).forEach(([nombre, valor]) => nodo.setAttribute(nombre, valor));
    padre.append(nodo);
    return nodo;
  }

  function activar(caja) {
    const campo = caja.querySelector("input[type=text]");
    const previa = caja.querySelector(`input[name="${caja.dataset.nombre}"]:checked`);
    const textoPrevio = previa && previa.closest("label").textContent.trim();
    caja.querySelectorAll("[data-sin-js]").forEach((nodo) => nodo.remove());

    const valor = crear("input", { type: "hidden", name: caja.dataset.nombre }, caja);
    const lista = crear("ul", { role: "listbox", id: `${campo.id}_lista`, class: "combo-lista", hidden: "", "aria-label": "Resultados" }, campo.parentNode);
    const estado = crear("p", { role: "status", class: "solo-lectores" }, caja);
    let temporizador;
    let pedido = 0;
    let activa = -1;

    campo.parentNode.classList.add("combo");
    Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": lista.id })
      .forEach(([nombre, dato]) => campo.setAttribute(nombre, dato));
    if (previa) {
      valor.value = previa.value;
      campo.value = textoPrevio;
    }

    function cerrar() {
      lista.hidden = true;
      activa = -1;
      campo.setAttribute("aria-expanded", "false");
      campo.removeAttribute("aria-activedescendant");
    }

    function elegir(opcion) {
      valor.value = opcion.dataset.valor;
      campo.value = opcion.textContent;
      estado.textContent = `Elegida: ${opcion.textContent}`;
      cerrar();
    }

    function mover(paso) {
      const opciones = [...lista.children].filter((nodo) => nodo.dataset.valor);
      if (lista.hidden || !opciones.length) return;
      activa = (activa + paso + opciones.length) % opciones.length;
      opciones.forEach((opcion, i) => opcion.setAttribute("aria-selected", String(i === activa)));
      campo.setAttribute("aria-activedescendant", opciones[activa].id);
      opciones[activa].scrollIntoView({ block: "nearest" });
    }

    function mostrar(resultados) {
      lista.replaceChildren();
      activa = -1;
      campo.removeAttribute("aria-activedescendant");
      resultados.forEach((fila, i) => {
        const opcion = crear("li", { role: "option", id: `${lista.id}_${i}`, "aria-selected": "false", "data-valor": fila.id }, lista);
        opcion.textContent = `${fila.nombre} (${fila.distrito})`;
        opcion.addEventListener("mousedown", (evento) => evento.preventDefault());
        opcion.addEventListener("click", () => elegir(opcion));
      });
      if (!resultados.length) crear("li", { role: "option", "aria-disabled": "true", "aria-selected": "false" }, lista).textContent = "Sin resultados";
      estado.textContent = resultados.length ? `${resultados.length} resultados; use las flechas` : "Sin resultados";
      lista.hidden = false;
      campo.setAttribute("aria-expanded", "true");
    }

    async function buscar() {
      const numero = ++pedido;
      const consulta = campo.value.trim();
      if (consulta.length < MINIMO) return cerrar();
      try {
        const respuesta = await fetch(`${caja.dataset.url}?q=${encodeURIComponent(consulta)}`);
        const { resultados } = await respuesta.json();
        if (numero === pedido && document.activeElement === campo) mostrar(resultados);
      } catch {
        estado.textContent = "No se pudo buscar; inténtelo de nuevo.";
      }
    }

    campo.addEventListener("input", () => {
      valor.value = "";
      clearTimeout(temporizador);
      temporizador = setTimeout(buscar, ESPERA);
    });
    campo.addEventListener("blur", cerrar);
    campo.addEventListener("keydown", (evento) => {
      if (evento.key === "ArrowDown" || evento.key === "ArrowUp") {
        evento.preventDefault();
        mover(evento.key === "ArrowDown" ? 1 : -1);
      } else if (evento.key === "Enter" && !lista.hidden) {
        evento.preventDefault();
        const opcion = lista.querySelector('[aria-selected="true"]');
        if (opcion) elegir(opcion);
      } else if (evento.key === "Escape" && !lista.hidden) {
        evento.preventDefault();
        cerrar();
      }
    });
  }

  document.querySelectorAll("[data-buscador]").forEach(activar);
})();
