"""Los correos de la validación: al Responsable Técnico y, de vuelta, a especialistas y centro (R74, R75)."""

from correo.actions import Destinatario, poner_en_cola
from correo.models import Envio
from correo.plantillas import componer
from directorio.models import Personal
from organizacion.models import AjustesPortal, Asignacion, Rol, Usuario

from .enlaces import url_absoluta
from .models import DecisionDeValidacion, Validacion


def responsables_de(sistema) -> list[Usuario]:
    """Quienes hoy validan lo de ``sistema``: su Responsable Técnico y los encargados."""
    asignaciones = Asignacion.objects.vigentes().filter(rol=Rol.RESPONSABLE_TECNICO, sistema=sistema)
    return list(Usuario.objects.filter(asignaciones__in=asignaciones, is_active=True).distinct().order_by("pk"))


def avisar_pedido(validacion: Validacion) -> None:
    """Una vez por cada vez que se pide: entre una y otra siempre hay una decisión."""
    _al_responsable(validacion, f"pedida:{validacion.decisiones.count()}", recuerda=False)


def clave_de_recordatorio(validacion: Validacion, *, vencida: bool) -> str:
    """Una por plazo, antes y después de que venza: si se reprograma o se vuelve a pedir, se recuerda otra vez."""
    cuando = "vencida" if vencida else "por-vencer"
    return f"recordatorio:{cuando}:{validacion.vence_el}:{validacion.pedida_en:%Y%m%d%H%M%S}"


def recordar_plazo(validacion: Validacion, *, vencida: bool) -> bool:
    """Lo recuerda si no se había hecho; dice si lo hizo."""
    clave = clave_de_recordatorio(validacion, vencida=vencida)
    if Envio.objects.filter(clave=f"validacion:{validacion.pk}:{clave}").exists():
        return False
    _al_responsable(validacion, clave, recuerda=True, vencida=vencida)
    return True


def _al_responsable(validacion, clave, **contexto) -> None:
    destinatarios = [
        Destinatario(usuario.email, nombre=usuario.get_full_name(), clave=f"usuario:{usuario.pk}")
        for usuario in responsables_de(validacion.sistema)
        if usuario.email
    ]
    motivo = f"Lo recibe porque valida el contenido de las capacitaciones en {validacion.sistema}."
    _enviar(validacion, "validacion_pedida", clave, destinatarios, motivo=motivo, **contexto)


def avisar_decision(decision: DecisionDeValidacion) -> None:
    """A los especialistas que exponen ese sistema y al centro."""
    validacion = decision.validacion
    motivo = "Lo recibe porque expone en esta capacitación o su centro la organiza."
    clave = f"decision:{decision.pk}"
    _enviar(validacion, "validacion_decidida", clave, _del_centro(validacion), motivo=motivo, decision=decision)


def _del_centro(validacion) -> list[Destinatario]:
    capacitacion = validacion.capacitacion
    exponen = Personal.objects.filter(exposiciones__capacitacion=capacitacion).exclude(correo="").distinct()
    del_sistema = exponen.filter(sistema=validacion.sistema)
    personas = [Destinatario(p.correo, nombre=str(p), clave=f"personal:{p.pk}") for p in del_sistema or exponen]
    direccion = (capacitacion.centro.correo if capacitacion.centro else "") or AjustesPortal.load().correo
    return [*personas, Destinatario(direccion)] if direccion else personas


def _enviar(validacion, plantilla, clave, destinatarios, **contexto) -> None:
    if not destinatarios:
        return
    capacitacion = validacion.capacitacion
    contexto |= {
        "validacion": validacion,
        "capacitacion": capacitacion,
        "centro": capacitacion.centro,
        "url_validacion": url_absoluta("eventos_intranet:validacion", validacion.pk),
        "url_panel": url_absoluta("eventos_intranet:panel", capacitacion.pk),
    }
    poner_en_cola(
        clave=f"validacion:{validacion.pk}:{clave}",
        **componer(f"eventos/correo/{plantilla}", contexto)._asdict(),
        destinatarios=destinatarios,
        responder_a=(capacitacion.centro and capacitacion.centro.correo) or AjustesPortal.load().correo,
        centro=capacitacion.centro,
    )
