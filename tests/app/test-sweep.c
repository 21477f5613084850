/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-sweep CASECOUNT_CLI LANGUAGE UI_FOLDER [SECOND_PACK.PY]: everything that takes the keys, in
 * every view of the window.
 */
#include "app-test.h"
#include "sweep-dialogs.h"
#include "sweep-focus.h"
#include "sweep-keys.h"
#include "sweep-names.h"
#include "sweep-pages.h"
#include "sweep-templates.h"

#include "cc-application.h"
#include "cc-session.h"

#include <libintl.h>
#include <locale.h>
#include <string.h>

#define PASSPHRASE "practice"

/* ---- the check itself ---- */

static gboolean
swallow_tab (GtkEventControllerKey *keys,
             guint                  key,
             guint                  code,
             GdkModifierType        state,
             gpointer               data)
{
  return key == GDK_KEY_Tab || key == GDK_KEY_ISO_Left_Tab;
}

static GtkWidget *
plant (GtkWidget *box, const char *label)
{
  GtkWidget *button = gtk_button_new ();

  if (label != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                    -1);
  gtk_box_append (GTK_BOX (box), button);
  return button;
}

static void
tell_faults (Sweep *self, GtkWidget *widget, const char *what, const char *expected)
{
  g_autofree char *fault = sweep_names_find_fault (widget);

  if (expected == NULL ? fault == NULL : fault != NULL && strstr (fault, expected) != NULL)
    sweep_tell (self, what, NULL);
  else
    sweep_fail (self, what, fault != NULL ? fault : "nothing was found");
}

static void
prove_names (Sweep *self, GtkWidget *box)
{
  GtkWidget *twice = plant (box, "Import");
  GtkWidget *label = gtk_label_new ("Import");
  GtkWidget *raw = gtk_button_new_with_mnemonic ("Fo_rward");

  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), raw);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (twice), GTK_ACCESSIBLE_RELATION_LABELLED_BY,
                                  label, NULL, -1);
  tell_faults (self, twice, "a name told twice is found", "twice");
  tell_faults (self, plant (box, NULL), "a button without a name is found", "no name");
  tell_faults (self, plant (box, "GtkButton"), "the name of a class is found", "class");
  tell_faults (self, plant (box, "_Save"), "the sign of a key is found", "sign");
  tell_faults (self, plant (box, "date_of_birth"), "the name of a column is none", NULL);
  tell_faults (self, raw, "a button with a key has a name without it", NULL);
}

static void
tell_trap (Sweep *self, GtkWidget *window, const char *what, const char *expected)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  gboolean found = FALSE;

  sweep_keys_settle (window);
  sweep_focus_check (window, problems);
  for (guint i = 0; expected != NULL && i < problems->len; i++)
    found |= strstr (problems->pdata[i], expected) != NULL;
  if (expected == NULL)
    sweep_tell (self, what, problems);
  else if (found)
    sweep_tell (self, what, NULL);
  else
    sweep_fail (self, what, "nothing was found");
}

static void
prove (Sweep *self)
{
  GtkWidget          *window = adw_window_new ();
  GtkWidget          *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkEventController *trap = gtk_event_controller_key_new ();
  GtkWidget          *second;

  (void) plant (box, "First");
  second = plant (box, "Second");
  (void) plant (box, "Third");
  adw_window_set_content (ADW_WINDOW (window), box);
  gtk_window_present (GTK_WINDOW (window));
  tell_trap (self, window, "a window without a trap is let through", NULL);
  g_signal_connect (trap, "key-pressed", G_CALLBACK (swallow_tab), NULL);
  gtk_widget_add_controller (second, trap);
  tell_trap (self, window, "a widget that keeps the keys is found", "“Second” does not let go");
  tell_trap (self, window, "what stands behind it is found", "is never reached");
  prove_names (self, box);
  gtk_window_destroy (GTK_WINDOW (window));
  app_test_settle ();
}

/* ---- the run ---- */

static void
run_cli (const char *cli, ...)
{
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();
  g_autofree char *said = NULL;
  GError          *error = NULL;
  char            *argument = (char *) cli;
  int              status = 0;
  va_list          list;

  va_start (list, cli);
  for (; argument != NULL; argument = va_arg (list, char *))
    g_ptr_array_add (arguments, argument);
  va_end (list);
  g_ptr_array_add (arguments, NULL);
  g_spawn_sync (NULL, (char **) arguments->pdata, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &said,
                NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
}

static void
make_second_pack (const char *script, const char *folder)
{
  g_autofree char *second = g_build_filename (folder, "second", NULL);

  run_cli ("python3", script, second, NULL);
}

/* A table of counts, which the demonstration has none of. */
static void
send_counts (const char *cli, const char *folder)
{
  g_autofree char *file = g_build_filename (folder, "demo.casecount", NULL);
  g_autofree char *counts = g_build_filename (folder, "counts.csv", NULL);
  g_autofree char *secret = g_build_filename (folder, "passphrase", NULL);

  g_assert_true (g_file_set_contents (counts,
                                      "Nationality,Men,Women,Boys,Girls,Total\nTogo,3,4,5,6,"
                                      "18\nGhana,1,0,2,3,6\n",
                                      -1, NULL));
  g_assert_true (g_file_set_contents (secret, PASSPHRASE, -1, NULL));
  run_cli (cli, "import", file, counts, "--entity", "police", "--period", "2023",
           "--passphrase-file", secret, NULL);
}

static gboolean
nothing_is_open (gpointer user_data)
{
  return cc_session_get_n_open () == 0;
}

static void
run (Sweep *self)
{
  prove (self);
  sweep_start (self);
  sweep_pages (self);
  sweep_windows (self);
  sweep_rest (self);
  sweep_narrow (self);
  gtk_window_destroy (GTK_WINDOW (self->window));
  app_test_wait (nothing_is_open, NULL);
  app_test_settle ();
}

static void
set_up (const char *language)
{
  g_setenv ("LANGUAGE", language, TRUE);
  setlocale (LC_ALL, "");
  bindtextdomain ("casecount", g_getenv ("CASECOUNT_LOCALE_DIR"));
  bind_textdomain_codeset ("casecount", "UTF-8");
  textdomain ("casecount");
}

int
main (int argc, char **argv)
{
  g_autoptr (CcApplication) application = NULL;
  g_autofree char *folder = NULL;
  AppTest          base;
  Sweep           *self;

  if (argc > 2)
    set_up (argv[2]);
  app_test_init (&argc, &argv);
  g_assert_cmpint (argc, >, 3);
  if (!sweep_keys_start ())
    {
      puts ("1..0 # SKIP there is nothing to press keys with");
      return 0;
    }
  app_test_set_up (&base, NULL);
  folder = app_test_path (&base, "demo");
  run_cli (argv[1], "demo", "--out", folder, "--victims", "60", NULL);
  send_counts (argv[1], folder);
  if (argc > 4)
    make_second_pack (argv[4], folder);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  application = cc_application_new ();
  g_application_set_flags (G_APPLICATION (application), G_APPLICATION_NON_UNIQUE);
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, NULL));
  g_application_set_default (G_APPLICATION (application));
  self = sweep_new (folder, PASSPHRASE);
  run (self);
  if (g_getenv ("SWEEP_ONLY") == NULL)
    sweep_templates (self, argv[3]);
  g_print ("# %u names in %u of our classes, %u of %u checks failed\n", self->n_asked,
           g_hash_table_size (self->seen), self->n_failed, self->n_checks);
  g_print ("1..%u\n", self->n_checks);
  sweep_keys_stop ();
  sweep_free (self);
  app_test_tear_down (&base, NULL);
  return 0;
}
