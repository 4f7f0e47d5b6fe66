"""El mural informativo de un centro: qué muestra y cuándo deja de mostrarlo (R113)."""

import datetime as dt

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from boletines.models import ComunicadosIndexPage
from home.models import AvisoDeMural, HomePage, Norma, NoticiaPage, NoticiasIndexPage
from home.mural import DEL_PORTAL, DIAS_DE_NOTICIA, POR_SECCION, secciones_de
from home.templatetags.mural import cuenta_regresiva
from organizacion.models import HorarioEspecial
from organizacion.publico import version_publica
from tests.boletines.conftest import nuevo_comunicado
from tests.fabricas import AsistenciaFactory, AvisoDeMuralFactory, CapacitacionFactory, InscripcionFactory

HOY = timezone.localdate()
Seccion = AvisoDeMural.Seccion
URL = "/mural/cusco/"


def dias(cuantos):
    return HOY + dt.timedelta(days=cuantos)


def textos(seccion, centro, en=None):
    items = {s.clave: s.items for s in secciones_de(centro, en)}[seccion]
    return [item.titulo for item in items]


def nueva_noticia(titulo, **cambios):
    lista = NoticiasIndexPage.objects.first()
    if lista is None:
        lista = HomePage.objects.get().add_child(instance=NoticiasIndexPage(title="Noticias", slug="noticias"))
    return lista.add_child(instance=NoticiaPage(title=titulo, resumen="Lo que pasó.", cuerpo="<p>Así.</p>", **cambios))


def nueva_norma(numero, **cambios):
    datos = {"tipo": Norma.Tipo.LEY, "titulo": "Ley de prueba", "fecha": HOY, "enlace": "https://normas.example/1"}
    return Norma.objects.create(numero=numero, **datos | cambios)


# --- Qué muestra ---


@pytest.mark.django_db
def test_r113_el_mural_tiene_sus_seis_secciones_en_orden(client, inicio, cusco):
    nueva_noticia("El MEF abre un centro")
    CapacitacionFactory(titulo="Formulación presupuestaria", centro=cusco)
    nueva_norma("Ley N.° 99999")
    AvisoDeMuralFactory(titulo="CAS 001", centro=cusco)
    nuevo_comunicado(ComunicadosIndexPage.objects.get(), "Cierre presupuestario")
    AvisoDeMuralFactory(titulo="Solicitar acceso", seccion=Seccion.TUPA, centro=None)

    pagina = client.get(URL).content.decode()

    esperado = [
        "Noticias del MEF",
        "El MEF abre un centro",
        "Nuestra labor",
        "Formulación presupuestaria",
        "Normatividad vigente",
        "Ley N.° 99999",
        "Convocatorias CAS",
        "CAS 001",
        "Comunicados y plazos",
        "Cierre presupuestario",
        "Procedimientos TUPA",
        "Solicitar acceso",
    ]
    lugares = [pagina.find(texto) for texto in esperado]
    assert -1 not in lugares
    assert lugares == sorted(lugares)


@pytest.mark.django_db
def test_lo_de_otro_centro_no_sale_y_lo_de_la_sede_si(inicio, cusco, arequipa):
    for centro in (cusco, arequipa, None):
        AvisoDeMuralFactory(titulo=f"CAS de {centro}", centro=centro)
        nueva_noticia(f"Noticia de {centro}", centro=centro)
    CapacitacionFactory(titulo="En Arequipa", centro=arequipa)

    assert set(textos(Seccion.CAS, cusco)) == {"CAS de Cusco", "CAS de None"}
    assert set(textos(Seccion.NOTICIAS, cusco)) == {"Noticia de Cusco", "Noticia de None"}
    assert textos(Seccion.LABOR, cusco) == []


@pytest.mark.django_db
def test_cada_aviso_se_muestra_solo_en_sus_fechas_y_mientras_su_plazo_no_vence(cusco):
    AvisoDeMuralFactory(titulo="Desde mañana", desde=dias(1))
    AvisoDeMuralFactory(titulo="Hasta ayer", desde=dias(-9), hasta=dias(-1))
    AvisoDeMuralFactory(titulo="Venció ayer", desde=dias(-9), plazo=dias(-1))
    AvisoDeMuralFactory(titulo="Vence hoy", desde=dias(-9), plazo=HOY)
    AvisoDeMuralFactory(titulo="Sin fin", desde=dias(-9))

    assert textos(Seccion.CAS, cusco) == ["Vence hoy", "Sin fin"]
    assert "Desde mañana" in textos(Seccion.CAS, cusco, en=dias(1))


@pytest.mark.django_db
def test_una_noticia_vieja_una_norma_derogada_y_un_comunicado_vencido_no_salen(inicio, cusco):
    nueva_noticia("Vieja", fecha=dias(-DIAS_DE_NOTICIA - 1))
    nueva_norma("Derogada", esta_vigente=False)
    nuevo_comunicado(ComunicadosIndexPage.objects.get(), "Vencido", fecha=dias(-9), vigente_hasta=dias(-1))

    assert [seccion.titulo for seccion in secciones_de(cusco) if seccion.items] == []


@pytest.mark.django_db
def test_nuestra_labor_cuenta_solo_asistencias_firmadas(cusco, arequipa):
    mia = CapacitacionFactory(centro=cusco, dias=0)
    AsistenciaFactory(inscripcion=InscripcionFactory(capacitacion=mia))
    AsistenciaFactory(inscripcion=InscripcionFactory(capacitacion=mia), esta_firmada=False)
    AsistenciaFactory(inscripcion=InscripcionFactory(capacitacion=CapacitacionFactory(centro=arequipa, dias=0)))

    [titulo, _] = textos(Seccion.LABOR, cusco)

    assert titulo.endswith("capacitamos a 1 persona")


@pytest.mark.django_db
def test_el_cierre_del_centro_se_avisa_en_el_mural(cusco):
    HorarioEspecial.objects.create(centro=cusco, desde=dias(2), hasta=dias(2), motivo="Mudanza de local")
    HorarioEspecial.objects.create(centro=cusco, desde=dias(60), hasta=dias(60), motivo="Lejano")

    [titulo] = textos(Seccion.COMUNICADOS, cusco)

    assert titulo.startswith("El centro no atiende el ")


@pytest.mark.django_db
def test_las_secciones_vacias_no_dejan_hueco_y_un_mural_vacio_da_la_bienvenida(client, cusco):
    assert "Le damos la bienvenida" in client.get(URL).content.decode()

    AvisoDeMuralFactory(centro=cusco)
    pagina = client.get(URL).content.decode()

    assert pagina.count("<h2") == 1
    assert "Le damos la bienvenida" not in pagina


@pytest.mark.django_db
def test_hay_un_tope_por_seccion_y_lo_puesto_a_mano_va_primero(inicio, cusco):
    for numero in range(9):
        nueva_noticia(f"Del portal {numero}")
    assert len(textos(Seccion.NOTICIAS, cusco)) == DEL_PORTAL

    AvisoDeMuralFactory.create_batch(9, seccion=Seccion.NOTICIAS, titulo="A mano")
    assert textos(Seccion.NOTICIAS, cusco) == ["A mano"] * POR_SECCION


@pytest.mark.django_db
def test_el_enlace_va_en_un_codigo_qr_con_la_direccion_entera(client, settings, cusco):
    settings.URL_DEL_SITIO = "https://portal.example"
    capacitacion = CapacitacionFactory(centro=cusco)
    AvisoDeMuralFactory(enlace="https://cas.example/1", centro=cusco)

    items = [item.direccion for seccion in secciones_de(cusco) for item in seccion.items]
    pagina = client.get(URL).content.decode()

    assert items == [f"https://portal.example{capacitacion.get_absolute_url()}", "https://cas.example/1"]
    assert pagina.count('src="data:image/svg+xml') == 2


@pytest.mark.django_db
def test_la_cuenta_regresiva_se_lee_sin_javascript(client, cusco):
    AvisoDeMuralFactory(plazo=dias(3), centro=cusco)

    assert ">Faltan 3 días</strong>" in client.get(URL).content.decode()


@given(st.dates(), st.integers(0, 400))
def test_la_cuenta_regresiva_dice_los_dias_que_faltan(hoy, faltan):
    dicho = cuenta_regresiva(hoy + dt.timedelta(days=faltan), hoy) if hoy.year < 9990 else "Vence hoy"

    assert dicho in {"Vence hoy", "Vence mañana", f"Faltan {faltan} días"}
    if hoy.year < 9990:
        assert (dicho == "Vence hoy") is (faltan == 0)


# --- Cómo responde ---


@pytest.mark.django_db
@pytest.mark.parametrize("ruta", ["/mural/lima-99/", "/mural/lima-99.pdf", "/mural/..%2f/"])
def test_un_centro_que_no_existe_es_un_404(client, inicio, ruta):
    assert client.get(ruta).status_code == 404


@pytest.mark.django_db
def test_un_centro_que_no_atiende_no_tiene_mural(client, inicio, cusco):
    cusco.esta_activo = False
    cusco.save()

    assert client.get(URL).status_code == 404
    assert "/mural/cusco/" not in client.get("/mural/").content.decode()


@pytest.mark.django_db
def test_el_guion_que_guarda_el_mural_alcanza_todos_los_murales_y_se_revisa_cada_vez(client):
    respuesta = client.get("/mural/sw.js")

    assert respuesta["Content-Type"].startswith("text/javascript")
    assert "no-cache" in respuesta["Cache-Control"]
    assert b"addEventListener" in respuesta.content


@pytest.mark.django_db
def test_mas_contenido_no_hace_mas_consultas(client, inicio, cusco, django_assert_max_num_queries):
    def agregar():
        nueva_noticia(f"Noticia {NoticiaPage.objects.count()}")
        AvisoDeMuralFactory(centro=cusco)
        CapacitacionFactory(centro=cusco)
        nueva_norma(f"Ley {Norma.objects.count()}")

    agregar()
    client.get(URL)
    with django_assert_max_num_queries(15) as pocas:
        client.get(URL, {"v": 1})
    antes = len(pocas)
    for _ in range(3):
        agregar()
    client.get("/")  # los menús se leen otra vez tras un cambio
    with django_assert_max_num_queries(antes):
        client.get(URL, {"v": 2})


@pytest.mark.django_db
def test_un_aviso_guardado_o_borrado_renueva_lo_publico(cusco):
    antes = version_publica()
    aviso = AvisoDeMuralFactory()
    guardado = version_publica()
    aviso.delete()

    assert antes < guardado < version_publica()
