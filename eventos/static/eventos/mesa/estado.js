// Lo que se ve es lo último que dijo el servidor más lo que aún no se le envió.
Mesa.estado = (() => {
  "use strict";
  const { almacen } = Mesa;
  let datos = null; // la última lista recibida
  let cola = []; // lo que falta enviar, en orden
  let avisos = []; // conflictos por resolver
  let sesion = null;
  const oyentes = [];
  const avisar = () => oyentes.forEach((oyente) => oyente());
  const llave = (persona, enSesion) => `${persona}:${enSesion}`;

  async function cargar() {
    [datos, cola, avisos] = [await almacen.leer("datos"), await almacen.cola(), (await almacen.leer("avisos")) || []];
    sesion = (await almacen.leer("sesion")) ?? datos?.toca ?? null;
    avisar();
  }

  const deLaMesa = () => ({ mesa: datos.mesa.id, donde: datos.mesa.nombre, quien: "", hora: "", porEnviar: true });

  // Las marcas de cada persona en cada sesión, con la cola encima.
  function marcas() {
    const vista = new Map((datos?.marcas || []).map((m) => [llave(m.persona, m.sesion), m]));
    for (const op of cola) {
      const suya = llave(op.tipo === "agregar" ? op.numero : op.inscripcion, op.sesion);
      if (op.tipo === "quitar") vista.delete(suya);
      else if (op.sesion && !vista.has(suya)) vista.set(suya, { ...deLaMesa(), medio: op.trazo ? "pantalla" : "papel" });
    }
    return vista;
  }

  // Las inscritas y, primero, las que se agregaron y todavía no llegan al servidor.
  function personas() {
    const nuevas = cola.filter((op) => op.tipo === "agregar").map(({ numero, datos: d }) => ({
      id: numero, apellidos: d.apellidos, nombres: d.nombres, documento: `****${d.numero_documento.slice(-4)}`,
      numero: d.numero_documento, codigo: "", entidad: d.entidad_texto || "Ciudadano", cargo: d.cargo, confirmada: true, nueva: true,
    }));
    return [...nuevas.reverse(), ...(datos?.personas || [])];
  }

  async function encolar(operacion) {
    const nueva = { numero: crypto.randomUUID?.() || aleatorio(), ocurrida: new Date().toISOString(), ...operacion };
    await almacen.encolar(nueva);
    cola = await almacen.cola();
    avisar();
    return nueva;
  }

  // Fuera de https no hay randomUUID.
  function aleatorio() {
    const octetos = crypto.getRandomValues(new Uint8Array(16));
    octetos[6] = (octetos[6] & 0x0f) | 0x40;
    octetos[8] = (octetos[8] & 0x3f) | 0x80;
    const hex = [...octetos].map((o) => o.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  }

  // La respuesta del servidor a un lote: sale de la cola, y lo que no se pudo queda por resolver.
  async function recibir(resultados) {
    const porNumero = new Map(resultados.map((r) => [r.numero, r]));
    const enviadas = cola.filter((op) => porNumero.has(op.numero));
    for (const op of enviadas) {
      const r = porNumero.get(op.numero);
      if (r.texto) anotar({ numero: op.numero, codigo: r.codigo, texto: r.texto, inscripcion: r.inscripcion, sesion: op.sesion, datos: op.datos });
      else if (datos) asentar(op, r);
    }
    await almacen.quitar(enviadas.map((op) => op.orden));
    await almacen.poner("avisos", avisos);
    if (datos) await almacen.poner("datos", datos);
    cola = await almacen.cola();
    avisar();
  }

  // Lo que ya se hizo pasa a la lista, para que no parpadee mientras llega la nueva.
  function asentar(op, { inscripcion }) {
    const cual = inscripcion ?? op.inscripcion; // la que se agregó sin red ya tiene su llave
    datos.marcas = datos.marcas.filter((m) => !(m.persona === cual && m.sesion === op.sesion));
    if (op.tipo === "marcar") {
      datos.marcas.push({ ...deLaMesa(), persona: cual, sesion: op.sesion, porEnviar: false, medio: op.trazo ? "pantalla" : "papel" });
    }
  }

  function anotar(aviso) {
    avisos = [...avisos.filter((otro) => otro.numero !== aviso.numero), aviso];
  }

  // La lista nueva del servidor; lo que otro cambió de lo que esta mesa hizo, se dice.
  async function renovar(nuevos) {
    if (datos) compararCon(nuevos);
    datos = nuevos;
    if (!datos.sesiones.some(({ id }) => id === sesion)) sesion = datos.toca;
    await almacen.poner("datos", datos);
    await almacen.poner("avisos", avisos);
    avisar();
  }

  function compararCon(nuevos) {
    const siguen = new Set(nuevos.marcas.map((m) => llave(m.persona, m.sesion)));
    const nombre = (id) => { const p = datos.personas.find((una) => una.id === id); return p ? `${p.apellidos}, ${p.nombres}` : "alguien"; };
    for (const m of datos.marcas) {
      const suya = llave(m.persona, m.sesion);
      if (m.mesa !== Mesa.pk || siguen.has(suya)) continue;
      anotar({ numero: `quitada-${suya}`, codigo: "quitada", inscripcion: m.persona, sesion: m.sesion,
        texto: `En otro lado se quitó la firma de ${nombre(m.persona)}, que esta mesa había marcado. Si firmó, márquela otra vez.` });
    }
    for (const antes of datos.sesiones) {
      const ahora = nuevos.sesiones.find(({ id }) => id === antes.id);
      if (ahora?.texto === antes.texto) continue;
      anotar({ numero: `sesion-${antes.id}`, codigo: "sesion",
        texto: ahora ? `Una sesión cambió: era ${antes.texto} y ahora es ${ahora.texto}.` : `La sesión del ${antes.texto} ya no está.` });
    }
  }

  return {
    cargar, encolar, recibir, renovar, marcas, personas, llave,
    alCambiar: (oyente) => oyentes.push(oyente),
    datos: () => datos,
    cola: () => cola,
    avisos: () => avisos,
    sesion: () => sesion,
    marcadaEn: (persona) => marcas().get(llave(persona, sesion)),
    async elegirSesion(id) { sesion = id; await almacen.poner("sesion", id); avisar(); },
    async resolver(numero) {
      avisos = avisos.filter((aviso) => aviso.numero !== numero);
      await almacen.poner("avisos", avisos);
      avisar();
    },
    async olvidar() { datos = null; avisos = []; await almacen.vaciar(); avisar(); },
  };
})();
