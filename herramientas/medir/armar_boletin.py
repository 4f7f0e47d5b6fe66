"""Llena la última edición de la demostración y arma la de cada centro; escribe los segundos de cada una en JSON.

Uso: python -m herramientas.medir.armar_boletin (con VAR_DIR de una base con la demostración).
"""

import datetime as dt
import json
import time

import django

NOTAS = 6
NOTICIAS = 6
PARRAFO = "El equipo del centro recorrió las provincias de su ámbito y resolvió los casos que trajeron los municipios. "


def armar() -> list[dict]:
    from django.core.cache import cache
    from django.test import Client

    from boletines.mensaje import componer_boletin
    from boletines.models import BoletinPage
    from boletines.pdf import pdf_de
    from organizacion.models import Centro

    boletin = _llenar(BoletinPage.objects.live().order_by("-anio", "-mes").first())
    navegador, partes = Client(), []
    for centro in Centro.objects.activos():
        cache.clear()
        procesador, momentos = time.process_time(), [time.perf_counter()]
        navegador.get(f"{boletin.url}{centro.slug}/", headers={"host": "localhost"})
        momentos.append(time.perf_counter())
        mensaje = componer_boletin(boletin, centro)
        momentos.append(time.perf_counter())
        pdf_de(boletin, centro)
        momentos.append(time.perf_counter())
        web, correo, pdf = (b - a for a, b in zip(momentos, momentos[1:], strict=False))
        procesador = time.process_time() - procesador
        peso = len(mensaje.html.encode())
        partes.append({"web": web, "correo": correo, "pdf": pdf, "procesador": procesador, "peso": peso})
    return partes


def _llenar(boletin):
    """Cada centro con editorial y seis notas con imagen; el MEF, con seis noticias más."""
    from wagtail.images.models import Image

    from boletines.models import Aporte, BoletinPage, Edicion, NotaDeAporte
    from organizacion.models import Centro

    imagenes = list(Image.objects.all()[:12])
    edicion = Edicion.objects.get(anio=boletin.anio, mes=boletin.mes)
    NotaDeAporte.objects.filter(aporte__edicion=edicion).delete()
    for centro in Centro.objects.activos():
        datos = {"plazo": dt.date(boletin.anio, boletin.mes, 25)}
        aporte, _ = Aporte.objects.get_or_create(edicion=edicion, centro=centro, defaults=datos)
        Aporte.objects.filter(pk=aporte.pk).update(estado=Aporte.Estado.ENTREGADO, editorial=PARRAFO * 8)
        NotaDeAporte.objects.bulk_create(
            NotaDeAporte(
                aporte=aporte,
                tipo="novedad" if n % 3 == 2 else "actividad",
                titulo=f"Lo que hizo el centro, {n}",
                texto="\n\n".join([PARRAFO * 4] * 2),
                imagen=imagenes[(n + centro.pk) % len(imagenes)],
                texto_alternativo="El equipo del centro",
                orden=n,
            )
            for n in range(NOTAS)
        )
    foto = {"decorative": False, "alt_text": "Ilustración"}
    noticias = [
        {
            "type": "noticia",
            "value": {"titulo": f"Noticia {n}", "texto": f"<p>{PARRAFO * 5}</p>", "imagen": foto | {"image": i.pk}},
        }
        for n, i in enumerate(imagenes[:NOTICIAS])
    ]
    boletin.cuerpo = [*boletin.cuerpo.raw_data, *noticias]
    boletin.save_revision().publish()
    return BoletinPage.objects.get(pk=boletin.pk)


if __name__ == "__main__":
    django.setup()
    print(json.dumps(armar()))
