/* El calendario de Wagtail, al salir del campo, cambiaba lo escrito: 31/02 por 03/03, y lo que no entendía, por hoy.
   Lo escrito queda como está y, si esa fecha no existe, lo dice el servidor. */
jQuery.fn.datetimepicker.defaults.validateOnBlur = false;
