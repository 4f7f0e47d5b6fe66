// La pantalla de la mesa: buscar, marcar de un toque y deshacer.
Mesa.pantalla = (() => {
  "use strict";
  const { estado, red, avisos } = Mesa;
  const parte = (nombre) => document.querySelector(`[data-${nombre}]`);
  const q = document.getElementById("mesa-q");
  const MUESTRA = 6000;
  let halladas = [];
  let turno;
  let ultima = null;

  const crear = (etiqueta, clase, texto = "") => Object.assign(document.createElement(etiqueta), { className: clase, textContent: texto });

  const abierta = () => estado.datos()?.sesiones.find(({ id }) => id === estado.sesion())?.abre;

  async function pintar() {
    avisos.pintar();
    const datos = estado.datos();
    for (const nombre of ["llego", "camara"]) parte(nombre).disabled = !datos || Boolean(red.cierre());
    if (!datos || red.cierre()) {
      parte("personas").replaceChildren();
      parte("cuenta").textContent = red.cierre() ? "" : red.enLinea() ? "Cargando la lista…" : "Sin conexión y sin lista guardada.";
      return;
    }
    pintarSesiones(datos);
    const todas = estado.personas(), marcas = estado.marcas();
    const suya = (persona) => marcas.get(estado.llave(persona.id, estado.sesion()));
    const deTotal = todas.filter((p) => p.confirmada || suya(p));
    parte("cuenta").innerHTML = "";
    parte("cuenta").append(crear("strong", "", String(deTotal.filter(suya).length)), ` de ${deTotal.length} firmaron`);
    parte("medio").hidden = false;
    parte("medio").textContent = !abierta() ? "Esta sesión todavía no llega: se registra desde ese día."
      : datos.firma_en_pantalla ? "Toque a la persona para que firme con el dedo, o diga que firmó en papel."
        : "Marque a quien ya firmó el registro de papel. Sin firma no cuenta.";
    const { personas, aviso } = await Mesa.buscar.personas(q.value, todas, datos.sal);
    halladas = personas;
    parte("vacio").textContent = aviso || (q.value ? `Nadie coincide con «${q.value}». Si llegó sin inscribirse, agréguela abajo.` : "Aún no hay personas inscritas.");
    parte("vacio").hidden = personas.length > 0 && !aviso;
    parte("personas").replaceChildren(...personas.map((persona) => fila(persona, suya(persona))));
  }

  function pintarSesiones({ sesiones }) {
    const control = parte("sesion");
    control.closest("label").hidden = false;
    control.replaceChildren(...sesiones.map(({ id, texto }) => new Option(texto, id, false, id === estado.sesion())));
    control.disabled = sesiones.length < 2;
  }

  function fila(persona, marca) {
    const li = crear("li", marca ? "mesa-persona mesa-firmo" : "mesa-persona");
    const boton = crear("button", "mesa-marcar");
    const nombre = crear("span", "mesa-nombre", `${persona.apellidos}, ${persona.nombres}`);
    const detalle = [persona.documento, persona.entidad, persona.confirmada ? "" : "sin cupo confirmado", persona.virtual ? "virtual" : "", persona.nueva ? "por enviar" : ""];
    boton.append(nombre, crear("span", "mesa-dato", detalle.filter(Boolean).join(" · ")));
    boton.type = "button";
    boton.disabled = Boolean(marca) || !abierta();
    boton.addEventListener("click", () => marcar(persona));
    li.append(crear("span", "mesa-visto", marca ? "✓" : ""), boton);
    li.firstChild.setAttribute("aria-hidden", "true");
    if (marca) {
      const deshacer = crear("button", "mesa-deshacer", "Deshacer");
      deshacer.type = "button";
      deshacer.setAttribute("aria-label", `Deshacer la firma de ${persona.nombres} ${persona.apellidos}`);
      deshacer.addEventListener("click", () => quitar(persona, marca));
      li.append(crear("span", "mesa-quien", quien(marca)), deshacer);
    }
    return li;
  }

  const MEDIOS = { papel: "En papel", pantalla: "En pantalla", enlace: "Por su enlace" };

  function quien({ medio, hora, donde, quien: persona, porEnviar }) {
    const partes = [MEDIOS[medio], hora, donde, donde === "Intranet" ? persona : ""];
    return `${partes.filter(Boolean).join(" · ")}${porEnviar ? " · por enviar" : ""}`;
  }

  async function marcar(persona) {
    if (!abierta() || estado.marcadaEn(persona.id)) return;
    const hacer = async (trazo = "") => {
      await estado.encolar({ tipo: "marcar", sesion: estado.sesion(), inscripcion: persona.id, trazo, persona: resumen(persona), sesion_texto: textoDeSesion() });
      dicho(`${persona.apellidos}, ${persona.nombres}: firmó.`, persona);
      limpiar();
      red.sincronizar();
    };
    if (estado.datos().firma_en_pantalla) Mesa.trazo.pedir(persona, hacer);
    else await hacer();
  }

  // Lo justo para pasarla a mano si la mesa se cierra antes de enviar.
  const resumen = ({ apellidos, nombres, documento, entidad }) => ({ apellidos, nombres, documento, entidad });
  const textoDeSesion = () => estado.datos().sesiones.find(({ id }) => id === estado.sesion())?.texto || "";

  async function quitar(persona, marca) {
    const ajena = marca && marca.mesa !== Mesa.pk;
    if (ajena && !confirm(`A ${persona.nombres} ${persona.apellidos} la marcó ${marca.donde}. ¿Quitar su firma?`)) return;
    await estado.encolar({ tipo: "quitar", sesion: estado.sesion(), inscripcion: persona.id, persona: resumen(persona), sesion_texto: textoDeSesion() });
    dicho(`${persona.apellidos}, ${persona.nombres}: sin firma.`);
    red.sincronizar();
  }

  function limpiar() {
    if (!q.value) return;
    q.value = "";
    pintar();
  }

  // Dice lo último que se hizo; con «persona», ofrece deshacerlo.
  function dicho(texto, persona = null) {
    const caja = parte("hecho");
    clearTimeout(turno);
    ultima = persona;
    caja.querySelector("span").textContent = texto;
    caja.querySelector("button").hidden = !persona;
    caja.hidden = false;
    turno = setTimeout(() => { caja.hidden = true; }, MUESTRA);
  }

  async function alLeer(codigo) {
    q.value = codigo;
    await pintar();
    if (halladas.length !== 1) return dicho(`Nadie de esta capacitación tiene el código ${codigo}.`);
    const [unica] = halladas;
    if (estado.marcadaEn(unica.id)) return dicho(`${unica.apellidos}, ${unica.nombres}: ya estaba marcada.`);
    await marcar(unica);
  }

  async function cerrarMesa() {
    const faltan = estado.cola().length;
    if (!confirm(faltan ? `Faltan ${faltan} por enviar: se enviarán antes de cerrar. ¿Cerrar la mesa?` : "¿Cerrar la mesa en este aparato?")) return;
    try {
      await red.cerrar();
    } catch {
      dicho("Sin conexión no se puede cerrar: falta enviar. Pruebe cuando vuelva la red.");
    }
  }

  // Enter con una sola persona a la vista la marca: sirve al teclado y al lector de códigos.
  parte("buscar").addEventListener("submit", async (evento) => {
    evento.preventDefault();
    await pintar();
    if (q.value && halladas.length === 1) await marcar(halladas[0]);
  });
  q.addEventListener("input", pintar);
  parte("camara").addEventListener("click", () => Mesa.camara.abrir(alLeer));
  parte("llego").addEventListener("click", () => Mesa.llegada.abrir(/^\d{8}$/.test(q.value.trim()) ? { numero_documento: q.value.trim() } : {}));
  parte("sesion").addEventListener("change", ({ target }) => estado.elegirSesion(Number(target.value)));
  parte("cerrar").addEventListener("click", cerrarMesa);
  parte("hecho").querySelector("button").addEventListener("click", () => { parte("hecho").hidden = true; if (ultima) quitar(ultima); });
  for (const salir of document.querySelectorAll("[data-salir]")) salir.addEventListener("click", () => salir.closest("dialog").close());
  estado.alCambiar(pintar);
  red.alCambiar(pintar);

  // Guarda el marco y los estáticos para abrir sin red. La lista no va aquí: está en IndexedDB y se borra al cerrar.
  async function prepararSinRed() {
    if (!("serviceWorker" in navigator) || red.cierre()) return;
    await navigator.serviceWorker.register("/mesa/sw.js", { scope: "/mesa/" });
    const suyos = [...document.querySelectorAll("link[rel=stylesheet], link[rel=icon], script[src]")].map((e) => e.href || e.src);
    const cajon = await caches.open("mesa-1");
    await cajon.addAll([location.pathname, ...suyos].map((url) => new Request(url, { cache: "reload" })));
    for (const { url } of await cajon.keys()) {
      if (!suyos.includes(url) && new URL(url).pathname !== location.pathname) await cajon.delete(url);
    }
    document.body.dataset.guardada = "1";
  }

  async function empezar() {
    await estado.cargar();
    const vence = estado.datos()?.mesa.vence;
    if (red.cierre()) await red.cerrarse(red.cierre());
    else if (vence && new Date(vence) < new Date()) await red.cerrarse("Esta mesa venció: la capacitación ya terminó.");
    await red.sincronizar();
    await pintar();
    await prepararSinRed().catch(() => {}); // sin red, queda lo guardado antes
    await avisos.revisarAnteriores();
  }

  empezar();
  return { dicho };
})();
