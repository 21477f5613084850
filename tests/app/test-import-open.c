/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Questions about values that are left open: nobody passes over many of them by accident. */
#include "import-walk.h"

#include <string.h>

#define LOST "30 persons will have no “Sex”: nobody has said what is meant by “M”."
#define ONE  "1 person will have no “Citizenship”: nobody has said what is meant by “Guinea”."

/* "H/M" is man and woman where M is one of both. */
static char *
write_list (void)
{
  g_autoptr (GString) text = g_string_new ("Nome,H/M,Idade,Nacionalidade,Data da detecção\n");

  for (guint i = 0; i < 42; i++)
    g_string_append_printf (text, "Pessoa %u,%s,%u,%s,2023-05-%02u\n", i, i < 12 ? "H" : "M",
                            18 + i, i == 7 ? "Guinea" : "TGO", 1 + i % 28);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static CcImportDraft *
open_values (PageTest *test)
{
  g_autofree char *text = write_list ();
  CcImportDraft   *draft = import_walk_add (test, "lista.csv", text);

  import_walk_open (test, draft);
  import_walk_to (test, draft, CC_WIZARD_VALUES);
  return draft;
}

static CcWizardStep
get_step (PageTest *test)
{
  return cc_import_wizard_get_step (import_walk_get_wizard (test));
}

static AdwMessageDialog *
find_question (void)
{
  GtkWidget *dialog = NULL;

  app_test_wait (app_test_find_dialog, &dialog);
  g_assert_cmpstr (adw_message_dialog_get_heading (ADW_MESSAGE_DIALOG (dialog)), ==,
                   "Leave These Questions Open?");
  return ADW_MESSAGE_DIALOG (dialog);
}

static void
answer (AdwMessageDialog *question, const char *response)
{
  adw_message_dialog_response (question, response);
  gtk_window_destroy (GTK_WINDOW (question));
}

static gboolean
is_seen (PageTest *test, const char *text)
{
  GtkWidget *label = app_test_find (GTK_WIDGET (test->page), GTK_TYPE_LABEL, text);

  return label != NULL && gtk_widget_get_mapped (label);
}

/* Continue asks once what it would cost, and answering takes the question away. */
static void
test_answer (PageTest *test, gconstpointer data)
{
  CcImportDraft    *draft = open_values (test);
  CcImportLineList *list;
  AdwMessageDialog *dialog;

  g_assert_true (is_seen (test, LOST));
  import_walk_press (test);
  dialog = find_question ();
  /* A single person is told in the summary and asks nothing. */
  g_assert_nonnull (strstr (adw_message_dialog_get_body (dialog), LOST));
  g_assert_null (strstr (adw_message_dialog_get_body (dialog), ONE));
  g_assert_cmpint (get_step (test), ==, CC_WIZARD_VALUES);
  answer (dialog, "answer");
  app_test_settle ();
  g_assert_cmpint (get_step (test), ==, CC_WIZARD_VALUES);
  list = import_walk_find_list (test, "CcImportValuesStep");
  g_signal_emit_by_name (list, "activated", import_walk_find_line (list, CC_LINE_PAIR, "M"));
  import_walk_choose ("female");
  g_assert_false (is_seen (test, LOST));
  import_walk_press (test);
  g_assert_cmpint (get_step (test), ==, CC_WIZARD_SUMMARY);
  import_walk_wait_tried (test);
  app_test_settle ();
  g_assert_cmpuint (draft->losses->len, ==, 1);
  g_assert_true (is_seen (test, ONE));
}

/* Whoever leaves them open is not asked again, reads it in the summary, and comes back from there.
 */
static void
test_leave (PageTest *test, gconstpointer data)
{
  GtkWidget *row;

  open_values (test);
  import_walk_press (test);
  answer (find_question (), "leave");
  import_walk_wait_step (test, CC_WIZARD_SUMMARY);
  import_walk_wait_tried (test);
  app_test_settle ();
  g_assert_true (is_seen (test, LOST));
  g_assert_true (is_seen (test, ONE));
  row = app_test_find (GTK_WIDGET (test->page), ADW_TYPE_ACTION_ROW, "Answer Them Now");
  g_assert_true (gtk_widget_get_mapped (row));
  g_signal_emit_by_name (row, "activated");
  import_walk_wait_step (test, CC_WIZARD_VALUES);
  import_walk_press (test);
  g_assert_cmpint (get_step (test), ==, CC_WIZARD_SUMMARY);
  import_walk_wait_tried (test);
  import_walk_press (test);
  import_walk_wait_step (test, CC_WIZARD_RESULT);
}

/* Nothing is asked where nothing large is open. */
static void
test_small (PageTest *test, gconstpointer data)
{
  CcImportDraft *draft = import_walk_add (test, "small.csv",
                                          "Name,Sex,Age,Nationality,Date of detection\n"
                                          "A,F,20,Togo,2023-05-01\nB,F,21,Guinea,2023-05-02\n"
                                          "C,M,22,Togo,2023-05-03\n");

  import_walk_open (test, draft);
  import_walk_to (test, draft, CC_WIZARD_SUMMARY);
  import_walk_wait_tried (test);
  app_test_settle ();
  g_assert_true (is_seen (test, ONE));
}

/* Spellings of one text stand together, and one answer is enough; each can be answered otherwise.
 */
static void
test_spellings (PageTest *test, gconstpointer data)
{
  CcImportDraft    *draft = import_walk_add (test, "spellings.csv",
                                             "Name,Age,Nationality,Date rescued\n"
                                                "A,20,Zorbland,2023-05-01\n"
                                                "B,21,Zorblnd,2023-05-02\n"
                                                "C,22,Zorbland,2023-05-03\n"
                                                "D,23,Zorblandt,2023-05-04\n"
                                                "E,24,Togo,2023-05-04\n"
                                                "F,25,Togo,2023-05-04\n"
                                                "G,26,Togo,2023-05-04\n"
                                                "H,27,Togo,2023-05-04\n");
  CcImportLineList *list;
  CcImportLine     *leader, *slip, *other;

  import_walk_open (test, draft);
  import_walk_to (test, draft, CC_WIZARD_VALUES);
  list = import_walk_find_list (test, "CcImportValuesStep");
  leader = import_walk_find_line (list, CC_LINE_PAIR, "Zorbland");
  slip = import_walk_find_line (list, CC_LINE_PAIR, "Zorblnd");
  other = import_walk_find_line (list, CC_LINE_PAIR, "Zorblandt");
  g_assert_cmpstr (leader->ours_note, ==, "Your answer holds for 2 other spellings as well.");
  g_assert_cmpstr (slip->ours_note, ==,
                   "Written nearly as “Zorbland”; an answer there is one for this, too.");
  g_signal_emit_by_name (list, "activated", leader);
  import_walk_choose ("Togo");
  g_assert_cmpint (slip->mark, ==, CC_MARK_GOOD);
  g_assert_cmpstr (slip->ours, ==, "Togo");
  g_assert_cmpstr (slip->ours_note, ==, "as said for its spelling “Zorbland”");
  g_signal_emit_by_name (list, "activated", other);
  import_walk_choose ("Ghana");
  g_assert_cmpstr (other->ours, ==, "Ghana");
  g_assert_cmpstr (other->ours_note, ==, "chosen by you or before");
  g_assert_cmpstr (leader->ours, ==, "Togo");
  g_assert_cmpstr (slip->ours, ==, "Togo");
}

int
main (int argc, char **argv)
{
  app_test_init (&argc, &argv);
#define ADD(name, func)                                                                            \
  g_test_add ("/app/import-open/" name, PageTest, NULL, import_walk_set_up, func,                  \
              page_test_tear_down)
  ADD ("answer", test_answer);
  ADD ("leave", test_leave);
  ADD ("small", test_small);
  ADD ("spellings", test_spellings);
#undef ADD
  return g_test_run ();
}
