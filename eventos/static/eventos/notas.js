// Rejilla de notas: Enter y las flechas verticales pasan a la persona siguiente en la misma columna.
const rejilla = document.querySelector("[data-notas]");

rejilla?.addEventListener("keydown", (evento) => {
  const { key, target } = evento;
  const paso = { Enter: 1, ArrowDown: 1, ArrowUp: -1 }[key];
  if (!paso || !target.matches("[data-nota]")) return;
  evento.preventDefault();
  const columna = [...rejilla.querySelectorAll(`[data-nota="${target.dataset.nota}"]`)];
  const siguiente = columna[columna.indexOf(target) + paso];
  siguiente?.focus();
  siguiente?.select();
});
