"""Lo que cuelga de una sesión, y por qué entonces no se quita ni se mueve en silencio (R84, R93)."""

from dataclasses import dataclass

from custodia.actions import anotar
from eventos.models import Sesion

from .filas import Filas
from .rechazos import NoProcede, SesionConAsistencia


class SesionConAlgoQueCuelga(NoProcede):
    """Se puede, si quien lo hace confirma que sabe lo que se pierde."""


@dataclass(frozen=True)
class LoQueCuelga:
    """En frases. ``impide``: prueba de que alguien asistió, que no se toca. ``se_pierde``: se va, si se confirma."""

    impide: list[str]
    se_pierde: list[str]

    def __bool__(self):
        return bool(self.impide or self.se_pierde)


def lo_que_cuelga_de(sesion: Sesion, *, se_quita: bool = True) -> LoQueCuelga:
    """Lo de ``sesion``, como está guardada. Al moverla (``se_quita=False``) se conservan su programa y sus enlaces."""
    impide = [
        _contar(sesion.asistencias.firmadas().count(), "asistencia firmada", "asistencias firmadas"),
        _contar(sesion.escaneos.count(), "registro escaneado", "registros escaneados"),
        _contar(sesion.enlaces_de_asistencia.filter(usado_en__isnull=False).count(), "enlace usado", "enlaces usados"),
    ]
    se_pierde = [_contar(sesion.hojas.count(), "hoja de registro emitida", "hojas de registro emitidas")]
    if se_quita:
        sin_usar = sesion.enlaces_de_asistencia.filter(usado_en__isnull=True).count()
        se_pierde += [
            _contar(sesion.actividades.count(), "actividad del programa", "actividades del programa"),
            _contar(sesion.asistencias.filter(esta_firmada=False).count(), "anotada sin firma", "anotadas sin firma"),
            _contar(sin_usar, "enlace enviado", "enlaces enviados"),
        ]
    return LoQueCuelga([frase for frase in impide if frase], [frase for frase in se_pierde if frase])


def _contar(numero: int, uno: str, varios: str) -> str:
    return f"{numero} {uno if numero == 1 else varios}" if numero else ""


def soltar_sesiones(*, sesiones: Filas, por, confirma: bool = False) -> None:
    """Antes de guardar ``sesiones``: que las que se quitan o se mueven no lleven nada que no se sepa.

    Levanta ``SesionConAsistencia`` si alguien asistió, y ``SesionConAlgoQueCuelga`` si falta confirmar. Confirmado,
    borra las hojas emitidas (dicen otra fecha) y, de las que se quitan, lo demás; queda en la huella.
    """
    nuevas = {sesion.pk: sesion for sesion in sesiones.guardar if sesion.pk}
    quitadas = {sesion.pk for sesion in sesiones.quitar}
    for sesion in Sesion.objects.filter(pk__in=[*nuevas, *quitadas]).order_by("fecha", "hora_inicio"):
        if sesion.pk not in quitadas and _se_queda(sesion, nuevas[sesion.pk]):
            continue
        _soltar(sesion, se_quita=sesion.pk in quitadas, por=por, confirma=confirma)


def _se_queda(sesion, nueva) -> bool:
    return (nueva.fecha, nueva.hora_inicio) == (sesion.fecha, sesion.hora_inicio)


def _soltar(sesion, *, se_quita, por, confirma) -> None:
    cuelga = lo_que_cuelga_de(sesion, se_quita=se_quita)
    verbo = "quitar" if se_quita else "mover"
    if cuelga.impide:
        raise SesionConAsistencia(
            f"La sesión del {sesion} tiene {_y(cuelga.impide)}: no se puede {verbo}. "
            "Déjela como estaba o retire antes esas asistencias y esos registros."
        )
    if not cuelga:
        return
    if not confirma:
        raise SesionConAlgoQueCuelga(
            f"La sesión del {sesion} tiene {_y(cuelga.se_pierde)}. Si la quiere {verbo}, márquelo al final y guarde de "
            f"nuevo: eso se perderá{'' if se_quita else ', y habrá que emitir el registro con la nueva fecha'}."
        )
    detalle = {"sesion": str(sesion), "se_perdio": cuelga.se_pierde}
    anotar(accion=f"{verbo} sesión", por=por, objeto=sesion.capacitacion, detalle=detalle)
    sesion.hojas.all().delete()
    if se_quita:
        sesion.asistencias.all().delete()  # solo quedan las que no se firmaron


def _y(frases) -> str:
    """«1 hoja, 2 enlaces y 3 actividades»."""
    return " y ".join(filter(None, [", ".join(frases[:-1]), frases[-1]]))
