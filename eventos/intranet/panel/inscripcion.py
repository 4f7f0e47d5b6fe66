"""Inscribir: cuántos hay, quién espera y qué cupos están ofrecidos."""

from django.urls import reverse

from eventos import permissions

from .paso import Boton, Estado, Mirada, Paso, cuantos


def inscripcion(mirada: Mirada) -> Paso:
    capacitacion = mirada.capacitacion
    filas = capacitacion.inscripciones
    ofertas = _ofertas(mirada)
    return Paso(
        "inscripcion",
        "Inscribir",
        _estado(mirada),
        lineas=[_como_va(mirada, len(ofertas), filas.en_espera().count())],
        botones=_botones(mirada, filas.vigentes().sin_entidad().count()),
        plantilla="eventos/intranet/panel/inscripcion.html",
        contexto={
            "capacitacion": capacitacion,
            "ofertas": ofertas,
            "ocupados": filas.que_ocupan_cupo().count(),
            "puede_aceptar": permissions.puede_inscribir(mirada.usuario, capacitacion),
        },
    )


def _estado(mirada) -> Estado:
    if mirada.es_borrador:
        return Estado.ESPERA
    if not mirada.en_pie:
        return Estado.NO_APLICA
    return Estado.HECHO if mirada.ya_empezo else Estado.TOCA


def _ofertas(mirada) -> list:
    """Los cupos ofrecidos que esperan respuesta, el que vence antes primero."""
    if mirada.capacitacion.esta_cancelada or not permissions.puede_ver_inscripciones(mirada.usuario):
        return []
    return list(mirada.capacitacion.inscripciones.ofrecidas())


def _como_va(mirada, ofrecidas, en_espera) -> str:
    cupos = mirada.capacitacion.cupos
    partes = [cuantos(mirada.confirmadas, "confirmada", "confirmadas") + (f" de {cupos} cupos" if cupos else "")]
    partes += _de_cada_modalidad(mirada) if mirada.capacitacion.es_hibrida else []
    partes += [f"{ofrecidas} con un cupo ofrecido"] if ofrecidas else []
    partes += [f"{en_espera} en lista de espera"] if en_espera else []
    return f"{', '.join(partes)}."


def _de_cada_modalidad(mirada) -> list[str]:
    """En una híbrida, cuántas de cada una de las dos que se informan (R58)."""
    virtuales = mirada.capacitacion.inscripciones.confirmadas().virtuales().count()
    return [f"{mirada.confirmadas - virtuales} en persona y {virtuales} por internet"]


def _botones(mirada, por_vincular) -> list[Boton]:
    capacitacion, usuario = mirada.capacitacion, mirada.usuario
    if not permissions.puede_ver_inscripciones(usuario):
        return []
    botones = []
    if permissions.puede_inscribir(usuario, capacitacion) and mirada.sesiones:
        # Antes de empezar, quien avisó por teléfono o correo (R82); después, quien llegó a la puerta.
        pantalla = "asistencia-inscribir" if mirada.ya_empezo else "interes"
        url = reverse(f"eventos_intranet:{pantalla}", args=[capacitacion.pk])
        botones.append(Boton("Inscribir a alguien", url))
    lista = reverse("inscripciones_modeladmin_index", query={"capacitacion": capacitacion.pk})
    botones.append(Boton("Ver inscripciones", lista))
    if por_vincular:
        texto = cuantos(por_vincular, "entidad por vincular", "entidades por vincular")
        botones.append(Boton(texto, f"{lista}&entidad=no"))
    return botones
