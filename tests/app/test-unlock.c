/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app-test.h"
#include "case-fixture.h"

#include "cc-session.h"
#include "unlock/cc-open-message.h"
#include "unlock/cc-unlock-page.h"
#include "unlock/cc-user-page.h"
#include "widgets/cc-hat-row.h"

#include <string.h>
#include <cc/base/cc-error.h>

typedef struct
{
  AppTest       base;
  GtkWindow    *window;
  CcUnlockPage *page;
  CcSession    *session;
} Fixture;

static void
on_unlocked (CcUnlockPage *page, CcSession *session, Fixture *fixture)
{
  fixture->session = cc_session_ref (session);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  app_test_set_up (&fixture->base, data);
  fixture->window = GTK_WINDOW (gtk_window_new ());
  fixture->page = g_object_new (CC_TYPE_UNLOCK_PAGE, NULL);
  g_signal_connect (fixture->page, "unlocked", G_CALLBACK (on_unlocked), fixture);
  gtk_window_set_child (fixture->window, GTK_WIDGET (fixture->page));
  gtk_window_present (fixture->window);
}

static gboolean
is_openable (gpointer user_data)
{
  g_autoptr (CcPack) pack = cc_pack_load_default (NULL);
  g_autoptr (CcCaseFile) file =
      cc_case_file_open (user_data, CASE_PASSPHRASE, pack, CC_OPEN_READ_WRITE, NULL);

  return file != NULL;
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (fixture->window);
  g_clear_pointer (&fixture->session, cc_session_unref);
  app_test_tear_down (&fixture->base, data);
}

static void
show_file (Fixture *fixture, const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);

  cc_unlock_page_set_file (fixture->page, file);
}

static GtkWidget *
find (Fixture *fixture, GType type, const char *text)
{
  return app_test_find (GTK_WIDGET (fixture->page), type, text);
}

static void
type_passphrase (Fixture *fixture, const char *text)
{
  GtkWidget *row = find (fixture, ADW_TYPE_PASSWORD_ENTRY_ROW, NULL);

  gtk_editable_set_text (GTK_EDITABLE (row), text);
  g_signal_emit_by_name (row, "entry-activated");
}

static gboolean
shows_message (gpointer user_data)
{
  Fixture   *fixture = ((gpointer *) user_data)[0];
  GtkWidget *label = find (fixture, GTK_TYPE_LABEL, ((gpointer *) user_data)[1]);

  return label != NULL && gtk_widget_get_mapped (label);
}

static void
wait_for_message (Fixture *fixture, const char *title)
{
  gpointer data[] = { fixture, (gpointer) title };

  app_test_wait (shows_message, data);
}

static gboolean
has_session (gpointer user_data)
{
  return ((Fixture *) user_data)->session != NULL;
}

static gboolean
asks_who (gpointer user_data)
{
  return gtk_widget_get_mapped (find (user_data, CC_TYPE_USER_PAGE, NULL))
         && gtk_widget_is_sensitive (find (user_data, GTK_TYPE_LABEL, "Continue _Without a Name"));
}

static void
wait_for_session (Fixture *fixture, const char *action)
{
  app_test_wait (asks_who, fixture);
  g_assert_null (fixture->session);
  g_assert_true (
      gtk_widget_activate_action (find (fixture, CC_TYPE_USER_PAGE, NULL), action, NULL));
  app_test_wait (has_session, fixture);
}

static gboolean
asks (Fixture *fixture)
{
  return gtk_widget_get_mapped (find (fixture, ADW_TYPE_PASSWORD_ENTRY_ROW, NULL));
}

static gboolean
offers_repair (gpointer user_data)
{
  return gtk_widget_get_mapped (find (user_data, GTK_TYPE_LABEL, "_Repair…"));
}

static char *
write_case (Fixture *fixture)
{
  const CaseParams params = { .n_victims = 4 };
  char            *path = app_test_path (&fixture->base, "small.casecount");

  case_fixture_write (path, &params);
  return path;
}

/* Nothing typed: nothing can be unlocked. Wrong: the message, and the passphrase can be typed
 * again. Right: the session arrives and the message is gone. */
static void
test_states (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = write_case (fixture);
  GtkWidget       *button = find (fixture, GTK_TYPE_LABEL, "_Unlock");
  GtkWidget       *alert;

  show_file (fixture, path);
  app_test_settle ();
  g_assert_nonnull (find (fixture, GTK_TYPE_LABEL, "small.casecount"));
  g_assert_true (asks (fixture));
  g_assert_false (gtk_widget_is_sensitive (button));

  type_passphrase (fixture, "three loud river stones");
  g_assert_false (gtk_widget_get_mapped (button));
  wait_for_message (fixture, "The Passphrase Does Not Fit");
  g_assert_null (fixture->session);
  g_assert_true (asks (fixture));
  g_assert_false (offers_repair (fixture));
  g_assert_true (
      gtk_widget_has_css_class (find (fixture, ADW_TYPE_PASSWORD_ENTRY_ROW, NULL), "error"));
  alert = gtk_widget_get_parent (
      gtk_widget_get_parent (find (fixture, GTK_TYPE_LABEL, "The Passphrase Does Not Fit")));
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (alert), GTK_ACCESSIBLE_ROLE_ALERT);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (alert), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "The Passphrase Does Not Fit");

  /* Who is sure of it is told at the second time what else it may be. */
  type_passphrase (fixture, "three loud river stones");
  app_test_wait (offers_repair, fixture);

  type_passphrase (fixture, CASE_PASSPHRASE);
  wait_for_session (fixture, "user.continue-without");
  g_assert_null (find (fixture, GTK_TYPE_LABEL, "The Passphrase Does Not Fit"));
  /* The page forgets what was typed. */
  g_assert_cmpstr (gtk_editable_get_text (
                       GTK_EDITABLE (find (fixture, ADW_TYPE_PASSWORD_ENTRY_ROW, NULL))),
                   ==, "");
}

/* A workbook is told at once, and no passphrase is asked for. The file stays as it is. */
static void
test_foreign_file (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = app_test_path (&fixture->base, "victims.xlsx");
  g_autofree char *kept = NULL;
  const char       bytes[] = "PK\003\004 a workbook";

  g_assert_true (g_file_set_contents (path, bytes, sizeof bytes, NULL));
  show_file (fixture, path);
  wait_for_message (fixture, "This Is Not a Case File");
  g_assert_false (asks (fixture));
  g_assert_true (gtk_widget_get_mapped (find (fixture, GTK_TYPE_LABEL, "_Open Another File…")));
  g_assert_true (g_file_get_contents (path, &kept, NULL, NULL));
  g_assert_cmpmem (kept, sizeof bytes, bytes, sizeof bytes);
}

/* In a window that runs right to left, a file's Latin name must not turn the sentence round. */
static void
test_right_to_left (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = app_test_path (&fixture->base, "table.csv");
  g_autoptr (CcOpenMessage) message = cc_open_message_new_for_kind ("table.csv", CC_FILE_TEXT);
  g_autofree char *marked = g_strconcat ("\u200f", message->body, NULL);

  g_assert_true (g_file_set_contents (path, "age;sex\n", -1, NULL));
  gtk_widget_set_direction (GTK_WIDGET (fixture->page), GTK_TEXT_DIR_RTL);
  show_file (fixture, path);
  wait_for_message (fixture, "This Is Not a Case File");
  g_assert_nonnull (find (fixture, GTK_TYPE_LABEL, marked));
}

static void
test_missing_file (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = app_test_path (&fixture->base, "gone.casecount");

  show_file (fixture, path);
  wait_for_message (fixture, "The File Is Not There");
  g_assert_false (asks (fixture));
}

/* Cut off in the middle of a page: recognised without a passphrase. */
static void
test_cut_off (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = write_case (fixture);
  g_autofree char *bytes = NULL;
  gsize            size;

  g_assert_true (g_file_get_contents (path, &bytes, &size, NULL));
  g_assert_true (g_file_set_contents (path, bytes, (gssize) (size - 1000), NULL));
  show_file (fixture, path);
  wait_for_message (fixture, "This Is Not a Whole Case File");
}

/* In use by another program: the message, and looking only is offered and works. */
static void
test_locked (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = write_case (fixture);
  g_autoptr (CcPack) pack = cc_pack_load_default (NULL);
  g_autoptr (CcCaseFile) other =
      cc_case_file_open (path, CASE_PASSPHRASE, pack, CC_OPEN_READ_WRITE, NULL);

  g_assert_nonnull (other);
  show_file (fixture, path);
  type_passphrase (fixture, CASE_PASSPHRASE);
  wait_for_message (fixture, "The File Is in Use");
  g_assert_true (gtk_widget_get_mapped (find (fixture, GTK_TYPE_LABEL, "Open for _Reading Only")));
  g_assert_true (
      gtk_widget_activate_action (GTK_WIDGET (fixture->page), "unlock.open-read-only", NULL));
  app_test_wait (has_session, fixture);
  g_assert_true (cc_case_file_is_read_only (cc_session_get_file (fixture->session)));
}

/* Cancelling answers at once; the file that opens in vain is closed again. */
static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = write_case (fixture);

  show_file (fixture, path);
  type_passphrase (fixture, CASE_PASSPHRASE);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->page), "unlock.cancel", NULL));
  g_assert_true (asks (fixture));
  g_assert_true (gtk_widget_get_mapped (find (fixture, GTK_TYPE_LABEL, "_Unlock")));
  g_assert_null (fixture->session);
  app_test_wait (is_openable, path);
  /* And it can be unlocked afterwards. */
  g_signal_emit_by_name (find (fixture, ADW_TYPE_PASSWORD_ENTRY_ROW, NULL), "entry-activated");
  wait_for_session (fixture, "user.continue-without");
}

static void
open_again (Fixture *fixture, const char *path)
{
  g_clear_pointer (&fixture->session, cc_session_unref);
  show_file (fixture, path);
  type_passphrase (fixture, CASE_PASSPHRASE);
}

static char *
get_user (Fixture *fixture)
{
  return cc_case_file_get_user (cc_session_get_file (fixture->session));
}

/* A name is kept in the file: next time it is offered, and marked for whoever worked last. */
static void
test_user (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = write_case (fixture);
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  GtkWidget       *page = find (fixture, CC_TYPE_USER_PAGE, NULL);
  GtkWidget       *row;

  open_again (fixture, path);
  app_test_wait (asks_who, fixture);
  row = app_test_find (page, ADW_TYPE_ENTRY_ROW, "Your Name");
  g_assert_nonnull (row);
  g_assert_false (gtk_widget_is_sensitive (app_test_find (page, GTK_TYPE_LABEL, "_Continue")));
  gtk_editable_set_text (GTK_EDITABLE (row), "  Yawa Kossi ");
  wait_for_session (fixture, "user.continue");
  first = get_user (fixture);
  g_assert_cmpstr (first, ==, "Yawa Kossi");

  open_again (fixture, path);
  app_test_wait (asks_who, fixture);
  g_assert_nonnull (app_test_find (page, ADW_TYPE_ACTION_ROW, "Yawa Kossi"));
  g_assert_nonnull (app_test_find (page, ADW_TYPE_ENTRY_ROW, "Another Name"));
  wait_for_session (fixture, "user.continue");
  second = get_user (fixture);
  g_assert_cmpstr (second, ==, "Yawa Kossi");
}

static GtkEditable *
find_hat (Fixture *fixture)
{
  return GTK_EDITABLE (find (fixture, CC_TYPE_HAT_ROW, NULL));
}

/* What somebody works as is asked for, stands behind the name, and comes back with it. */
static void
test_hat (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = write_case (fixture);
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  GtkWidget       *other;

  open_again (fixture, path);
  app_test_wait (asks_who, fixture);
  g_assert_nonnull (find (fixture, ADW_TYPE_ENTRY_ROW, "Working As"));
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (find_hat (fixture)), "hat.take", "s",
                                             "Reviewer of duplicates"));
  /* Nobody works without a name. */
  g_assert_false (gtk_widget_is_sensitive (find (fixture, GTK_TYPE_LABEL, "_Continue")));
  gtk_editable_set_text (GTK_EDITABLE (find (fixture, ADW_TYPE_ENTRY_ROW, "Your Name")),
                         "Yawa Kossi");
  g_assert_cmpstr (gtk_editable_get_text (find_hat (fixture)), ==, "Reviewer of duplicates");
  wait_for_session (fixture, "user.continue");
  first = get_user (fixture);
  g_assert_cmpstr (first, ==, "Yawa Kossi (Reviewer of duplicates)");

  open_again (fixture, path);
  app_test_wait (asks_who, fixture);
  g_assert_nonnull (find (fixture, ADW_TYPE_ACTION_ROW, "Yawa Kossi"));
  g_assert_cmpstr (gtk_editable_get_text (find_hat (fixture)), ==, "Reviewer of duplicates");
  /* The function follows the name, but never over what somebody wrote. */
  other = find (fixture, ADW_TYPE_ENTRY_ROW, "Another Name");
  gtk_editable_set_text (GTK_EDITABLE (other), "Afi");
  g_assert_cmpstr (gtk_editable_get_text (find_hat (fixture)), ==, "");
  gtk_editable_set_text (find_hat (fixture), " Trainer ");
  gtk_editable_set_text (GTK_EDITABLE (other), "Afi Mensah");
  /* Enter in the name goes on. */
  g_signal_emit_by_name (other, "entry-activated");
  app_test_wait (has_session, fixture);
  second = get_user (fixture);
  g_assert_cmpstr (second, ==, "Afi Mensah (Trainer)");
}

/* Each message says what happened, what was kept and what to do. */
static void
test_messages (void)
{
  const int codes[] = {
    CC_ERROR_WRONG_PASSPHRASE, CC_ERROR_DAMAGED,        CC_ERROR_LOCKED, CC_ERROR_NEWER_VERSION,
    CC_ERROR_READ_ONLY,        CC_ERROR_FOREIGN_FORMAT, CC_ERROR_BUSY,   CC_ERROR_NO_SPACE,
    CC_ERROR_NO_LOCKS,         CC_ERROR_DENIED
  };
  const CcOpenFinding finding = { .kind = CC_FILE_CASE_FILE };

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      g_autoptr (GError) error = g_error_new_literal (CC_ERROR, codes[i], "words of the core");
      g_autoptr (CcOpenMessage) message = cc_open_message_new (error, "a.casecount", &finding);

      g_assert_nonnull (strstr (message->body, "not changed") != NULL
                            ? message->body
                            : strstr (message->body, "Nothing was changed"));
      g_assert_null (strstr (message->body, "words of the core"));
    }
  for (int kind = CC_FILE_ABSENT; kind <= CC_FILE_UNREADABLE; kind++)
    {
      g_autoptr (CcOpenMessage) message =
          cc_open_message_new_for_kind ("a.casecount", (CcFileKind) kind);

      g_assert_true ((message == NULL) == (kind == CC_FILE_CASE_FILE));
    }
}

/* What was written over is no table where its name is that of a case file, and a passphrase that
 * does not fit may do so because the beginning is damaged: both lead to repair, where a backup that
 * is somewhere else can be named. */
static void
test_repair_offered (void)
{
  CcOpenFinding finding = { .kind = CC_FILE_TEXT, .may_be_repaired = TRUE };
  g_autoptr (GError) wrong = g_error_new_literal (CC_ERROR, CC_ERROR_WRONG_PASSPHRASE, "x");
  g_autoptr (CcOpenMessage) text = cc_open_message_new_for_finding ("a.casecount", &finding);
  g_autoptr (CcOpenMessage) table = cc_open_message_new_for_finding ("a.csv", &finding);
  g_autoptr (CcOpenMessage) met = cc_open_message_new_met ("a.casecount");
  g_autoptr (CcOpenMessage) unfit = NULL;

  g_assert_true (text->offer_repair && text->ask_again);
  g_assert_null (strstr (text->body, "table"));
  g_assert_false (table->offer_repair);
  g_assert_true (met->offer_repair && met->ask_again);
  finding.kind = CC_FILE_CASE_FILE;
  finding.may_be_repaired = FALSE;
  finding.n_misfits = 1;
  unfit = cc_open_message_new (wrong, "a.casecount", &finding);
  g_assert_true (unfit->offer_repair && unfit->wrong_passphrase);
}

/* Damage that was met in an open file is told once, before anything is typed. */
static void
test_damage_met (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = app_test_path (&fixture->base, "met.casecount");
  g_autoptr (GFile) file = g_file_new_for_path (path);

  g_object_set_data (G_OBJECT (file), CC_UNLOCK_DAMAGED, GINT_TO_POINTER (TRUE));
  cc_unlock_page_set_file (fixture->page, file);
  wait_for_message (fixture, "The File Is Damaged");
  g_assert_null (g_object_get_data (G_OBJECT (file), CC_UNLOCK_DAMAGED));
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  app_test_init (&argc, &argv);
  g_test_add_func ("/app/unlock/messages", test_messages);
  g_test_add_func ("/app/unlock/repair-offered", test_repair_offered);
  ADD ("/app/unlock/damage-met", test_damage_met);
  ADD ("/app/unlock/states", test_states);
  ADD ("/app/unlock/foreign-file", test_foreign_file);
  ADD ("/app/unlock/right-to-left", test_right_to_left);
  ADD ("/app/unlock/missing-file", test_missing_file);
  ADD ("/app/unlock/cut-off", test_cut_off);
  ADD ("/app/unlock/locked", test_locked);
  ADD ("/app/unlock/cancel", test_cancel);
  ADD ("/app/unlock/user", test_user);
  ADD ("/app/unlock/hat", test_hat);
  return g_test_run ();
}
