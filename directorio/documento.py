"""El directorio de un CONECTAMEF en PDF/UA-1: el de su personal, y el completo de su ámbito (R48, R83, R103)."""

from collections import defaultdict

from django.utils import timezone

from comun.pdf import pdf_desde_plantilla
from comun.texto import normalizar
from directorio.models import Autoridad, Entidad, Medio, Operador, Personal
from organizacion.models import AjustesPortal, Centro, Sistema


def pdf(centro: Centro) -> bytes:
    """Los octetos del directorio para la carpeta del participante: el mismo personal que figura en la web (R83)."""
    personal = Personal.objects.publicos().filter(centro=centro).select_related("sistema").por_cargo()
    return pdf_desde_plantilla("directorio/documentos/personal.html", _comun(centro) | {"personal": personal})


def pdf_completo(centro: Centro, usuario) -> tuple[bytes, int]:
    """Los octetos y de cuántas personas trata: su personal, las autoridades y operadores de su ámbito, y los medios.

    Para las carpetas de visita (R103); solo lo que ``usuario`` alcanza a ver. Lleva datos personales.
    """
    personal = list(
        Personal.objects.para(usuario)
        .vigentes()
        .filter(centro=centro)
        .select_related("sistema__organo", "organo")
        .prefetch_related("contactos")
        .por_cargo()
    )
    provincias, filas = _provincias(centro, usuario)
    medios = list(Medio.objects.para(usuario).filter(centro=centro, esta_activo=True).prefetch_related("contactos"))
    entidades = [ficha["entidad"] for provincia in provincias for ficha in provincia["fichas"]]
    contexto = _comun(centro) | {
        "personal": personal,
        "provincias": provincias,
        "medios": medios,
        "alfabetico": sorted(entidades, key=lambda entidad: normalizar(entidad.nombre)),
    }
    octetos = pdf_desde_plantilla("directorio/documentos/completo.html", contexto)
    return octetos, len(personal) + filas + len(medios)


def _comun(centro) -> dict:
    return {"ajustes": AjustesPortal.load(), "centro": centro, "hoy": timezone.localdate()}


def _provincias(centro, usuario) -> tuple[list[dict], int]:
    """Las provincias del ámbito, cada una con la ficha de sus entidades; y cuántas personas figuran en ellas."""
    entidades = Entidad.objects.para(usuario).activas().filter(centro=centro).prefetch_related("contactos")
    entidades = list(entidades.select_related("distrito__provincia__departamento"))
    gente = _gente(centro, usuario)
    provincias = defaultdict(list)
    for entidad in entidades:
        provincias[entidad.distrito.provincia].append({"entidad": entidad, "filas": gente.get(entidad.pk, [])})
    en_orden = sorted(provincias.items(), key=lambda par: (par[0].departamento_id, normalizar(par[0].nombre)))
    halladas = [{"provincia": provincia, "fichas": fichas} for provincia, fichas in en_orden]
    return halladas, sum(len(filas) for filas in gente.values())


def _gente(centro, usuario) -> dict[int, list[dict]]:
    """Por entidad: sus autoridades en funciones y después sus operadores, en el orden de los sistemas."""
    gente = defaultdict(list)
    autoridades = Autoridad.objects.para(usuario).vigentes().filter(entidad__centro=centro)
    for autoridad in autoridades.prefetch_related("contactos").order_by("cargo", "apellidos"):
        gente[autoridad.entidad_id].append({"de": "Autoridad", "fila": autoridad})
    orden = {sistema.pk: n for n, sistema in enumerate(Sistema.objects.all())}
    operadores = Operador.objects.para(usuario).activos().filter(entidad__centro=centro)
    operadores = operadores.prefetch_related("sistemas", "contactos")
    for operador in sorted(operadores, key=lambda operador: _primero(operador, orden)):
        de = ", ".join(str(sistema) for sistema in operador.sistemas.all()) or "Operador"
        gente[operador.entidad_id].append({"de": de, "fila": operador})
    return gente


def _primero(operador, orden: dict[int, int]) -> tuple:
    sistemas = [orden[sistema.pk] for sistema in operador.sistemas.all()]
    return min(sistemas, default=len(orden)), normalizar(operador.apellidos)
