"""La copia de los datos de una persona: todo lo suyo y nada de un vecino (canarios)."""

import datetime as dt
import io
import json
import zipfile

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from axes.models import AccessAttempt
from django.urls import reverse
from django.utils import timezone

from acceso.models import TextoSalvado
from custodia.actions import aviso_vigente
from custodia.actions.derechos import NoProcede
from custodia.actions.efectos import preparar_paquete
from custodia.derechos import efectos_de_cancelar
from custodia.models import ArchivoPrivado, Huella, SolicitudDeDerechos
from custodia.paquete import armar
from directorio.models import Campania, Operador, Pedido, Propuesta
from eventos.models import Convocatoria, Invitacion
from tests.custodia.derechos import oficial, solicitud, verificada
from tests.fabricas import (
    AsistenciaFactory,
    CapacitacionFactory,
    ExpositorFactory,
    InscripcionFactory,
    OperadorFactory,
    PersonaFactory,
    PersonalFactory,
    PreguntaFactory,
    SolicitudFactory,
    SuscriptorFactory,
    UsuarioFactory,
)

pytestmark = pytest.mark.django_db

BUZON = "mesa@muni.example"  # lo comparten las dos
CANARIO = "Vecino Canario"


@pytest.fixture
def odp():
    return oficial()


@pytest.fixture
def poblado():
    """Rosa con de todo, y un vecino que comparte su buzón y su capacitación."""
    rosa = PersonaFactory(numero_documento="40123456", nombres="Rosa", apellidos="Quispe Mamani")
    suya = InscripcionFactory(persona=rosa, nombres="Rosa", apellidos="Quispe Mamani", correo=BUZON, cargo="=1+1")
    AsistenciaFactory(inscripcion=suya)
    OperadorFactory(persona=rosa, nombres="Rosa", apellidos="Quispe Mamani", correo=BUZON, telefono="984000111")
    PreguntaFactory(nombre="Rosa Quispe Mamani", correo=BUZON, texto="¿Cuándo es el taller?")
    SuscriptorFactory(correo="rosa@muni.example")
    vecino = PersonaFactory(numero_documento="70999888", nombres="Vecino", apellidos="Canario")
    ajena = InscripcionFactory(
        capacitacion=suya.capacitacion, persona=vecino, nombres="Vecino", apellidos="Canario", correo=BUZON
    )
    AsistenciaFactory(inscripcion=ajena)
    OperadorFactory(persona=vecino, nombres="Vecino", apellidos="Canario", correo=BUZON)
    PreguntaFactory(nombre=CANARIO, correo=BUZON, texto="Pregunta del canario")
    SuscriptorFactory(correo="vecino@muni.example", nombre=CANARIO)


def invitacion(operador, nombre):
    capacitacion = CapacitacionFactory(centro=operador.entidad.centro)
    convocatoria = Convocatoria.objects.create(capacitacion=capacitacion, anticipacion=10)
    return Invitacion.objects.create(
        capacitacion=capacitacion,
        convocatoria=convocatoria,
        operador=operador,
        entidad=operador.entidad,
        nombre=nombre,
        correo=operador.correo,
    )


def abrir(contenido):
    with zipfile.ZipFile(io.BytesIO(contenido)) as paquete:
        return {nombre: paquete.read(nombre) for nombre in paquete.namelist()}


def tablas(contenido) -> dict:
    return {t["tabla"]: t["filas"] for t in json.loads(abrir(contenido)["datos.json"])["datos"]}


def test_lleva_todo_lo_suyo_en_json_y_en_csv(poblado, odp):
    contenido, cuentas = armar(verificada(correos=f"{BUZON} rosa@muni.example", por=odp).titular)
    suyas = tablas(contenido)
    assert {"Persona", "Inscripciones", "Asistencias", "Operador en el directorio", "Preguntas", "Suscripción"} <= set(
        suyas
    )
    assert suyas["Persona"][0]["número de documento"] == "40123456"
    archivos = abrir(contenido)
    assert any(nombre.endswith("inscripciones.csv") for nombre in archivos)
    assert b"SHA" not in archivos["LEEME.txt"]
    assert cuentas["filas"] == sum(map(len, suyas.values()))


def test_quien_tiene_cuenta_recibe_sus_sesiones_y_factores_pero_no_sus_secretos(odp):
    rosa = PersonaFactory(numero_documento="40123456", nombres="Rosa", apellidos="Quispe Mamani")
    usuaria = UsuarioFactory(username="Rosa.Q")
    AccessAttempt.objects.create(username="rosa.q", ip_address="192.0.2.8", failures_since_start=1)
    PersonalFactory(persona=rosa, nombres="Rosa", apellidos="Quispe Mamani", usuario=usuaria)
    UserSession.objects.create(user=usuaria, session_key="llave-de-sesion", ip="192.0.2.7", user_agent="Firefox")
    Authenticator.objects.create(user=usuaria, type=Authenticator.Type.TOTP, data={"secret": "secreto-del-factor"})
    TextoSalvado.objects.create(usuario=usuaria, ruta="/intranet/medio/", datos=[["nombre", "De otra persona"]])
    contenido, _ = armar(verificada(por=odp).titular)
    suyas = tablas(contenido)
    assert suyas["Sesiones abiertas"][0]["IP"] == "192.0.2.7"
    assert suyas["Segundo factor"][0]["Cuál"] == "Aplicación de códigos"
    assert suyas["Intentos fallidos de entrar"][0]["IP"] == "192.0.2.8"
    assert suyas["Textos salvados"][0]["Formulario"] == "/intranet/medio/"
    todo = b"".join(abrir(contenido).values()).decode()
    assert not [secreto for secreto in ("llave-de-sesion", "secreto-del-factor", "De otra persona") if secreto in todo]


def test_lleva_lo_que_se_le_pidio_y_lo_que_se_propuso_cambiar(poblado, odp):
    operadora = Operador.objects.get(apellidos="Quispe Mamani")
    campania = Campania.objects.create(nombre="Nuevas autoridades", motivo="Cambio", vence_el=timezone.localdate())
    de_ella = {"entidad": operadora.entidad, "operador": operadora}
    pedido = Pedido.objects.create(campania=campania, centro=operadora.entidad.centro, correo=BUZON, **de_ella)
    Propuesta.objects.create(
        pedido=pedido, clase="cambio", sobre="operador", campo="telefono", despues="984", **de_ella
    )
    suyas = tablas(armar(verificada(por=odp).titular)[0])
    assert suyas["Pedidos de actualizar sus datos"][0]["correo al que se pidió"] == BUZON
    assert suyas["Cambios propuestos"][0]["después"] == "984"


def test_no_lleva_nada_del_vecino_que_comparte_el_buzon(poblado, odp):
    contenido, _ = armar(verificada(correos=f"{BUZON} rosa@muni.example", por=odp).titular)
    todo = b"".join(abrir(contenido).values()).decode()
    for canario in ("Canario", "Vecino", "70999888", "vecino@muni.example", "Pregunta del canario"):
        assert canario not in todo, canario
    assert "Rosa" in todo


def test_quien_comparte_buzon_y_nombre_pero_lleva_otro_documento_es_otra_persona(odp):
    de_otra = {"persona": PersonaFactory(numero_documento="45678901"), "correo": BUZON}
    suyo = {"nombres": "Juan Carlos", "apellidos": "Quispe Mamani"}
    operador = OperadorFactory(**de_otra, **suyo)
    PersonalFactory(**de_otra, **suyo)
    # Se unió a la que lleva el documento: alguien dijo que era la misma persona.
    OperadorFactory(nombres="Juan", apellidos="Quispe", correo=BUZON, fusionado_en=operador, esta_activo=False)
    invitacion(operador, "Juan Carlos Quispe Mamani")
    una = verificada("cancelacion", por=odp, correos=BUZON, nombres="Juan", apellidos="Quispe")
    contenido, _ = armar(una.titular)
    assert not {"Operador en el directorio", "Personal de los centros", "Invitaciones"} & set(tablas(contenido))
    assert b"Mamani" not in b"".join(abrir(contenido).values())
    assert {efecto.clave for efecto in efectos_de_cancelar(una)} == {"supresion"}


def test_la_fila_sin_documento_que_lleva_su_nombre_y_su_correo_si_es_suya(odp):
    operador = OperadorFactory(nombres="Rosa María", apellidos="Quispe Mamani", correo=BUZON)
    invitacion(operador, "Rosa María Quispe Mamani")
    suyas = tablas(armar(verificada(por=odp, correos=BUZON).titular)[0])
    assert {"Operador en el directorio", "Invitaciones"} <= set(suyas)


def test_sin_correos_confirmados_no_se_sigue_ningun_correo(poblado, odp):
    contenido, _ = armar(verificada(correos="", por=odp).titular)
    assert "Inscripciones" in tablas(contenido)
    assert not {"Preguntas", "Suscripción"} & set(tablas(contenido))


def test_el_correo_escrito_con_mayusculas_tambien_es_suyo(odp):
    con_mayusculas = {"correo": "Rosa@Muni.Example"}
    PreguntaFactory(nombre="Rosa Quispe Mamani", **con_mayusculas)
    SolicitudFactory(contacto="Rosa Quispe Mamani", **con_mayusculas)
    for fabrica in (OperadorFactory, PersonalFactory):
        fabrica(nombres="Rosa", apellidos="Quispe Mamani", **con_mayusculas)
    una = verificada("cancelacion", por=odp, correos="ROSA@muni.example")
    suyas = {"Preguntas", "Solicitudes de capacitación", "Operador en el directorio", "Personal de los centros"}
    assert suyas <= set(tablas(armar(una.titular)[0]))
    assert {"pregunta", "solicitud", "operador_activo", "personal"} <= {e.clave for e in efectos_de_cancelar(una)}


def test_quien_trabaja_en_un_centro_recibe_sus_exposiciones_aunque_su_ficha_no_tenga_documento(odp):
    suya = PersonalFactory(persona=None, nombres="Rosa", apellidos="Quispe Mamani", correo="rosa@muni.example")
    ExpositorFactory(personal=suya, nombre="Rosa Quispe", tema="Cierre contable")
    assert tablas(armar(verificada(por=odp).titular)[0])["Exposiciones"][0]["tema"] == "Cierre contable"


def test_las_formulas_no_se_ejecutan_en_la_hoja_de_calculo(poblado, odp):
    contenido, _ = armar(verificada(por=odp).titular)
    csv = next(c for n, c in abrir(contenido).items() if n.endswith("inscripciones.csv")).decode()
    assert "'=1+1" in csv


def test_lleva_lo_que_dio_en_la_solicitud_misma(odp):
    una = verificada(por=odp, representante="Luis Ccori Huamán")
    suya = tablas(armar(una.titular)[0])["Solicitudes sobre datos personales"][0]
    dado = {una.numero_documento, una.nombres, una.apellidos, una.correo, una.telefono, una.representante, una.pedido}
    assert dado <= set(suya.values())


def test_se_prepara_se_descarga_y_cada_descarga_queda_anotada(client, odp, poblado):
    client.force_login(odp)
    una = verificada(por=odp)
    client.post(reverse("custodia_paquete_preparar", args=[una.pk]))
    respuesta = client.get(reverse("custodia_paquete", args=[una.pk]))
    assert abrir(b"".join(respuesta.streaming_content))["datos.json"]
    assert "no-store" in respuesta["Cache-Control"]
    assert una.pasos.filter(que="Copia de los datos descargada").count() == 1
    huella = Huella.objects.filter(accion="solicitud sobre datos: copia de los datos preparada").get()
    assert huella.detalle["filas"] >= 3


def test_vencida_ya_no_se_entrega(client, odp):
    client.force_login(odp)
    una = preparar_paquete(solicitud=verificada(por=odp), por=odp)
    SolicitudDeDerechos.objects.update(paquete_hasta=timezone.localdate() - dt.timedelta(days=1))
    assert client.get(reverse("custodia_paquete", args=[una.pk])).status_code == 404


def test_la_recoge_en_su_centro_y_no_en_otro(client, odp, coordinadora):
    una = preparar_paquete(solicitud=verificada(por=odp, centro=coordinadora.centro), por=odp)
    client.force_login(coordinadora)
    respuesta = client.get(reverse("custodia_paquete", args=[una.pk]))
    assert b"".join(respuesta.streaming_content).startswith(b"PK")


def test_sin_identidad_verificada_no_hay_copia(odp):
    with pytest.raises(NoProcede):
        preparar_paquete(solicitud=solicitud(), por=odp)
    assert not ArchivoPrivado.objects.exists()


def test_prepararla_otra_vez_reemplaza_a_la_anterior(odp, django_capture_on_commit_callbacks):
    una = verificada(por=odp)
    with django_capture_on_commit_callbacks(execute=True):
        primera = preparar_paquete(solicitud=una, por=odp).paquete
        preparar_paquete(solicitud=una, por=odp)
    assert ArchivoPrivado.objects.count() == 1
    assert not primera.archivo.storage.exists(primera.archivo.name)


def test_la_del_vecino_es_suya_y_no_de_rosa(poblado, odp):
    ajena = verificada(por=odp, numero_documento="70999888", nombres="Vecino", apellidos="Canario", correos=BUZON)
    suyas = tablas(armar(ajena.titular)[0])
    assert [fila["pregunta"] for fila in suyas["Preguntas"]] == ["Pregunta del canario"]
    assert aviso_vigente("derechos").version == 1
