"""Dejar de escribir a alguien: porque lo pide, porque su correo rebota o porque se le borra. Repetirlo no hace daño."""

from django.db import transaction
from django.utils import timezone

from boletines.models import CorreoOficial, Suscriptor
from correo.models import Supresion
from correo.sucesos import anotar_baja
from custodia.actions import anotar
from organizacion.models import Usuario

BAJA_DE = {Supresion.Motivo.REBOTE: Suscriptor.Baja.REBOTE, Supresion.Motivo.QUEJA: Suscriptor.Baja.QUEJA}


@transaction.atomic
def dar_de_baja(*, suscriptor: Suscriptor, por: Usuario | None = None, entrega: int | None = None, request=None):
    """Desde ahora no recibe ningún correo masivo; devuelve el suscriptor.

    ``por`` es quien del personal lo hizo a pedido de la persona; ``entrega``, la llave de la entrega en cuyo enlace
    estaba la baja, para los resultados del envío.
    """
    motivo = Suscriptor.Baja.PERSONAL if por else Suscriptor.Baja.PROPIA
    es_nueva = _dejar_de_escribir(suscriptor.correo, motivo, entrega)
    if por and es_nueva:
        anotar(accion="dar de baja", por=por, objeto=suscriptor, request=request)
    suscriptor.refresh_from_db()
    return suscriptor


@transaction.atomic
def dar_de_baja_oficial(*, oficial: CorreoOficial, entrega: int | None = None) -> CorreoOficial:
    """Esa dirección del directorio no recibe más difusión; si además estaba suscrita, tampoco el boletín."""
    _dejar_de_escribir(oficial.correo, Suscriptor.Baja.PROPIA, entrega)
    oficial.refresh_from_db()
    return oficial


@transaction.atomic
def borrar_suscriptor(*, suscriptor: Suscriptor, motivo: str, por: Usuario, request=None) -> None:
    """Borra sus datos y deja su dirección suprimida: ninguna lista que se importe después la resucita."""
    _dejar_de_escribir(suscriptor.correo, Suscriptor.Baja.PERSONAL)
    anotar(accion="borrar suscriptor", por=por, objeto=suscriptor, motivo=motivo, request=request)
    suscriptor.delete()


@transaction.atomic
def anotar_supresion(direccion: str, motivo: str) -> None:
    """Lo llama el correo al suprimir una dirección (``al_suprimir``): quien la tenía pasa a baja, con su razón."""
    _marcar_bajas(direccion.strip().lower(), BAJA_DE.get(motivo, Suscriptor.Baja.PROPIA))


def _dejar_de_escribir(direccion: str, motivo: str, entrega: int | None = None) -> bool:
    """Suprime la dirección y marca a quien la tiene; dice si su suscripción cambió."""
    Supresion.objects.get_or_create(direccion=direccion, defaults={"motivo": Supresion.Motivo.BAJA})
    cambio = _marcar_bajas(direccion, motivo)
    if entrega:
        _anotar_en_la_entrega(entrega, direccion)
    return cambio


def _marcar_bajas(direccion: str, motivo: str) -> bool:
    ahora, definitivos = timezone.now(), BAJA_DE.values()
    suyos = Suscriptor.objects.filter(correo=direccion)
    cambio = suyos.exclude(estado=Suscriptor.Estado.BAJA).update(
        estado=Suscriptor.Estado.BAJA, baja_en=ahora, baja_por=motivo, pausa_hasta=None
    )
    if motivo in definitivos:  # de esta no se vuelve confirmando: se ve aunque antes se hubiera ido por su cuenta
        suyos.exclude(baja_por__in=definitivos).update(baja_por=motivo)
    CorreoOficial.objects.filter(correo=direccion, baja_en=None).update(baja_en=ahora)
    return bool(cambio)


def _anotar_en_la_entrega(entrega: int, direccion: str) -> None:
    """El único punto desde el que la difusión avisa al correo de una baja hecha con el enlace de un envío."""
    anotar_baja(entrega, direccion)
