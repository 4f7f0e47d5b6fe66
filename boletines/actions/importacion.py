"""Importar una lista de suscriptores: ensayarla no suscribe a nadie; confirmarla incorpora lo que está bien."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from boletines.enlaces import url_invitacion
from boletines.ensayo import POR_TANDA, Renglon, ensayar_filas
from boletines.lista import leer_lista
from boletines.models import ImportacionDeSuscriptores, Suscriptor
from comun.subidas import leer_escaneo
from correo.actions import Destinatario, poner_en_cola
from correo.plantillas import componer
from custodia.actions import anotar, aviso_vigente
from custodia.archivos import borrar_archivo, guardar_archivo
from custodia.models import ArchivoPrivado, Aviso, Consentimiento
from organizacion.models import Centro, Usuario

Estado = ImportacionDeSuscriptores.Estado
# El tipo propio de .xlsx no cabe en la columna; como siempre se descarga, basta con el nombre.
TIPO_CSV, TIPO_XLSX = "text/csv", "application/octet-stream"


class NoProcede(Exception):
    """La importación ya no admite lo que se pide; el mensaje se muestra tal cual."""


def ensayar(
    *,
    archivo: UploadedFile,
    procedencia: str,
    por: Usuario,
    centro: Centro | None = None,
    evidencia: UploadedFile | None = None,
    recogida_en: dt.date | None = None,
) -> ImportacionDeSuscriptores:
    """Lee la lista, guarda qué pasaría con cada línea y no suscribe a nadie.

    ``centro`` es el de las líneas que no dicen ninguno. Levanta ``ValidationError`` si la lista o la evidencia no se
    pueden leer.
    """
    archivo.seek(0)
    contenido = archivo.read()
    prueba = leer_escaneo([evidencia])[0] if evidencia else None
    cuenta, errores = Counter(), []
    for renglon in ensayar_filas(leer_lista(contenido, archivo.name), centro=centro, con_evidencia=bool(prueba)):
        _contar(renglon, cuenta, errores)
    tipo = TIPO_XLSX if contenido.startswith(b"PK") else TIPO_CSV
    with transaction.atomic():
        importacion = ImportacionDeSuscriptores.objects.create(
            archivo=_guardar(contenido, archivo.name, tipo, por),
            evidencia=_guardar(prueba, f"{Path(evidencia.name).stem}.pdf", "application/pdf", por) if prueba else None,
            procedencia=procedencia,
            recogida_en=recogida_en,
            centro=centro,
            cuentas=dict(cuenta),
            errores=errores,
            subida_por=por,
        )
        anotar(accion="ensayar importación", por=por, objeto=importacion, detalle=dict(cuenta))
    return importacion


def _guardar(contenido: bytes, nombre: str, tipo: str, por: Usuario) -> ArchivoPrivado:
    finalidad = ArchivoPrivado.Finalidad.EVIDENCIA
    return guardar_archivo(contenido=contenido, nombre=nombre, tipo=tipo, finalidad=finalidad, por=por)


def _contar(renglon: Renglon, cuenta: Counter, errores: list) -> None:
    cuenta[renglon.reparo or "nuevos"] += 1
    if renglon.reparo:
        errores.append([renglon.numero, renglon.dice, renglon.por_que, renglon.reparo])


@transaction.atomic
def incorporar(*, importacion: ImportacionDeSuscriptores, por: Usuario) -> ImportacionDeSuscriptores:
    """Incorpora lo que hoy está bien de la lista; quien se dio de baja después del ensayo no entra.

    Con evidencia quedan confirmados y con su consentimiento; sin ella se les invita, una sola vez en la vida.
    Repetirla no hace nada. Levanta ``NoProcede`` si se descartó o si no hay ninguna línea buena.
    """
    importacion = ImportacionDeSuscriptores.objects.select_for_update().get(pk=importacion.pk)
    if importacion.estado == Estado.INCORPORADA:
        return importacion
    if importacion.estado == Estado.DESCARTADA:
        raise NoProcede("Esta lista se descartó: súbala otra vez.")
    cuenta, errores, ahora = Counter(), [], timezone.now()
    filas = leer_lista(importacion.archivo.leer(), importacion.archivo.nombre)
    renglones = ensayar_filas(filas, centro=importacion.centro, con_evidencia=importacion.tiene_evidencia)
    for tanda in _buenos_en_tandas(renglones, cuenta, errores):
        _incorporar_tanda(tanda, importacion, ahora)
    if not cuenta["nuevos"]:
        raise NoProcede("Ninguna línea está bien: corrija la lista y súbala otra vez.")
    if not importacion.tiene_evidencia:
        _invitar(importacion, por)
    importacion.estado, importacion.incorporada_en = Estado.INCORPORADA, ahora
    importacion.cuentas, importacion.errores = dict(cuenta), errores
    importacion.save()
    anotar(accion="incorporar importación", por=por, objeto=importacion, detalle=dict(cuenta))
    return importacion


def _buenos_en_tandas(renglones, cuenta: Counter, errores: list) -> Iterator[list[Renglon]]:
    def buenos():
        for renglon in renglones:
            _contar(renglon, cuenta, errores)
            if not renglon.reparo:
                yield renglon

    siguientes = buenos()
    while tanda := list(islice(siguientes, POR_TANDA)):
        yield tanda


def _incorporar_tanda(tanda: list[Renglon], importacion, ahora) -> None:
    tanda = _los_que_siguen_igual(tanda)
    consentimientos = _consentimientos(len(tanda)) if importacion.tiene_evidencia else [None] * len(tanda)
    nuevos = []
    for renglon, consentimiento in zip(tanda, consentimientos, strict=True):
        suscriptor = renglon.anterior or Suscriptor(correo=renglon.correo)
        suscriptor.nombre = suscriptor.nombre or renglon.nombre
        suscriptor.centro = suscriptor.centro or renglon.centro
        suscriptor.importacion, suscriptor.consentimiento = importacion, consentimiento
        if importacion.tiene_evidencia:
            suscriptor.estado, suscriptor.confirmado_en = Suscriptor.Estado.CONFIRMADO, ahora
        else:
            suscriptor.estado, suscriptor.invitado_en = Suscriptor.Estado.INVITADO, ahora
        suscriptor.refrescar_busqueda()
        if suscriptor.pk:
            suscriptor.save()
        else:
            nuevos.append(suscriptor)
    # Quien se suscribe por la web en este instante gana: su fila no se toca.
    Suscriptor.objects.bulk_create(nuevos, ignore_conflicts=True)
    _poner_temas([renglon for renglon in tanda if renglon.temas], importacion)


def _los_que_siguen_igual(tanda: list[Renglon]) -> list[Renglon]:
    """Con su fila bajo llave. Quien se dio de baja o confirmó desde que se leyó su línea gana: no entra."""
    leidos = [renglon.anterior.pk for renglon in tanda if renglon.anterior]
    ahora, siguen = Suscriptor.objects.select_for_update().in_bulk(leidos), []
    for renglon in tanda:
        if renglon.anterior:
            antes, renglon.anterior = renglon.anterior, ahora.get(renglon.anterior.pk)
            if renglon.anterior is None or renglon.anterior.estado != antes.estado:
                continue
        siguen.append(renglon)
    return siguen


def _consentimientos(cuantos: int) -> list[Consentimiento]:
    """Uno por persona, con el aviso vigente: así se borra con ella."""
    aviso, canal = aviso_vigente(Aviso.Finalidad.SUSCRIPCION), Consentimiento.Canal.IMPORTACION
    return Consentimiento.objects.bulk_create([Consentimiento(aviso=aviso, canal=canal) for _ in range(cuantos)])


def _poner_temas(tanda: list[Renglon], importacion) -> None:
    suyos = Suscriptor.objects.filter(importacion=importacion, correo__in=[renglon.correo for renglon in tanda])
    llaves, vinculo = dict(suyos.values_list("correo", "pk")), Suscriptor.temas.through
    vinculos = [
        vinculo(suscriptor_id=llaves[renglon.correo], sistema_id=tema.pk)
        for renglon in tanda
        if renglon.correo in llaves
        for tema in renglon.temas
    ]
    vinculo.objects.bulk_create(vinculos, ignore_conflicts=True)


def _invitar(importacion: ImportacionDeSuscriptores, por: Usuario) -> None:
    """Un envío masivo como cualquiera: espera su segunda firma y su reposo."""
    asunto, texto, html = componer("boletines/correo/invitacion", {"url_baja": "%URL_BAJA%"})
    invitados = Suscriptor.objects.filter(importacion=importacion, estado=Suscriptor.Estado.INVITADO)
    poner_en_cola(
        clave=f"invitacion-a-suscribirse:{importacion.pk}",
        asunto=asunto,
        texto=texto,
        html=html,
        destinatarios=(
            Destinatario(s.correo, url_baja=url_invitacion(s), referencia=f"suscriptor:{s.pk}")
            for s in invitados.iterator(chunk_size=POR_TANDA)
        ),
        es_masivo=True,
        lista="invitacion",
        dirigido_a=f"{importacion}: {importacion.procedencia}",
        por=por,
    )


@transaction.atomic
def descartar(*, importacion: ImportacionDeSuscriptores, por: Usuario) -> ImportacionDeSuscriptores:
    """Borra la lista y lo que se leyó de ella. Repetirla no hace nada; lo incorporado ya no se descarta."""
    importacion = ImportacionDeSuscriptores.objects.select_for_update().get(pk=importacion.pk)
    if importacion.estado == Estado.INCORPORADA:
        raise NoProcede("Ya se incorporó: dé de baja a quien corresponda, uno por uno.")
    if importacion.estado == Estado.DESCARTADA:
        return importacion
    archivos = [archivo for archivo in (importacion.archivo, importacion.evidencia) if archivo]
    importacion.estado, importacion.errores = Estado.DESCARTADA, []
    importacion.archivo = importacion.evidencia = None
    importacion.save()
    for archivo in archivos:
        borrar_archivo(archivo)
    anotar(accion="descartar importación", por=por, objeto=importacion)
    return importacion
