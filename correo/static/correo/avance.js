// Mientras un envío reposa o sale, vuelve a pedir sus cifras cada pocos segundos. Sin JavaScript, se recarga a mano.
const panel = document.querySelector("[data-avance]");
const faseDe = (donde) => donde.querySelector("[data-fase]").dataset.fase;

async function refrescar() {
  // Quien está por pulsar un botón no lo pierde bajo el dedo.
  if (document.hidden || panel.contains(document.activeElement)) return;
  const respuesta = await fetch(panel.dataset.avance);
  if (!respuesta.ok) return;
  const nuevo = document.createElement("div");
  nuevo.innerHTML = await respuesta.text();
  if (faseDe(nuevo) !== faseDe(panel)) return location.reload();
  panel.replaceChildren(...nuevo.childNodes);
}

if (panel?.querySelector("[data-en-cola]")) setInterval(() => refrescar().catch(() => {}), 4000);
