/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-application.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <cc/base/cc-secret.h>

static void
set_up_translation (void)
{
  const char *folder = g_getenv ("CASECOUNT_LOCALE_DIR");

  setlocale (LC_ALL, "");
  bindtextdomain ("casecount", folder != NULL ? folder : CC_LOCALE_DIR);
  bind_textdomain_codeset ("casecount", "UTF-8");
  textdomain ("casecount");
}

int
main (int argc, char **argv)
{
  g_autoptr (CcApplication) application = NULL;

  cc_secret_guard_process ();
  set_up_translation ();
  g_set_prgname ("casecount");
  g_set_application_name (_ ("Casecount"));
  application = cc_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
