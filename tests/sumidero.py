"""Un servidor SMTP de verdad, en esta máquina, que guarda lo que recibe en vez de entregarlo."""

import asyncio
import email
import email.policy
import socket
import threading
from dataclasses import dataclass
from email.message import EmailMessage

from aiosmtpd.controller import Controller


@dataclass(frozen=True)
class Recibido:
    """Un mensaje tal como llegó. ``para`` son las direcciones del sobre, no las de la cabecera."""

    para: tuple[str, ...]
    mensaje: EmailMessage

    def __getitem__(self, cabecera):
        return self.mensaje[cabecera]

    def parte(self, tipo: str) -> str:
        """El contenido de la primera parte de ``tipo`` («text/plain»)."""
        return next(p for p in self.mensaje.walk() if p.get_content_type() == tipo).get_content()


class Sumidero:
    """``with Sumidero() as sumidero:`` abre un puerto libre; ``sumidero.mensajes`` es lo recibido, en orden.

    ``demora``: segundos que tarda en aceptar cada mensaje. ``respuestas``: dirección → respuesta SMTP al nombrarla
    («550 No existe»).
    """

    def __init__(self, demora: float = 0, respuestas: dict[str, str] | None = None, puerto: int | None = None):
        self.puerto = puerto or puerto_libre()
        self.demora = demora
        self.respuestas = respuestas or {}
        self.mensajes: list[Recibido] = []
        self.remitentes: list[str] = []  # los del sobre
        self._llego = threading.Condition()

    def __enter__(self):
        self._servidor = Controller(self, hostname="127.0.0.1", port=self.puerto)
        self._servidor.start()
        return self

    def __exit__(self, *_):
        self._servidor.stop()

    @property
    def direcciones(self) -> list[str]:
        return [direccion for recibido in self.mensajes for direccion in recibido.para]

    def esperar(self, cuantos: int, segundos: float = 20) -> None:
        """Vuelve cuando hay ``cuantos`` mensajes; levanta ``TimeoutError`` si no llegan."""
        with self._llego:
            if not self._llego.wait_for(lambda: len(self.mensajes) >= cuantos, timeout=segundos):
                raise TimeoutError(f"Llegaron {len(self.mensajes)} de {cuantos} mensajes.")

    # Lo que llama aiosmtpd, con los nombres que espera.
    async def handle_RCPT(self, servidor, sesion, sobre, direccion, opciones):
        if direccion in self.respuestas:
            return self.respuestas[direccion]
        sobre.rcpt_tos.append(direccion)
        return "250 OK"

    async def handle_DATA(self, servidor, sesion, sobre):
        mensaje = email.message_from_bytes(sobre.content, policy=email.policy.default)
        with self._llego:
            self.remitentes.append(sobre.mail_from)
            self.mensajes.append(Recibido(tuple(sobre.rcpt_tos), mensaje))
            self._llego.notify_all()
        # El mensaje ya llegó y quien lo mandó aún no lo sabe: aquí es donde un proceso que muere hace daño.
        await asyncio.sleep(self.demora)
        return "250 OK"


def puerto_libre() -> int:
    with socket.socket() as enchufe:
        enchufe.bind(("127.0.0.1", 0))
        return enchufe.getsockname()[1]
