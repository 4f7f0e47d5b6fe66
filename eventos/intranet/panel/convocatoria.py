"""Convocar, seguir la acogida y reafirmar la participación (R76–R79)."""

from django.urls import reverse

from comun.templatetags.comun import fecha_media
from eventos import permissions
from eventos.acogida import baja_acogida_de
from eventos.anticipacion import dias_exigidos, en_dias, es_tardia, ultimo_dia_para_invitar
from eventos.models import Llamada
from eventos.reafirmacion import faltan_por_reafirmar, toca_reafirmar

from .paso import Boton, Estado, Mirada, Paso, cuantos

Asunto = Llamada.Asunto


class _Vista:
    """Lo que el paso pregunta, una sola vez."""

    def __init__(self, mirada: Mirada):
        capacitacion = mirada.capacitacion
        self.invitaciones = list(capacitacion.invitaciones.select_related("inscripcion"))
        self.convocatorias = list(capacitacion.convocatorias.order_by("enviada_en", "pk"))
        self.por_venir = mirada.en_pie and bool(mirada.sesiones) and not mirada.ya_empezo
        self.baja = baja_acogida_de(capacitacion) if self.por_venir else None
        self.pendientes = capacitacion.llamadas.filter(asunto=Asunto.CONVOCATORIA).pendientes().count()
        self.hay_lista = capacitacion.llamadas.filter(asunto=Asunto.CONVOCATORIA).exists()
        toca = self.por_venir and toca_reafirmar(capacitacion, mirada.hoy)
        self.por_reafirmar = faltan_por_reafirmar(capacitacion) if toca else 0
        self.es_tarde = self.por_venir and es_tardia(capacitacion)


def convocatoria(mirada: Mirada) -> Paso:
    vista = _Vista(mirada)
    return Paso(
        "convocatoria",
        "Convocar",
        _estado(mirada, vista),
        lineas=_lineas(mirada, vista),
        faltas=_faltas(mirada, vista),
        botones=_botones(mirada, vista),
    )


def _estado(mirada, vista) -> Estado:
    if mirada.es_borrador:
        return Estado.ESPERA
    if not vista.por_venir:
        return Estado.HECHO if vista.invitaciones and mirada.en_pie else Estado.NO_APLICA
    if not vista.invitaciones:
        return Estado.ATRASADO if vista.es_tarde else Estado.TOCA
    sin_llamar = vista.baja and (vista.pendientes or not vista.hay_lista)
    return Estado.TOCA if sin_llamar or vista.por_reafirmar else Estado.HECHO


def _lineas(mirada, vista) -> list[str]:
    if mirada.es_borrador:
        return ["Al publicarla se puede convocar a los operadores del directorio."]
    if not vista.invitaciones:
        return [_cuando_convocar(mirada, vista)]
    return [_como_va(vista.invitaciones), *(_como_salio(convocatoria) for convocatoria in vista.convocatorias)]


def _cuando_convocar(mirada, vista) -> str:
    if not vista.por_venir:
        return "No se convocó por el portal."
    hasta = fecha_media(ultimo_dia_para_invitar(mirada.capacitacion))
    exigidos = en_dias(dias_exigidos())
    if vista.es_tarde:
        return f"Nadie fue invitado. Debió ser hasta el {hasta}: se pide invitar {exigidos} antes."
    return f"Invite hasta el {hasta}: se pide hacerlo {exigidos} antes."


def _como_va(invitaciones) -> str:
    entidades = len({fila.entidad_id for fila in invitaciones})
    respuestas = [fila.respuesta for fila in invitaciones if fila.respuesta]
    confirmaron = respuestas.count("asistira")
    invitados = cuantos(len(invitaciones), "invitado", "invitados")
    partes = [cuantos(confirmaron, "confirmó", "confirmaron")]
    partes.append(cuantos(len(respuestas) - confirmaron, "no asistirá", "no asistirán"))
    partes.append(f"{len(invitaciones) - len(respuestas)} sin respuesta")
    return f"{invitados} de {cuantos(entidades, 'entidad', 'entidades')}: {', '.join(partes)}."


def _como_salio(convocatoria) -> str:
    tarde = f" Tarde: {convocatoria.motivo_tardia}." if convocatoria.motivo_tardia else ""
    dias = cuantos(convocatoria.anticipacion, "día", "días")
    return f"Salió el {fecha_media(convocatoria.enviada_en)}, con {dias} de anticipación.{tarde}"


def _faltas(mirada, vista) -> list[str]:
    faltas = []
    sin_inscribirse = sum(f.respuesta == "asistira" and not f.tiene_inscripcion for f in vista.invitaciones)
    if sin_inscribirse and vista.por_venir:
        faltas.append(cuantos(sin_inscribirse, "confirmó y no se ha inscrito", "confirmaron y no se han inscrito"))
    if vista.baja:
        faltas.append(f"Baja acogida: {vista.baja}")
    if vista.pendientes and vista.por_venir:
        faltas.append(f"{cuantos(vista.pendientes, 'llamada pendiente', 'llamadas pendientes')}")
    if vista.por_reafirmar:
        faltas.append(f"El especialista no ha reafirmado a {cuantos(vista.por_reafirmar, 'inscrito', 'inscritos')}")
    return faltas


def _botones(mirada, vista) -> list[Boton]:
    """Primero lo que toca: armar la lista, llamar, reafirmar o convocar."""
    capacitacion, usuario = mirada.capacitacion, mirada.usuario
    llave = [capacitacion.pk]
    puede_armar = vista.por_venir and permissions.puede_armar_llamadas(usuario, capacitacion)
    llamadas = Boton("Llamadas", reverse("eventos_intranet:llamadas", args=llave))
    hay_llamadas = permissions.puede_ver_llamadas(usuario) and capacitacion.llamadas.exists()
    apremian = hay_llamadas and vista.pendientes and vista.por_venir
    botones = [llamadas] if apremian else []
    if vista.baja and vista.invitaciones and not vista.hay_lista and puede_armar:
        url = reverse("eventos_intranet:llamadas-armar", args=llave)
        botones.append(Boton("Armar la lista de llamadas", url, es_post=True))
    if vista.por_reafirmar and permissions.puede_reafirmar(usuario, capacitacion):
        url = reverse("eventos_intranet:llamadas-reafirmar", args=llave)
        botones.append(Boton("Reafirmar a mis inscritos", url, es_post=True))
    if permissions.puede_convocar(usuario, capacitacion):
        texto = "Convocar a más" if vista.invitaciones else "Convocar"
        botones.append(Boton(texto, reverse("eventos_intranet:convocar", args=llave)))
    if permissions.puede_ver_convocatoria(usuario) and vista.invitaciones:
        botones.append(Boton("Ver invitados", reverse("eventos_intranet:invitados", args=llave)))
    return botones if apremian or not hay_llamadas else [*botones, llamadas]
