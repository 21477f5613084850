/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who sent a file: what its own words say stands first, and Enter takes nobody else unasked. */
#include "import-walk.h"

#include "import/cc-import-agency-dialog.h"
#include "import/cc-import-choice.h"
#include "import/cc-import-chooser.h"

#include <string.h>
#include <cc/store/cc-act.h>

#define ROWS "Name,Sex,Age,Date\nAwa Kone,F,20,2023-05-01\nIdris Sow,M,31,2023-05-02\n"

static GtkWidget *
find_window (GType type)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (G_TYPE_CHECK_INSTANCE_TYPE (window, type) && gtk_widget_get_mapped (window))
        return window;
    }
  return NULL;
}

static gboolean
is_free (gpointer user_data)
{
  return !((CcImportDraft *) user_data)->busy;
}

static gboolean
has_no_window (gpointer user_data)
{
  return find_window (*(GType *) user_data) == NULL;
}

/* A busy machine shows windows late. */
static gboolean
has_window (gpointer user_data)
{
  return find_window (*(GType *) user_data) != NULL;
}

static GtkWidget *
wait_window (GType type)
{
  app_test_wait (has_window, &type);
  return find_window (type);
}

static void
wait_gone (GType type)
{
  app_test_wait (has_no_window, &type);
}

static CcImportDraft *
open_file (PageTest *test, const char *name, const char *text)
{
  CcImportDraft *draft = import_walk_add (test, name, text);

  import_walk_open (test, draft);
  return draft;
}

static GtkWidget *
ask_sender (PageTest *test)
{
  GtkWidget *step =
      app_test_find (GTK_WIDGET (test->page), g_type_from_name ("CcImportSenderStep"), NULL);
  GtkWidget *row = app_test_find (step, ADW_TYPE_ACTION_ROW, "Sender");

  g_signal_emit_by_name (row, "activated");
  app_test_settle ();
  return wait_window (CC_TYPE_IMPORT_CHOOSER);
}

static GtkSelectionModel *
get_lines (GtkWidget *chooser)
{
  return gtk_list_view_get_model (
      GTK_LIST_VIEW (app_test_find (chooser, GTK_TYPE_LIST_VIEW, NULL)));
}

static void
check_line (GtkWidget *chooser, guint position, const char *label, const char *detail)
{
  g_autoptr (CcImportChoice) choice =
      g_list_model_get_item (G_LIST_MODEL (get_lines (chooser)), position);

  g_assert_nonnull (choice);
  g_assert_cmpstr (cc_import_choice_get_label (choice), ==, label);
  g_assert_cmpstr (cc_import_choice_get_detail (choice), ==, detail);
}

static void
press_enter (GtkWidget *chooser)
{
  g_signal_emit_by_name (app_test_find (chooser, GTK_TYPE_SEARCH_ENTRY, NULL), "activate");
  app_test_settle ();
}

/* The file speaks of an agency that is not known: Enter asks for that one, with its name typed. */
static void
test_new (PageTest *test, gconstpointer data)
{
  CcImportDraft *draft = open_file (test, "foyer_nord_2023.csv", ROWS);
  GtkWidget     *chooser = ask_sender (test);
  GtkWidget     *dialog, *name;

  check_line (chooser, 0, "New agency: Foyer nord",
              "Shelter. The file’s name speaks of it: “foyer_nord_2023.csv”.");
  /* Enter takes it, whatever line the pointer happens to rest on. */
  press_enter (chooser);
  wait_gone (CC_TYPE_IMPORT_CHOOSER);
  g_assert_null (draft->entity);
  dialog = wait_window (CC_TYPE_IMPORT_AGENCY_DIALOG);
  name = app_test_find (dialog, ADW_TYPE_ENTRY_ROW, NULL);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (name)), ==, "Foyer nord");
  g_signal_emit_by_name (name, "entry-activated");
  app_test_wait (is_free, draft);
  wait_gone (CC_TYPE_IMPORT_AGENCY_DIALOG);
  g_assert_cmpstr (cc_import_draft_get_entity (draft)->name, ==, "Foyer nord");
  /* Asked again, it is the one that was named. */
  chooser = ask_sender (test);
  check_line (chooser, 0, "New agency: Foyer nord", "Shelter");
  gtk_window_destroy (GTK_WINDOW (chooser));
}

/* A title says it as well. */
static void
test_title (PageTest *test, gconstpointer data)
{
  GtkWidget *chooser;

  open_file (test, "list.csv", "Foyer Espoir - victimes 2023,,,\n,,,\n" ROWS);
  chooser = ask_sender (test);
  check_line (chooser, 0, "New agency: Foyer Espoir",
              "Shelter. A title in the file speaks of it: “Foyer Espoir - "
              "victimes 2023”.");
  gtk_window_destroy (GTK_WINDOW (chooser));
}

/* Where nothing says it, Enter takes nobody before a letter is typed. */
static void
test_no_guess (PageTest *test, gconstpointer data)
{
  CcImportDraft *draft = open_file (test, "list.csv", ROWS);
  GtkWidget     *chooser = ask_sender (test);

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (get_lines (chooser))), ==, 3);
  press_enter (chooser);
  g_assert_true (find_window (CC_TYPE_IMPORT_CHOOSER) == chooser);
  g_assert_null (draft->entity);
  import_walk_choose ("lab");
  app_test_wait (is_free, draft);
  g_assert_cmpstr (draft->entity, ==, "labour");
  /* The one that was chosen stands first. */
  wait_gone (CC_TYPE_IMPORT_CHOOSER);
  chooser = ask_sender (test);
  check_line (chooser, 0, "Labour Inspectorate", "Labour inspectorate");
  press_enter (chooser);
  wait_gone (CC_TYPE_IMPORT_CHOOSER);
  g_assert_cmpstr (draft->entity, ==, "labour");
}

/* A known agency that the file names is chosen and says why. */
static void
test_known (PageTest *test, gconstpointer data)
{
  CcImportDraft *draft = open_file (test, "clinics-north-2023.csv", ROWS);
  GtkWidget     *chooser = ask_sender (test);

  g_assert_cmpstr (draft->entity, ==, "clinics");
  check_line (chooser, 0, "Clinics of the North", "Health service · from the file’s name");
  press_enter (chooser);
  g_assert_cmpstr (draft->entity, ==, "clinics");
  g_assert_null (find_window (ADW_TYPE_MESSAGE_DIALOG));
}

/* One letter less is hardly another agency: the known one stands first, the new one behind it. */
static void
test_near (PageTest *test, gconstpointer data)
{
  CcImportDraft *draft = open_file (test, "labor inspectorate.csv", ROWS);
  GtkWidget     *chooser = ask_sender (test);

  g_assert_null (draft->entity);
  check_line (chooser, 0, "Labour Inspectorate",
              "Labour inspectorate. The file’s name says nearly this: “labor inspectorate.csv”.");
  check_line (chooser, 1, "New agency: Labor inspectorate",
              "Labour inspectorate. The file’s name speaks of it: “labor inspectorate.csv”.");
  press_enter (chooser);
  app_test_wait (is_free, draft);
  g_assert_cmpstr (draft->entity, ==, "labour");
  g_assert_null (find_window (ADW_TYPE_MESSAGE_DIALOG));
}

static AdwMessageDialog *
find_doubt (const char *heading, const char *body)
{
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (wait_window (ADW_TYPE_MESSAGE_DIALOG));

  g_assert_cmpstr (adw_message_dialog_get_heading (dialog), ==, heading);
  g_assert_cmpstr (adw_message_dialog_get_body (dialog), ==, body);
  return dialog;
}

static void
answer (AdwMessageDialog *question, const char *response)
{
  adw_message_dialog_response (question, response);
  gtk_window_destroy (GTK_WINDOW (question));
  wait_gone (ADW_TYPE_MESSAGE_DIALOG);
}

/* Another agency than the file speaks of is named before it is taken. */
static void
test_doubt (PageTest *test, gconstpointer data)
{
  static const char *const heading = "Did National Police Send This File?";
  static const char *const body =
      "The file’s name, “foyer_nord.csv”, speaks of Foyer nord, which is no known agency.\n\nIf "
      "you keep National Police, all cases of the file are kept as its cases.";
  CcImportDraft *draft = open_file (test, "foyer_nord.csv", ROWS);

  ask_sender (test);
  import_walk_choose ("police");
  wait_gone (CC_TYPE_IMPORT_CHOOSER);
  answer (find_doubt (heading, body), "choose");
  g_assert_null (draft->entity);
  (void) wait_window (CC_TYPE_IMPORT_CHOOSER);
  import_walk_choose ("police");
  answer (find_doubt (heading, body), "cancel");
  g_assert_null (draft->entity);
  wait_gone (CC_TYPE_IMPORT_CHOOSER);
  ask_sender (test);
  import_walk_choose ("police");
  answer (find_doubt (heading, body), "keep");
  app_test_wait (is_free, draft);
  g_assert_cmpstr (draft->entity, ==, "police");
  /* What was kept is not asked about again. */
  wait_gone (CC_TYPE_IMPORT_CHOOSER);
  press_enter (ask_sender (test));
  g_assert_null (find_window (ADW_TYPE_MESSAGE_DIALOG));
}

/* The title names one that is known; neither a known nor a new one takes its place unasked. */
static void
test_doubt_known (PageTest *test, gconstpointer data)
{
  CcImportDraft *draft =
      open_file (test, "list.csv", "Labour Inspectorate - victims 2023,,,\n,,,\n" ROWS);

  g_assert_cmpstr (draft->entity, ==, "labour");
  ask_sender (test);
  import_walk_choose ("police");
  answer (find_doubt ("Did National Police Send This File?",
                      "A title in the file, “Labour Inspectorate - victims 2023”, names Labour "
                      "Inspectorate.\n\nIf you keep National Police, all cases of the file are "
                      "kept as its cases."),
          "cancel");
  g_assert_cmpstr (draft->entity, ==, "labour");
}

/* A word for the kind alone speaks against nobody of that kind. */
static void
test_kind (PageTest *test, gconstpointer data)
{
  CcImportDraft *draft = open_file (test, "polisi_2023.csv", ROWS);

  ask_sender (test);
  import_walk_choose ("national");
  app_test_wait (is_free, draft);
  g_assert_null (find_window (ADW_TYPE_MESSAGE_DIALOG));
  g_assert_cmpstr (draft->entity, ==, "police");
}

static gboolean
add_agency (CcAct *act, gpointer data, GError **error)
{
  CcPack *pack = cc_case_file_get_pack (cc_act_get_file (act));

  return cc_act_add_entity (act, "foyer-nord", "Foyer nord",
                            cc_pack_find_code (pack, "RETYPE", "SHE"), error)
         > 0;
}

/* Two files of one new agency: once the first is in, the second knows its sender. */
static void
test_second (PageTest *test, gconstpointer data)
{
  CcImportDraft *draft = import_walk_add (test, "foyer_nord_2024.csv", ROWS);
  CcCaseFile    *file = cc_session_get_file (test->session);
  GError        *error = NULL;

  g_assert_null (draft->entity);
  g_assert_nonnull (draft->guess->new_name);
  cc_case_file_act (file, "entity", add_agency, NULL, NULL, &error);
  g_assert_no_error (error);
  cc_import_draft_reload (draft);
  app_test_wait (is_free, draft);
  g_assert_cmpstr (draft->entity, ==, "foyer-nord");
}

int
main (int argc, char **argv)
{
  app_test_init (&argc, &argv);
#define ADD(name, func)                                                                            \
  g_test_add ("/app/import-sender/" name, PageTest, NULL, import_walk_set_up, func,                \
              page_test_tear_down)
  ADD ("new", test_new);
  ADD ("title", test_title);
  ADD ("no-guess", test_no_guess);
  ADD ("known", test_known);
  ADD ("near", test_near);
  ADD ("doubt", test_doubt);
  ADD ("doubt-known", test_doubt_known);
  ADD ("kind", test_kind);
  ADD ("second", test_second);
#undef ADD
  return g_test_run ();
}
