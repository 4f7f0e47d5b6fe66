// Sugiere entidades del directorio mientras se escribe en la inscripción en puerta.
const puerta = document.querySelector("form[data-entidades]");
const lista = document.getElementById("entidades");
let espera;

puerta?.elements.entidad_texto.addEventListener("input", ({ target }) => {
  clearTimeout(espera);
  if (target.value.trim().length < 3) return;
  espera = setTimeout(async () => {
    const respuesta = await fetch(`${puerta.dataset.entidades}?q=${encodeURIComponent(target.value)}`);
    if (!respuesta.ok) return;
    const { resultados } = await respuesta.json();
    lista.replaceChildren(...resultados.map(({ nombre, distrito }) => new Option("", `${nombre} (${distrito})`)));
  }, 200);
});
