"""Noticias inventadas de los centros y de la sede, con las ilustraciones de la demostración."""

import datetime as dt

from django.utils.text import slugify

from demo.textos import NOTICIAS_DEL_SITIO
from home.models import NoticiaPage, NoticiasIndexPage
from organizacion.models import Centro

from .marcas import marcar
from .publicaciones import publicar

CADA = 6  # días entre una y otra


def cargar_noticias(carga, hoy: dt.date, imagenes) -> None:
    """Una cada ``CADA`` días, la última de ayer; las que nombran un centro salen también en su página."""
    indice = NoticiasIndexPage.objects.get()
    centros = Centro.objects.in_bulk(field_name="slug")
    for n, (centro, titulo, resumen, parrafos) in enumerate(NOTICIAS_DEL_SITIO):
        fecha = hoy - dt.timedelta(days=1 + CADA * n)
        pagina = NoticiaPage(
            title=titulo,
            slug=slugify(titulo),
            fecha=fecha,
            centro=centros.get(centro),
            resumen=resumen,
            imagen=imagenes[n % len(imagenes)],
            cuerpo="".join(f"<p>{parrafo}</p>" for parrafo in parrafos),
        )
        publicar(indice, pagina, fecha)
        marcar(carga, [pagina])
