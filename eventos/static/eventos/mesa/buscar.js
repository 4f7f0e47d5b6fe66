// Hallar a una persona por apellido (sin tildes y con alguna letra cambiada), por DNI o por el código de su QR.
Mesa.buscar = (() => {
  "use strict";
  const CODIGO = /^(?!\d+$)[0-9A-Z]{8}$/; // ocho cifras son un DNI
  const normalizar = (texto) => texto.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().trim();
  const palabras = (texto) => normalizar(texto).split(/[^a-z0-9]+/).filter(Boolean);

  // «ABCD2345», o la dirección de la inscripción que algunos guardan como QR.
  function codigoDe(texto) {
    const limpio = texto.trim();
    const enlace = limpio.match(/\/inscripciones\/([0-9A-Z]{8})\./);
    if (enlace) return enlace[1];
    const pegado = limpio.toUpperCase().replace(/[\s-]/g, "");
    return CODIGO.test(pegado) ? pegado : "";
  }

  async function huellaDe(numero, sal) {
    if (!crypto.subtle) return "";
    const resumen = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(sal + numero));
    return [...new Uint8Array(resumen)].map((octeto) => octeto.toString(16).padStart(2, "0")).join("").slice(0, 24);
  }

  // Cuántas letras hay que cambiar, agregar o quitar (o dos vecinas trocadas) para pasar de «a» a «b»; hasta «tope».
  function distancia(a, b, tope) {
    if (Math.abs(a.length - b.length) > tope) return tope + 1;
    let antes = [], fila = [...Array(b.length + 1).keys()];
    for (let i = 1; i <= a.length; i++) {
      const nueva = [i];
      for (let j = 1; j <= b.length; j++) {
        const cambio = a[i - 1] === b[j - 1] ? 0 : 1;
        nueva[j] = Math.min(nueva[j - 1] + 1, fila[j] + 1, fila[j - 1] + cambio);
        const trocadas = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
        if (trocadas) nueva[j] = Math.min(nueva[j], antes[j - 2] + 1);
      }
      antes = fila;
      fila = nueva;
    }
    return fila[b.length];
  }

  // 0: empieza así; más: se parece; -1: no.
  function calce(buscada, fichas) {
    if (fichas.some((ficha) => ficha.startsWith(buscada))) return 0;
    const tope = buscada.length < 4 ? 0 : buscada.length < 8 ? 1 : 2;
    if (!tope) return -1;
    const cerca = Math.min(...fichas.map((ficha) => distancia(buscada, ficha.slice(0, buscada.length + 1), tope)),
      ...fichas.map((ficha) => distancia(buscada, ficha, tope)));
    return cerca <= tope ? cerca : -1;
  }

  const fichasDe = (persona) => (persona.fichas ??= palabras(`${persona.apellidos} ${persona.nombres}`));
  const todasDe = (persona) => (persona.todas ??= [...fichasDe(persona), ...palabras(`${persona.entidad} ${persona.codigo}`)]);

  function porTexto(texto, personas) {
    const buscadas = palabras(texto);
    const exactas = personas.filter((p) => buscadas.every((b) => todasDe(p).some((ficha) => ficha.startsWith(b))));
    if (exactas.length) return exactas;
    return personas
      .map((p) => ({ p, notas: buscadas.map((b) => calce(b, fichasDe(p))) }))
      .filter(({ notas }) => notas.every((nota) => nota >= 0))
      .sort((una, otra) => una.notas.reduce((a, b) => a + b) - otra.notas.reduce((a, b) => a + b))
      .map(({ p }) => p);
  }

  // Devuelve {personas, aviso}: «aviso» dice qué más escribir.
  async function personas(texto, todas, sal) {
    const limpio = texto.trim();
    if (!limpio) return { personas: todas, aviso: "" };
    const codigo = codigoDe(limpio);
    const suya = codigo && todas.find((p) => p.codigo === codigo);
    if (suya) return { personas: [suya], aviso: "" };
    const cifras = limpio.replace(/[\s.-]/g, "");
    if (!/^\d+$/.test(cifras)) return { personas: porTexto(limpio, todas), aviso: "" };
    if (cifras.length <= 4) return { personas: todas.filter((p) => p.documento.endsWith(cifras)), aviso: "" };
    const huella = await huellaDe(cifras, sal);
    const halladas = todas.filter((p) => p.huella === huella || p.numero === cifras);
    return { personas: halladas, aviso: cifras.length < 8 ? "Escriba el DNI entero, o solo sus cuatro últimos números." : "" };
  }

  return { personas, codigoDe, normalizar };
})();
