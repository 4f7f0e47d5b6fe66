"""La ficha situacional de una entidad: indicadores con su fuente, temas de interés y su PDF (R102, R103)."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse

from custodia.models import Huella
from directorio.models import Contacto, Indicador, TemaDeInteres, ValorDeIndicador
from directorio.situacion.actions import anotar_valor, recoger_tema
from directorio.situacion.carga import cargar_indicadores
from eventos.models import Convocatoria, Invitacion
from tests import fabricas, personas
from tests.hilos import a_la_vez
from tests.pdf import texto_de

pytestmark = pytest.mark.django_db


@pytest.fixture
def entidad(cusco):
    cargar_indicadores()
    return fabricas.EntidadFactory(centro=cusco, nombre="Municipalidad de Prueba", codigo_siaf="301234")


@pytest.fixture
def avance(entidad):
    return Indicador.objects.get(nombre="Avance de la ejecución del presupuesto")


def ficha(entidad):
    return reverse("directorio_entidad_modeladmin_inspect", args=[entidad.pk])


def datos(de, **cambios):
    return {
        "indicador": de.pk,
        "periodo": "2026",
        "valor": "78.5",
        "fuente": "Consulta amigable",
        "fecha": "2026-11-01",
    } | cambios


def valor(indicador, entidad, periodo, cuanto, por):
    return anotar_valor(
        indicador=indicador, entidad=entidad, periodo=periodo, valor=Decimal(cuanto), fuente="Consulta amigable",
        fecha=dt.date(2026, 11, 1), por=por,
    )  # fmt: skip


def test_se_anota_un_indicador_con_su_fuente_y_se_ve_el_ultimo_y_el_anterior(client, entidad, avance, coordinadora):
    valor(avance, entidad, "2025", "61.2", coordinadora)
    client.force_login(coordinadora)
    respuesta = client.post(reverse("situacion_indicador", args=[entidad.pk]), datos(avance))
    assert respuesta.url == ficha(entidad)
    pagina = client.get(ficha(entidad)).content.decode()
    assert "78.50 %" in pagina
    assert "61.20 % en 2025" in pagina
    assert "Consulta amigable" in pagina


def test_el_mismo_periodo_se_corrige_y_no_se_repite(entidad, avance, coordinadora):
    valor(avance, entidad, "2026", "10", coordinadora)
    valor(avance, entidad, "2026", "12", coordinadora)
    assert ValorDeIndicador.objects.get().valor == 12


def test_un_indicador_del_distrito_se_ve_en_todas_sus_entidades(client, entidad, coordinadora):
    poblacion = Indicador.objects.get(nombre="Población")
    valor(poblacion, entidad, "2025", "12000", coordinadora)
    vecina = fabricas.EntidadFactory(centro=entidad.centro)
    client.force_login(coordinadora)
    assert "12,000 habitantes" in client.get(ficha(vecina)).content.decode()


@pytest.mark.parametrize(
    ("campo", "malo", "queja"),
    [
        ("periodo", "ayer", "Escriba un año"),
        ("periodo", "2026-13", "Escriba un año"),
        ("valor", "mucho", "número"),
        ("valor", "9" * 30, "dígitos"),
        ("fecha", "2999-01-01", "no puede ser futura"),
        ("fuente", "", "obligatorio"),
        ("indicador", "999999", "válida"),
    ],
)
def test_un_dato_malo_se_dice_y_no_se_pierde_lo_escrito(client, entidad, avance, coordinadora, campo, malo, queja):
    client.force_login(coordinadora)
    respuesta = client.post(reverse("situacion_indicador", args=[entidad.pk]), datos(avance, **{campo: malo}))
    pagina = respuesta.content.decode()
    assert queja in pagina
    if campo != "fuente":
        assert "Consulta amigable" in pagina
    assert not ValorDeIndicador.objects.exists()


def test_un_tema_se_recoge_una_vez_y_se_atiende_diciendo_como(client, entidad, coordinadora):
    sistema = fabricas.SistemaFactory()
    client.force_login(coordinadora)
    for _ in range(2):
        client.post(reverse("situacion_tema", args=[entidad.pk]), {"sistema": sistema.pk, "texto": "Saldo de balance"})
    tema = TemaDeInteres.objects.get()
    assert "Saldo de balance" in client.get(ficha(entidad)).content.decode()
    client.post(reverse("situacion_tema_atendido", args=[tema.pk]), {"como": "En el taller de octubre"})
    assert "En el taller de octubre" in client.get(ficha(entidad)).content.decode()
    assert Huella.objects.filter(accion="atender tema").count() == 1


def test_si_ya_figura_dos_veces_anotarlo_otra_vez_no_falla(entidad, coordinadora):
    """Dos entidades que se unieron antes de que se quitaran los repetidos."""
    for _ in range(2):
        TemaDeInteres.objects.create(entidad=entidad, texto="Saldos")
    recoger_tema(entidad=entidad, sistema=None, texto="Saldos", por=coordinadora)
    assert TemaDeInteres.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_un_doble_clic_no_anota_el_tema_dos_veces(entidad, coordinadora):
    a_la_vez(4, lambda: recoger_tema(entidad=entidad, sistema=None, texto="Saldos", por=coordinadora))
    assert TemaDeInteres.objects.count() == 1


def test_sin_decir_como_el_tema_sigue_por_atender(client, entidad, coordinadora):
    tema = TemaDeInteres.objects.create(entidad=entidad, texto="Caja")
    client.force_login(coordinadora)
    client.post(reverse("situacion_tema_atendido", args=[tema.pk]), {"como": ""})
    tema.refresh_from_db()
    assert tema.atendido_en is None


def test_la_ficha_dice_a_que_asistio_su_gente_contando_solo_firmas(client, entidad, coordinadora):
    capacitacion = fabricas.CapacitacionFactory(centro=entidad.centro, titulo="Cierre contable")
    sesion = fabricas.SesionFactory(capacitacion=capacitacion)
    for firmo in (True, False):
        inscripcion = fabricas.InscripcionFactory(capacitacion=capacitacion, entidad=entidad)
        fabricas.AsistenciaFactory(inscripcion=inscripcion, sesion=sesion, esta_firmada=firmo)
    ajena = fabricas.InscripcionFactory(capacitacion=capacitacion, entidad=fabricas.EntidadFactory())
    fabricas.AsistenciaFactory(inscripcion=ajena, sesion=sesion, esta_firmada=True)
    client.force_login(coordinadora)
    pagina = client.get(ficha(entidad)).content.decode()
    assert "1 capacitación: 1 participante (con firma) y 1 asistencia." in pagina
    assert "Cierre contable" in pagina


def test_el_pdf_lleva_todo_y_deja_rastro(client, entidad, avance, coordinadora):
    valor(avance, entidad, "2026", "78.5", coordinadora)
    TemaDeInteres.objects.create(entidad=entidad, texto="Saldo de balance")
    fabricas.AutoridadFactory(entidad=entidad, apellidos="Ccori Huamán")
    operador = fabricas.OperadorFactory(entidad=entidad, apellidos="Puma Quispe")
    Contacto.objects.create(entidad=entidad, clase="correo", valor="mesa@prueba.example", nota="Mesa de partes")
    Contacto.objects.create(operador=operador, clase="telefono", valor="984000777")
    entidad.nombres_anteriores.create(nombre="Municipalidad de Antes", hasta=dt.date(2025, 12, 31))
    invitada = fabricas.CapacitacionFactory(centro=entidad.centro, titulo="Curso de tesorería")
    Invitacion.objects.create(
        convocatoria=Convocatoria.objects.create(capacitacion=invitada, anticipacion=10), capacitacion=invitada,
        operador=operador, entidad=entidad, nombre="Nelly Puma",
    )  # fmt: skip
    fabricas.InscripcionFactory(
        capacitacion=fabricas.CapacitacionFactory(centro=entidad.centro, titulo="Cierre contable"), entidad=entidad
    )
    client.force_login(coordinadora)
    respuesta = client.get(reverse("situacion_pdf", args=[entidad.pk]))
    texto = texto_de(respuesta.content)
    for dicho in ("Municipalidad de Prueba", "78.50 %", "Saldo de balance", "Ccori", "Puma", "Cierre contable"):
        assert dicho in texto
    for dicho in ("mesa@prueba.example (Mesa de partes)", "Municipalidad de Antes (hasta el 31/12/2025)"):
        assert dicho in texto
    for dicho in ("Asistencias", "Curso de tesorería", "Nelly Puma", "Sin respuesta"):
        assert dicho in texto
    assert "984000777" not in texto  # el de una persona, como en la pantalla, solo en su ficha
    assert "no-store" in respuesta["Cache-Control"]
    assert Huella.objects.filter(accion="imprimir ficha situacional", objeto=str(entidad.pk)).exists()


@pytest.mark.parametrize("ruta", ["situacion_indicador", "situacion_tema", "situacion_pdf"])
def test_la_entidad_de_otro_centro_no_existe(client, entidad, arequipa, coordinadora, ruta):
    ajena = fabricas.EntidadFactory(centro=arequipa)
    client.force_login(coordinadora)
    assert client.get(reverse(ruta, args=[ajena.pk])).status_code == 404
    tema = TemaDeInteres.objects.create(entidad=ajena, texto="Caja")
    assert client.post(reverse("situacion_tema_atendido", args=[tema.pk]), {"como": "x"}).status_code == 404


def test_quien_solo_mira_no_anota(client, entidad, avance):
    client.force_login(personas.con_rol("oautda", "oautda"))
    client.post(reverse("situacion_indicador", args=[entidad.pk]), datos(avance))
    assert not ValorDeIndicador.objects.exists()
    assert "Anotar un tema" not in client.get(ficha(entidad)).content.decode()
