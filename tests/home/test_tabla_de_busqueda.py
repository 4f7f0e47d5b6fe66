"""La tabla de consultas del buscador (tabla_de_busqueda.txt): la misma en SQLite y en PostgreSQL."""

from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction, ReferenceIndex

from boletines.models import BoletinesIndexPage, BoletinPage, ComunicadoPage, ComunicadosIndexPage
from home.busqueda import buscar
from home.models import PaginaEstandar
from tests.fabricas import CapacitacionFactory

pytestmark = pytest.mark.django_db
HOY = timezone.localdate()


def leer_tabla() -> list[tuple[str, list[str]]]:
    lineas = (Path(__file__).parent / "tabla_de_busqueda.txt").read_text(encoding="utf-8").splitlines()
    filas = [linea.split(" | ") for linea in lineas if linea and not linea.startswith("#")]
    return [(consulta, [titulo.strip() for titulo in titulos.split(" ; ")]) for consulta, titulos in filas]


@pytest.fixture
def portal(inicio, cusco, arequipa):
    """Un portal con algo de cada cosa, y cosas que nadie debe hallar."""
    _capacitaciones(cusco, arequipa)
    _publicaciones()
    _documentos(inicio)
    reservada = inicio.add_child(instance=PaginaEstandar(title="Reservado ornitorrinco", cuerpo="<p>Solo aquí</p>"))
    PageViewRestriction.objects.create(page=reservada, restriction_type="login")
    inicio.add_child(instance=PaginaEstandar(title="Quelonio", cuerpo="<p>Sin publicar</p>", live=False))


def _capacitaciones(cusco, arequipa):
    for titulo, centro, objetivo in (
        ("Inversión pública para gobiernos locales", cusco, "Formular proyectos"),
        ("Formulación presupuestaria", arequipa, "Programar el presupuesto"),
        ("Cierre contable en el SIAF", cusco, "Presentar la información contable"),
        ("Transferencias de partidas", arequipa, "Modificar el presupuesto"),
        ("Modificaciones del presupuesto institucional modificado", cusco, "Registrar notas"),
        ("Presupuesto institucional de apertura", arequipa, "Aprobar el calendario"),
        ("Términos de referencia en las contrataciones", arequipa, "Redactar pedidos"),
    ):
        CapacitacionFactory(titulo=titulo, centro=centro, objetivo=objetivo)
    CapacitacionFactory(titulo="Tesorería: girado y pagado", centro=cusco, objetivo="Conciliar cuentas", dias=-30)
    CapacitacionFactory(titulo="Zapatería secreta", centro=cusco, estado="borrador")


def _publicaciones():
    comunicados = ComunicadosIndexPage.objects.get()
    for titulo, resumen, publicado in (
        ("Plazos de la conciliación del marco legal", "Las municipalidades concilian hasta fin de mes.", True),
        ("Nueva versión del aplicativo", "Actualice el módulo de deuda y endeudamiento.", True),
        ("Convocatoria de contratos administrativos de servicios", "Puestos en los centros.", True),
        ("Plesiosaurio", "Aún en borrador.", False),
    ):
        pagina = ComunicadoPage(title=titulo, resumen=resumen, cuerpo="<p>Norma</p>", fecha=HOY, live=publicado)
        comunicados.add_child(instance=pagina)
    boletin = BoletinPage(title="x", anio=2026, mes=10, editorial="Los viáticos y las cajas chicas del año.")
    BoletinesIndexPage.objects.get().add_child(instance=boletin)


def _documento(titulo, coleccion=None):
    raiz = Collection.get_first_root_node()
    archivo = ContentFile(b"%PDF-1.4", name="documento.pdf")
    return get_document_model().objects.create(title=titulo, file=archivo, collection=coleccion or raiz)


def _documentos(inicio):
    """Tres enlazados desde una página, uno en una colección cerrada y otro suelto: solo se halla el primero."""
    cerrada = Collection.get_first_root_node().add_child(name="Cerrada")
    CollectionViewRestriction.objects.create(collection=cerrada, restriction_type="login")
    enlazados = [_documento("Instructivo de cierre contable"), _documento("Plesiosaurio cerrado", cerrada)]
    _documento("Quelonio sin enlazar")
    cuerpo = "".join(f'<p><a linktype="document" id="{documento.pk}">Ver</a></p>' for documento in enlazados)
    ReferenceIndex.create_or_update_for_object(
        inicio.add_child(instance=PaginaEstandar(title="Descargas", cuerpo=cuerpo))
    )


def test_la_tabla_tiene_mas_de_cincuenta_consultas():
    assert len(leer_tabla()) >= 50


def test_cada_consulta_da_lo_esperado(portal):
    fallas = []
    for consulta, esperados in leer_tabla():
        fichas = [ficha for _, fichas in buscar(consulta).grupos for ficha in fichas]
        primero = fichas[0]["titulo"] if fichas else "nada"
        if primero not in esperados:
            fallas.append(f"{consulta}: se esperaba {esperados} y salió «{primero}»")

    assert not fallas, "\n".join(fallas)


def test_lo_oculto_no_sale_aunque_se_busque_por_su_nombre(portal):
    for consulta in ("plesiosaurio", "quelonio", "ornitorrinco", "zapatería"):
        assert not buscar(consulta).total, consulta
