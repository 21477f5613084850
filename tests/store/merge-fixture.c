/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "merge-fixture.h"

#include <cc/store/cc-decision.h>
#include <cc/store/cc-kept.h>

static void
write_value (GString *text, const CcValue *value)
{
  g_string_append_printf (text, " %s=%d", value->variable->id, (int) value->no_value);
  if (value->code != NULL)
    g_string_append_printf (text, "/%s", value->code->code);
  for (guint i = 0; value->codes != NULL && i < value->codes->len; i++)
    g_string_append_printf (text, "+%s", ((CcCode *) g_ptr_array_index (value->codes, i))->code);
  g_string_append_printf (text, "/%d..%d/%d..%d/%" G_GINT64_FORMAT "/%s", value->date.first,
                          value->date.last, value->age_min, value->age_max, value->number,
                          value->text != NULL ? value->text : "");
}

static void
write_query (CcConnection *reader, GString *text, const char *sql)
{
  GError  *error = NULL;
  gboolean has_row = TRUE;
  g_autoptr (CcStatement) rows = cc_connection_prepare (reader, sql, &error);

  g_assert_no_error (error);
  while (cc_statement_step (rows, &has_row, &error) && has_row)
    g_string_append_printf (text, "%s\n",
                            cc_statement_is_null (rows, 0) ? "?" : cc_statement_text (rows, 0));
  g_assert_no_error (error);
}

static void
write_records (CcCaseFile *file, CcConnection *reader, GString *text)
{
  g_autoptr (CcStatement) ids =
      cc_connection_prepare (reader,
                             "SELECT r.id, hex (r.uuid) || ' ' || r.unit || ' ' || r.state || ' '"
                             " || r.basis || ' ' || coalesce (e.key, '-') || ' '"
                             " || coalesce (s.file_name, '-') || ' ' || coalesce (w.row, 0)"
                             " FROM record r LEFT JOIN entity e ON e.id = r.entity"
                             " LEFT JOIN submission s ON s.id = r.submission"
                             " LEFT JOIN source_row w ON w.id = r.source_row ORDER BY r.uuid",
                             NULL);
  gboolean has_row = TRUE;

  while (cc_statement_step (ids, &has_row, NULL) && has_row)
    {
      GError *error = NULL;
      g_autoptr (CcRecord) record =
          cc_store_read_record (file, reader, cc_statement_int64 (ids, 0), &error);

      g_assert_no_error (error);
      g_string_append (text, cc_statement_text (ids, 1));
      for (guint i = 0; i < record->values->len; i++)
        write_value (text, g_ptr_array_index (record->values, i));
      g_string_append_c (text, '\n');
    }
}

char *
merge_say (CcCaseFile *file)
{
  GError       *error = NULL;
  CcConnection *reader = cc_case_file_acquire_reader (file, &error);
  GString      *text = g_string_new (NULL);

  write_records (file, reader, text);
  /* Each live record with the smallest record of its person. */
  write_query (reader, text,
               "SELECT hex (r.uuid) || ' is ' || (SELECT min (hex (o.uuid)) FROM membership x"
               " JOIN record o ON o.id = x.record WHERE x.cluster = m.cluster"
               " AND x.to_act IS NULL) FROM membership m JOIN record r ON r.id = m.record"
               " WHERE m.to_act IS NULL ORDER BY r.uuid");
  write_query (reader, text,
               "SELECT min (hex (a.uuid), hex (b.uuid)) || ' ' || max (hex (a.uuid), hex (b.uuid))"
               " || ' ' || d.verdict FROM pair_decision d JOIN record a ON a.id = d.a"
               " JOIN record b ON b.id = d.b WHERE d.superseded_by IS NULL ORDER BY 1");
  write_query (reader, text,
               "SELECT s.file_name || s.state || s.rows || e.key FROM submission s"
               " JOIN entity e ON e.id = s.entity ORDER BY 1");
  write_query (reader, text,
               "SELECT s.file_name || w.sheet || w.row || w.cells || w.state FROM source_row w"
               " JOIN submission s ON s.id = w.submission ORDER BY 1");
  write_query (reader, text, "SELECT key || '=' || value FROM setting ORDER BY 1");
  write_query (reader, text, "SELECT key || '=' || name FROM entity ORDER BY 1");
  cc_case_file_release_reader (file, reader);
  return g_string_free (text, FALSE);
}

gboolean
merge_is_sound (CcCaseFile *file)
{
  GError *error = NULL;
  g_autoptr (GPtrArray) problems = NULL;

  g_assert_true (cc_case_file_verify (file, &problems, &error));
  g_assert_no_error (error);
  for (guint i = 0; i < problems->len; i++)
    g_test_message ("%s", (char *) g_ptr_array_index (problems, i));
  return problems->len == 0;
}

CcCaseFile *
merge_open (Fixture *fixture, const char *path)
{
  GError     *error = NULL;
  CcCaseFile *file =
      cc_case_file_open (path, PASSPHRASE, fixture->pack, CC_OPEN_READ_WRITE, &error);

  g_assert_no_error (error);
  return file;
}

/* Another copy of the fixture's file, both open. */
CcCaseFile *
merge_copy (Fixture *fixture, const char *name)
{
  GError          *error = NULL;
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  g_autofree char *bytes = NULL;
  gsize            size;

  fixture_close (fixture);
  g_assert_true (g_file_get_contents (fixture->path, &bytes, &size, &error));
  g_assert_true (g_file_set_contents (path, bytes, (gssize) size, &error));
  fixture_open (fixture);
  return merge_open (fixture, path);
}

void
merge_act (CcCaseFile *file, CcActFunc func, gpointer data)
{
  GError *error = NULL;

  cc_case_file_act (file, "test", func, data, NULL, &error);
  g_assert_no_error (error);
}

CcMergeResult
merge_files (CcCaseFile *file, CcCaseFile *other)
{
  GError       *error = NULL;
  CcMergeResult result;

  g_assert_true (cc_merge (file, other, NULL, &result, &error));
  g_assert_no_error (error);
  return result;
}

CcKinship
merge_compare (CcCaseFile *file, CcCaseFile *other)
{
  GError   *error = NULL;
  CcKinship kinship;

  g_assert_true (cc_exchange_compare (file, other, &kinship, &error));
  g_assert_no_error (error);
  return kinship;
}

static gint64
find_victim (CcAct *act, guint number)
{
  CcPack *pack = cc_case_file_get_pack (cc_act_get_file (act));
  g_autoptr (CcRecord) record = make_victim (pack, number, "x");

  return cc_store_find_uuid (cc_act_get_connection (act), record->uuid, NULL);
}

static gint64
find_number (CcAct *act, const char *sql)
{
  return cc_connection_get_int64 (cc_act_get_connection (act), sql, 0, NULL);
}

static gboolean
change_value (CcAct *act, const Change *self, gboolean sex, GError **error)
{
  CcPack      *pack = cc_case_file_get_pack (cc_act_get_file (act));
  const gint64 id = find_victim (act, self->number);
  g_autoptr (CcRecord) record =
      cc_store_read_record (cc_act_get_file (act), cc_act_get_connection (act), id, error);
  g_autofree char *name = g_strdup_printf ("Name%u", self->salt);
  CcPutResult      put;

  g_assert_nonnull (record);
  if (sex)
    cc_record_find (record, "VI03")->code =
        cc_pack_find_code (pack, "SEX", self->salt % 2 ? "M" : "F");
  else
    {
      cc_record_remove (record, "X_VI_ID_FAMILY");
      set_text (record, pack, "X_VI_ID_FAMILY", name);
    }
  return cc_act_put_record (act, record, 0, 0, 0, &put, error);
}

static gboolean
deliver (CcAct *act, const Change *self, GError **error)
{
  CcPack      *pack = cc_case_file_get_pack (cc_act_get_file (act));
  CcSubmission submission = { .entity = find_number (act, "SELECT id FROM entity LIMIT 1"),
                              .period = cc_interval_year (2024),
                              .file_name = g_strdup_printf ("f%u.xlsx", self->salt),
                              .sha256 = g_strdup_printf ("%064u", self->salt),
                              .rows = 2,
                              .accepted = 2 };
  gboolean     ok = cc_act_add_submission (act, &submission, error);

  for (guint i = 0; ok && i < 2; i++)
    {
      g_autoptr (CcRecord) record = make_victim (pack, 1000 + self->salt * 2 + i, "Delivered");
      const gint64 row = cc_act_add_source_row (act, submission.id, "S", 2 + (gint64) i, "[\"a\"]",
                                                "accepted", NULL, error);
      CcPutResult  put;

      ok = row > 0
           && cc_act_put_record (act, record, submission.entity, submission.id, row, &put, error);
    }
  g_free (submission.file_name);
  g_free (submission.sha256);
  g_free (submission.state);
  return ok;
}

static gboolean
decide (CcAct *act, const Change *self, gboolean same, GError **error)
{
  CcPairDecision decision = { .kind = (char *) "VI", .source = (char *) "review" };
  gint64         a = find_victim (act, self->number);
  gint64         b = find_victim (act, self->other);
  gint64         x = cc_act_find_cluster (act, a, error);
  gint64         y = cc_act_find_cluster (act, b, error);

  if (a == b || x == 0 || y == 0)
    return TRUE;
  decision.a = a;
  decision.b = b;
  decision.verdict = same ? CC_VERDICT_SAME : CC_VERDICT_DIFFERENT;
  if (!cc_act_add_decision (act, &decision, error))
    return FALSE;
  return cc_act_follow_verdicts (act, NULL, (gint64[]){ a, b }, 2, NULL, error);
}

static gboolean
join (CcAct *act, const Change *self, GError **error)
{
  return cc_act_join (act, cc_act_find_cluster (act, find_victim (act, self->number), error),
                      cc_act_find_cluster (act, find_victim (act, self->other), error), 0, error);
}

gboolean
merge_run_change (CcAct *act, gpointer data, GError **error)
{
  const Change    *self = data;
  CcPack          *pack = cc_case_file_get_pack (cc_act_get_file (act));
  g_autofree char *key = g_strdup_printf ("test.%u", self->number);
  g_autofree char *value = g_strdup_printf ("%u", self->salt);
  g_autoptr (CcRecord) record = NULL;
  CcPutResult put;

  switch (self->what)
    {
    case 0:
      record = make_victim (pack, 500 + self->salt, "New");
      return cc_act_put_record (act, record, 0, 0, 0, &put, error);
    case 1:
      return change_value (act, self, FALSE, error);
    case 2:
      return change_value (act, self, TRUE, error);
    case 3:
      return cc_act_withdraw_record (act, find_victim (act, self->number), error);
    case 4:
      return decide (act, self, TRUE, error);
    case 5:
      return decide (act, self, FALSE, error);
    case 6:
      return deliver (act, self, error);
    case CHANGE_JOIN:
      return join (act, self, error);
    default:
      return cc_act_set_setting (act, key, value, error);
    }
}

gboolean
merge_begin (CcAct *act, gpointer data, GError **error)
{
  CcPack *pack = cc_case_file_get_pack (cc_act_get_file (act));

  g_assert_cmpint (cc_act_add_entity (act, "police", "Police",
                                      cc_pack_find_code (pack, "RETYPE", "POL"), error),
                   >, 0);
  for (guint i = 0; i < N_VICTIMS; i++)
    {
      g_autoptr (CcRecord) record = make_victim (pack, i, "Begin");
      CcPutResult put;

      if (!cc_act_put_record (act, record, 0, 0, 0, &put, error))
        return FALSE;
    }
  return TRUE;
}

Change
merge_choose (GRand *random, guint side, gboolean apart)
{
  static guint salt = 1;
  Change       change;

  change.what = (guint) g_rand_int_range (random, 0, 8);
  change.salt = salt++;
  change.number = (guint) g_rand_int_range (random, 0, N_VICTIMS);
  change.other = (guint) g_rand_int_range (random, 0, N_VICTIMS);
  /* Each side has its own half. */
  if (apart)
    {
      change.number = change.number % (N_VICTIMS / 2) + side * (N_VICTIMS / 2);
      change.other = change.other % (N_VICTIMS / 2) + side * (N_VICTIMS / 2);
    }
  return change;
}

void
merge_close (CcCaseFile *file)
{
  GError *error = NULL;

  g_assert_true (cc_case_file_close (file, &error));
  g_assert_no_error (error);
  cc_case_file_free (file);
}
