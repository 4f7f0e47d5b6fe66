// Leer el QR de la confirmación con la cámara, donde el navegador sabe hacerlo; si no, se escribe el código.
Mesa.camara = (() => {
  "use strict";
  const dialogo = document.querySelector("[data-lector]");
  const form = dialogo.querySelector("form");
  const video = dialogo.querySelector("video");
  const aviso = dialogo.querySelector("[role=alert]");
  const CADA = 250;
  let imagen = null;
  let alHallar = () => {};

  const puede = async () => "BarcodeDetector" in window && navigator.mediaDevices?.getUserMedia
    && (await BarcodeDetector.getSupportedFormats()).includes("qr_code");

  function decir(texto) {
    aviso.textContent = texto;
    aviso.hidden = !texto;
  }

  async function abrir(hallado) {
    alHallar = hallado;
    form.reset();
    decir("");
    dialogo.showModal();
    if (!(await puede())) {
      decir("Este navegador no lee códigos QR: escriba las 8 letras y números que están debajo del QR.");
      return;
    }
    try {
      imagen = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
      video.srcObject = imagen;
      dialogo.querySelector(".mesa-video").hidden = false;
      await video.play();
      mirar(new BarcodeDetector({ formats: ["qr_code"] }));
    } catch {
      decir("No se pudo usar la cámara: escriba las 8 letras y números que están debajo del QR.");
    }
  }

  async function mirar(detector) {
    while (imagen && dialogo.open) {
      const [leido] = await detector.detect(video).catch(() => []);
      if (leido && entregar(leido.rawValue)) return;
      await new Promise((seguir) => { setTimeout(seguir, CADA); });
    }
  }

  function entregar(texto) {
    const codigo = Mesa.buscar.codigoDe(texto);
    if (!codigo) {
      decir("Ese código no es de una inscripción: tiene 8 letras y números.");
      return false;
    }
    dialogo.close();
    alHallar(codigo);
    return true;
  }

  form.addEventListener("submit", (evento) => {
    evento.preventDefault();
    entregar(form.elements.codigo.value);
  });
  dialogo.addEventListener("close", () => {
    imagen?.getTracks().forEach((pista) => pista.stop());
    imagen = null;
    dialogo.querySelector(".mesa-video").hidden = true;
  });

  return { abrir };
})();
