// Si la llave no responde, allauth solo lo escribe en la consola: aquí se le dice a la persona.
document.addEventListener("allauth.error", (suceso) => {
  suceso.preventDefault();
  document.getElementById("llave-aviso").hidden = false;
});
