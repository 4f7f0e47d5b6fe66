// Lo que la mesa guarda en el aparato (IndexedDB): la última lista recibida y la cola de lo que falta enviar.
// Todos los guiones de la mesa se reúnen en «Mesa».
window.Mesa = { pk: Number(document.body.dataset.mesa) };

Mesa.almacen = (() => {
  "use strict";
  const nombre = (pk) => `mesa-${pk}`;
  const cumplir = (pedido) => new Promise((bien, mal) => {
    pedido.onsuccess = () => bien(pedido.result);
    pedido.onerror = () => mal(pedido.error);
  });

  function conectar(pk) {
    const pedido = indexedDB.open(nombre(pk), 1);
    pedido.onupgradeneeded = () => {
      pedido.result.createObjectStore("estado");
      pedido.result.createObjectStore("cola", { keyPath: "orden", autoIncrement: true });
    };
    return cumplir(pedido);
  }

  let base;
  const abierta = () => (base ??= conectar(Mesa.pk));

  // Espera a que la transacción quede escrita, no solo pedida: lo marcado no se pierde si se apaga la pantalla.
  async function cambiar(caja, hacer) {
    const transaccion = (await abierta()).transaction(caja, "readwrite");
    const hecho = new Promise((bien, mal) => {
      transaccion.oncomplete = bien;
      transaccion.onabort = transaccion.onerror = () => mal(transaccion.error);
    });
    hacer(transaccion.objectStore(caja));
    await hecho;
  }

  return {
    leer: async (clave) => cumplir((await abierta()).transaction("estado").objectStore("estado").get(clave)),
    poner: (clave, valor) => cambiar("estado", (caja) => caja.put(valor, clave)),
    cola: async () => cumplir((await abierta()).transaction("cola").objectStore("cola").getAll()),
    encolar: (operacion) => cambiar("cola", (caja) => caja.add(operacion)),
    quitar: (ordenes) => cambiar("cola", (caja) => ordenes.forEach((orden) => caja.delete(orden))),
    // Al cerrarse la mesa no queda ningún dato de nadie, salvo lo que no llegó a enviarse.
    vaciar: () => cambiar("estado", (caja) => caja.clear()),
    async borrar() {
      (await abierta()).close();
      base = undefined;
      await cumplir(indexedDB.deleteDatabase(nombre(Mesa.pk)));
    },
    // De mesas anteriores de este mismo aparato: lo que no tiene nada por enviar se borra.
    async anteriores() {
      const otras = ((await indexedDB.databases?.()) || []).filter(({ name }) => /^mesa-\d+$/.test(name) && name !== nombre(Mesa.pk));
      const pendientes = [];
      for (const { name } of otras) {
        const otra = await cumplir(indexedDB.open(name));
        const cola = otra.objectStoreNames.contains("cola") ? await cumplir(otra.transaction("cola").objectStore("cola").getAll()) : [];
        otra.close();
        if (cola.length) pendientes.push({ nombre: name, cola });
        else indexedDB.deleteDatabase(name);
      }
      return pendientes;
    },
    olvidar: (otra) => cumplir(indexedDB.deleteDatabase(otra)),
  };
})();
