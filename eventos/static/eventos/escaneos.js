// Fotos de un registro: se ven en lista y se ordenan antes de guardar. Sin este guion, el orden se escribe con números.
const formulario = document.querySelector("[data-escaneo]");

if (formulario) {
  const campo = formulario.querySelector("[type=file]");
  const orden = formulario.elements.orden;
  const lista = formulario.querySelector("[data-fotos]");
  const aparte = formulario.querySelector("[data-sin-guion]");
  aparte.hidden = orden.value === "";

  const anotar = () => {
    orden.value = [...lista.children].map((fila) => fila.dataset.numero).join(", ");
    for (const [lugar, fila] of [...lista.children].entries()) {
      fila.querySelector("[data-sube]").disabled = lugar === 0;
      fila.querySelector("[data-baja]").disabled = lugar === lista.children.length - 1;
    }
  };

  const boton = (texto, rotulo, dato) => {
    const nuevo = document.createElement("button");
    nuevo.type = "button";
    nuevo.className = "button button-small button-secondary";
    nuevo.textContent = texto;
    nuevo.setAttribute("aria-label", rotulo);
    nuevo.dataset[dato] = "";
    return nuevo;
  };

  const fila = (archivo, numero) => {
    const nueva = document.createElement("li");
    nueva.dataset.numero = numero + 1;
    if (archivo.type.startsWith("image/")) {
      const foto = document.createElement("img");
      foto.alt = "";
      foto.src = URL.createObjectURL(archivo);
      foto.onload = () => URL.revokeObjectURL(foto.src);
      nueva.append(foto);
    }
    const nombre = document.createElement("span");
    nombre.textContent = archivo.name;
    nueva.append(nombre, boton("↑", `Subir ${archivo.name}`, "sube"), boton("↓", `Bajar ${archivo.name}`, "baja"));
    return nueva;
  };

  campo.addEventListener("change", () => {
    const varios = campo.files.length > 1;
    lista.replaceChildren(...[...campo.files].map(fila));
    lista.hidden = !varios;
    aparte.hidden = true;
    if (varios) anotar();
    else orden.value = "";
  });

  lista.addEventListener("click", ({ target }) => {
    const movida = target.closest("li");
    if ("sube" in target.dataset) movida.previousElementSibling?.before(movida);
    else if ("baja" in target.dataset) movida.nextElementSibling?.after(movida);
    else return;
    anotar();
    if (!target.disabled) target.focus();
  });
}
