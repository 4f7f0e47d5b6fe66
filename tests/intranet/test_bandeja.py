"""Al entrar, cada quien ve lo que espera por él, y cada línea lleva a resolverlo."""

import datetime as dt

import pytest
from django.utils import timezone

from boletines.models import BoletinesIndexPage, BoletinPage, Edicion, Remision
from correo.models import Entrega, Envio
from eventos.calendario import mes_siguiente
from eventos.models import Capacitacion, ProgramaMensual
from intranet.bandeja import asuntos_de
from organizacion.models import Rol
from tests import personas
from tests.fabricas import (
    AsistenciaFactory,
    CapacitacionFactory,
    InscripcionFactory,
    SuscriptorFactory,
)

pytestmark = pytest.mark.django_db
HOY = timezone.localdate()
MAX_CONSULTAS = 52


def textos_de(usuario):
    return {asunto.titulo: [linea.texto for linea in asunto.lineas] for asunto in asuntos_de(usuario)}


def test_la_semana_muestra_lo_suyo_y_no_lo_de_otro_centro(coordinadora, cusco, arequipa):
    CapacitacionFactory(titulo="De Cusco", centro=cusco, dias=3)
    CapacitacionFactory(titulo="De Arequipa", centro=arequipa, dias=3)
    CapacitacionFactory(titulo="En dos semanas", centro=cusco, dias=14)

    assert textos_de(coordinadora)["Capacitaciones de esta semana"] == ["De Cusco"]


def test_lo_terminado_sin_asistencia_ni_encuestas_se_pide(coordinadora, cusco):
    CapacitacionFactory(titulo="Sin nada", centro=cusco, dias=-2)
    CapacitacionFactory(titulo="Informativa", centro=cusco, dias=-3, tipo=Capacitacion.Tipo.INFORMATIVA)
    firmada = CapacitacionFactory(titulo="Con firmas", centro=cusco, dias=-4)
    AsistenciaFactory(inscripcion=InscripcionFactory(capacitacion=firmada))

    textos = textos_de(coordinadora)

    assert textos["Terminaron y no tienen asistencia"] == ["Sin nada", "Informativa"]
    assert textos["Terminaron y no tienen encuestas"] == ["Sin nada", "Con firmas"]


def test_una_asistencia_sin_firma_no_cuenta(coordinadora, cusco):
    capacitacion = CapacitacionFactory(titulo="Sin firmas", centro=cusco, dias=-2)
    AsistenciaFactory(inscripcion=InscripcionFactory(capacitacion=capacitacion), esta_firmada=False)

    assert textos_de(coordinadora)["Terminaron y no tienen asistencia"] == ["Sin firmas"]


def test_a_quien_solo_mira_no_se_le_pide_nada(cusco):
    CapacitacionFactory(titulo="Sin nada", centro=cusco, dias=-2)
    CapacitacionFactory(titulo="Borrador", centro=cusco, estado="borrador")

    assert textos_de(personas.responsable_de_presupuesto()) == {}


def test_entidades_por_vincular_y_borradores_de_su_centro(coordinadora, cusco, arequipa):
    for centro, nombre in ((cusco, "Muni de aquí"), (arequipa, "Muni de allá")):
        capacitacion = CapacitacionFactory(titulo=f"En {centro}", centro=centro, dias=30)
        InscripcionFactory(capacitacion=capacitacion, entidad=None, entidad_texto=nombre)
        CapacitacionFactory(titulo=f"Borrador de {centro}", centro=centro, estado="borrador")

    textos = textos_de(coordinadora)

    assert textos["Entidades por vincular"] == ["Muni de aquí"]
    assert textos["Capacitaciones por publicar"] == ["Borrador de Cusco"]


def test_comunicaciones_ve_en_que_va_el_boletin(inicio, comunicaciones, cusco):
    def detalle():
        [linea] = {a.titulo: a.lineas for a in asuntos_de(comunicaciones)}["Boletín"]
        return linea.detalle

    assert "Boletín" not in textos_de(comunicaciones)
    pagina = BoletinPage(anio=HOY.year, mes=HOY.month, editorial="x", live=False)
    BoletinesIndexPage.objects.get().add_child(instance=pagina)
    assert detalle() == "En borrador: falta enviarla a aprobar"

    pagina.save_revision(user=comunicaciones)
    pagina.get_workflow().start(pagina, comunicaciones)
    assert detalle() == "Espera la aprobación de la OGAUC"

    BoletinPage.objects.update(live=True)
    assert detalle() == "Publicada: falta remitirla a los centros"

    edicion = Edicion.objects.create(anio=HOY.year, mes=HOY.month)
    Remision.objects.create(edicion=edicion, centro=cusco)
    assert "Boletín" not in textos_de(comunicaciones)  # Cusco aún no tiene a quién difundirla
    SuscriptorFactory(centro=cusco)
    assert detalle() == "1 centro aún no la difunde"
    SuscriptorFactory()
    assert "Falta difundirla a los suscriptores sin centro" in [
        linea.detalle for a in asuntos_de(comunicaciones) if a.titulo == "Boletín" for linea in a.lineas
    ]


def test_la_coordinadora_difunde_la_de_su_centro_y_no_ve_la_de_otro(coordinadora, cusco, arequipa):
    edicion = Edicion.objects.create(anio=2026, mes=10)
    for centro in (cusco, arequipa):
        Remision.objects.create(edicion=edicion, centro=centro)
        SuscriptorFactory.create_batch(2, centro=centro)
    texto = "Difunda el boletín de octubre de 2026 a los 2 usuarios de CONECTAMEF Cusco"
    assert textos_de(coordinadora)["Boletín por difundir"] == [texto]
    assert "Boletín por difundir" not in textos_de(personas.especialista_de_cusco())

    Remision.objects.update(difundida_en=timezone.now())
    assert "Boletín por difundir" not in textos_de(coordinadora)


def test_la_ogauc_ve_lo_que_espera_su_aprobacion(inicio, comunicaciones, ogauc):
    pagina = BoletinPage(anio=HOY.year, mes=HOY.month, editorial="x", live=False)
    BoletinesIndexPage.objects.get().add_child(instance=pagina)
    assert "Boletín por aprobar" not in textos_de(ogauc)
    pagina.save_revision(user=comunicaciones)
    pagina.get_workflow().start(pagina, comunicaciones)
    assert textos_de(ogauc)["Boletín por aprobar"] == [pagina.title]
    assert "Boletín por aprobar" not in textos_de(comunicaciones)


def test_lo_dudoso_del_correo_va_primero_a_quien_lo_decide(inicio, comunicaciones, coordinadora):
    envio = Envio.objects.create(clave="x", asunto="Edición", texto="x", es_masivo=True)
    Entrega.objects.create(envio=envio, clave="a", direccion="a@b.example", estado=Entrega.Estado.DUDOSA)

    assert asuntos_de(comunicaciones)[0].titulo == "Correos que no se sabe si llegaron"
    assert "Correos que no se sabe si llegaron" not in textos_de(coordinadora)


def test_se_muestran_cinco_y_el_resto_detras_de_un_enlace(coordinadora, cusco):
    for numero in range(7):
        CapacitacionFactory(titulo=f"Borrador {numero}", centro=cusco, estado="borrador")

    [asunto] = [a for a in asuntos_de(coordinadora) if a.titulo == "Capacitaciones por publicar"]

    assert len(asunto.lineas) == 5
    assert asunto.url.endswith("?estado__exact=borrador")


@pytest.fixture
def de_todo(inicio, cusco):
    """Algo pendiente de cada clase en Cusco."""
    CapacitacionFactory(titulo="Pronto", centro=cusco, dias=2)
    CapacitacionFactory(titulo="Pasada", centro=cusco, dias=-2)
    CapacitacionFactory(titulo="Borrador", centro=cusco, estado="borrador")
    futura = CapacitacionFactory(titulo="Otra", centro=cusco, dias=5)
    InscripcionFactory(capacitacion=futura, entidad=None, entidad_texto="Muni nueva")
    ayer = HOY - dt.timedelta(days=40)
    pagina = BoletinPage(anio=ayer.year, mes=ayer.month, editorial="x")
    BoletinesIndexPage.objects.get().add_child(instance=pagina)
    SuscriptorFactory()
    for numero in range(7):
        envio = Envio.objects.create(clave=f"m{numero}", asunto="Masivo", texto="x", es_masivo=True)
        Entrega.objects.create(envio=envio, clave="a", direccion="a@b.example", estado=Entrega.Estado.DUDOSA)


@pytest.mark.parametrize("rol", [Rol.COORDINADOR, Rol.ASISTENTE, Rol.OGAUC, Rol.COMUNICACIONES, Rol.ADMINISTRADOR])
def test_cada_enlace_de_la_bandeja_abre(client, de_todo, cusco, rol):
    usuario = personas.con_rol("alguien", rol, centro=cusco if rol in {Rol.COORDINADOR, Rol.ASISTENTE} else None)
    client.force_login(usuario)

    asuntos = asuntos_de(usuario)
    enlaces = {linea.url for asunto in asuntos for linea in asunto.lineas} | {a.url for a in asuntos if a.url}

    assert enlaces
    assert {url: client.get(url).status_code for url in enlaces} == dict.fromkeys(enlaces, 200)


def test_la_portada_de_la_intranet_gasta_pocas_consultas(client, de_todo, ogauc, django_assert_max_num_queries):
    client.force_login(ogauc)
    client.get("/intranet/")
    with django_assert_max_num_queries(MAX_CONSULTAS):
        assert "Pronto" in client.get("/intranet/").content.decode()


@pytest.mark.parametrize("rol", [Rol.OGARH, Rol.ALIADO, Rol.ODP])
def test_sin_pendientes_hay_un_texto_que_ayuda(client, inicio, rol):
    client.force_login(personas.con_rol("alguien", rol))

    assert "No tiene pendientes" in client.get("/intranet/").content.decode()


def test_sin_pendientes_quien_programa_encuentra_por_donde_empezar(client, inicio, comunicaciones, cusco):
    asistente = personas.asistente_de_cusco()
    este = HOY.replace(day=1)
    for mes in (este, mes_siguiente(este)):
        ProgramaMensual.objects.create(centro=cusco, anio=mes.year, mes=mes.month)
    enlace = 'href="/intranet/capacitaciones/nueva/"'
    for usuario, lo_ve in ((asistente, True), (comunicaciones, False)):
        client.force_login(usuario)
        assert (enlace in client.get("/intranet/").content.decode()) is lo_ve
