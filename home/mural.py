"""Lo que se ve en el mural informativo de un centro (R113): lo que se puso a mano y lo que el portal ya sabe.

Seis secciones, cada una con ítems que vencen solos. La pantalla las muestra en láminas que se leen a tres metros.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.conf import settings
from django.utils import timezone

from boletines.models import ComunicadoPage
from comun.templatetags.comun import fecha_larga, hora
from eventos.calendario import mes_anterior
from eventos.cifras import cifras_totales
from eventos.estadistica import que_cuentan_para_centro
from eventos.models import Capacitacion
from eventos.templatetags.eventos import cuando_breve, donde_breve
from organizacion.models import Centro, HorarioEspecial

from .laminas import Lamina, repartir
from .models import AvisoDeMural, Norma, NoticiaPage

POR_SECCION = 6
DEL_PORTAL = 4
DIAS_DE_NOTICIA = 60
DIAS_DE_NORMA = 180
DIAS_SIN_NOVEDAD = 30  # una sección sin nada nuevo en este tiempo está vieja
DIAS_DE_CIERRE = 15  # con cuánta anticipación se anuncia que el centro no atenderá

Clave = AvisoDeMural.Seccion


@dataclass(frozen=True)
class Item:
    """``desde``: cuándo fue novedad. ``hasta``: el último día que se muestra. ``fecha``: el día del que habla."""

    titulo: str
    desde: dt.date
    texto: str = ""
    url: str = ""
    fecha: dt.date | None = None
    plazo: dt.date | None = None
    hasta: dt.date | None = None

    @property
    def direccion(self) -> str:
        """La dirección entera, para el código QR y el papel."""
        return settings.URL_DEL_SITIO + self.url if self.url.startswith("/") else self.url


@dataclass(frozen=True)
class Seccion:
    clave: str
    titulo: str
    items: list[Item] = field(default_factory=list)

    def novedad(self) -> dt.date | None:
        """El día de lo más nuevo que muestra."""
        return max((item.desde for item in self.items), default=None)

    def laminas(self) -> list[Lamina]:
        return repartir(self.items)


def secciones_de(centro: Centro, en: dt.date | None = None) -> list[Seccion]:
    """Las seis secciones en su orden, con o sin ítems; primero lo que se puso a mano."""
    hoy = en or timezone.localdate()
    a_mano = _a_mano(centro, hoy)
    secciones = []
    for clave, titulo in Clave.choices:
        fuente = DEL_PORTAL_POR_SECCION.get(clave)
        items = [*a_mano.get(clave, []), *(fuente(centro, hoy) if fuente else [])]
        secciones.append(Seccion(clave, titulo, items[:POR_SECCION]))
    return secciones


def _a_mano(centro, hoy) -> dict[str, list[Item]]:
    """Los avisos de cada sección: lo que vence antes, primero."""
    avisos: dict[str, list[Item]] = {}
    for aviso in AvisoDeMural.objects.del_centro(centro).vigentes(hoy).order_by("-desde", "-pk"):
        item = Item(
            aviso.titulo,
            aviso.desde,
            texto=aviso.texto,
            url=aviso.enlace,
            plazo=aviso.plazo,
            hasta=aviso.ultimo_dia,
        )
        avisos.setdefault(aviso.seccion, []).append(item)
    for items in avisos.values():
        items.sort(key=lambda item: item.plazo or dt.date.max)
    return avisos


def _noticias(centro, hoy) -> Iterable[Item]:
    filas = (
        NoticiaPage.objects.publicadas(hoy).del_centro(centro).filter(fecha__gte=hoy - dt.timedelta(DIAS_DE_NOTICIA))
    )
    for noticia in filas.defer("cuerpo", "texto_busqueda")[:DEL_PORTAL]:
        vence = noticia.fecha + dt.timedelta(DIAS_DE_NOTICIA)
        yield Item(noticia.title, noticia.fecha, texto=noticia.resumen, url=noticia.get_url() or "", hasta=vence)


def _labor(centro, hoy) -> Iterable[Item]:
    """Lo que hicimos este mes y lo que viene."""
    yield from _cifras_del_mes(centro, hoy)
    proximas = Capacitacion.objects.en_pie().del_centro(centro).proximas(hoy)
    for capacitacion in proximas.select_related("centro").prefetch_related("sesiones")[:DEL_PORTAL]:
        yield Item(
            capacitacion.titulo,
            (capacitacion.publicada_en or capacitacion.creada_en).date(),
            texto=f"{cuando_breve(capacitacion)}\n{donde_breve(capacitacion)}",
            url=capacitacion.get_absolute_url(),
            fecha=max(capacitacion.fecha_inicio, hoy),
            hasta=capacitacion.fecha_fin,
        )


def _cifras_del_mes(centro, hoy) -> Iterable[Item]:
    """Las de este mes; si todavía no hay, las del anterior (R84: solo cuenta lo firmado)."""
    mes = hoy.replace(day=1)
    for desde, hasta in ((mes, hoy), (mes_anterior(mes), mes - dt.timedelta(days=1))):
        hechas = que_cuentan_para_centro(Capacitacion.objects.en_pie().entre(desde, hasta), centro)
        cifras = cifras_totales(hechas)
        if cifras.participantes:
            cuantas = hechas.count()
            texto = "En 1 capacitación" if cuantas == 1 else f"En {cuantas} capacitaciones"
            personas = "1 persona" if cifras.participantes == 1 else f"{cifras.participantes:,} personas"
            titulo = f"En {fecha_larga(desde).split(' de ')[1]} capacitamos a {personas}"
            return [Item(titulo, hasta, texto=f"{texto} gratuitas, con su asistencia firmada.")]
    return []


def _normas(centro, hoy) -> Iterable[Item]:
    filas = Norma.objects.filter(esta_vigente=True, fecha__lte=hoy, fecha__gte=hoy - dt.timedelta(DIAS_DE_NORMA))
    for norma in filas.select_related("documento").defer("texto_busqueda")[:DEL_PORTAL]:
        texto = f"{norma.titulo}. Se publicó el {fecha_larga(norma.fecha)}."
        yield Item(norma.numero, norma.fecha, texto=texto, url=norma.url)


def _comunicados(centro, hoy) -> Iterable[Item]:
    yield from _cierres(centro, hoy)
    for comunicado in ComunicadoPage.objects.live().vigentes(hoy).defer("cuerpo", "texto_busqueda")[:DEL_PORTAL]:
        yield Item(
            comunicado.title,
            comunicado.fecha,
            texto=comunicado.resumen,
            url=comunicado.get_url() or "",
            hasta=comunicado.vigente_hasta,
        )


def _cierres(centro, hoy) -> Iterable[Item]:
    """Los días en que el centro no atiende o atiende a otra hora."""
    for cambio in HorarioEspecial.objects.filter(centro=centro).por_venir(hoy + dt.timedelta(DIAS_DE_CIERRE), hoy):
        horas = "" if cambio.esta_cerrado else f"De {hora(cambio.abre)} a {hora(cambio.cierra)}. "
        que = "El centro no atiende" if cambio.esta_cerrado else "Horario especial"
        dias = f"el {fecha_larga(cambio.desde)}"
        if cambio.hasta > cambio.desde:
            dias = f"del {fecha_larga(cambio.desde)} al {fecha_larga(cambio.hasta)}"
        fecha = max(cambio.desde, hoy)
        yield Item(f"{que} {dias}", hoy, texto=f"{horas}{cambio.motivo}", fecha=fecha, hasta=cambio.hasta)


DEL_PORTAL_POR_SECCION: dict[str, Callable[[Centro, dt.date], Iterable[Item]]] = {
    Clave.NOTICIAS: _noticias,
    Clave.LABOR: _labor,
    Clave.NORMAS: _normas,
    Clave.COMUNICADOS: _comunicados,
}
