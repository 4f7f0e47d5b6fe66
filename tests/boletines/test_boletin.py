"""La edición mensual: en la web, en el archivo y en PDF."""

import datetime as dt
import io

import pytest
from django.core.exceptions import ValidationError
from pypdf import PdfReader

from boletines.models import BoletinPage
from comun.registros import fuentes_de_busqueda
from organizacion.models import AjustesPortal
from tests.boletines.conftest import cuerpo, nueva_edicion
from tests.fabricas import CapacitacionFactory, SesionFactory

pytestmark = pytest.mark.django_db


def capacitacion(titulo, fecha, **cambios):
    nueva = CapacitacionFactory(titulo=titulo, fecha_inicio=fecha, sesiones=False, **cambios)
    SesionFactory(capacitacion=nueva, fecha=fecha)
    return nueva


def textos_alternativos(nodo):
    """Los «Alt» del árbol de etiquetas de un PDF, en orden de lectura."""
    nodo = nodo.get_object()
    hijos = nodo.get("/K", []) if isinstance(nodo, dict) else []
    propios = [nodo["/Alt"]] if isinstance(nodo, dict) and nodo.get("/S") == "/Figure" else []
    for hijo in hijos if isinstance(hijos, list) else [hijos]:
        propios += textos_alternativos(hijo)
    return propios


def test_la_edicion_toma_su_titulo_y_su_direccion_del_mes(edicion):
    assert (edicion.title, edicion.slug) == ("Edición de octubre de 2026", "2026-10")
    assert edicion.url == "/boletines/2026-10/"


def test_las_secciones_salen_en_su_orden_fijo(client, edicion):
    pagina = client.get(edicion.url).content.decode()
    titulos = ["Editorial</h2>", "Noticias</h2>", "Normativa</h2>", "Actividades de los centros</h2>"]
    lugares = [pagina.index(titulo) for titulo in [*titulos, "Próximas capacitaciones: noviembre de 2026"]]
    assert lugares == sorted(lugares)
    assert 'alt="Auditorio lleno en Cusco"' in pagina
    assert 'alt="Equipo del centro"' in pagina


def test_la_pagina_no_lleva_cookies(client, edicion):
    assert not client.get(edicion.url).cookies


def test_anuncia_las_capacitaciones_publicadas_del_mes_siguiente(client, edicion):
    capacitacion("Presupuesto por resultados", dt.date(2026, 11, 12))
    capacitacion("De otro mes", dt.date(2026, 12, 1))
    capacitacion("Aún en borrador", dt.date(2026, 11, 13), estado="borrador")
    pagina = client.get(edicion.url).content.decode()
    assert "Presupuesto por resultados" in pagina
    assert "De otro mes" not in pagina
    assert "Aún en borrador" not in pagina


def test_la_edicion_de_diciembre_anuncia_enero(archivo):
    assert nueva_edicion(archivo, mes=12).mes_siguiente == dt.date(2027, 1, 1)


def test_el_archivo_destaca_la_ultima_y_ordena_las_demas_por_anio(client, archivo, edicion):
    nueva_edicion(archivo, anio=2025, mes=12)
    nueva_edicion(archivo, mes=9)
    pagina = client.get("/boletines/").content.decode()
    assert pagina.index("Última edición") < pagina.index("Edición de octubre de 2026")
    assert pagina.index("<h3>2026</h3>") < pagina.index("<h3>2025</h3>")
    assert "/boletines/2025-12/pdf/" in pagina


def test_un_borrador_no_se_ve_ni_en_pdf_ni_en_el_archivo(client, archivo):
    nueva_edicion(archivo, live=False)
    assert client.get("/boletines/2026-10/").status_code == 404
    assert client.get("/boletines/2026-10/pdf/").status_code == 404
    assert "octubre" not in client.get("/boletines/").content.decode()
    assert "Aún no hay ediciones" in client.get("/boletines/").content.decode()


def test_dos_ediciones_del_mismo_mes_se_rechazan_con_un_mensaje(archivo, edicion):
    with pytest.raises(ValidationError, match="Ya hay una edición de octubre de 2026"):
        nueva_edicion(archivo)
    with pytest.raises(ValidationError, match="Ya hay una edición de octubre de 2026"):
        nueva_edicion(archivo, live=False)


def test_un_borrador_que_cambia_de_mes_tambien_ocupa_ese_mes(archivo, edicion):
    edicion.mes = 11
    edicion.save_revision()
    with pytest.raises(ValidationError, match="noviembre de 2026"):
        nueva_edicion(archivo, mes=11)


def test_una_portada_sin_descripcion_se_rechaza(archivo, imagen):
    imagen.description = " "
    imagen.save()
    with pytest.raises(ValidationError, match="no tiene descripción"):
        nueva_edicion(archivo, portada=imagen)


def test_el_pdf_es_accesible_y_lleva_el_texto_de_la_edicion(client, edicion):
    capacitacion("Presupuesto por resultados", dt.date(2026, 11, 12))
    respuesta = client.get("/boletines/2026-10/pdf/")
    assert respuesta["Content-Type"] == "application/pdf"
    pdf = PdfReader(io.BytesIO(respuesta.content))
    raiz = pdf.trailer["/Root"]
    texto = " ".join(" ".join(pagina.extract_text() for pagina in pdf.pages).split())

    assert pdf.metadata.title == "Boletín CONECTAMEF: edición de octubre de 2026"
    assert raiz["/Lang"] == "es-PE"
    assert "/StructTreeRoot" in raiz
    assert "pdfuaid" in raiz["/Metadata"].get_data().decode()
    for esperado in ("Contenido", "Plazos de cierre contable", "R.D. 001-2026-EF/50.01", "Presupuesto por resultados"):
        assert esperado in texto
    assert textos_alternativos(raiz["/StructTreeRoot"]) == ["Auditorio lleno en Cusco", "Equipo del centro"]


def test_los_enlaces_internos_del_pdf_llevan_al_sitio(client, edicion):
    pdf = PdfReader(io.BytesIO(client.get("/boletines/2026-10/pdf/").content))
    notas = [nota.get_object() for pagina in pdf.pages for nota in pagina.get("/Annots", [])]
    uris = {nota["/A"]["/URI"] for nota in notas if "/URI" in nota.get("/A", {})}
    assert "http://localhost:8000/comunicados/" in uris
    assert not [uri for uri in uris if "portal.invalid" in uri]


def test_el_pdf_se_compone_de_nuevo_solo_si_cambia_lo_que_muestra(client, edicion, monkeypatch):
    veces = []
    monkeypatch.setattr("boletines.pdf.pdf_desde_html", lambda html: veces.append(html) or b"%PDF-1.7")
    client.get("/boletines/2026-10/pdf/")
    client.get("/boletines/2026-10/pdf/")
    assert len(veces) == 1
    edicion.editorial = "Cambió el editorial."
    edicion.save_revision().publish()
    client.get("/boletines/2026-10/pdf/")
    assert len(veces) == 2
    capacitacion("Nueva en el programa", dt.date(2026, 11, 20))
    client.get("/boletines/2026-10/pdf/")
    assert len(veces) == 3


def test_el_pdf_avisa_que_es_una_demostracion(client, edicion):
    ajustes = AjustesPortal.load()
    ajustes.es_demostracion = True
    ajustes.save()
    pdf = PdfReader(io.BytesIO(client.get("/boletines/2026-10/pdf/").content))
    assert "Sitio de demostración" in pdf.pages[0].extract_text()


def test_el_buscador_encuentra_la_edicion_por_una_palabra_de_su_texto(edicion):
    def buscar(consulta):
        return [hallado["url"] for fuente in fuentes_de_busqueda for hallado in fuente(consulta, 10)]

    assert edicion.url in buscar("cierres contables")
    edicion.unpublish()
    assert edicion.url not in buscar("cierres contables")


def test_el_rss_anuncia_las_ediciones(client, edicion):
    respuesta = client.get("/boletines/rss/")
    assert respuesta.status_code == 200
    assert "http://testserver/boletines/2026-10/" in respuesta.content.decode()


def test_guardar_con_un_mes_repetido_avisa_junto_al_campo(client, archivo, edicion, comunicaciones):
    client.force_login(comunicaciones)
    url = f"/intranet/pages/add/boletines/boletinpage/{archivo.pk}/"
    datos = {"anio": "2026", "mes": "10", "cuerpo-count": "0", "comments-TOTAL_FORMS": "0"}
    datos |= {"comments-INITIAL_FORMS": "0", "editorial": "Nueva", "search_description": ""}

    respuesta = client.post(url, datos)
    assert "Ya hay una edición de octubre de 2026" in respuesta.content.decode()
    assert BoletinPage.objects.count() == 1

    assert client.post(url, datos | {"mes": "11"}).status_code == 302
    assert BoletinPage.objects.filter(mes=11, live=False).exists()


def test_copiar_una_edicion_se_explica_en_vez_de_fallar(client, edicion, comunicaciones):
    client.force_login(comunicaciones)
    respuesta = client.get(f"/intranet/pages/{edicion.pk}/copy/", follow=True)
    assert "Hay una sola edición por mes" in respuesta.content.decode()


def test_la_vista_previa_de_un_borrador_se_ve(client, archivo, comunicaciones, rf):
    borrador = nueva_edicion(archivo, live=False, mes=11)
    borrador.cuerpo = cuerpo()
    client.force_login(comunicaciones)
    respuesta = borrador.make_preview_request(rf.get("/"))
    assert "Edición de noviembre de 2026" in respuesta.content.decode()
