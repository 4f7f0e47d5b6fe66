"""Lo que pide cada suscriptor, por qué se fue quien se fue, y dos listas: una ensayada y otra ya incorporada."""

import datetime as dt
import io

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw, ImageFont

from boletines.actions.importacion import ensayar, incorporar
from boletines.models import CorreoOficial, ImportacionDeSuscriptores, Suscriptor
from correo.models import Supresion
from custodia.archivos import borrar_archivo
from custodia.models import Consentimiento
from organizacion.models import Centro, Sistema, Usuario

from .azar import Azar
from .marcas import marcar

# Qué piden, y de cada cien cuántos.
ELECCIONES = (
    (("boletin", "comunicados", "informativos"), 62),
    (("boletin",), 18),
    (("boletin", "comunicados"), 12),
    (("comunicados", "informativos"), 8),
)
CON_TEMAS, EN_PAUSA = 0.35, 0.02
CON_EVIDENCIA = 60
MOTIVOS = (Supresion.Motivo.BAJA, Supresion.Motivo.REBOTE, Supresion.Motivo.QUEJA)
BAJAS = dict(zip(MOTIVOS, (Suscriptor.Baja.PROPIA, Suscriptor.Baja.REBOTE, Suscriptor.Baja.QUEJA), strict=True))


def variar_suscriptores(carga, hoy: dt.date) -> None:
    """Tipos, temas, pausas y razones de baja distintos, sobre los suscriptores ya cargados."""
    azar, suscriptores = Azar(58), list(Suscriptor.objects.order_by("pk"))
    elecciones, pesos = zip(*ELECCIONES, strict=True)
    for suscriptor in suscriptores:
        suscriptor.poner_tipos(azar.choices(elecciones, pesos)[0])
        if suscriptor.estado == Suscriptor.Estado.CONFIRMADO and azar.random() < EN_PAUSA:
            suscriptor.pausa_hasta = hoy + dt.timedelta(days=azar.choice((12, 30, 75)))
    de_baja = [suscriptor for suscriptor in suscriptores if suscriptor.estado == Suscriptor.Estado.BAJA]
    marcar(carga, [_suprimir(suscriptor, azar) for suscriptor in de_baja])
    campos = [f"recibe_{tipo}" for tipo in Suscriptor.Tipo.values]
    Suscriptor.objects.bulk_update(suscriptores, [*campos, "pausa_hasta", "baja_por"], batch_size=200)
    _poner_temas(suscriptores, azar)


def _suprimir(suscriptor, azar) -> Supresion:
    motivo = azar.choices(MOTIVOS, (70, 24, 6))[0]
    supresion, _ = Supresion.objects.get_or_create(direccion=suscriptor.correo, defaults={"motivo": motivo})
    suscriptor.baja_por = BAJAS[supresion.motivo]
    return supresion


def _poner_temas(suscriptores, azar) -> None:
    sistemas, vinculo = list(Sistema.objects.values_list("pk", flat=True)), Suscriptor.temas.through
    vinculo.objects.bulk_create(
        vinculo(suscriptor_id=suscriptor.pk, sistema_id=sistema)
        for suscriptor in suscriptores
        if azar.random() < CON_TEMAS
        for sistema in azar.sample(sistemas, azar.randint(1, 3))
    )


def cargar_importaciones(carga, hoy: dt.date) -> None:
    """Las fichas de un taller, con su evidencia e incorporadas; y una lista sin ella, con errores y por decidir."""
    por, cusco = Usuario.objects.get(username="comunicaciones"), Centro.objects.get(slug="cusco")
    con_evidencia = ensayar(
        archivo=SimpleUploadedFile("fichas-taller-de-cierre.csv", _lista_del_taller()),
        procedencia="Fichas del taller de cierre contable, con su casilla de boletín marcada",
        centro=cusco,
        evidencia=SimpleUploadedFile("fichas.png", _ficha()),
        recogida_en=hoy - dt.timedelta(days=24),
        por=por,
    )
    con_evidencia = incorporar(importacion=con_evidencia, por=por)
    ensayada = ensayar(
        archivo=SimpleUploadedFile("contactos-antiguos.csv", _lista_antigua()),
        procedencia="Contactos de una hoja antigua del centro; no hay constancia de que aceptaran",
        por=por,
    )
    suyos = list(Suscriptor.objects.filter(importacion=con_evidencia))
    consentimientos = list(Consentimiento.objects.filter(pk__in=[s.consentimiento_id for s in suyos]))
    marcar(carga, [con_evidencia, ensayada, *suyos, *consentimientos])


def _lista_del_taller() -> bytes:
    azar, lineas = Azar(59), ["correo;nombre;centro;temas"]
    for n in range(CON_EVIDENCIA):
        tema = azar.choice(["", "Contabilidad Pública", "Endeudamiento y Tesoro Público"])
        lineas.append(f"taller{n:03d}@correo.example;{' '.join(azar.nombre())};;{tema}")
    return "\n".join([*lineas, "taller007@correo.example;;;", "falta-arroba.example;;;"]).encode()


def _lista_antigua() -> bytes:
    azar, lineas = Azar(60), ["correo,nombre,centro"]
    for n in range(40):
        lineas.append(f"contacto{n:03d}@correo.example,{' '.join(azar.nombre())},{azar.choice(['Cusco', 'Puno', ''])}")
    de_baja = Suscriptor.objects.filter(estado=Suscriptor.Estado.BAJA).order_by("pk")[:3]
    lineas += [f"{suscriptor.correo},," for suscriptor in de_baja]
    confirmado = Suscriptor.objects.filter(estado=Suscriptor.Estado.CONFIRMADO).order_by("pk").first()
    lineas += [f"{confirmado.correo},,", "contacto001@correo.example,,", "luis arroba correo.example,Luis,"]
    return "\n".join([*lineas, '=HYPERLINK("http://x.example"),,', "ana@correo.example,Ana,Atlántida"]).encode()


def _ficha() -> bytes:
    """Una foto de fichas inventadas."""
    lienzo = Image.new("RGB", (900, 1200), "#f4f1ea")
    trazo, letra, salida = ImageDraw.Draw(lienzo), ImageFont.load_default(26), io.BytesIO()
    trazo.text((60, 60), "FICHAS DEL TALLER (DATOS INVENTADOS)", "#222222", letra)
    for n in range(8):
        alto = 140 + n * 120
        trazo.rectangle((60, alto, 840, alto + 90), outline="#222222")
        trazo.text((80, alto + 14), f"taller{n:03d}@correo.example", "#1b2f6b", letra)
        trazo.text((80, alto + 50), "[x] Acepto recibir el boletin", "#1b2f6b", letra)
    lienzo.save(salida, "PNG")
    return salida.getvalue()


def quitar_importaciones(llaves) -> None:
    """Las listas, con sus archivos."""
    for importacion in ImportacionDeSuscriptores.objects.filter(pk__in=llaves).select_related("archivo", "evidencia"):
        archivos = [archivo for archivo in (importacion.archivo, importacion.evidencia) if archivo]
        importacion.delete()
        for archivo in archivos:
            borrar_archivo(archivo)


def quitar_correos_oficiales(desde: dt.datetime) -> None:
    """Los que se anotaron mientras duró: son de operadores inventados."""
    CorreoOficial.objects.filter(desde__gte=desde).delete()
