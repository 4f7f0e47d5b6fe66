// Guarda el mural para cuando se cae la red. Lo que se pide va primero a la red; si falla, sale de lo guardado.
const CAJON = "mural-1";
const ESPERA = 10000;

self.addEventListener("install", () => self.skipWaiting());

self.addEventListener("activate", (evento) => {
    evento.waitUntil(quitarLoViejo().then(() => self.clients.claim()));
});

async function quitarLoViejo() {
    const cajones = await caches.keys();
    await Promise.all(cajones.filter((c) => c.startsWith("mural-") && c !== CAJON).map((c) => caches.delete(c)));
}

self.addEventListener("fetch", (evento) => {
    const { request } = evento;
    const direccion = new URL(request.url);
    const esNuestro = request.method === "GET" && direccion.origin === self.location.origin;
    // Lo que mural.js pide por su cuenta no se responde con lo guardado: así se entera de que no hay red.
    if (esNuestro && (request.mode === "navigate" || direccion.pathname.startsWith("/static/"))) {
        evento.respondWith(redOGuardado(request));
    }
});

async function redOGuardado(request) {
    try {
        const respuesta = await fetch(request, { signal: AbortSignal.timeout(ESPERA) });
        if (respuesta.status < 500) return respuesta;
        return (await guardado(request)) || respuesta;
    } catch (error) {
        const respuesta = await guardado(request);
        if (respuesta) return respuesta;
        throw error;
    }
}

async function guardado(request) {
    const cajon = await caches.open(CAJON);
    return cajon.match(request, { ignoreSearch: request.mode === "navigate", ignoreVary: true });
}
