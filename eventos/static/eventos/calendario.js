// Si la red falla al filtrar, se dice: lo que se ve sigue siendo lo de antes.
const avisar = () => {
  const anuncio = document.getElementById("anuncio");
  anuncio.className = "aviso aviso-error";
  anuncio.textContent = "No pudimos actualizar la lista: revise su conexión y vuelva a intentarlo.";
};

for (const falla of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
  document.addEventListener(falla, avisar);
}
document.addEventListener("htmx:afterOnLoad", () => {
  document.getElementById("anuncio").className = "solo-lectores";
});
