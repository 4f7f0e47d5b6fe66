// Firmar con el dedo. Solo si el ajuste del portal lo admite; si no, el servidor también lo rechaza.
Mesa.trazo = (() => {
  "use strict";
  const dialogo = document.querySelector("[data-trazo]");
  const lienzo = dialogo.querySelector("canvas");
  const aviso = dialogo.querySelector("[role=alert]");
  const pluma = lienzo.getContext("2d");
  let firmo = false;
  let terminar = () => {};

  function limpiar() {
    pluma.fillStyle = "#fff";
    pluma.fillRect(0, 0, lienzo.width, lienzo.height);
    Object.assign(pluma, { lineWidth: 5, lineCap: "round", lineJoin: "round", strokeStyle: "#111" });
    firmo = false;
    aviso.hidden = true;
  }

  function punto(evento) {
    const caja = lienzo.getBoundingClientRect();
    return [((evento.clientX - caja.left) * lienzo.width) / caja.width, ((evento.clientY - caja.top) * lienzo.height) / caja.height];
  }

  lienzo.addEventListener("pointerdown", (evento) => {
    lienzo.setPointerCapture(evento.pointerId);
    pluma.beginPath();
    pluma.moveTo(...punto(evento));
  });
  lienzo.addEventListener("pointermove", (evento) => {
    if (!evento.buttons) return;
    pluma.lineTo(...punto(evento));
    pluma.stroke();
    firmo = true;
  });
  dialogo.querySelector("[data-borrar]").addEventListener("click", limpiar);
  dialogo.querySelector("[data-papel]").addEventListener("click", () => { dialogo.close(); terminar(""); });
  dialogo.querySelector("form").addEventListener("submit", (evento) => {
    evento.preventDefault();
    if (!firmo) {
      aviso.textContent = "Todavía no firma: use el dedo en el recuadro.";
      aviso.hidden = false;
      return;
    }
    const trazo = lienzo.toDataURL("image/png").split(",")[1];
    dialogo.close();
    terminar(trazo);
  });

  // «alTerminar» recibe el PNG en base64, o «» si firmó en papel; cerrar el cuadro no marca a nadie.
  function pedir(persona, alTerminar) {
    terminar = alTerminar;
    dialogo.querySelector("[data-nombre]").textContent = `${persona.apellidos}, ${persona.nombres}`;
    dialogo.showModal();
    limpiar();
  }

  return { pedir };
})();
