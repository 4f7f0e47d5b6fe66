"""Caminos de lado que se cerraron: lo que un rol, un aparato o un documento ajeno no alcanza."""

import io
import json

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from comun.registros import periodicas
from comun.validadores import validar_sin_control
from correo.models import Entrega
from custodia.archivos import guardar_archivo
from eventos.actions import cierre
from eventos.actions.bloque import mover_en_bloque
from eventos.actions.cierre import CambioMientrasSeArmaba, cerrar
from eventos.actions.entidades import que_escribieron_lo_mismo
from eventos.archivos import validar_material
from eventos.enlaces import token_de
from eventos.mesa.forms import leer_lote
from eventos.models import ActividadPrograma, FirmaEnPantalla, Inscripcion, Motivo, Prueba, Validacion
from eventos.periodicas import vigilar_validaciones
from organizacion.actions import asignar_rol
from organizacion.models import Organo, Rol
from tests import personas
from tests.eventos.intranet.ayudas import completa, de_hoy
from tests.eventos.intranet.realizadas import escanear, por_cerrar, realizada, un_pdf
from tests.fabricas import (
    AsistenciaFactory,
    InscripcionFactory,
    MaterialFactory,
    OrganoFactory,
    PersonaFactory,
    PruebaFactory,
    SistemaFactory,
)

pytestmark = pytest.mark.django_db
DE_PRESUPUESTO = "presupuesto"


def entra(usuario) -> Client:
    cliente = Client()
    cliente.force_login(usuario)
    return cliente


def url(ruta, *llaves):
    return reverse(f"eventos_intranet:{ruta}", args=llaves)


def test_quien_escribio_un_documento_ajeno_no_recibe_el_enlace_de_su_dueno(coordinadora):
    una = completa(titulo="Curso A")
    otra = completa(titulo="Curso B", modalidad="virtual", enlace_virtual="https://reunion.example/reservada")
    persona = PersonaFactory()
    duena = InscripcionFactory(capacitacion=otra, persona=persona, correo="duena@muni.example")
    InscripcionFactory(capacitacion=una, persona=persona, correo="otro@muni.example")

    elegidas = {una.pk: una.secuencia, otra.pk: otra.secuencia}
    mover_en_bloque(elegidas=elegidas, dias=1, motivo=Motivo.FUERZA_MAYOR, por=coordinadora)

    entregas = {entrega.direccion: entrega for entrega in Entrega.objects.select_related("envio")}
    assert set(entregas) == {"duena@muni.example", "otro@muni.example"}
    ajena = entregas["otro@muni.example"]
    todo = f"{ajena.envio.texto} {ajena.envio.html} {ajena.url_baja}"
    assert token_de(duena) not in todo
    assert "reservada" not in todo


def test_el_informe_con_cinco_encuestas_se_abre(coordinadora):
    capacitacion = realizada(encuestas=5, por=coordinadora)
    assert entra(coordinadora).get(url("informe", capacitacion.pk)).status_code == 200


def test_el_responsable_de_otro_sistema_no_ve_la_prueba_ni_sus_notas(cusco):
    tesoreria = SistemaFactory(slug="tesoreria", nombre="Tesorería")
    capacitacion = realizada()
    capacitacion.sistemas.set([tesoreria, SistemaFactory()])
    ajena = PruebaFactory(capacitacion=capacitacion, sistema=tesoreria)
    responsable = personas.responsable_de_presupuesto()
    assert not Prueba.objects.para(responsable).filter(pk=ajena.pk).exists()
    assert entra(responsable).get(url("notas", ajena.pk)).status_code == 404


def test_el_aliado_no_baja_en_la_carpeta_el_material_que_aun_no_se_publica(cusco):
    organo = OrganoFactory(sigla="OSCE", tipo=Organo.Tipo.ALIADO)
    capacitacion = completa(aliado=organo)
    material = MaterialFactory(capacitacion=capacitacion, archivo=SimpleUploadedFile("a.pdf", un_pdf(3)))
    aliado = entra(personas.con_rol("aliado", Rol.ALIADO, organo=organo))
    assert aliado.get(url("panel", capacitacion.pk)).status_code == 200
    assert aliado.get(url("carpeta", capacitacion.pk)).status_code == 403
    pedido = aliado.get(url("carpeta-pdf", capacitacion.pk), {"parte": f"material-{material.pk}"})
    assert pedido.status_code == 403


def test_la_firma_con_el_dedo_solo_la_mira_quien_maneja_las_mesas(cusco, coordinadora):
    capacitacion = realizada(participantes=0)
    asistencia = AsistenciaFactory(inscripcion=InscripcionFactory(capacitacion=capacitacion))
    trazo = io.BytesIO()
    Image.new("L", (20, 10), 255).save(trazo, "PNG")
    archivo = guardar_archivo(contenido=trazo.getvalue(), nombre="f.png", tipo="image/png", finalidad="firma")
    FirmaEnPantalla.objects.create(asistencia=asistencia, firmada_en=timezone.now(), archivo=archivo)
    administrativo = personas.con_rol("administrativo", Rol.COORDINADOR_ADMINISTRATIVO, centro=cusco)
    assert entra(administrativo).get(url("firma-en-pantalla", asistencia.pk)).status_code == 403
    permitida = entra(coordinadora).get(url("firma-en-pantalla", asistencia.pk))
    assert permitida.status_code == 200
    permitida.close()


def test_el_responsable_tecnico_no_baja_el_registro_firmado_por_el_expediente(coordinadora):
    capacitacion = por_cerrar(coordinadora)
    capacitacion.sistemas.set([SistemaFactory()])
    escaneo = escanear(capacitacion.sesiones.first(), coordinadora)
    responsable = entra(personas.responsable_de_presupuesto())
    assert responsable.get(url("escaneo", escaneo.pk)).status_code == 403
    assert responsable.get(url("expediente", capacitacion.pk)).status_code == 403
    parte = url("expediente-parte", capacitacion.pk, f"6-escaneo-{escaneo.pk}")
    assert responsable.get(parte).status_code == 403


@pytest.mark.parametrize("ruta", ["invitados", "invitados-xlsx", "llamadas", "llamadas-xlsx", "vistos-buenos-pdf"])
def test_una_encargatura_de_responsable_no_abre_a_las_personas_de_otro_centro(coordinadora, arequipa, ruta):
    """Los permisos de un rol no se juntan con el alcance de otro."""
    asignar_rol(usuario=coordinadora, rol=Rol.RESPONSABLE_TECNICO, sistema=SistemaFactory())
    coordinadora = type(coordinadora).objects.get(pk=coordinadora.pk)
    ajena, propia = completa(centro=arequipa), completa()
    cliente = entra(coordinadora)
    assert cliente.get(url("panel", ajena.pk)).status_code == 200
    assert cliente.get(url(ruta, ajena.pk)).status_code == 404
    assert cliente.get(url(ruta, propia.pk)).status_code in {200, 302}


def test_vincular_una_entidad_deja_fuera_las_de_expedientes_cerrados(coordinadora):
    escrita = {"entidad": None, "entidad_texto": "Muni de Anta"}
    abierta = InscripcionFactory(capacitacion=completa(), **escrita)
    cerrada = InscripcionFactory(capacitacion=completa(cerrada_en=timezone.now()), **escrita)
    assert que_escribieron_lo_mismo(abierta, Inscripcion.objects.all()) == [abierta]
    assert cerrada.entidad is None


@pytest.mark.parametrize("que", ["nombre", "actividad"])
def test_si_se_corrige_algo_mientras_se_arma_no_se_cierra(coordinadora, monkeypatch, que):
    capacitacion = por_cerrar(coordinadora)
    armar = cierre._armar

    def armar_y_corregir(*datos):
        armado = armar(*datos)
        if que == "nombre":
            capacitacion.inscripciones.update(nombres="Otra")
        else:
            ActividadPrograma.objects.filter(sesion__capacitacion=capacitacion).update(actividad="Otra")
        return armado

    monkeypatch.setattr(cierre, "_armar", armar_y_corregir)
    with pytest.raises(CambioMientrasSeArmaba):
        cerrar(capacitacion=capacitacion, por=coordinadora)


@pytest.mark.parametrize("reloj", [5, True, {}, None])
def test_un_lote_de_la_mesa_con_un_reloj_que_no_es_texto_se_rechaza_sin_fallar(reloj):
    with pytest.raises(ValidationError):
        leer_lote(json.dumps({"reloj": reloj, "operaciones": []}).encode(), de_hoy())


def test_la_mitad_suelta_de_un_caracter_no_es_un_nombre():
    with pytest.raises(ValidationError):
        validar_sin_control("Rosa \ud800")


def test_una_cerrada_no_cambia_ni_con_las_tareas_de_cada_minuto(monkeypatch):
    monkeypatch.setattr("eventos.periodicas.DESDE", timezone.datetime.min.time())
    monkeypatch.setattr("eventos.periodicas.HASTA", timezone.datetime.max.time())
    capacitacion = completa(dias=0, cerrada_en=timezone.now())
    validacion = Validacion.objects.create(capacitacion=capacitacion, sistema=SistemaFactory())
    vigilar_validaciones()
    validacion.refresh_from_db()
    assert validacion.vence_el is None
    assert not Entrega.objects.exists()


def codigo_en(donde) -> bytes:
    """Un PDF cuyo código cuelga de otra acción, o de un marcador."""
    escritor = PdfWriter()
    escritor.add_blank_page(200, 200)
    codigo = DictionaryObject(
        {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert(1)")}
    )
    if donde == "otra acción":
        inicio = {NameObject("/S"): NameObject("/Named"), NameObject("/N"): NameObject("/FirstPage")}
        escritor._root_object[NameObject("/OpenAction")] = DictionaryObject(inicio | {NameObject("/Next"): codigo})
    else:
        marcador = escritor.add_outline_item(title="Inicio", page_number=0).get_object()
        marcador.pop("/Dest", None)
        marcador[NameObject("/A")] = codigo
    salida = io.BytesIO()
    escritor.write(salida)
    return salida.getvalue()


@pytest.mark.parametrize("donde", ["otra acción", "un marcador"])
def test_un_material_con_codigo_escondido_se_rechaza(donde):
    with pytest.raises(ValidationError, match="código"):
        validar_material(SimpleUploadedFile("a.pdf", codigo_en(donde)))
    validar_material(SimpleUploadedFile("a.pdf", un_pdf(1)))


def test_todo_lo_que_se_hace_solo_esta_anotado():
    """Una función que perdió su anotación no corre nunca, y nadie se entera."""
    nombres = {funcion.__name__ for funcion in periodicas}
    assert nombres >= {
        *("vencer_ofertas", "recordar_capacitaciones", "preparar_convocatorias", "vigilar_validaciones"),
        *("enviar_enlaces_de_asistencia",),
    }
