document.getElementById("imprimir").addEventListener("click", () => window.print());
