// Mesa de asistencia: filtra mientras se escribe y guarda cada marca al tocarla. Sin este guion, «Guardar» hace lo mismo.
const hoja = document.getElementById("hoja");
const buscador = document.querySelector("[data-buscar]");
const filas = hoja ? [...hoja.querySelectorAll("li[data-texto]")] : [];

const normalizar = (texto) => texto.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().trim();
const visibles = () => filas.filter((fila) => !fila.hidden);
const decir = (texto) => { hoja.querySelector("[data-aviso]").textContent = texto; };

// Del documento solo llegan sus cuatro últimas cifras: un número largo se busca por cómo termina.
const buscable = (palabra) => (/^\d{5,}$/.test(palabra) ? palabra.slice(-4) : palabra);

function filtrar() {
  const palabras = normalizar(buscador.value).split(/[\s,.;:()«»"']+/).filter(Boolean).map(buscable);
  for (const fila of filas) {
    fila.hidden = !palabras.every((palabra) => fila.dataset.texto.includes(palabra));
    const mostrada = fila.querySelector("[name=mostrada]"); // «Firmaron los…» no toca a quien no se ve
    if (mostrada) mostrada.disabled = fila.hidden;
  }
  const todos = hoja.elements.todos;
  const cuantos = hoja.querySelectorAll("[name=mostrada]:enabled").length;
  if (todos) todos.textContent = `${cuantos === 1 ? "Firmó la persona" : `Firmaron los ${cuantos}`} de esta lista`;
  const espera = hoja.querySelector("details");
  if (espera && palabras.length) espera.open = true;
}

async function guardar(fila) {
  const marca = fila.querySelector("[name=firmo]");
  const datos = new FormData();
  for (const nombre of ["csrfmiddlewaretoken", "sesion"]) datos.set(nombre, hoja.elements[nombre].value);
  datos.set("inscripcion", marca.value);
  datos.set("firmo", marca.checked ? "1" : "0");
  const firmo = marca.checked;
  try {
    const respuesta = await fetch(hoja.dataset.marcar, {
      method: "POST",
      body: datos,
      headers: { "X-Requested-With": "XMLHttpRequest" },
    });
    const resultado = await respuesta.json();
    if (!respuesta.ok) throw new Error(resultado.error);
    fila.querySelector("[name=antes]").disabled = !firmo;
    fila.classList.remove("sin-guardar");
    document.querySelector("[data-firmas]").textContent = resultado.firmas;
    decir("Guardado.");
  } catch (error) {
    fila.classList.add("sin-guardar");
    decir("No se pudo guardar lo último: pulse «Guardar».");
  }
}

buscador?.addEventListener("input", filtrar);
buscador?.form.addEventListener("submit", (evento) => {
  evento.preventDefault();
  const [unica, otra] = visibles();
  const marca = unica?.querySelector("[name=firmo]:enabled");
  if (!marca || otra) return;
  marca.click(); // Enter con una sola coincidencia la marca y deja listo el siguiente
  buscador.value = "";
  filtrar();
});
hoja?.addEventListener("change", ({ target }) => {
  if (target.name === "firmo") guardar(target.closest("li"));
});
