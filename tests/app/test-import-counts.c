/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files that are no lists of persons: tables of counts, and the word that there was nothing; and in
 * which direction the words of a difference are read. */
#include "app-test.h"
#include "case-fixture.h"

#include "cc-session.h"
#include "import/cc-import-difference.h"
#include "import/cc-import-draft.h"
#include "import/cc-import-queue-row.h"
#include "import/cc-import-texts.h"

#include <cc/stats/cc-facts.h>

typedef struct
{
  AppTest    base;
  CcSession *session;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  const CaseParams params = { .n_victims = 0 };
  g_autoptr (CcTexts) texts = cc_texts_load_default (NULL);
  g_autoptr (CcPack) pack = cc_pack_load_default (NULL);
  g_autofree char *path = NULL;
  CcCaseFile      *file;
  GError          *error = NULL;

  app_test_set_up (&fixture->base, data);
  path = app_test_path (&fixture->base, "counts.casecount");
  case_fixture_write (path, &params);
  file = cc_case_file_open (path, CASE_PASSPHRASE, pack, CC_OPEN_READ_WRITE, &error);
  g_assert_no_error (error);
  g_assert_true (cc_facts_attach (file, &error));
  fixture->session = cc_session_new (file, texts);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  app_test_settle ();
  cc_session_unref (fixture->session);
  app_test_tear_down (&fixture->base, data);
}

static gboolean
is_settled (gpointer user_data)
{
  CcImportDraft *draft = user_data;

  return !draft->busy && (draft->state == CC_DRAFT_READY || draft->state == CC_DRAFT_FAILED);
}

static CcImportDraft *
read_file (Fixture *fixture, const char *name, const char *text)
{
  g_autofree char *path = app_test_path (&fixture->base, name);
  CcImportDraft   *draft;

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  draft = cc_import_draft_new (fixture->session, path);
  cc_import_draft_read (draft);
  app_test_wait (is_settled, draft);
  g_assert_cmpint (draft->state, ==, CC_DRAFT_READY);
  return draft;
}

/* A person can say that a list holds counts, and take it back. */
static void
test_counts (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CcImportDraft) draft = read_file (fixture, "counts.csv",
                                               "Nationality,Men,Women,Boys,Girls,Total\n"
                                               "Togo,3,4,5,6,18\nGhana,1,0,2,3,6\n");
  CcInspectTable *table = g_ptr_array_index (draft->inspection->tables, 0);

  g_assert_true (cc_map_is_aggregate (draft->map, table));
  cc_import_draft_set_unit (draft, table, "victim");
  g_assert_false (cc_map_is_aggregate (draft->map, table));
  g_assert_cmpstr (cc_map_get_unit (draft->map, table->name), ==, "victim");
  cc_import_draft_set_unit (draft, table, "-");
  g_assert_true (cc_map_is_skipped (draft->map, table->name));
  cc_import_draft_set_unit (draft, table, CC_IMPORT_COUNTS);
  g_assert_true (cc_map_is_aggregate (draft->map, table));
  g_assert_false (cc_map_is_skipped (draft->map, table->name));
}

/* A file that says there was nothing offers to note it. */
static void
test_nothing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CcImportDraft) nothing =
      read_file (fixture, "mars.csv", "N° PV;Nom;Sexe;Age;Date\nNEANT;;;;\n");
  g_autoptr (CcImportDraft) list =
      read_file (fixture, "list.csv", "Case no,Sex,Age,Date\nC-1,F,15,2023-05-13\n");
  g_autofree char  *text = cc_import_describe_draft (nothing);
  CcImportQueueRow *row = g_object_ref_sink (cc_import_queue_row_new (nothing));
  CcImportQueueRow *other = g_object_ref_sink (cc_import_queue_row_new (list));

  g_assert_true (nothing->inspection->nil);
  g_assert_cmpstr (text, ==, "It says that there was nothing to report");
  g_assert_true (
      gtk_widget_get_visible (app_test_find (GTK_WIDGET (row), GTK_TYPE_BUTTON, "Note “No Case”")));
  g_assert_false (gtk_widget_get_visible (
      app_test_find (GTK_WIDGET (other), GTK_TYPE_BUTTON, "Note “No Case”")));
  g_object_unref (row);
  g_object_unref (other);
}

#define ISOLATED(part) "\342\200\217\342\201\250" part "\342\201\251"

/* A line that begins with a number in Latin letters is read from the right all the same, and its
 * values from the old one to the new one. */
static void
test_direction (Fixture *fixture, gconstpointer data)
{
  CcPack           *pack = cc_case_file_get_pack (cc_session_get_file (fixture->session));
  CcDifferenceValue value = { .variable = cc_pack_find_variable (pack, "X_VI_ID_FAMILY"),
                              .before = (char *) "Sarr",
                              .after = (char *) "Sarr Ndiaye" };
  CcDifferenceRow   row = { .kind = CC_DIFFERENCE_CHANGED,
                            .unit = cc_pack_find_unit (pack, "victim"),
                            .number = (char *) "V<2" };
  CcDifference      difference = { .persons[CC_DIFFERENCE_CHANGED] = 1 };
  g_autoptr (GPtrArray) values = g_ptr_array_new ();
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();
  g_autofree char *left = NULL;
  g_autofree char *right = NULL;

  g_ptr_array_add (values, &value);
  g_ptr_array_add (rows, &row);
  row.values = values;
  difference.rows = rows;
  left = cc_import_describe_all (fixture->session, &difference);
  g_assert_cmpstr (left, ==,
                   "<b>Persons Who Change: 1</b>\n"
                   "V&lt;2 – Family name: Sarr → Sarr Ndiaye");
  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  right = cc_import_describe_all (fixture->session, &difference);
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
  g_assert_cmpstr (right, ==,
                   "<b>Persons Who Change: 1</b>\n" ISOLATED ("V&lt;2") " – " ISOLATED (
                       "Family name") ": " ISOLATED ("Sarr") " → " ISOLATED ("Sarr Ndiaye"));
}

int
main (int argc, char **argv)
{
  app_test_init (&argc, &argv);
#define ADD(name, func)                                                                            \
  g_test_add ("/app/import-counts/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("counts", test_counts);
  ADD ("nothing", test_nothing);
  ADD ("direction", test_direction);
#undef ADD
  return g_test_run ();
}
