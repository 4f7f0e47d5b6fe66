"""El expediente de una capacitación (R92): en qué está cada anexo, de qué documentos se arma y qué falta.

El estado de un anexo es lo que alguien dejó dicho (firmado, escaneado, no aplica) o, si nadie dijo nada, lo que sus
datos permiten: generado o pendiente.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from custodia.models import ArchivoPrivado

from .documentos import anexo4, anexo5, anexo8, encuestas, invitaciones, registro
from .models import (
    ActividadPrograma,
    Asistencia,
    Capacitacion,
    Escaneo,
    Expediente,
    Informe,
    PiezaDeExpediente,
    Sesion,
)
from .sesiones import sesiones_de_firma

Anexo, Estado = PiezaDeExpediente.Anexo, PiezaDeExpediente.Estado
SIN_ENCUESTA = "La general informativa no lleva encuesta (R57)."
# El registro se lleva siempre (R57) y sin informe no hay cierre: no se pueden dar por no aplicables.
DISPENSABLES = (Anexo.INVITACION, Anexo.PROGRAMA, Anexo.ENCUESTA)


@dataclass(frozen=True)
class Parte:
    """Un documento del expediente: ``clave`` lo nombra en su dirección; ``leer`` da sus octetos."""

    clave: str
    titulo: str
    leer: Callable[[], bytes]
    archivo: ArchivoPrivado | None = None


@dataclass(frozen=True)
class Control:
    """Un anexo en la lista de control: su estado, sus documentos y lo que le falta o conviene mirar."""

    anexo: Anexo
    estado: Estado
    motivo: str = ""
    partes: list[Parte] = field(default_factory=list)
    falta: str = ""
    aviso: str = ""
    pieza: PiezaDeExpediente | None = None

    @property
    def admite_cambios(self) -> bool:
        """La encuesta de una informativa no aplica y no hay nada que decidir."""
        return self.motivo != SIN_ENCUESTA

    @property
    def se_puede_dispensar(self) -> bool:
        return self.anexo in DISPENSABLES and self.admite_cambios

    @property
    def esta_subido(self) -> bool:
        return self.pieza is not None and self.pieza.archivo_id is not None


def lista_de_control(capacitacion: Capacitacion) -> list[Control]:
    """Los Anexos 4 a 8, en orden. No guarda nada."""
    filas = PiezaDeExpediente.objects.filter(expediente__capacitacion=capacitacion).select_related("archivo")
    piezas = {pieza.anexo: pieza for pieza in filas}
    return [_control(capacitacion, anexo, piezas.get(anexo)) for anexo in Anexo]


def _control(capacitacion, anexo, pieza) -> Control:
    if anexo == Anexo.ENCUESTA and not capacitacion.lleva_encuesta:
        return Control(anexo, Estado.NO_APLICA, SIN_ENCUESTA, pieza=pieza)
    if pieza and pieza.estado == Estado.NO_APLICA:
        return Control(anexo, Estado.NO_APLICA, pieza.motivo, pieza=pieza)
    generadas, falta, aviso = _DE[anexo](capacitacion)
    if not (pieza and pieza.archivo_id):
        estado = Estado.PENDIENTE if falta else _sin_subir(anexo, generadas)
        return Control(anexo, estado, partes=generadas, falta=falta, aviso=aviso, pieza=pieza)
    subida = Parte(f"{anexo}-subido", f"{anexo.label}, {pieza.get_estado_display().lower()}", *_guardado(pieza.archivo))
    # El consolidado acompaña a las hojas que lo sustentan; en los demás, lo firmado reemplaza a lo generado.
    partes = [*generadas, subida] if anexo == Anexo.ENCUESTA else [subida]
    return Control(anexo, Estado(pieza.estado), partes=partes, pieza=pieza)


def _sin_subir(anexo, partes) -> Estado:
    completo = anexo == Anexo.REGISTRO and partes and all(parte.archivo for parte in partes)
    return Estado.ESCANEADO if completo else Estado.GENERADO


def _guardado(archivo) -> tuple:
    return archivo.leer, archivo


def _invitacion(capacitacion) -> tuple[list[Parte], str, str]:
    primera = capacitacion.invitaciones.select_related("entidad").first()
    if primera is None:
        return [], "No hay invitaciones enviadas: suba la que se usó o diga por qué no aplica.", ""
    partes = [
        Parte("4-invitacion", Anexo.INVITACION.label, partial(anexo4.pdf, capacitacion, primera.entidad)),
        Parte("4-relacion", "Anexo 4. Relación de invitaciones", partial(invitaciones.pdf, capacitacion)),
    ]
    return partes, "", ""


def _programa(capacitacion) -> tuple[list[Parte], str, str]:
    if not ActividadPrograma.objects.filter(sesion__capacitacion=capacitacion).exists():
        return [], "El programa no tiene actividades: escríbalas o suba el que se repartió.", ""
    return [Parte("5-programa", Anexo.PROGRAMA.label, partial(anexo5.pdf, capacitacion))], "", ""


def _registro(capacitacion) -> tuple[list[Parte], str, str]:
    """Lo escaneado de cada sesión y, donde no hay, la relación de quienes firmaron."""
    escaneos = list(Escaneo.objects.filter(sesion__capacitacion=capacitacion).select_related("archivo", "sesion"))
    firmadas = Asistencia.objects.firmadas().filter(sesion__capacitacion=capacitacion)
    con_firmas = set(firmadas.values_list("sesion", flat=True))
    tocadas = con_firmas | {escaneo.sesion_id for escaneo in escaneos}
    tocadas |= {sesion.pk for sesion in sesiones_de_firma(capacitacion)} if tocadas else set()
    partes = []
    for sesion in Sesion.objects.filter(pk__in=tocadas):
        suyos = [escaneo for escaneo in escaneos if escaneo.sesion_id == sesion.pk]
        partes += [_escaneado(escaneo) for escaneo in suyos] or [_sin_escanear(sesion)]
    if not con_firmas:
        return partes, "No hay asistencia firmada.", ""
    faltan = any(parte.archivo is None for parte in partes) and _firmaron_en_papel(firmadas)
    return partes, "", SIN_ESCANEO if faltan else ""


SIN_ESCANEO = "Falta escanear el registro firmado: el archivo pide la firma original (R93)."


def _firmaron_en_papel(firmadas) -> bool:
    return firmadas.filter(medio=Asistencia.Medio.PAPEL).exists()


def _escaneado(escaneo) -> Parte:
    titulo = f"Anexo 6. Registro firmado del {escaneo.sesion}"
    return Parte(f"6-escaneo-{escaneo.pk}", titulo, *_guardado(escaneo.archivo))


def _sin_escanear(sesion) -> Parte:
    return Parte(f"6-sesion-{sesion.pk}", f"Anexo 6. Participantes del {sesion}", partial(registro.pdf, sesion))


def _encuesta(capacitacion) -> tuple[list[Parte], str, str]:
    if not capacitacion.respuestas.exists():
        return [], "No hay encuestas registradas: digítelas o diga por qué no aplica.", ""
    return [Parte("7-consolidado", "Anexo 7. Consolidado de encuestas", partial(encuestas.pdf, capacitacion))], "", ""


def _informe(capacitacion) -> tuple[list[Parte], str, str]:
    informe = Informe.objects.filter(capacitacion=capacitacion).select_related("capacitacion__centro").first()
    if informe is None or not informe.esta_presentado:
        return [], "El informe no está presentado.", ""
    parte = Parte("8-informe", Anexo.INFORME.label, partial(anexo8.pdf, informe))
    return [parte], "", "Falta subirlo firmado: el archivo pide la firma original (R93)."


_DE = {
    Anexo.INVITACION: _invitacion,
    Anexo.PROGRAMA: _programa,
    Anexo.REGISTRO: _registro,
    Anexo.ENCUESTA: _encuesta,
    Anexo.INFORME: _informe,
}


def faltas_para_cerrar(capacitacion: Capacitacion, controles: list[Control]) -> list[str]:
    """Lo que impide cerrar. Lo que no está firmado ni escaneado se avisa, y no impide."""
    faltas = [] if capacitacion.esta_publicada else ["La capacitación no está publicada o se canceló."]
    if not capacitacion.ya_termino():
        faltas.append("La capacitación todavía no termina.")
    return faltas + [f"{c.anexo.label}: {c.falta}" for c in controles if c.estado == Estado.PENDIENTE]


def avisos_al_cerrar(controles: list[Control]) -> list[str]:
    return [f"{control.anexo.label}: {control.aviso}" for control in controles if control.aviso]


def parte_de(controles: list[Control], clave: str) -> Parte | None:
    return next((parte for control in controles for parte in control.partes if parte.clave == clave), None)


def expediente_de(capacitacion: Capacitacion) -> Expediente:
    """El guardado o, si aún no hay, uno sin guardar."""
    filas = Expediente.objects.filter(capacitacion=capacitacion)
    guardado = filas.select_related("archivo", "cerrado_por", "recibido_por").first()
    return guardado or Expediente(capacitacion=capacitacion)
