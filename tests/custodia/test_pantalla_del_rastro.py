"""Quién ve el rastro, cómo busca en él y qué no se le escapa por la dirección."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from custodia.actions import anotar
from custodia.cadena import encadenar_pendientes
from custodia.models import Huella
from eventos.actions.inscripcion import anular
from organizacion.models import ROLES_DE_CENTRO, ROLES_DE_SISTEMA, Rol
from tests import personas
from tests.custodia.derechos import solicitud
from tests.custodia.motivo import PARA_ALGO
from tests.custodia.rastro import a_escondidas
from tests.fabricas import (
    AsistenciaFactory,
    InscripcionFactory,
    OperadorFactory,
    PersonaFactory,
    PersonalFactory,
    SistemaFactory,
    SuscriptorFactory,
    UsuarioFactory,
)

pytestmark = pytest.mark.django_db

RASTRO = "custodia_rastro"
PANTALLAS = ("custodia_rastro", "custodia_buscar_persona", "custodia_exportar", "custodia_datos_personales")


@pytest.fixture
def odp():
    return personas.con_rol("odp", Rol.ODP)


@pytest.fixture
def cliente(client, odp):
    client.force_login(odp)
    return client


def acciones(respuesta) -> list[str]:
    return [fila["huella"].accion for fila in respuesta.context["filas"]]


@pytest.mark.parametrize("rol", Rol.values)
def test_solo_lo_ven_el_odp_la_ogauc_y_el_administrador(client, rol):
    centro = personas.cusco() if rol in ROLES_DE_CENTRO else None
    sistema = SistemaFactory() if rol in ROLES_DE_SISTEMA else None
    alguien = personas.con_rol("alguien", rol, centro=centro, sistema=sistema)
    client.force_login(alguien)
    huella = anotar(accion="publicar")
    urls = [*map(reverse, PANTALLAS), reverse("custodia_huella", args=[huella.pk])]
    vistas = {client.get(url).status_code == 200 for url in urls}
    assert vistas == {rol in (Rol.ODP, Rol.OGAUC, Rol.ADMINISTRADOR)}


def test_quien_no_entro_no_lo_ve(client):
    for pantalla in PANTALLAS:
        assert client.get(reverse(pantalla)).status_code == 302


def test_se_busca_por_usuario_por_accion_por_motivo_y_por_fechas(cliente, coordinadora):
    coordinadora.first_name, coordinadora.last_name = "Ana", "Quispe"
    coordinadora.save()
    anotar(accion="publicar", por=coordinadora)
    vieja = anotar(accion="cancelar", motivo="Llovió")
    a_escondidas(
        "UPDATE custodia_huella SET ocurrida_en = %s WHERE id = %s", timezone.now() - dt.timedelta(days=9), vieja.pk
    )
    hoy = timezone.localdate().isoformat()
    for filtro, esperadas in (
        ({"usuario": "ana quispe"}, ["publicar"]),
        ({"usuario": "coordinadora.cusco"}, ["publicar"]),
        ({"accion": "CANCEL"}, ["cancelar"]),
        ({"motivo": "llovió"}, ["cancelar"]),
        ({"desde": hoy}, ["publicar"]),
        ({"hasta": "2000-01-01"}, []),
        ({}, ["publicar", "cancelar"]),
    ):
        assert acciones(cliente.get(reverse(RASTRO), filtro)) == esperadas, filtro


def test_se_busca_a_una_persona_sin_que_quede_en_la_direccion(cliente):
    persona = PersonaFactory(apellidos="Mamani Huanca", nombres="Rosa", numero_documento="40123456")
    for texto in ("mamani", "40123456"):
        respuesta = cliente.post(reverse("custodia_buscar_persona"), {"texto": texto})
        assert "Mamani Huanca, Rosa" in respuesta.text
        assert "****3456" in respuesta.text
        assert f"?de=persona-{persona.pk}" in respuesta.text
    assert "40123456" not in respuesta.text.replace('value="40123456"', "")
    huella = Huella.objects.filter(accion="buscar a una persona en el rastro").latest("pk")
    assert huella.detalle == {"coincidencias": 1}


def test_de_una_persona_sale_lo_de_sus_inscripciones_y_nada_ajeno(cliente, coordinadora):
    inscripcion, ajena = InscripcionFactory(), InscripcionFactory()
    anular(inscripcion=inscripcion, motivo="Lo pidió", por=coordinadora)
    asistencia = AsistenciaFactory(inscripcion=inscripcion)
    anular(inscripcion=ajena, motivo="Lo pidió", por=coordinadora)
    anotar(accion="ver firma en pantalla", objeto=asistencia)
    anotar(accion="registrar asistencia", objeto=asistencia.sesion)
    anotar(accion="poner visto bueno", objeto=inscripcion.capacitacion, detalle={"inscripcion": inscripcion.codigo})
    anotar(accion="poner visto bueno", objeto=ajena.capacitacion, detalle={"inscripcion": ajena.codigo})
    respuesta = cliente.get(reverse(RASTRO), {"de": f"persona-{inscripcion.persona_id}"})
    assert sorted(acciones(respuesta)) == [
        "anular inscripción",
        "poner visto bueno",
        "registrar asistencia",
        "ver firma en pantalla",
    ]
    assert str(ajena.pk) not in [f["huella"].objeto for f in respuesta.context["filas"] if "inscrip" in f["sobre"]]


def test_de_un_operador_sale_lo_suyo(cliente):
    operador = OperadorFactory()
    anotar(accion="editar", objeto=operador)
    anotar(accion="editar", objeto=OperadorFactory())
    respuesta = cliente.get(reverse(RASTRO), {"de": f"operador-{operador.pk}"})
    assert [f["huella"].objeto for f in respuesta.context["filas"]] == [str(operador.pk)]


def test_de_quien_trabaja_sale_lo_de_su_ficha_lo_de_su_cuenta_y_lo_de_sus_roles(cliente, coordinadora):
    suya = PersonalFactory(nombres="Ana", apellidos="Huillca", usuario=coordinadora)
    otra = UsuarioFactory(username="vecina")
    anotar(accion="dar acceso", objeto=suya)
    anotar(accion="restablecer segundo factor", objeto=coordinadora)
    anotar(accion="encargar rol", objeto=coordinadora.asignaciones.get())
    anotar(accion="desbloquear", objeto=otra)
    pagina = cliente.post(reverse("custodia_buscar_persona"), {"texto": "huillca"}).text
    assert f"?de=personal-{suya.pk}" in pagina
    for referencia in (f"personal-{suya.pk}", f"usuario-{coordinadora.pk}"):
        respuesta = cliente.get(reverse(RASTRO), {"de": referencia})
        assert sorted(acciones(respuesta)) == ["dar acceso", "encargar rol", "restablecer segundo factor"], referencia


def test_la_cuenta_que_no_es_de_nadie_del_personal_se_halla_por_su_nombre(cliente):
    cuenta = UsuarioFactory(username="adm", first_name="Inés", last_name="Tapia", email="ines@mef.example")
    anotar(accion="desbloquear", objeto=cuenta)
    for texto in ("ines tapia", "ines@mef.example"):
        pagina = cliente.post(reverse("custodia_buscar_persona"), {"texto": texto}).text
        assert f"?de=usuario-{cuenta.pk}" in pagina, texto
    assert acciones(cliente.get(reverse(RASTRO), {"de": f"usuario-{cuenta.pk}"})) == ["desbloquear"]


def test_quien_solo_pidio_algo_sobre_sus_datos_se_halla_y_sale_lo_de_todas_sus_solicitudes(cliente):
    una, otra = solicitud(numero_documento="40999111"), solicitud("oposicion", numero_documento="40999111")
    solicitud(numero_documento="40999222")
    for texto in ("quispe mamani", "40999111"):
        pagina = cliente.post(reverse("custodia_buscar_persona"), {"texto": texto}).text
        assert f"?de=solicitud-{una.pk}" in pagina, texto
        assert f"Quispe Mamani, Rosa ({una.numero})" in pagina
    filas = cliente.get(reverse(RASTRO), {"de": f"solicitud-{una.pk}"}).context["filas"]
    assert {fila["huella"].objeto for fila in filas} == {str(una.pk), str(otra.pk)}


def test_de_un_documento_sale_lo_de_todas_sus_filas(cliente):
    persona = PersonaFactory(numero_documento="40999111")
    operador, una = OperadorFactory(persona=persona), solicitud(numero_documento="40999111")
    anotar(accion="editar", objeto=operador)
    anotar(accion="editar", objeto=OperadorFactory())
    respuesta = cliente.get(reverse(RASTRO), {"de": f"persona-{persona.pk}"})
    assert {(fila["huella"].modelo, fila["huella"].objeto) for fila in respuesta.context["filas"]} == {
        ("directorio.operador", str(operador.pk)),
        ("custodia.solicituddederechos", str(una.pk)),
    }


@pytest.mark.parametrize("referencia", ["persona-0", "persona-x", "nadie-1", "persona-" + "9" * 30, "²", "\x00", "-"])
def test_una_referencia_disparatada_no_falla_ni_muestra_todo(cliente, referencia):
    anotar(accion="publicar")
    assert acciones(cliente.get(reverse(RASTRO), {"de": referencia})) == []


@pytest.mark.parametrize(
    "filtro", ["desde=ayer", "desde=2026-02-30", "usuario=%00", "p=999", "p=x", "desde=2026-02-02&hasta=2026-01-01"]
)
def test_un_filtro_disparatado_no_falla(cliente, filtro):
    assert cliente.get(f"{reverse(RASTRO)}?{filtro}").status_code == 200


def test_una_huella_dice_quien_que_y_su_lugar_en_la_cadena(cliente, coordinadora):
    inscripcion = InscripcionFactory()
    huella = anotar(accion="anular inscripción", objeto=inscripcion, por=coordinadora, detalle={"campos": ["cargo"]})
    encadenar_pendientes()
    texto = cliente.get(reverse("custodia_huella", args=[huella.pk])).text
    for dicho in ("Anular inscripción", f"Inscripción {inscripcion.pk}", "Campos", "cargo", huella.eslabon.sha256):
        assert dicho in texto
    assert cliente.get(reverse("custodia_huella", args=[huella.pk + 99])).status_code == 404


def test_dice_como_se_llama_la_fila_sin_documentos_ni_correos_y_si_ya_no_esta_su_llave(cliente, coordinadora):
    persona = PersonaFactory(apellidos="Mamani Huanca", nombres="Rosa", numero_documento="40123456")
    una, suscriptor, borrada = solicitud(), SuscriptorFactory(correo="rosa@muni.example"), OperadorFactory()
    bloqueada = PersonaFactory(apellidos="Retirada", bloqueada_en=timezone.now())
    for objeto in (persona, coordinadora, suscriptor, borrada, bloqueada):
        anotar(accion="editar", objeto=objeto)
    llave = borrada.pk
    borrada.delete()
    sobre = [fila["sobre"] for fila in cliente.get(reverse(RASTRO)).context["filas"]]
    for dicho in (
        f"Persona {persona.pk}: Mamani Huanca, Rosa",
        f"Usuario {coordinadora.pk}: {coordinadora}",
        f"Solicitud sobre datos personales {una.pk}: {una.numero}",
        f"Suscriptor {suscriptor.pk}: [tapado]",
        f"Operador {llave}",
        f"Persona {bloqueada.pk}",
    ):
        assert dicho in sobre, dicho
    csv = cliente.post(reverse("custodia_exportar"), PARA_ALGO).content.decode("utf-8-sig")
    assert "Mamani Huanca, Rosa" in csv
    assert "40123456" not in csv


@pytest.mark.parametrize(
    ("modelo", "objeto"),
    [("organizacion.persona", "x"), ("organizacion.persona", "9" * 30), ("que.no", "1"), ("", "1")],
)
def test_una_huella_de_una_fila_disparatada_no_falla(cliente, modelo, objeto):
    Huella.objects.create(accion="editar", modelo=modelo, objeto=objeto)
    assert acciones(cliente.get(reverse(RASTRO))) == ["editar"]


def test_sin_usuario_se_distingue_a_la_web_del_portal(cliente, rf):
    anotar(accion="inscribir", request=rf.get("/"))
    anotar(accion="vencer oferta de cupo")
    texto = cliente.get(reverse(RASTRO)).text
    assert "Una persona, desde la web" in texto
    assert "El portal, solo" in texto


def test_se_exporta_lo_filtrado_con_motivo_y_huella(cliente, odp):
    anotar(accion="publicar", motivo="=HYPERLINK(1)")
    anotar(accion="cancelar")
    url = f"{reverse('custodia_exportar')}?accion=publicar"
    assert "¿Para qué" in cliente.get(url).text
    csv = cliente.post(url, PARA_ALGO).content.decode("utf-8-sig")
    assert len(csv.splitlines()) == 2
    assert "'=HYPERLINK(1)" in csv
    huella = Huella.objects.get(accion="exportar")
    assert (huella.usuario, huella.modelo, huella.motivo) == (odp, "custodia.huella", PARA_ALGO["motivo"])


def test_mas_huellas_no_hacen_mas_consultas(cliente, coordinadora, django_assert_max_num_queries):
    anotar(accion="publicar", por=coordinadora)
    anotar(accion="registrar asistencia", objeto=AsistenciaFactory())
    cliente.get(reverse(RASTRO))
    with django_assert_max_num_queries(30) as pocas:
        cliente.get(reverse(RASTRO))
    for _ in range(30):
        anotar(accion="publicar", por=coordinadora)
        anotar(accion="registrar asistencia", objeto=AsistenciaFactory())
    with django_assert_max_num_queries(len(pocas)):
        cliente.get(reverse(RASTRO))
