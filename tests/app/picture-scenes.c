/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "picture-scenes.h"

#include "app-test.h"
#include "exchange/cc-exchange-work.h"
#include "unlock/cc-user-page.h"
#include "widgets/cc-hat-row.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>
#include <cc/stats/cc-facts.h>
#include <cc/store/cc-act.h>
#include <cc/store/cc-backup.h>
#include <cc/store/cc-history.h>
#include <cc/store/cc-records.h>
#include <cc/store/cc-retention.h>

#define NAME "scenes.casecount"

/* Gives the first victim a family name. */
static gboolean
rename_first (CcAct *act, gpointer name, GError **error)
{
  CcCaseFile  *file = cc_act_get_file (act);
  CcPack      *pack = cc_case_file_get_pack (file);
  const gint64 id = cc_connection_get_int64 (cc_act_get_connection (act),
                                             "SELECT min (record) FROM victim", 0, error);
  g_autoptr (CcRecord) record = cc_store_read_record (file, cc_act_get_connection (act), id, error);
  CcPutResult put;

  g_assert_nonnull (record);
  cc_record_remove (record, "X_VI_ID_FAMILY");
  cc_record_add (record, cc_pack_find_variable (pack, "X_VI_ID_FAMILY"))->text = g_strdup (name);
  return cc_act_put_record (act, record, 0, 0, 0, &put, error);
}

static gboolean
add_rule (CcAct *act, gpointer data, GError **error)
{
  CcRetentionRule rule = { .unit = (char *) "VI",
                           .kind = (char *) "*",
                           .months = 12,
                           .counted_from = (char *) "last-contact" };

  return cc_act_set_retention (act, &rule, error);
}

static void
change (CcCaseFile *file, const char *name)
{
  GError *error = NULL;

  cc_case_file_act (file, "case", rename_first, (gpointer) name, NULL, &error);
  g_assert_no_error (error);
}

static gint64
undo (CcCaseFile *file, gint64 act)
{
  GError *error = NULL;
  gint64  seq = 0;

  cc_history_undo (file, act, NULL, &seq, &error);
  g_assert_no_error (error);
  return seq;
}

static gint64
find_last (CcCaseFile *file)
{
  CcConnection *reader = cc_case_file_acquire_reader (file, NULL);
  const gint64  seq = cc_history_get_last (reader, NULL);

  cc_case_file_release_reader (file, reader);
  return seq;
}

static CcCaseFile *
open_file (const char *path, const char *passphrase, CcPack *pack)
{
  GError     *error = NULL;
  CcCaseFile *file = cc_case_file_open (path, passphrase, pack, CC_OPEN_READ_WRITE, &error);

  g_assert_no_error (error);
  g_assert_true (cc_facts_attach (file, &error));
  return file;
}

static void
close_file (CcCaseFile *file)
{
  GError *error = NULL;

  g_assert_true (cc_case_file_close (file, &error));
  cc_case_file_free (file);
}

/* The same name is changed in a copy and here, and both are brought together. */
static void
make_conflict (CcCaseFile *file, const char *folder, const char *passphrase)
{
  g_autofree char *path = g_build_filename (folder, "other.casecount", NULL);
  GError          *error = NULL;
  CcMergeResult    result;
  CcCaseFile      *copy;

  (void) g_unlink (path);
  cc_case_file_copy (file, path, NULL, &error);
  g_assert_no_error (error);
  copy = open_file (path, passphrase, cc_case_file_get_pack (file));
  change (copy, "Mendy");
  close_file (copy);
  change (file, "Ndiaye");
  cc_exchange_work_merge (file, path, passphrase, NULL, &result, &error);
  g_assert_no_error (error);
}

const char *
picture_scenes_make (const char *folder, const char *from, const char *passphrase)
{
  g_autofree char *path = g_build_filename (folder, NAME, NULL);
  g_autofree char *other = g_build_filename (folder, "other.casecount", NULL);
  g_autoptr (GFile) source = g_file_new_build_filename (folder, from, NULL);
  g_autoptr (GFile) target = g_file_new_for_path (path);
  g_autoptr (CcPack) pack = cc_pack_load_default (NULL);
  GError     *error = NULL;
  CcCaseFile *file;

  g_file_copy (source, target, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  file = open_file (path, passphrase, pack);
  make_conflict (file, folder, passphrase);
  cc_case_file_act (file, "retention", add_rule, NULL, NULL, &error);
  g_assert_no_error (error);
  /* Taken back and done again; then another one only taken back. */
  change (file, "Diatta");
  undo (file, undo (file, find_last (file)));
  change (file, "Sagna");
  undo (file, find_last (file));
  close_file (file);
  /* The copy goes its own way after that. */
  file = open_file (other, passphrase, pack);
  change (file, "Sarr");
  close_file (file);
  return NAME;
}

void
picture_scenes_damage (const char *path, const char *passphrase)
{
  static const char zeros[4096];
  g_autoptr (CcPack) pack = cc_pack_load_default (NULL);
  int fd;

  /* Whoever opens and closes a file keeps its beginning. */
  close_file (open_file (path, passphrase, pack));
  fd = g_open (path, O_WRONLY, 0);
  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (write (fd, zeros, sizeof zeros), ==, sizeof zeros);
  close (fd);
}

static gboolean
is_shown (gpointer user_data)
{
  return gtk_widget_get_mapped (user_data);
}

void
picture_scenes_type (GtkWidget *window, const char *passphrase)
{
  GtkWidget *entry = app_test_find (window, ADW_TYPE_PASSWORD_ENTRY_ROW, NULL);

  gtk_editable_set_text (GTK_EDITABLE (entry), passphrase);
  g_signal_emit_by_name (entry, "entry-activated");
  app_test_wait (is_shown, app_test_find (window, CC_TYPE_USER_PAGE, NULL));
}

void
picture_scenes_sign (GtkWidget *window)
{
  GtkWidget *page = app_test_find (window, CC_TYPE_USER_PAGE, NULL);
  GtkWidget *name = app_test_find (page, ADW_TYPE_ENTRY_ROW, NULL);
  GtkWidget *hat = app_test_find (page, CC_TYPE_HAT_ROW, NULL);

  gtk_editable_set_text (GTK_EDITABLE (name), "Yawa Kossi");
  gtk_editable_set_text (GTK_EDITABLE (hat), "Data entry");
  g_assert_true (gtk_widget_activate_action (page, "user.continue", NULL));
}
