// Envía la cola y trae la lista; sin red, vuelve a intentar. El servidor no repite lo que ya hizo.
Mesa.red = (() => {
  "use strict";
  const { estado } = Mesa;
  const POR_LOTE = 20;
  const PESO_POR_LOTE = 600_000; // letras: las firmas con el dedo pesan
  const CADA = 15_000;
  const ESPERA = 20_000;
  let enLinea = true;
  let cierre = document.body.dataset.motivo || "";
  let enCurso = null;
  let otraVez = false;
  let turno;
  const oyentes = [];

  class Cerrada extends Error {}

  const galleta = () => document.cookie.match(/(?:^|; )(?:__Host-)?csrftoken=([^;]+)/)?.[1] || "";
  const direccion = (parte) => `/mesa/${Mesa.pk}/${parte}`;

  async function pedir(parte, opciones = {}) {
    const respuesta = await fetch(direccion(parte), { cache: "no-store", credentials: "same-origin", signal: AbortSignal.timeout(ESPERA), ...opciones });
    const cuerpo = await respuesta.json().catch(() => null);
    if (respuesta.ok && cuerpo) return cuerpo;
    if (cuerpo?.resultados) await estado.recibir(cuerpo.resultados);
    if (respuesta.status === 403 && cuerpo?.error) throw new Cerrada(cuerpo.mensaje);
    if (respuesta.status === 404) throw new Cerrada("Este aparato ya no tiene esta mesa: pida abrir otra.");
    throw new Error(cuerpo?.mensaje || `Respuesta ${respuesta.status}`);
  }

  const mandar = (parte, cuerpo) => pedir(parte, {
    method: "POST",
    body: JSON.stringify(cuerpo),
    headers: { "Content-Type": "application/json", "X-CSRFToken": galleta() },
  });

  function lote() {
    const elegidas = [];
    let peso = 0;
    for (const { orden, ...op } of estado.cola().slice(0, POR_LOTE)) {
      peso += op.trazo?.length || 0;
      if (elegidas.length && peso > PESO_POR_LOTE) break;
      elegidas.push(op);
    }
    return elegidas;
  }

  async function vaciarCola() {
    while (estado.cola().length) {
      const { resultados } = await mandar("operaciones/", { reloj: new Date().toISOString(), operaciones: lote() });
      if (!resultados.length) throw new Error("El servidor no respondió por nada de lo enviado.");
      await estado.recibir(resultados);
    }
  }

  async function intentar() {
    try {
      if (cierre) return await preguntarSiLlego();
      await vaciarCola();
      await estado.renovar(await pedir("datos.json"));
      decir(true);
    } catch (error) {
      if (error instanceof Cerrada) await cerrarse(error.message);
      else decir(false);
    }
  }

  // Con la mesa ya cerrada, lo último pudo llegar sin que se supiera: el servidor dice qué recibió.
  async function preguntarSiLlego() {
    if (estado.cola().length) await mandar("operaciones/", { reloj: new Date().toISOString(), operaciones: lote() });
  }

  // Uno a la vez: si algo se encola mientras tanto, se da otra vuelta.
  function sincronizar() {
    if (enCurso) { otraVez = true; return enCurso; }
    clearTimeout(turno);
    enCurso = intentar().finally(() => {
      enCurso = null;
      if (otraVez) { otraVez = false; if (enLinea) return sincronizar(); }
      turno = setTimeout(() => { if (!document.hidden) sincronizar(); }, CADA);
    });
    return enCurso;
  }

  function decir(hayRed) {
    enLinea = hayRed;
    oyentes.forEach((oyente) => oyente());
  }

  // Cerrada o vencida: se borran los datos de las personas; lo que no llegó queda a la vista.
  async function cerrarse(motivo) {
    cierre = motivo;
    await estado.olvidar();
    if (!estado.cola().length) await Mesa.almacen.borrar();
    decir(true);
  }

  async function cerrar() {
    await vaciarCola();
    await mandar("cerrar/", {});
    await cerrarse("Esta mesa se cerró.");
  }

  addEventListener("online", () => sincronizar());
  addEventListener("offline", () => decir(false));
  document.addEventListener("visibilitychange", () => { if (!document.hidden) sincronizar(); });

  return {
    sincronizar, cerrar, cerrarse,
    alCambiar: (oyente) => oyentes.push(oyente),
    enLinea: () => enLinea,
    cierre: () => cierre,
  };
})();
