"""Nombres, temas y textos inventados. Ninguno corresponde a una persona ni a un acto reales."""

NOMBRES = (
    "Rosa", "María Elena", "Juan Carlos", "Luz", "Pedro", "Carmen", "José Luis", "Ana", "Miguel Ángel", "Julia",
    "Víctor", "Norma", "Édgar", "Silvia", "Wilber", "Yesenia", "Hugo", "Gladys", "Raúl", "Nélida", "Óscar", "Flor",
    "César", "Maribel", "Rubén", "Elizabeth", "Walter", "Katherine", "Percy", "Milagros", "Freddy", "Delia",
)  # fmt: skip
APELLIDOS = (
    "Quispe", "Mamani", "Huamán", "Flores", "Condori", "Rojas", "Vargas", "Ccahuana", "Núñez", "Paredes", "Salas",
    "Choque", "Ramos", "Gutiérrez", "Apaza", "Chávez", "Ttito", "Palomino", "Cárdenas", "Zárate", "Llanos", "Yupanqui",
    "Inga", "Tello", "Aguilar", "Peña", "Cusi", "Bravo", "Marín", "Soto", "Valdivia", "Acuña",
)  # fmt: skip
CARGOS = (
    "Jefa de Presupuesto", "Tesorero", "Contadora", "Gerente Municipal", "Responsable de la OPMI",
    "Jefe de Administración", "Especialista SIAF", "Asistente de Tesorería", "Jefa de Contabilidad", "Regidor",
    "Formulador de proyectos", "Subgerente de Planeamiento",
)  # fmt: skip

# sistema -> (título, tipo, objetivo)
TEMAS = {
    "contabilidad": (
        ("Cierre contable mensual en el SIAF", "basica", "Registrar y conciliar las operaciones del mes sin observaciones."),
        ("Conciliación del marco legal del presupuesto", "especializada", "Conciliar el marco legal y elaborar su acta."),
        ("Nuevas normas internacionales de contabilidad del sector público", "informativa", "Conocer las normas que rigen desde este año."),
        ("Estados financieros y notas", "especializada", "Elaborar los estados financieros con sus notas."),
    ),
    "endeudamiento-y-tesoro": (
        ("Conciliación de cuentas de enlace", "especializada", "Conciliar las cuentas de enlace con el Tesoro Público."),
        ("Ejecución del gasto: compromiso, devengado y girado", "basica", "Distinguir y registrar cada fase del gasto."),
        ("Directiva de tesorería: lo que cambia", "informativa", "Conocer los cambios de la directiva de tesorería."),
        ("Endeudamiento de los gobiernos locales", "especializada", "Calcular la capacidad de endeudamiento de la entidad."),
    ),
    "presupuesto": (
        ("Formulación presupuestaria anual", "basica", "Formular el presupuesto de la entidad con sus metas."),
        ("Modificaciones presupuestarias en el nivel funcional programático", "especializada", "Sustentar y registrar modificaciones."),
        ("Programa de incentivos: metas del año", "informativa", "Conocer las metas y sus plazos."),
        ("Evaluación presupuestaria semestral", "basica", "Evaluar el avance físico y financiero de las metas."),
    ),
    "inversion": (
        ("Programación multianual de inversiones", "basica", "Elaborar la cartera de inversiones de la entidad."),
        ("Formulación de fichas técnicas simplificadas", "especializada", "Formular una ficha técnica con criterios de aprobación."),
        ("Seguimiento de la cartera de inversiones", "basica", "Registrar y analizar el avance de la cartera."),
        ("Cierre de inversiones", "especializada", "Cerrar una inversión y registrar su informe."),
    ),
    "aplicativos": (
        ("Módulo administrativo del SIAF para principiantes", "basica", "Registrar una operación de principio a fin."),
        ("Instalación y copias de respaldo del SIAF", "especializada", "Instalar el aplicativo y asegurar sus datos."),
        ("Firma electrónica en los aplicativos del MEF", "informativa", "Conocer cómo se firma y quién firma."),
        ("Conciliación bancaria en el SIAF", "basica", "Conciliar las cuentas bancarias en el aplicativo."),
    ),
}  # fmt: skip

COMENTARIOS_TEMAS = ("Cierre contable.", "Contrataciones.", "Más casos prácticos del SIAF.", "Inversión pública.", "")
COMENTARIOS_MEJORA = (
    "Más tiempo para preguntas.",
    "Enviar el material antes.",
    "Que sea también por la tarde.",
    "",
    "",
)

NOTICIAS = (
    ("Los centros amplían su horario de atención telefónica", "Desde este mes las consultas por teléfono se atienden también a mediodía."),
    ("Más capacitaciones virtuales para los distritos alejados", "Uno de cada cuatro eventos del trimestre podrá seguirse por internet."),
    ("Nuevo material de consulta sobre modificaciones presupuestarias", "El material reúne los casos que más se preguntan en los centros."),
    ("Asistencia técnica en el cierre del ejercicio", "Los especialistas acompañan a las entidades en el cierre contable y presupuestario."),
)  # fmt: skip
COMUNICADOS = (
    "Plazo para la conciliación del marco legal del presupuesto",
    "Mantenimiento programado del aplicativo SIAF",
    "Cronograma de cierre mensual de operaciones",
    "Registro de la cartera de inversiones",
    "Horario de atención por feriado regional",
    "Actualización de la versión del aplicativo",
    "Remisión de la información financiera y presupuestaria",
    "Presentación de solicitudes de capacitación",
    "Cronograma de pagos del mes",
    "Requisitos para la asistencia técnica presencial",
)

FIN_DE_DEMO = "Esta noticia es un ejemplo de la demostración: los hechos y las cifras son inventados."
# (centro o «», título, resumen, párrafos), de la más nueva a la más antigua
NOTICIAS_DEL_SITIO = (
    ("cusco", "Doce municipalidades del Cusco cerraron juntas su mes contable", "El centro reunió a sus equipos dos días y resolvió en la mesa lo que cada una tenía pendiente.", ("Los equipos de contabilidad llegaron con sus reportes y salieron con el cierre registrado. Quien necesitó volver a una operación la corrigió allí mismo, con un especialista al lado.", "El centro repetirá la jornada el próximo mes, en la misma sala.", FIN_DE_DEMO)),
    ("", "El programa de diciembre trae más capacitaciones virtuales", "Una de cada tres podrá seguirse desde la oficina; las demás, en la sala de su centro.", ("El programa del mes ya está en el calendario. Puede filtrar por su departamento, por el sistema que le interesa o por la modalidad.", "Todas son gratuitas y basta inscribirse: al confirmarse, le llega un correo con lo que debe llevar.", FIN_DE_DEMO)),
    ("puno", "Asistencia técnica en el altiplano: cuatro días, nueve distritos", "Dos especialistas recorrieron los distritos que no podían viajar hasta el centro.", ("La visita se programó con las propias municipalidades. Se revisó la cartera de inversiones de cada una y se dejó por escrito lo que falta.", FIN_DE_DEMO)),
    ("iquitos", "El centro de Iquitos estrena sala de capacitación", "Cuarenta asientos, conexión propia y acceso para sillas de ruedas.", ("La sala se usará para las capacitaciones del calendario y, cuando esté libre, para las reuniones de trabajo de las entidades.", FIN_DE_DEMO)),
    ("", "Cómo elegir la capacitación que le toca", "General informativa, general básica o especializada: qué cambia de una a otra.", ("La informativa cuenta lo nuevo de una norma y es para todos. La básica enseña un proceso desde el principio. La especializada resuelve casos y pide haber pasado por lo básico.", "Cada ficha dice su tipo y a quién se dirige.", FIN_DE_DEMO)),
    ("trujillo", "Primer taller conjunto de presupuesto e inversión en La Libertad", "Los dos equipos de cada entidad se sentaron a la misma mesa.", ("Quien programa y quien ejecuta vieron el mismo caso. El material quedó en la página de la capacitación.", FIN_DE_DEMO)),
    ("cusco", "Atención hasta más tarde en el cierre del ejercicio", "El centro del Cusco amplió su horario la última semana del mes pasado.", ("Se atendieron consultas hasta las siete de la noche para acompañar el cierre.", FIN_DE_DEMO)),
    ("arequipa", "Nuevos operadores aprendieron el SIAF desde cero", "Veinte personas que recién llegan a su puesto registraron su primera operación.", ("El curso siguió una sola operación, de la certificación al pago, y cada quien la repitió en su máquina.", FIN_DE_DEMO)),
)  # fmt: skip
