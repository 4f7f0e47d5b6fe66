"""Buscar como escribe la gente: sin tildes, en plural, con errores de mayúsculas. La misma tabla en toda base."""

import pytest
from django.utils import timezone
from factory import Sequence

from boletines.models import BoletinesIndexPage, BoletinPage, ComunicadoPage, ComunicadosIndexPage
from comun import relevancia
from home.busqueda import buscar
from home.models import PaginaEstandar
from tests.fabricas import CapacitacionFactory

pytestmark = pytest.mark.django_db
HOY = timezone.localdate()


@pytest.fixture
def portal(inicio, cusco, arequipa):
    """Un portal con algo de cada cosa."""
    CapacitacionFactory(titulo="Inversión pública para gobiernos locales", centro=cusco, objetivo="Formular proyectos")
    CapacitacionFactory(titulo="Formulación presupuestaria", centro=arequipa, objetivo="Programar el presupuesto")
    CapacitacionFactory(titulo="Cierre contable en el SIAF", centro=cusco, objetivo="Presentar la información contable")
    CapacitacionFactory(titulo="Transferencias de partidas", centro=arequipa, objetivo="Modificar el presupuesto")
    CapacitacionFactory(titulo="Tesorería: girado y pagado", centro=cusco, objetivo="Conciliar cuentas", dias=-30)
    comunicados = ComunicadosIndexPage.objects.get()
    for titulo, resumen in (
        ("Plazos de la conciliación del marco legal", "Las municipalidades concilian hasta fin de mes."),
        ("Nueva versión del aplicativo", "Actualice el módulo de deuda y endeudamiento."),
    ):
        comunicados.add_child(instance=ComunicadoPage(title=titulo, resumen=resumen, cuerpo="<p>Norma</p>", fecha=HOY))
    BoletinesIndexPage.objects.get().add_child(
        instance=BoletinPage(title="x", anio=2026, mes=10, editorial="Los viáticos y las cajas chicas del año.")
    )


TABLA = {
    # Tildes y mayúsculas
    "inversion publica": "Inversión pública para gobiernos locales",
    "INVERSIÓN PÚBLICA": "Inversión pública para gobiernos locales",
    "Inversión": "Inversión pública para gobiernos locales",
    # Plurales y género
    "inversiones": "Inversión pública para gobiernos locales",
    "inversiones públicas": "Inversión pública para gobiernos locales",
    "gobierno local": "Inversión pública para gobiernos locales",
    "proyecto": "Inversión pública para gobiernos locales",
    # Palabras parientes
    "presupuesto": "Formulación presupuestaria",
    "presupuestal": "Formulación presupuestaria",
    "formulaciones": "Formulación presupuestaria",
    "transferencia": "Transferencias de partidas",
    "transferencia de partida": "Transferencias de partidas",
    "modificación presupuestaria": "Transferencias de partidas",
    # Siglas, y palabras vacías en medio
    "siaf": "Cierre contable en el SIAF",
    "el cierre contable": "Cierre contable en el SIAF",
    "contables": "Cierre contable en el SIAF",
    # Por lugar
    "siaf cusco": "Cierre contable en el SIAF",
    "presupuesto arequipa": "Formulación presupuestaria",
    "conectamef cusco": "CONECTAMEF Cusco",
    # Como lo llama la gente
    "curso de presupuesto": "Formulación presupuestaria",
    "taller inversiones": "Inversión pública para gobiernos locales",
    "charlas sobre transferencias": "Transferencias de partidas",
    # Lo pasado también se encuentra
    "tesoreria": "Tesorería: girado y pagado",
    "girados": "Tesorería: girado y pagado",
    # Comunicados, boletines y páginas
    "plazo de conciliacion": "Plazos de la conciliación del marco legal",
    "municipalidad": "Plazos de la conciliación del marco legal",
    "muni plazos": "Plazos de la conciliación del marco legal",
    "endeudamientos": "Nueva versión del aplicativo",
    "aplicativos": "Nueva versión del aplicativo",
    "viatico": "Boletín: edición de octubre de 2026",
    "caja chica": "Boletín: edición de octubre de 2026",
    "datos personales": "Privacidad",
    "accesible": "Accesibilidad",
    "mesa de partes": "Sobre los CONECTAMEF",
}


@pytest.mark.parametrize(("consulta", "titulo"), TABLA.items())
def test_se_encuentra(portal, consulta, titulo):
    titulos = [ficha["titulo"] for _, fichas in buscar(consulta).grupos for ficha in fichas]

    assert titulo in titulos


@pytest.mark.parametrize(
    ("consulta", "titulo"),
    [
        ("inversiones", "Cierre contable en el SIAF"),
        ("siaf", "Formulación presupuestaria"),
        ("tesorería", "Transferencias de partidas"),
        ("pública", "Plazos de la conciliación del marco legal"),
    ],
)
def test_lo_que_no_tiene_la_palabra_no_sale(portal, consulta, titulo):
    assert titulo not in [ficha["titulo"] for _, fichas in buscar(consulta).grupos for ficha in fichas]


def test_lo_que_tiene_todas_las_palabras_desplaza_a_lo_demas(portal):
    hallazgos = buscar("presupuesto formulación")

    assert [f["titulo"] for f in dict(hallazgos.grupos)["Capacitaciones"]] == ["Formulación presupuestaria"]
    assert not hallazgos.es_parcial


def test_si_nada_las_tiene_todas_se_dice(client, portal):
    texto = client.get("/buscar/", {"q": "presupuesto xilofono"}).content.decode()

    assert "Nada tiene todas las palabras" in texto
    assert "Formulación <mark>presupuestaria</mark>" in texto


def test_lo_que_viene_va_antes_que_lo_que_paso(portal, cusco):
    CapacitacionFactory(titulo="Almacenes de anteayer", centro=cusco, dias=-2)
    CapacitacionFactory(titulo="Almacenes en dos meses", centro=cusco, dias=60)

    fichas = dict(buscar("almacén").grupos)["Capacitaciones"]

    assert [ficha["titulo"] for ficha in fichas] == ["Almacenes en dos meses", "Almacenes de anteayer"]


def test_ni_borradores_ni_paginas_sin_publicar_se_encuentran(portal, cusco):
    CapacitacionFactory(titulo="Zapatería secreta", centro=cusco, estado="borrador")
    PaginaEstandar.objects.filter(slug="privacidad").update(live=False)

    assert not buscar("zapatería").grupos
    assert "Privacidad" not in [f["titulo"] for _, fichas in buscar("ley 29733").grupos for f in fichas]


def test_sin_resultados_hay_ayuda(client, portal):
    assert "Use menos palabras" in client.get("/buscar/", {"q": "xilófono"}).content.decode()


def test_sin_consulta_solo_hay_el_formulario(client, portal):
    texto = client.get("/buscar/").content.decode()

    assert "¿Qué busca?" in texto
    assert "No encontramos" not in texto


@pytest.mark.parametrize(
    "basura",
    ["\x00", "a\x00b", "%", "_", "' OR 1=1 --", "de la", "😀", "<script>x</script>", "x" * 5000, "ab " * 999, "ñ"],
)
def test_la_basura_no_rompe_nada(client, portal, basura):
    respuesta = client.get("/buscar/", {"q": basura})

    assert respuesta.status_code == 200
    assert "<script>x" not in respuesta.content.decode()
    assert not respuesta.cookies


def test_buscar_solo_se_pide_con_get(client, portal):
    assert client.post("/buscar/", {"q": "x"}).status_code == 405


def test_por_muchas_que_haya_solo_se_comparan_unas_cuantas(portal, cusco, monkeypatch):
    # Comparar cada capacitación de diez años haría lenta la búsqueda.
    CapacitacionFactory.create_batch(12, titulo="Presupuesto", slug=Sequence(lambda n: f"p-{n}"), centro=cusco)
    miradas = []

    def puntuar(consulta, titulo, texto=""):
        miradas.append(titulo)
        return 1.0

    monkeypatch.setattr(relevancia, "MAX_CANDIDATAS", 5)
    monkeypatch.setattr(relevancia, "puntuar", puntuar)

    buscar("presupuesto")

    assert 0 < miradas.count("Presupuesto") <= 5
