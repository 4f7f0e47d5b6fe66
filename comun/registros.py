"""Registros: lo que un piso alto ofrece a uno bajo sin que el bajo lo importe.

Cada registro es una lista de funciones. El piso alto la llena con un decorador al arrancar (en su ``apps.ready``);
el bajo la recorre.
"""


class Registro(list):
    """Lista de funciones que se llena como decorador: ``@registro.anotar``."""

    def anotar(self, funcion):
        if funcion not in self:
            self.append(funcion)
        return funcion


# f(centro) -> dict(titulo, plantilla, contexto; orden, si no va primero) o None: bloques de la página de un centro.
secciones_de_centro = Registro()
# f(centro) -> (texto, dirección) o None: lo que se puede hacer desde la página de un centro («Preguntar»).
enlaces_de_centro = Registro()
# f(usuario, entidad) -> dict(titulo, plantilla, contexto; plantilla_pdf, si también se imprime) o None: bloques de la
# ficha de una entidad.
secciones_de_entidad = Registro()
# f(usuario, centro) -> (texto, dirección) o None: lo que el personal hace con un centro desde su ficha.
botones_de_centro = Registro()
# f(centro): cambió de nombre o de identificador; dentro de la transacción. Quien guardó el nombre lo pone al día.
al_renombrar_centro = Registro()
# f(provincia, centro) -> lista de frases: qué pasa con lo que ``centro`` tiene en marcha si deja de atenderla.
al_pasar_provincia = Registro()
# ``comun.entidades_escritas.Fuente``: dónde alguien escribió a mano una entidad que el directorio no tiene.
entidades_escritas = Registro()
# f(rol, centro) -> iterable de (página, permisos): lo que edita un rol en el árbol de páginas («add_page»…).
permisos_de_pagina = Registro()
# f(rol, centro) -> iterable de (colección, permisos): las imágenes y los documentos que un rol sube y elige.
permisos_de_coleccion = Registro()
# f(usuario, modelo, cantidad, request): se llama antes de entregar una exportación.
al_exportar = Registro()
# f(modelo) -> bool: si sus filas llevan datos personales; exportarlas pide un motivo.
lleva_datos_personales = Registro()
# f(persona) -> Q sobre ``custodia.Huella``: las que tratan de esa ``Persona`` por lo que cuelga de ella.
huellas_de_persona = Registro()
# f(fila) -> iterable de dict(cuando, quien, que): lo que se le hizo fuera de su formulario, para su historia. Sin
# lecturas ni datos personales: la ve quien puede ver la ficha.
cambios_de_fila = Registro()
# f() -> str: trabajo periódico, inofensivo de repetir; devuelve qué hizo o «».
periodicas = Registro()
# f() -> (nombre, bien, detalle): comprobaciones de /salud/.
comprobaciones = Registro()
# f(consulta, límite) -> lista de dict(tipo, titulo, url, fecha, texto, peso), mejor primero: fuentes de /buscar/.
# La arma ``comun.relevancia.mas_relevantes``, que pone el peso; «tipo» es el título del grupo, en plural.
fuentes_de_busqueda = Registro()
# f() -> {palabra normalizada o raíz: formas}, cada forma una tupla de raíces: lo que la gente llama de otro modo.
fuentes_de_sinonimos = Registro()
# f(llaves de Personal, desde, hasta) -> lista de ``comun.agenda.Compromiso``: lo que cada servicio le tiene puesto a
# esas personas entre dos fechas incluidas. La junta ``comun.agenda.compromisos_de``.
agendas = Registro()
# f(direccion, motivo): una dirección dejó de recibir envíos masivos, o hay una razón más fuerte («baja» < «rebote» <
# «queja»); dentro de la transacción. El piso que guarda suscriptores anota la suya.
al_suprimir = Registro()
# f(sistema, desde, hasta) -> lista de dict(titulo, fecha, texto, enlace, origen): las normas de un sistema publicadas
# entre dos fechas incluidas, para proponerlas a su Responsable Técnico.
normas_del_mes = Registro()
# f(envio): se canceló o se devolvió un masivo del que no salió nada, y quien lo preparó puede ponerlo en cola otra vez;
# dentro de la transacción. El piso que lo pidió deja lo suyo como no enviado.
al_anular_envio = Registro()
# f(*, se_queda, absorbida, por): dos filas del directorio eran la misma (operador o entidad) y lo que señalaba a la
# absorbida pasa a la que se queda; dentro de la transacción.
al_fusionar = Registro()
# ``comun.relevo.Relevo``: un tipo de trabajo que alguien tiene a su cargo y, al irse, pasa a otra persona.
relevos = Registro()
# f(titular) -> iterable de ``comun.expediente_personal.Parte``: lo que cada piso guarda de una persona, para dárselo
# (acceso y portabilidad, Ley 29733).
datos_de_persona = Registro()
# f(titular, cambios) -> iterable de ``Efecto``: qué filas se corrigen. ``cambios``: {campo: valor} de los de
# ``custodia.derechos.RECTIFICABLES``.
rectificaciones = Registro()
# f(titular, derecho) -> iterable de ``Efecto``: qué se borra, anonimiza, bloquea o conserva, y por qué. ``derecho``:
# «cancelacion» u «oposicion».
cancelaciones = Registro()
# ``comun.retencion.Regla``: lo que vence y se retira.
retenciones = Registro()
# f(*, clave, plantilla, contexto, destinatarios, responder_a, por): deja un correo en la bandeja de salida; lo anota el
# piso del correo. ``destinatarios``: ternas (dirección, nombre, clave).
remitentes = Registro()
