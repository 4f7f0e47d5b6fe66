/* Sugerencias al escribir en cada [data-sugerencias] (combobox con lista, patrón APG de ARIA).
   Cada opción abre su página; Enter sin elegir busca lo escrito. Sin este archivo, el formulario busca igual. */
(() => {
  "use strict";
  const MINIMO = 3;
  const ESPERA = 150; // ms sin teclear antes de preguntar

  function crear(etiqueta, atributos, padre, texto) {
    const nodo = document.createElement(etiqueta);
    Object.entries(atributos).forEach(([nombre, valor]) => nodo.setAttribute(nombre, valor));
    if (texto) nodo.textContent = texto;
    padre.append(nodo);
    return nodo;
  }

  function activar(campo) {
    const caja = crear("div", { class: "sugerido" }, document.createDocumentFragment());
    campo.replaceWith(caja);
    caja.append(campo);
    const lista = crear("ul", { role: "listbox", id: `${campo.id}-sugerencias`, class: "sugerencias", hidden: "", "aria-label": "Sugerencias" }, caja);
    const estado = crear("p", { role: "status", class: "solo-lectores" }, caja);
    const guardadas = new Map();
    let temporizador;
    let pedido;
    let activa = -1;
    let escrito = "";

    Object.entries({ role: "combobox", autocomplete: "off", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": lista.id })
      .forEach(([nombre, valor]) => campo.setAttribute(nombre, valor));

    function cerrar() {
      lista.hidden = true;
      activa = -1;
      campo.setAttribute("aria-expanded", "false");
      campo.removeAttribute("aria-activedescendant");
    }

    function marcar(indice) {
      activa = indice;
      [...lista.children].forEach((opcion, i) => opcion.setAttribute("aria-selected", String(i === indice)));
      if (indice < 0) return campo.removeAttribute("aria-activedescendant");
      campo.setAttribute("aria-activedescendant", lista.children[indice].id);
      lista.children[indice].scrollIntoView({ block: "nearest" });
    }

    function mostrar(sugerencias) {
      lista.replaceChildren();
      if (!sugerencias.length) {
        estado.textContent = "Sin sugerencias";
        return cerrar();
      }
      sugerencias.forEach(({ titulo, detalle, url }, i) => {
        const opcion = crear("li", { role: "option", id: `${lista.id}-${i}`, "aria-selected": "false", "data-url": url }, lista);
        crear("span", {}, opcion, titulo);
        crear("small", {}, opcion, detalle);
      });
      marcar(-1);
      estado.textContent = `${sugerencias.length} sugerencias. Use las flechas para recorrerlas.`;
      lista.hidden = false;
      campo.setAttribute("aria-expanded", "true");
    }

    async function preguntar() {
      pedido?.abort();
      escrito = campo.value.trim().toLowerCase();
      if (escrito.length < MINIMO) return cerrar();
      const buscado = escrito;
      pedido = new AbortController();
      try {
        if (!guardadas.has(buscado)) {
          const respuesta = await fetch(`${campo.dataset.sugerencias}?q=${encodeURIComponent(buscado)}`, { signal: pedido.signal });
          guardadas.set(buscado, (await respuesta.json()).sugerencias);
        }
        if (buscado === escrito && document.activeElement === campo) mostrar(guardadas.get(buscado));
      } catch {
        cerrar(); // sin red o interrumpido: el botón busca igual
      }
    }

    function abrir(opcion) {
      if (opcion) window.location.assign(opcion.dataset.url);
    }

    const TECLAS = {
      ArrowDown: () => marcar((activa + 1) % lista.children.length),
      ArrowUp: () => marcar(activa > 0 ? activa - 1 : lista.children.length - 1),
      Escape: cerrar,
    };

    campo.addEventListener("input", () => {
      clearTimeout(temporizador);
      temporizador = setTimeout(preguntar, ESPERA);
    });
    campo.addEventListener("blur", cerrar);
    campo.addEventListener("keydown", (evento) => {
      if (evento.key === "ArrowDown" && lista.hidden) return preguntar();
      if (lista.hidden) return undefined;
      if (evento.key === "Enter" && activa >= 0) {
        evento.preventDefault();
        return abrir(lista.children[activa]);
      }
      if (!TECLAS[evento.key]) return undefined;
      evento.preventDefault();
      return TECLAS[evento.key]();
    });
    lista.addEventListener("mousedown", (evento) => evento.preventDefault()); // el foco sigue en el campo
    lista.addEventListener("click", (evento) => abrir(evento.target.closest("[data-url]")));
  }

  document.querySelectorAll("[data-sugerencias]").forEach(activar);
})();
