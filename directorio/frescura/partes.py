"""Las partes del directorio de cada centro: ponerlas, encargarlas y pasarlas a otro (R114)."""

from django.db import transaction
from django.db.models import Q

from comun.relevo import Relevo
from custodia.actions import anotar
from directorio.models import Cartera, Personal
from organizacion.models import Centro, Sistema, Usuario


class NoPuedeLlevarla(Exception):
    """Esa persona no trabaja hoy en el centro; el mensaje se muestra tal cual."""


def completar_partes() -> str:
    """Agrega las partes que falten: un centro o un sistema nuevos. Devuelve qué hizo o «»."""
    hechas = set(Cartera.objects.values_list("centro", "clase", "sistema"))
    sistemas = [*Sistema.objects.values_list("pk", flat=True), None]
    faltan = [
        Cartera(centro_id=centro, clase=clase, sistema_id=sistema)
        for centro in Centro.objects.values_list("pk", flat=True)
        for clase in Cartera.Clase.values
        for sistema in (sistemas if clase == Cartera.Clase.OPERADORES else [None])
        if (centro, clase, sistema) not in hechas
    ]
    Cartera.objects.bulk_create(faltan, ignore_conflicts=True)
    return f"partes del directorio agregadas: {len(faltan)}" if faltan else ""


@transaction.atomic
def encargar(*, parte: Cartera, responsable: Personal | None, por: Usuario, request=None) -> Cartera:
    """Encarga ``parte``; sin responsable, vuelve a quien le toca por su cargo."""
    parte = Cartera.objects.select_for_update(of=("self",)).get(pk=parte.pk)
    if parte.responsable_id == (responsable.pk if responsable else None):
        return parte
    if responsable and not Personal.objects.vigentes().filter(pk=responsable.pk, centro=parte.centro_id).exists():
        raise NoPuedeLlevarla(f"{responsable} no trabaja hoy en ese centro.")
    antes, parte.responsable = parte.responsable_id, responsable
    parte.save(update_fields=["responsable"])
    detalle = {"de": antes, "a": parte.responsable_id}
    anotar(accion="encargar parte del directorio", por=por, objeto=parte, detalle=detalle, request=request)
    return parte


def partes_de(usuario: Usuario):
    """Las que hoy lleva la persona de esa cuenta."""
    return Cartera.objects.de(personal_de(usuario))


def personal_de(usuario: Usuario) -> Personal | None:
    """La ficha de personal de la cuenta, o ninguna."""
    return getattr(usuario, "personal", None)


def _abiertas(usuario: Usuario):
    """Las que lleva hoy y las que se le encargaron, aunque ya no trabaje: no quedan a nombre de quien se fue."""
    if personal := personal_de(usuario):
        return Cartera.objects.con_titular().filter(Q(titular=personal.pk) | Q(responsable=personal.pk))
    return Cartera.objects.none()


def _candidatos(usuario: Usuario):
    """Quienes tienen cuenta y trabajan hoy en su centro."""
    de_su_centro = Personal.objects.vigentes().filter(centro=getattr(personal_de(usuario), "centro_id", None))
    suyos = de_su_centro.filter(centro__isnull=False, usuario__is_active=True).values("usuario")
    return Usuario.objects.filter(pk__in=suyos).exclude(pk=usuario.pk).order_by("last_name", "first_name", "pk")


def _pasar(*, de: Usuario, a: Usuario, por: Usuario | None) -> str:
    """Las del centro de ``a``; la que se le dejó en un centro de antes vuelve a quien le toca allí por su cargo."""
    toma, de_otros = personal_de(a), set()
    for parte in _abiertas(de).select_related("centro"):
        es_de_aqui = parte.centro_id == toma.centro_id
        encargar(parte=parte, responsable=toma if es_de_aqui else None, por=por)
        if not es_de_aqui:
            de_otros.add(str(parte.centro))
    return f"{a}; lo de {', '.join(sorted(de_otros))} vuelve a quien le toca por su cargo" if de_otros else ""


RELEVO = Relevo(
    clave="directorio",
    titulo="Su parte del directorio",
    filas=_abiertas,
    candidatos=_candidatos,
    pasar=_pasar,
)
