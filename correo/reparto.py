"""Un lote en camino: cada entrega se anota, se envía y se confirma; lo que no se intentó vuelve a la cola."""

from itertools import zip_longest
from threading import Event

from . import freno, libro, ritmo
from .fallas import ERRORES, Falla
from .mensaje import armar
from .models import Entrega
from .molde import MensajeMoldeado
from .transporte import Transporte

SE_DETIENE = (Falla.SIN_SALIR, Falla.SIN_RESPUESTA)


class Reparto:
    """``enviadas`` cuenta las que el servidor aceptó; ``hacer`` dice si conviene seguir con otro lote."""

    def __init__(self, lote: list[Entrega], transporte: Transporte, apagar: Event):
        self.lote, self.transporte, self.apagar = lote, transporte, apagar
        self.enviadas = 0
        self._sin_intentar = list(lote)
        self._salio: Entrega | None = None  # la última que salió y todavía no está en el libro
        self._armado: MensajeMoldeado | Exception | None = None

    def hacer(self) -> bool:
        try:
            for entrega, proxima in zip_longest(self.lote, self.lote[1:]):
                turno = None if self.apagar.is_set() else ritmo.tomar()
                if turno is None:
                    break
                if self._repartir(entrega, proxima, turno) in SE_DETIENE:
                    return False
        finally:
            if self._salio:
                libro.anotar_enviada(self._salio)
            libro.soltar(self._sin_intentar)
        return True

    def _repartir(self, entrega: Entrega, proxima: Entrega | None, turno) -> Falla | None:
        mensaje, self._armado = self._armado or self._armar(entrega), None
        if sirve := not isinstance(mensaje, Exception):
            self.transporte.anunciar(mensaje)
        if not self._anotar_intento(entrega):
            if sirve:
                self.transporte.retirar()
            ritmo.devolver(turno, usado=False)
            return None
        try:
            return self._enviar(entrega, mensaje, proxima)
        finally:
            ritmo.devolver(turno, usado=True)

    def _anotar_intento(self, entrega: Entrega) -> bool:
        """Anota también que la anterior salió: pase lo que pase con esta, aquella ya está en el libro."""
        es_nuestra, self._salio = libro.anotar_intento(entrega, self._salio), None
        if es_nuestra:
            self._sin_intentar.remove(entrega)
        return es_nuestra

    def _enviar(self, entrega: Entrega, mensaje, proxima: Entrega | None) -> Falla | None:
        try:
            if isinstance(mensaje, Exception):
                raise mensaje
            self.transporte.enviar(mensaje)
            # Mientras el servidor lee este, se arma el siguiente.
            self._armado = self._armar(proxima) if proxima else None
            self.transporte.confirmar()
        except ERRORES as error:
            return libro.anotar_falla(entrega, error)
        self._salio, self.enviadas = entrega, self.enviadas + 1
        entrega.id_de_proveedor = _llamado(mensaje)
        if entrega.envio.fallas_seguidas:
            freno.anotar_exito(entrega.envio)
        return None

    def _armar(self, entrega: Entrega) -> MensajeMoldeado | Exception:
        """El mensaje, o por qué no se puede: una dirección imposible falla cuando le toca y no detiene el lote."""
        try:
            mensaje = armar(entrega, self.transporte.conexion)
            self.transporte.preparar(mensaje)
        except ERRORES as error:
            return error
        return mensaje


def _llamado(mensaje) -> str:
    """Con qué nombre hablará el proveedor de este mensaje en sus avisos; anymail lo deja aquí."""
    llamado = getattr(getattr(mensaje, "anymail_status", None), "message_id", None)
    return "" if llamado is None or isinstance(llamado, set) else str(llamado)[:200]
