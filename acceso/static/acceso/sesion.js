// Avisa dos minutos antes de que la sesión se cierre por inactiva y cuando ya se cerró, sin dejar la página: lo escrito
// se envía al volver a entrar en otra pestaña. Repone en su formulario lo que se guardó al enviarlo tarde. Sin esto todo
// funciona igual: el servidor guarda lo que se envíe tarde.
(() => {
  const { quedan: urlQuedan, seguir: urlSeguir, entrar: urlEntrar, tomar: urlTomar } = document.currentScript.dataset;
  const AVISO = 120;
  let reloj = null;
  let barra = null;
  let deCierre = null; // el que avisa que la sesión se cierra; los demás se quedan hasta que se lean
  let dueno = null; // de quién es lo escrito en esta página

  const aqui = () => location.pathname + location.search;
  const marca = () => document.querySelector("[name=csrfmiddlewaretoken]")?.value || window.wagtailConfig?.CSRF_TOKEN || "";
  const pedir = window.fetch.bind(window);
  // La página le deja su alto al aviso: no tapa el botón de guardar. Quitado, mide cero.
  const medida = new ResizeObserver(() => document.documentElement.style.setProperty("--alto-aviso", `${barra.offsetHeight}px`));

  function mostrar(texto, boton, alTocar) {
    barra?.remove();
    barra = document.createElement("div");
    barra.className = "sesion-aviso";
    barra.setAttribute("role", "alert");
    const parrafo = document.createElement("p");
    parrafo.textContent = texto;
    barra.append(parrafo);
    if (boton) {
      const elemento = document.createElement("button");
      elemento.type = "button";
      elemento.className = "button";
      elemento.textContent = boton;
      elemento.addEventListener("click", alTocar);
      barra.append(elemento);
    }
    document.body.append(barra);
    medida.observe(barra);
    return barra;
  }

  const esperar = (segundos) => {
    clearTimeout(reloj);
    reloj = setTimeout(mirar, Math.max(segundos, 1) * 1000);
  };

  const enOtraPestana = (texto) => {
    clearTimeout(reloj);
    deCierre = mostrar(texto, "Entrar en otra pestaña", () => window.open(urlEntrar, "_blank", "noopener"));
  };
  const seCerro = () => enOtraPestana("Su sesión se cerró. Lo que tiene escrito sigue en esta página: entre en otra pestaña y vuelva aquí a enviarlo.");

  // La de esta página deja de valer cuando se entra en otra pestaña.
  function renovarMarcas(marca) {
    document.getElementsByName("csrfmiddlewaretoken").forEach((campo) => { campo.value = marca; });
    if (window.wagtailConfig) window.wagtailConfig.CSRF_TOKEN = marca;
  }

  async function mirar() {
    const respuesta = await pedir(urlQuedan, { headers: { Accept: "application/json" } }).catch(() => null);
    if (respuesta?.status === 401) return seCerro();
    if (!respuesta?.ok) return esperar(30);
    const { quedan, quien, marca } = await respuesta.json();
    if (quedan <= 0) return seCerro();
    if (dueno && quien !== dueno) return enOtraPestana("En este navegador entró otra persona: lo que tiene escrito aquí no se enviará a nombre de ella.");
    if (dueno && marca) renovarMarcas(marca); // la primera vez son las de quien abrió la página
    dueno = quien;
    if (quedan <= AVISO + 2) {
      deCierre = mostrar("Por seguridad, su sesión se cerrará en dos minutos si no sigue.", "Seguir trabajando", seguir);
      return esperar(quedan + 2);
    }
    deCierre?.remove();
    return esperar(quedan - AVISO);
  }

  async function seguir() {
    const respuesta = await pedir(urlSeguir, { method: "POST", headers: { "X-CSRFToken": marca(), Accept: "application/json" } }).catch(() => null);
    if (!respuesta?.ok) return seCerro();
    deCierre?.remove();
    return esperar((await respuesta.json()).quedan - AVISO);
  }

  // Lo que pide el código de la página (Wagtail, htmx) y ya no tiene sesión: se avisa, y lo escrito se queda donde está.
  window.fetch = async (...que) => {
    const respuesta = await pedir(...que);
    if (respuesta.status === 401 && respuesta.headers.get("X-Entrar")) seCerro();
    return respuesta;
  };
  document.addEventListener("htmx:responseError", ({ detail: { xhr } }) => { if (xhr.status === 401) seCerro(); });

  function poner(campos, valores) {
    const [primero] = campos;
    if (primero.type === "checkbox" || primero.type === "radio") {
      campos.forEach((campo) => { campo.checked = valores.includes(campo.value); });
    } else if (primero.multiple) {
      [...primero.options].forEach((opcion) => { opcion.selected = valores.includes(opcion.value); });
    } else {
      campos.forEach((campo, lugar) => { if (lugar < valores.length) campo.value = valores[lugar]; });
    }
    campos.forEach((campo) => ["input", "change"].forEach((tipo) => campo.dispatchEvent(new Event(tipo, { bubbles: true }))));
  }

  // Los campos de archivo y los ocultos que pone el servidor no se tocan.
  const rellenables = (nombre) => [...document.getElementsByName(nombre)].filter((campo) => campo.form && !["file", "hidden", "submit", "button"].includes(campo.type));

  async function recuperar(llave) {
    history.replaceState(null, "", aqui());
    const respuesta = await pedir(urlTomar.replace("/0/", `/${llave}/`), { method: "POST", headers: { "X-CSRFToken": marca() } });
    if (!respuesta.ok) return mostrar("Ya no está guardado lo que escribió: pasó más de una hora, o ya se usó.");
    const porNombre = new Map();
    (await respuesta.json()).datos.forEach(([nombre, valor]) => porNombre.set(nombre, [...(porNombre.get(nombre) || []), valor]));
    const casillas = [...document.querySelectorAll("form input[type=checkbox][name]")].map((casilla) => casilla.name);
    casillas.filter((nombre) => !porNombre.has(nombre)).forEach((nombre) => poner(rellenables(nombre), []));
    const sueltos = [];
    porNombre.forEach((valores, nombre) => {
      const campos = rellenables(nombre);
      if (campos.length) poner(campos, valores);
      else if (!document.getElementsByName(nombre).length) sueltos.push(...valores.filter((valor) => valor.trim().length > 2));
    });
    const aviso = mostrar("Repusimos lo que había escrito. Revíselo y guárdelo.", "Entendido", () => aviso.remove());
    if (sueltos.length) {
      const lista = document.createElement("ul");
      sueltos.forEach((valor) => { const fila = document.createElement("li"); fila.textContent = valor; lista.append(fila); });
      aviso.append("Esto no halló su casilla en la página; cópielo si le sirve:", lista);
    }
  }

  const salvado = location.hash.match(/^#recuperar=(\d+)$/);
  if (salvado) window.addEventListener("load", () => recuperar(salvado[1]));
  if (document.querySelector(".wrapper, [data-sidebar], .sidebar")) {
    mirar();
    document.addEventListener("visibilitychange", () => { if (!document.hidden) mirar(); });
  }
})();
