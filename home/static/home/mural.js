// El mural en pantalla: rota las láminas, lleva el reloj de Lima y los plazos, se actualiza solo y sigue sin red.
// Sin este guion las secciones se leen una debajo de otra.
(() => {
    "use strict";
    const CAJON = "mural-1"; // el mismo de mural-sw.js
    const ACTUALIZAR_CADA = 3 * 60 * 1000;
    const ZONA = "America/Lima";
    const ANCHA = matchMedia("(min-width: 64rem) and (min-height: 34rem)");
    const QUIETO = matchMedia("(prefers-reduced-motion: reduce)");

    const raiz = document.querySelector("[data-mural]");
    const parte = (nombre) => raiz.querySelector(`[data-${nombre}]`);
    const laminas = () => [...raiz.querySelectorAll("[data-lamina]")].filter((l) => !l.dataset.vencida);

    let actual = 0;
    let enPausa = QUIETO.matches;
    let turno;
    let cuerpo = parte("laminas").innerHTML;

    // --- Fechas, siempre las de Lima ---
    const enLima = (opciones, momento) => new Intl.DateTimeFormat("es-PE", { timeZone: ZONA, ...opciones }).formatToParts(momento);
    const trozo = (partes, tipo) => partes.find((p) => p.type === tipo).value;

    function hoy() {
        const p = enLima({ year: "numeric", month: "2-digit", day: "2-digit" }, new Date());
        return `${trozo(p, "year")}-${trozo(p, "month")}-${trozo(p, "day")}`;
    }

    function hora(momento) {
        const p = enLima({ hour: "numeric", minute: "2-digit", hourCycle: "h23" }, momento);
        const h = Number(trozo(p, "hour"));
        return `${h % 12 || 12}:${trozo(p, "minute")}\u00a0${h < 12 ? "a" : "p"}.\u00a0m.`;
    }

    function fecha(momento) {
        const p = enLima({ weekday: "long", day: "numeric", month: "long", year: "numeric" }, momento);
        return `${trozo(p, "weekday")} ${trozo(p, "day")} de ${trozo(p, "month")} de ${trozo(p, "year")}`;
    }

    function cuentaRegresiva(plazo) {
        const dias = Math.round((Date.parse(plazo) - Date.parse(hoy())) / 86400000);
        if (dias < 0) return "Venció";
        return ["Vence hoy", "Vence mañana"][dias] || `Faltan ${dias} días`;
    }

    function decir(elemento, texto) {
        if (elemento.textContent !== texto) elemento.textContent = texto;
    }

    // Cada segundo: el reloj; y lo que cambia de día aunque nadie lo recargue.
    function latir() {
        const ahora = new Date();
        decir(parte("reloj"), hora(ahora));
        const dia = fecha(ahora);
        decir(parte("fecha"), dia[0].toUpperCase() + dia.slice(1));
        if (raiz.dataset.dia !== hoy()) repasar();
    }

    function repasar() {
        raiz.dataset.dia = hoy();
        raiz.querySelectorAll("[data-plazo]").forEach((e) => decir(e, cuentaRegresiva(e.dataset.plazo)));
        raiz.querySelectorAll("[data-hasta]").forEach((e) => { e.hidden = e.dataset.hasta < hoy(); });
        raiz.querySelectorAll("[data-lamina]").forEach((l) => {
            const items = [...l.querySelectorAll("li")];
            l.dataset.vencida = items.length && items.every((i) => i.hidden) ? "1" : "";
        });
        mostrar(actual);
    }

    // --- Láminas ---
    function mostrar(indice) {
        const todas = laminas();
        const rota = ANCHA.matches && todas.length > 0;
        actual = todas.length ? (indice + todas.length) % todas.length : 0;
        document.documentElement.classList.toggle("mural-rota", rota);
        raiz.querySelectorAll("[data-lamina]").forEach((l) => {
            l.hidden = Boolean(l.dataset.vencida) || (rota && l !== todas[actual]);
        });
        parte("mandos").hidden = !rota || todas.length < 2;
        decir(parte("cuenta"), `${actual + 1} de ${todas.length}`);
        decir(parte("pausa"), enPausa ? "Continuar" : "Pausar");
        // Un lector de pantalla oye el cambio que la persona pidió, no el que ocurre solo.
        parte("laminas").setAttribute("aria-live", enPausa ? "polite" : "off");
        clearTimeout(turno);
        if (rota && !enPausa && todas.length > 1) {
            turno = setTimeout(() => mostrar(actual + 1), Number(todas[actual].dataset.segundos) * 1000);
        }
    }

    function pausar() {
        enPausa = !enPausa;
        mostrar(actual);
    }

    function teclear(evento) {
        if (evento.altKey || evento.ctrlKey || evento.metaKey || parte("mandos").hidden) return;
        const enBoton = evento.target.closest("button, a");
        if (evento.key === "ArrowRight") mostrar(actual + 1);
        else if (evento.key === "ArrowLeft") mostrar(actual - 1);
        else if (evento.key === " " && !enBoton) pausar();
        else return;
        evento.preventDefault();
    }

    // --- Red ---
    function marcar(hayRed) {
        const momento = new Date(parte("actualizado").dateTime);
        const deHoy = fecha(momento) === fecha(new Date());
        const cuando = `actualizado ${deHoy ? "" : `el ${fecha(momento)} `}a las ${hora(momento)}`;
        raiz.classList.toggle("mural-desconectado", !hayRed);
        parte("conexion").className = hayRed ? "" : "mural-sin-conexion";
        decir(parte("conexion"), hayRed ? "" : `Sin conexión: ${cuando}`);
        decir(parte("actualizado"), hayRed ? `A${cuando.slice(1)}` : "");
    }

    async function actualizar() {
        try {
            const respuesta = await fetch(location.pathname, { cache: "no-store", signal: AbortSignal.timeout(20000) });
            if (!respuesta.ok) throw new Error(respuesta.status);
            const copia = respuesta.clone();
            if (poner(await respuesta.text())) await guardar(copia);
            marcar(true);
        } catch {
            marcar(false);
        }
    }

    const estaticos = (documento) => [...documento.querySelectorAll("link[rel=stylesheet], link[rel=icon], script[src]")]
        .map((e) => e.getAttribute("href") || e.getAttribute("src"));

    // Devuelve si lo recibido es el mural; si el portal cambió de versión, la página se recarga entera.
    function poner(html) {
        const nuevo = new DOMParser().parseFromString(html, "text/html");
        const mural = nuevo.querySelector("[data-mural]");
        if (!mural) throw new Error("no es el mural");
        if (estaticos(nuevo).join() !== estaticos(document).join()) location.reload();
        parte("actualizado").dateTime = mural.querySelector("[data-actualizado]").dateTime;
        const recibido = mural.querySelector("[data-laminas]").innerHTML;
        if (recibido !== cuerpo) {
            cuerpo = recibido;
            const id = laminas()[actual]?.id;
            parte("laminas").innerHTML = recibido;
            repasar();
            mostrar(Math.max(0, laminas().findIndex((l) => l.id === id)));
        }
        return true;
    }

    async function guardar(respuesta) {
        if (!("caches" in window)) return;
        const cajon = await caches.open(CAJON);
        const hojas = estaticos(document);
        await cajon.put(location.pathname, respuesta);
        await cajon.addAll(hojas);
        const sobran = (await cajon.keys()).filter((p) => new URL(p.url).pathname.startsWith("/static/") && !hojas.includes(new URL(p.url).pathname));
        await Promise.all(sobran.map((p) => cajon.delete(p)));
        raiz.dataset.guardado = "1";
    }

    async function prepararSinRed() {
        if ("serviceWorker" in navigator) {
            await navigator.serviceWorker.register("/mural/sw.js", { scope: "/mural/" }).catch(() => {});
            await actualizar();
        }
        setInterval(actualizar, ACTUALIZAR_CADA);
    }

    // --- Lo que hace un televisor ---
    let reposo;
    function moverse() {
        document.documentElement.classList.remove("mural-quieto");
        clearTimeout(reposo);
        reposo = setTimeout(() => document.documentElement.classList.add("mural-quieto"), 5000);
    }

    const noDormir = () => navigator.wakeLock?.request("screen").catch(() => {});

    parte("reloj").hidden = false;
    parte("completa").hidden = !document.fullscreenEnabled;
    parte("anterior").addEventListener("click", () => mostrar(actual - 1));
    parte("siguiente").addEventListener("click", () => mostrar(actual + 1));
    parte("pausa").addEventListener("click", pausar);
    parte("completa").addEventListener("click", () => document.documentElement.requestFullscreen().catch(() => {}));
    document.addEventListener("keydown", teclear);
    document.addEventListener("mousemove", moverse);
    document.addEventListener("visibilitychange", () => { if (!document.hidden) { noDormir(); actualizar(); } });
    ANCHA.addEventListener("change", () => mostrar(actual));
    QUIETO.addEventListener("change", () => { enPausa = QUIETO.matches; mostrar(actual); });
    addEventListener("online", actualizar);
    addEventListener("offline", () => marcar(false));

    latir();
    setInterval(latir, 1000);
    prepararSinRed();
    noDormir();
})();
