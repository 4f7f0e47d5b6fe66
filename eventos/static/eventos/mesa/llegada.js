// Quien llegó sin inscribirse: se escribe en segundos, con o sin red.
Mesa.llegada = (() => {
  "use strict";
  const { estado, red } = Mesa;
  const dialogo = document.querySelector("[data-llegada]");
  const form = dialogo.querySelector("form");
  const aviso = dialogo.querySelector("[role=alert]");
  const opciones = document.getElementById("mesa-entidades");
  const CAMPOS = ["tipo_documento", "numero_documento", "apellidos", "nombres", "entidad_texto", "cargo", "telefono", "correo"];
  const DOCUMENTOS = {
    dni: [/^\d{8}$/, "El DNI tiene 8 dígitos."],
    ce: [/^[0-9A-Z]{9,12}$/, "El carné de extranjería tiene de 9 a 12 letras o dígitos."],
    pasaporte: [/^[0-9A-Z]{6,12}$/, "El pasaporte tiene de 6 a 12 letras o dígitos."],
  };
  const TELEFONO = /^\+?(\([0-9]{1,4}\) ?)?[0-9][0-9 -]{5,17}$/;
  let espera;

  const valor = (nombre) => form.elements[nombre].value.trim().replace(/\s+/g, " ");

  // Lo mismo que exige el servidor, dicho antes de perder de vista a la persona.
  function falta() {
    const numero = valor("numero_documento").replace(/[\s.-]/g, "").toUpperCase();
    const [patron, mensaje] = DOCUMENTOS[valor("tipo_documento")];
    if (!patron.test(numero)) return ["numero_documento", mensaje];
    if (!valor("apellidos")) return ["apellidos", "Escriba los apellidos."];
    if (!valor("nombres")) return ["nombres", "Escriba los nombres."];
    if (!valor("entidad_texto") && !estado.datos().capacitacion.ciudadania) return ["entidad_texto", "Escriba la entidad donde trabaja."];
    if (!TELEFONO.test(valor("telefono"))) return ["telefono", "Escriba el teléfono solo con dígitos; por ejemplo, 984123456."];
    if (!form.elements.correo.checkValidity()) return ["correo", "Revise el correo, o déjelo vacío."];
    return null;
  }

  function repetida() {
    const numero = valor("numero_documento").replace(/[\s.-]/g, "").toUpperCase();
    return Mesa.buscar.personas(numero, estado.personas(), estado.datos().sal).then(({ personas }) => (numero.length >= 6 ? personas[0] : null));
  }

  function decir(campo, texto) {
    aviso.textContent = texto;
    aviso.hidden = !texto;
    for (const nombre of CAMPOS) form.elements[nombre].toggleAttribute("aria-invalid", nombre === campo);
    if (campo) form.elements[campo].focus();
  }

  form.addEventListener("submit", async (evento) => {
    evento.preventDefault();
    const error = falta();
    if (error) return decir(...error);
    const suya = await repetida();
    if (suya) return decir("numero_documento", `Ese documento ya está en la lista: ${suya.apellidos}, ${suya.nombres}. Búsquela y márquela.`);
    const datos = Object.fromEntries(CAMPOS.map((nombre) => [nombre, valor(nombre)]));
    datos.numero_documento = datos.numero_documento.replace(/[\s.-]/g, "").toUpperCase();
    const abierta = estado.datos().sesiones.find(({ id }) => id === estado.sesion())?.abre;
    dialogo.close();
    const firmo = form.elements.firmo.checked && abierta;
    const agregar = (trazo = "") => estado.encolar({ tipo: "agregar", datos, sesion: firmo ? estado.sesion() : null, trazo })
      .then((op) => { Mesa.pantalla.dicho(`${datos.apellidos}, ${datos.nombres}: agregada.`, op.sesion && { id: op.numero, ...datos }); red.sincronizar(); });
    if (firmo && estado.datos().firma_en_pantalla) Mesa.trazo.pedir(datos, agregar);
    else await agregar();
  });

  form.elements.entidad_texto.addEventListener("input", ({ target }) => {
    clearTimeout(espera);
    const texto = target.value.trim();
    if (texto.length < 3) return;
    espera = setTimeout(() => sugerir(texto), 200);
  });

  // Con red, las del directorio; sin ella, las de quienes ya están en la lista.
  async function sugerir(texto) {
    const buscado = Mesa.buscar.normalizar(texto);
    let nombres = [...new Set(estado.personas().map((p) => p.entidad))].filter((e) => e && Mesa.buscar.normalizar(e).includes(buscado)).slice(0, 6);
    try {
      const respuesta = await fetch(`${document.body.dataset.entidades}?q=${encodeURIComponent(texto)}`, { signal: AbortSignal.timeout(3000) });
      const { resultados } = await respuesta.json();
      if (resultados.length) nombres = resultados.map(({ nombre, distrito }) => `${nombre} (${distrito})`);
    } catch { /* sin red quedan las de la lista */ }
    opciones.replaceChildren(...nombres.map((nombre) => new Option("", nombre)));
  }

  function abrir(datos = {}) {
    form.reset();
    decir(null, "");
    for (const nombre of CAMPOS) if (datos[nombre]) form.elements[nombre].value = datos[nombre];
    form.elements.numero_documento.inputMode = valor("tipo_documento") === "dni" ? "numeric" : "text";
    dialogo.showModal();
    form.elements.numero_documento.focus();
  }

  form.elements.tipo_documento.addEventListener("change", () => {
    form.elements.numero_documento.inputMode = valor("tipo_documento") === "dni" ? "numeric" : "text";
  });

  return { abrir };
})();
