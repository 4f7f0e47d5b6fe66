// Deja abrir la mesa sin red. Guarda solo el marco (sin datos de nadie) y los archivos estáticos que la página le indica.
const CAJON = "mesa-1";
const ESPERA = 5000;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (evento) => evento.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (evento) => {
  const { request } = evento;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  if (request.mode === "navigate" && /^\/mesa\/\d+\/$/.test(pathname)) evento.respondWith(redOGuardado(request));
  else if (pathname.startsWith("/static/")) evento.respondWith(guardadoORed(request));
});

// Un 403 o un 404 también es respuesta: la mesa se cerró y hay que decirlo.
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

// Los estáticos llevan su huella en el nombre, y la página los guarda de nuevo cada vez que carga con red.
const guardadoORed = async (request) => (await guardado(request)) || fetch(request);

async function guardado(request) {
  const cajon = await caches.open(CAJON);
  return cajon.match(request, { ignoreVary: true });
}
