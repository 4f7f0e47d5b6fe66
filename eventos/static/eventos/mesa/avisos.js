// Lo que pide que alguien decida: conflictos, lo que falta enviar y el cierre de la mesa.
Mesa.avisos = (() => {
  "use strict";
  const { estado, red, almacen } = Mesa;
  const parte = (nombre) => document.querySelector(`[data-${nombre}]`);
  const dialogo = parte("pendientes");
  let anteriores = [];

  const crear = (etiqueta, texto, opciones = {}) => Object.assign(document.createElement(etiqueta), { textContent: texto, ...opciones });

  function boton(texto, alPulsar, clase = "boton boton-secundario") {
    const uno = crear("button", texto, { type: "button", className: clase });
    uno.addEventListener("click", alPulsar);
    return uno;
  }

  function tarjeta(aviso) {
    const caja = crear("article", "");
    const botones = crear("p", "", { className: "mesa-botones" });
    const entendido = boton(aviso.codigo === "inscrita" ? "No es la misma" : "Entendido", () => estado.resolver(aviso.numero));
    const marcable = ["inscrita", "quitada"].includes(aviso.codigo) && aviso.inscripcion && aviso.sesion;
    if (marcable) {
      botones.append(boton("Marcar", async () => {
        await estado.resolver(aviso.numero);
        await estado.encolar({ tipo: "marcar", sesion: aviso.sesion, inscripcion: aviso.inscripcion });
        red.sincronizar();
      }, "boton"));
    }
    if (aviso.datos && aviso.codigo !== "inscrita") {
      botones.append(boton("Corregir", async () => { await estado.resolver(aviso.numero); Mesa.llegada.abrir(aviso.datos); }, "boton"));
    }
    botones.append(entendido);
    caja.append(crear("p", aviso.texto), botones);
    return caja;
  }

  function pintar() {
    const zona = parte("avisos");
    zona.hidden = !estado.avisos().length && !anteriores.length;
    zona.replaceChildren(...estado.avisos().map(tarjeta), ...anteriores.map(deOtraMesa));
    pintarConexion();
    pintarCierre();
    if (dialogo.open) llenar();
  }

  function pintarConexion() {
    const faltan = estado.cola().length, chip = parte("conexion");
    chip.hidden = false;
    chip.classList.toggle("mesa-sin-red", !red.enLinea());
    if (red.cierre()) chip.textContent = faltan ? `Cerrada: ${faltan} sin enviar` : "Cerrada";
    else if (!red.enLinea()) chip.textContent = faltan ? `Sin conexión: ${faltan} por enviar` : "Sin conexión";
    else chip.textContent = faltan ? `Enviando ${faltan}…` : "En línea";
  }

  // --- Lo que falta enviar, para leerlo o bajarlo y pasarlo a mano ---
  const VERBOS = { marcar: "Firmó", quitar: "Se quitó la firma", agregar: "Llegó sin inscribirse" };

  function filas(cola) {
    const nombres = new Map(estado.personas().map((p) => [p.id, p]));
    return cola.map((op) => {
      const p = op.datos || nombres.get(op.inscripcion) || op.persona || {};
      return {
        hora: new Date(op.ocurrida).toLocaleTimeString("es-PE", { hour: "numeric", minute: "2-digit" }),
        que: VERBOS[op.tipo], sesion: op.sesion_texto || "", quien: `${p.apellidos || ""}, ${p.nombres || ""}`, documento: p.numero_documento || p.documento || "",
        entidad: p.entidad_texto || p.entidad || "", cargo: p.cargo || "", telefono: p.telefono || "", correo: p.correo || "",
      };
    });
  }

  function llenar() {
    const lista = filas(estado.cola());
    dialogo.querySelector("[data-estado]").textContent = !lista.length ? "No falta enviar nada."
      : red.cierre() ? "La mesa se cerró y esto no llegó: páselo a mano en la intranet."
        : "Se guarda en este aparato y se envía solo cuando vuelva la conexión.";
    dialogo.querySelector("[data-lista]").replaceChildren(...lista.map((f) => crear("li", `${f.hora} · ${f.que}: ${f.quien} ${f.documento}`)));
    dialogo.querySelector("[data-ahora]").hidden = !lista.length || Boolean(red.cierre());
    enlazar(dialogo.querySelector("[data-bajar]"), estado.cola());
  }

  const celda = (valor) => `"${String(valor).replace(/^[=+\-@\t\r]/, "'$&").replaceAll('"', '""')}"`;

  function enlazar(enlace, cola) {
    const lista = filas(cola);
    enlace.hidden = !lista.length;
    if (!lista.length) return;
    const csv = [Object.keys(lista[0]), ...lista.map(Object.values)].map((fila) => fila.map(celda).join(",")).join("\r\n");
    URL.revokeObjectURL(enlace.href);
    enlace.href = URL.createObjectURL(new Blob([`\ufeff${csv}`], { type: "text/csv" }));
  }

  // --- La mesa se cerró ---
  function pintarCierre() {
    const zona = parte("cierre"), faltan = estado.cola().length;
    document.body.classList.toggle("mesa-cerrada", Boolean(red.cierre()));
    zona.hidden = !red.cierre();
    if (!red.cierre()) return;
    const texto = faltan ? `Quedó sin enviar lo siguiente (${faltan}). Páselo a mano en la intranet y bórrelo de aquí.` : "Los datos de las personas se borraron de este aparato.";
    zona.replaceChildren(crear("h2", red.cierre()), crear("p", texto));
    if (!faltan) return;
    const lista = crear("ol", "");
    lista.append(...filas(estado.cola()).map((f) => crear("li", `${f.hora} · ${f.que}: ${f.quien} ${f.documento}`)));
    const bajar = crear("a", "Descargar", { className: "boton", download: "mesa-por-enviar.csv" });
    enlazar(bajar, estado.cola());
    const botones = crear("p", "", { className: "mesa-botones" });
    botones.append(bajar, boton("Ya lo pasé: borrarlo", async () => {
      if (!confirm("Se borrará de este aparato lo que no se envió. ¿Ya lo pasó a mano?")) return;
      await almacen.quitar(estado.cola().map((op) => op.orden));
      await estado.cargar();
      pintar();
    }, "boton boton-peligro"));
    zona.append(lista, botones);
  }

  function deOtraMesa({ nombre, cola }) {
    const caja = crear("article", ""), botones = crear("p", "", { className: "mesa-botones" });
    const bajar = crear("a", "Descargar", { className: "boton", download: `${nombre}-por-enviar.csv` });
    enlazar(bajar, cola);
    botones.append(bajar, boton("Ya lo pasé: borrarlo", async () => {
      if (!confirm("Se borrará de este aparato. ¿Ya lo pasó a mano?")) return;
      await almacen.olvidar(nombre);
      anteriores = anteriores.filter((otra) => otra.nombre !== nombre);
      pintar();
    }, "boton boton-peligro"));
    caja.append(crear("p", `De una mesa anterior quedaron ${cola.length} sin enviar.`), botones);
    return caja;
  }

  parte("conexion").addEventListener("click", () => { llenar(); dialogo.showModal(); });
  dialogo.querySelector("[data-ahora]").addEventListener("click", () => red.sincronizar());

  return {
    pintar,
    async revisarAnteriores() { anteriores = await almacen.anteriores(); pintar(); },
  };
})();
