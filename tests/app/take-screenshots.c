/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "picture-views.h"

#include "cc-application.h"

#include <libintl.h>
#include <locale.h>

/* Pictures of every page in every look, for people to look at; build-aux/screenshots.sh calls this
 * once for each language.
 *
 *   take-screenshots DEMO PASSPHRASE FOLDER PREFIX [LOOK...]
 *
 * DEMO is the folder of casecount-cli demo; beside its case file may stand empty.casecount, without
 * anything in it, setup.casecount, which knows the agency "police" and no delivery, and the folder
 * "second" with another classification (tests/cli/second_pack.py). */

static const Look looks[] = {
  { "light", 1366, 768, FALSE, 96 },        { "dark", 1366, 768, TRUE, 96 },
  { "narrow", 360, 720, FALSE, 96 },        { "large-text", 1366, 768, FALSE, 192 },
  { "desktop", 1600, 1000, FALSE, 96 },     { "high-contrast", 1366, 768, FALSE, 96 },
  { "readme", 1366, 768, FALSE, 96 },       { "high-contrast-dark", 1366, 768, TRUE, 96 },
  { "narrow-large", 360, 720, FALSE, 192 }, { "narrow-dark", 360, 720, TRUE, 96 },
};

static gboolean
is_wanted (const Look *look, int argc, char **argv)
{
  for (int i = 5; i < argc; i++)
    if (g_str_equal (argv[i], look->name))
      return TRUE;
  return argc <= 5;
}

static void
set_up_translation (void)
{
  setlocale (LC_ALL, "");
  bindtextdomain ("casecount", g_getenv ("CASECOUNT_LOCALE_DIR"));
  bind_textdomain_codeset ("casecount", "UTF-8");
  textdomain ("casecount");
}

int
main (int argc, char **argv)
{
  g_autoptr (CcApplication) application = NULL;
  g_autoptr (GError) error = NULL;

  if (argc < 5)
    {
      g_printerr ("take-screenshots DEMO PASSPHRASE FOLDER PREFIX [LOOK...]\n");
      return 2;
    }
  set_up_translation ();
  application = cc_application_new ();
  g_application_set_flags (G_APPLICATION (application), G_APPLICATION_NON_UNIQUE);
  if (!g_application_register (G_APPLICATION (application), NULL, &error))
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }
  g_application_set_default (G_APPLICATION (application));
  for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
    if (is_wanted (&looks[i], argc, argv))
      {
        const Tour tour = { argv[1], argv[2], argv[3], argv[4], &looks[i], NULL };

        picture_views_take (&tour);
      }
  return 0;
}
