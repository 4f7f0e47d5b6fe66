"""El informe del evento (Anexo 8): se prellena, se completa, se consolida, se presenta y ya no se reescribe."""

import io

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from custodia.models import ArchivoPrivado, Huella
from eventos.actions.filas import Filas
from eventos.actions.informe import (
    DemasiadasFotos,
    FaltaParaPresentar,
    NoInforma,
    YaPresentado,
    entregar_parte,
    guardar_fotos,
    guardar_informe,
    presentar,
)
from eventos.documentos import anexo8, encuestas
from eventos.informe import diferencias, informe_de, propuesta_de
from eventos.models import Capacitacion, FotoDeInforme, Informe, ParteDeInforme
from eventos.models.informe import FOTOS
from intranet.bandeja import asuntos_de
from tests import personas
from tests.fabricas import (
    AsistenciaFactory,
    EntidadFactory,
    ExpositorFactory,
    InscripcionFactory,
    PersonalFactory,
    SistemaFactory,
)
from tests.pdf import exigir_en_orden, exigir_ua1, texto_de

from .ayudas import completa, filas
from .realizadas import con_informe, foto, realizada

pytestmark = pytest.mark.django_db
TEXTOS = dict.fromkeys(("objetivo", "metodologia", "publico", "resultados", "conclusiones"), "Escrito.")


def url(ruta, capacitacion):
    return reverse(f"eventos_intranet:{ruta}", args=[capacitacion.pk])


def de_varios_sistemas(por_quien=None, **cambios):
    """Dos sistemas; expone Julia, especialista de Cusco con su cuenta si se dice."""
    capacitacion = realizada(
        sistemas=[SistemaFactory(), SistemaFactory(slug="tesoreria", nombre="Tesorería")], **cambios
    )
    capacitacion.expositores.all().delete()
    julia = PersonalFactory(centro=capacitacion.centro, cargo="especialista", usuario=por_quien)
    return capacitacion, ExpositorFactory(capacitacion=capacitacion, personal=julia, nombre="Julia Huamán")


def test_se_prellena_con_lo_que_los_datos_ya_dicen(client, coordinadora):
    capacitacion = realizada(participantes=3)
    client.force_login(coordinadora)
    respuesta = client.get(url("informe", capacitacion))
    inicial = respuesta.context["form"]
    assert inicial["objetivo"].value() == "Cerrar el mes."
    assert inicial["metodologia"].value() == "Exposición y casos."
    assert inicial["publico"].value().startswith("3 participantes de 3 entidades.")
    assert not Informe.objects.exists(), "mirar no guarda nada"


def test_se_completa_y_se_presenta(client, coordinadora):
    capacitacion = realizada()
    client.force_login(coordinadora)
    assert client.post(url("informe", capacitacion), TEXTOS | {"conclusiones": "Repetirlo."}).status_code == 302
    client.post(url("informe-presentar", capacitacion))
    informe = Informe.objects.get()
    assert (informe.estado, informe.conclusiones) == ("presentado", "Repetirlo.")
    assert informe.presentado_por == coordinadora
    assert informe.cifras["participantes"] == 6
    assert Huella.objects.filter(accion="presentar informe").count() == 1


@pytest.mark.parametrize("rol", ["asistente_de_cusco", "especialista_de_cusco"])
def test_r91_lo_presenta_el_coordinador_y_los_demas_lo_preparan(client, rol, cusco):
    capacitacion = realizada()
    client.force_login(getattr(personas, rol)())
    assert client.post(url("informe", capacitacion), TEXTOS).status_code == 302
    assert client.post(url("informe-presentar", capacitacion)).status_code == 403
    assert Informe.objects.get().estado == Informe.Estado.BORRADOR


def test_sin_asistencia_firmada_no_se_presenta(coordinadora):
    capacitacion = completa(dias=-3)
    InscripcionFactory(capacitacion=capacitacion)
    with pytest.raises(FaltaParaPresentar, match="asistencia firmada"):
        presentar(capacitacion=capacitacion, por=coordinadora)
    assert not Informe.objects.exists(), "no quedó nada a medias"


def test_antes_de_que_termine_no_se_presenta(coordinadora):
    with pytest.raises(FaltaParaPresentar, match="termine"):
        presentar(capacitacion=completa(), por=coordinadora)


def test_presentarlo_dos_veces_no_cambia_la_primera(coordinadora):
    capacitacion = con_informe(coordinadora)
    primera = Informe.objects.get().presentado_en
    AsistenciaFactory(inscripcion=InscripcionFactory(capacitacion=capacitacion))
    presentar(capacitacion=capacitacion, por=coordinadora)
    informe = Informe.objects.get()
    assert (informe.presentado_en, informe.cifras["participantes"]) == (primera, 6)


def test_invariante_10_un_cambio_posterior_se_ve_como_diferencia(client, coordinadora):
    capacitacion = con_informe(coordinadora)
    AsistenciaFactory(inscripcion=InscripcionFactory(capacitacion=capacitacion))
    informe = informe_de(capacitacion)
    assert [(d.que, d.presentada, d.ahora) for d in diferencias(informe)] == [
        ("Personas inscritas", 6, 7),
        ("Participantes", 6, 7),
        ("Asistencias firmadas", 6, 7),
    ]
    texto = texto_de(anexo8.pdf(informe))
    assert "Cambió después de presentarse" in texto
    assert "Participantes (firmaron al menos una sesión) 6" in texto
    client.force_login(coordinadora)
    assert "6 al presentarlo, 7 ahora" in client.get(url("informe", capacitacion)).text


def test_presentado_no_se_reescribe(client, coordinadora):
    capacitacion = con_informe(coordinadora)
    with pytest.raises(YaPresentado):
        guardar_informe(capacitacion=capacitacion, textos=TEXTOS, por=coordinadora)
    client.force_login(coordinadora)
    respuesta = client.post(url("informe", capacitacion), TEXTOS)
    assert "no se reescribe" in respuesta.text
    assert Informe.objects.get().objetivo == "Cerrar el mes."


def test_lo_de_un_informe_de_otro_centro_no_existe(client, coordinadora, arequipa):
    ajena = realizada(centro=arequipa)
    client.force_login(coordinadora)
    for ruta in ("informe", "anexo8", "encuestas-pdf"):
        assert client.get(url(ruta, ajena)).status_code == 404
    assert client.post(url("informe-presentar", ajena)).status_code == 404
    expositor = ajena.expositores.get()
    assert client.get(reverse("eventos_intranet:informe-parte", args=[expositor.pk])).status_code == 404


# --- La parte de cada especialista (R91) ---


def test_r91_el_especialista_ve_su_parte_en_su_bandeja_y_la_entrega(client, cusco):
    especialista = personas.especialista_de_cusco()
    _, expositor = de_varios_sistemas(especialista)
    asunto = next(a for a in asuntos_de(especialista) if a.titulo == "Su parte del informe")
    client.force_login(especialista)
    assert client.get(asunto.lineas[0].url).status_code == 200
    assert client.post(asunto.lineas[0].url, {"texto": "Expliqué el devengado."}).status_code == 302
    parte = ParteDeInforme.objects.get()
    assert (parte.texto, parte.entregada_por) == ("Expliqué el devengado.", especialista)
    assert "Su parte del informe" not in {a.titulo for a in asuntos_de(especialista)}


def test_r91_no_se_presenta_mientras_falte_una_parte_y_se_ve_quien(client, coordinadora):
    capacitacion, expositor = de_varios_sistemas()
    client.force_login(coordinadora)
    assert "la parte de Julia Huamán" in client.get(url("informe", capacitacion)).text.replace("La parte", "la parte")
    with pytest.raises(FaltaParaPresentar, match="la parte de Julia Huamán"):
        presentar(capacitacion=capacitacion, por=coordinadora)
    entregar_parte(expositor=expositor, texto="Entregada en papel.", por=coordinadora)
    assert presentar(capacitacion=capacitacion, por=coordinadora).esta_presentado


def test_r91_nadie_escribe_la_parte_de_otro(client, cusco):
    _, expositor = de_varios_sistemas()
    client.force_login(personas.especialista_de_cusco())
    direccion = reverse("eventos_intranet:informe-parte", args=[expositor.pk])
    assert client.post(direccion, {"texto": "No es mía."}).status_code == 403
    assert not ParteDeInforme.objects.exists()


def test_r91_con_un_solo_sistema_no_hay_partes(coordinadora):
    capacitacion = realizada()
    with pytest.raises(NoInforma):
        entregar_parte(expositor=capacitacion.expositores.get(), texto="Hola", por=coordinadora)
    assert not Informe.objects.exists()


def test_r91_quien_viene_de_la_sede_no_debe_una_parte(coordinadora):
    capacitacion, expositor = de_varios_sistemas()
    entregar_parte(expositor=expositor, texto="Listo.", por=coordinadora)
    ExpositorFactory(capacitacion=capacitacion, procedencia="sede")
    assert presentar(capacitacion=capacitacion, por=coordinadora).esta_presentado


def test_la_parte_en_blanco_se_explica_y_no_se_guarda(client, coordinadora):
    _, expositor = de_varios_sistemas()
    client.force_login(coordinadora)
    respuesta = client.post(reverse("eventos_intranet:informe-parte", args=[expositor.pk]), {"texto": "   "})
    assert respuesta.status_code == 200
    assert respuesta.context["form"].errors
    assert not ParteDeInforme.objects.exists()


# --- Fotos ---


def test_las_fotos_se_suben_con_su_texto_y_se_ordenan(client, coordinadora):
    capacitacion = realizada()
    client.force_login(coordinadora)
    vacias = filas("fotos", [])
    nuevas = filas(
        "nuevas", [{"foto": foto("una.jpg"), "descripcion": "El auditorio"}, {"foto": foto(), "descripcion": "La mesa"}]
    )
    assert client.post(url("informe-fotos", capacitacion), vacias | nuevas).status_code == 302
    primera, segunda = FotoDeInforme.objects.all()
    assert (primera.descripcion, segunda.descripcion) == ("El auditorio", "La mesa")
    assert primera.archivo.finalidad == ArchivoPrivado.Finalidad.FOTO
    cambios = [
        {"id": primera.pk, "orden": 9, "descripcion": "El auditorio lleno"},
        {"id": segunda.pk, "orden": 1, "descripcion": "La mesa", "DELETE": ""},
    ]
    client.post(url("informe-fotos", capacitacion), filas("fotos", cambios, iniciales=2) | filas("nuevas", []))
    assert [f.descripcion for f in FotoDeInforme.objects.all()] == ["La mesa", "El auditorio lleno"]


def test_una_foto_sin_decir_que_se_ve_no_se_guarda(client, coordinadora):
    capacitacion = realizada()
    client.force_login(coordinadora)
    envio = filas("fotos", []) | filas("nuevas", [{"foto": foto(), "descripcion": ""}])
    respuesta = client.post(url("informe-fotos", capacitacion), envio)
    assert "lo lee quien no puede ver la foto" in respuesta.text
    assert not ArchivoPrivado.objects.exists()


@pytest.mark.parametrize(
    "contenido",
    [b"<svg onload=alert(1)>", b"%PDF-1.7", b"", b"\xff\xd8\xff\xe0danado"],
    ids=["svg", "pdf", "vacio", "danado"],
)
def test_lo_que_no_es_una_foto_se_rechaza_con_su_nombre(client, coordinadora, contenido):
    capacitacion = realizada()
    client.force_login(coordinadora)
    malo = SimpleUploadedFile("grupo.jpg", contenido, "image/jpeg")
    envio = filas("fotos", []) | filas("nuevas", [{"foto": malo, "descripcion": "El grupo"}])
    respuesta = client.post(url("informe-fotos", capacitacion), envio)
    assert respuesta.status_code == 200
    assert "El grupo" in respuesta.text, "no se pierde lo escrito"
    assert not FotoDeInforme.objects.exists()
    assert not ArchivoPrivado.objects.exists()


def test_una_mala_entre_varias_no_deja_ninguna(coordinadora):
    capacitacion = realizada()
    mala = SimpleUploadedFile("mala.jpg", b"no", "image/jpeg")
    with pytest.raises(ValidationError):
        guardar_fotos(
            capacitacion=capacitacion, filas=Filas(), nuevas=[(foto(), "Una"), (mala, "Otra")], por=coordinadora
        )
    assert not ArchivoPrivado.objects.exists()


def test_no_caben_mas_fotos_que_el_tope(coordinadora):
    capacitacion = realizada()
    muchas = [(foto(lado=(20, 20)), f"Foto {n}") for n in range(FOTOS + 1)]
    with pytest.raises(DemasiadasFotos):
        guardar_fotos(capacitacion=capacitacion, filas=Filas(), nuevas=muchas, por=coordinadora)
    assert not FotoDeInforme.objects.exists()


def test_quitar_una_foto_borra_su_archivo(coordinadora, django_capture_on_commit_callbacks):
    capacitacion = realizada()
    (fila,) = guardar_fotos(capacitacion=capacitacion, filas=Filas(), nuevas=[(foto(), "Una")], por=coordinadora)
    almacen, ruta = fila.archivo.archivo.storage, fila.archivo.archivo.name
    with django_capture_on_commit_callbacks(execute=True):
        guardar_fotos(capacitacion=capacitacion, filas=Filas(quitar=[fila]), por=coordinadora)
    assert not ArchivoPrivado.objects.exists()
    assert not almacen.exists(ruta)


def test_la_foto_la_ve_el_centro_y_no_otro(client, coordinadora, cusco):
    capacitacion = realizada()
    (fila,) = guardar_fotos(capacitacion=capacitacion, filas=Filas(), nuevas=[(foto(), "Una")], por=coordinadora)
    direccion = reverse("eventos_intranet:informe-foto", args=[fila.pk])
    client.force_login(coordinadora)
    respuesta = client.get(direccion)
    assert respuesta["Content-Type"] == "image/jpeg"
    assert b"".join(respuesta).startswith(b"\xff\xd8")
    client.force_login(personas.coordinador_de_arequipa())
    assert client.get(direccion).status_code == 404


# --- Los documentos ---

CAMPOS = [
    "Anexo 8",
    "CONECTAMEF Cusco: Informe de eventos de capacitación",
    "1. Nombre del curso",
    "2. Fecha del curso",
    "3. Objetivo del curso",
    "4. Metodología del curso",
    "5. Público participante",
    "6. Expositores",
    "7. Resultados de las encuestas",
    "8. Fotos",
    "Tema:",
    "Expositor:",
    "Tema:",
    "Expositor:",
]


def test_r92_el_anexo_8_trae_los_campos_del_formato_en_su_orden_y_es_ua1(coordinadora):
    capacitacion = realizada(encuestas=5, por=coordinadora)
    ExpositorFactory(capacitacion=capacitacion, nombre="Segundo Expositor", tema="Girado")
    guardar_informe(capacitacion=capacitacion, textos=propuesta_de(capacitacion), por=coordinadora)
    guardar_fotos(
        capacitacion=capacitacion,
        filas=Filas(),
        nuevas=[(foto(), "El auditorio"), (foto(), "El grupo")],
        por=coordinadora,
    )
    pdf = anexo8.pdf(presentar(capacitacion=capacitacion, por=coordinadora))
    exigir_ua1(pdf, f"Informe del evento – {capacitacion}")
    texto = texto_de(pdf)
    exigir_en_orden(texto, CAMPOS)
    for dato in (
        "6 participantes de 6 entidades",
        "Cerrar el mes.",
        "El auditorio",
        "El grupo",
        "Girado",
        "Tasa de respuesta",
    ):
        assert dato in texto
    assert "En preparación" not in texto


def test_el_anexo_8_de_una_informativa_dice_que_no_lleva_encuesta(coordinadora):
    informe = informe_de(realizada(tipo=Capacitacion.Tipo.INFORMATIVA))
    texto = texto_de(anexo8.pdf(informe))
    assert "no lleva encuesta" in texto
    assert "En preparación" in texto


def test_el_anexo_8_cuenta_los_participantes_por_entidad(coordinadora):
    capacitacion = realizada(participantes=0)
    wanchaq = EntidadFactory(nombre="Municipalidad de Wanchaq")
    for entidad in (wanchaq, wanchaq, EntidadFactory(nombre="Municipalidad de Anta")):
        AsistenciaFactory(inscripcion=InscripcionFactory(capacitacion=capacitacion, entidad=entidad))
    exigir_en_orden(
        texto_de(anexo8.pdf(informe_de(capacitacion))), ["Municipalidad de Wanchaq 2", "Municipalidad de Anta 1"]
    )


def test_el_consolidado_de_encuestas_es_ua1_y_dice_promedios_y_comentarios(client, coordinadora):
    capacitacion = realizada(encuestas=5, por=coordinadora)
    pdf = encuestas.pdf(capacitacion)
    exigir_ua1(pdf, f"Consolidado de encuestas – {capacitacion}")
    exigir_en_orden(
        texto_de(pdf),
        [
            "Encuestas contestadas 5",
            "Participantes con firma 6",
            "83 %",
            "Satisfacción general con el evento 2.20",
            "Tesorería",
        ],
    )
    client.force_login(coordinadora)
    assert client.get(url("encuestas-pdf", capacitacion))["Content-Type"] == "application/pdf"


def test_invariante_6_con_cuatro_encuestas_ningun_documento_desglosa(coordinadora):
    capacitacion = realizada(encuestas=4, por=coordinadora)
    for pdf in (encuestas.pdf(capacitacion), anexo8.pdf(informe_de(capacitacion))):
        texto = texto_de(pdf)
        assert "Con menos de 5 encuestas no se muestran resultados" in texto
        assert "Satisfacción general" not in texto
        assert "Tesorería" not in texto


def test_la_foto_incrustada_no_trae_metadatos_ni_tamano_de_mas(coordinadora):
    grande = io.BytesIO()
    imagen = Image.new("RGB", (4000, 3000), "#468")
    exif = imagen.getexif()
    exif[0x010E] = "secreto"
    imagen.save(grande, "JPEG", exif=exif)
    subida = SimpleUploadedFile("grande.jpg", grande.getvalue(), "image/jpeg")
    (fila,) = guardar_fotos(capacitacion=realizada(), filas=Filas(), nuevas=[(subida, "Grande")], por=coordinadora)
    contenido = fila.archivo.leer()
    assert b"secreto" not in contenido
    with Image.open(io.BytesIO(contenido)) as guardada:
        assert max(guardada.size) <= 2400
