/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-history-private.h"
#include "cc-bind-private.h"
#include "cc-row-image-private.h"
#include "cc-seal-private.h"

#include <cc/base/cc-error.h>
#include <cc/store/cc-user.h>

#include <string.h>

void
cc_history_act_free (CcHistoryAct *self)
{
  if (self == NULL)
    return;
  g_free (self->user);
  g_free (self->name);
  g_free (self);
}

void
cc_history_change_free (CcHistoryChange *self)
{
  if (self == NULL)
    return;
  g_free (self->table);
  g_free (self->key);
  g_free (self->unit);
  g_free (self->variable);
  g_free (self->before);
  g_free (self->after);
  g_free (self);
}

void
cc_history_delivery_free (CcHistoryDelivery *self)
{
  if (self == NULL)
    return;
  g_free (self->agency);
  g_free (self->file_name);
  g_free (self);
}

gint64
cc_history_get_last (CcConnection *connection, GError **error)
{
  return cc_connection_get_int64 (connection, "SELECT max (seq) FROM audit", 0, error);
}

static gboolean
get_number (CcConnection *connection,
            const char   *sql,
            gint64        first,
            gint64        second,
            gint64       *value,
            GError      **error)
{
  g_autoptr (CcStatement) find = cc_connection_prepare (connection, sql, error);
  gboolean has_row;

  *value = 0;
  if (find == NULL)
    return FALSE;
  cc_statement_bind_int64 (find, 1, first);
  cc_statement_bind_int64 (find, 2, second);
  if (!cc_statement_step (find, &has_row, error))
    return FALSE;
  if (has_row)
    *value = cc_statement_int64 (find, 0);
  return TRUE;
}

/* An act taken back, brought back and taken back again has two that take it back; only the newest
 * of them can still stand. */
gboolean
cc_history_find_undone_by (CcConnection *connection, gint64 act, gint64 *seq, GError **error)
{
  gint64 again = 0;

  if (!get_number (connection,
                   "SELECT max (seq) FROM audit_change WHERE tbl = '" CC_UNDO_TABLE
                   "' AND key = CAST (?1 AS TEXT) AND seq > ?2 AND " CC_CHANGE_INDEXED,
                   act, act, seq, error))
    return FALSE;
  if (*seq == 0)
    return TRUE;
  if (!cc_history_find_undone_by (connection, *seq, &again, error))
    return FALSE;
  if (again != 0)
    *seq = 0;
  return TRUE;
}

/* What an act's changes are made of, in this order. */
enum
{
  PART_WORDS,
  PART_SEALS,
  PART_IMAGES,
};

static gboolean
get_part (CcConnection *connection, gint64 seq, gint64 n, gint64 *part, GError **error)
{
  return get_number (connection,
                     "SELECT (tbl = '" CC_SEAL_TABLE
                     "') + 2 * (substr (tbl, 1, 4) = '" CC_ROW_PREFIX
                     "') FROM audit_change WHERE seq = ?1 AND n = ?2",
                     seq, n, part, error);
}

/* Each part begins where the one before ends: its first change is found by halving. */
static gboolean
find_part (CcConnection *connection,
           gint64        seq,
           gint64        n,
           gint64        wanted,
           gint64       *first,
           GError      **error)
{
  gint64 low = 0;
  gint64 high = n - 1;
  gint64 part = PART_WORDS;

  *first = n;
  if (n > 0 && !get_part (connection, seq, n - 1, &part, error))
    return FALSE;
  if (part < wanted)
    return TRUE;
  while (low < high)
    {
      const gint64 middle = low + (high - low) / 2;

      if (!get_part (connection, seq, middle, &part, error))
        return FALSE;
      if (part >= wanted)
        high = middle;
      else
        low = middle + 1;
    }
  *first = low;
  return TRUE;
}

gboolean
cc_history_find_images (CcConnection *connection,
                        gint64        seq,
                        gint64        n,
                        gint64       *first,
                        GError      **error)
{
  return find_part (connection, seq, n, PART_IMAGES, first, error);
}

gboolean
cc_history_act_complete (CcConnection *connection, CcHistoryAct *act, GError **error)
{
  gint64 first;
  gint64 words;

  if (!cc_history_find_images (connection, act->seq, act->n_changes, &first, error)
      || !find_part (connection, act->seq, first, PART_SEALS, &words, error)
      || !cc_history_find_undone_by (connection, act->seq, &act->undone_by, error)
      || !get_number (connection,
                      "SELECT CAST (key AS INTEGER) FROM audit_change WHERE seq = ?1 AND n = ?2"
                      " AND tbl = '" CC_UNDO_TABLE "'",
                      act->seq, 0, &act->undoes, error))
    return FALSE;
  act->has_images = first < act->n_changes;
  act->n_changes = words - (act->undoes != 0);
  return TRUE;
}

static CcHistoryAct *
read_act (CcStatement *row)
{
  CcHistoryAct *act = g_new0 (CcHistoryAct, 1);

  act->seq = cc_statement_int64 (row, 0);
  act->time = cc_statement_int64 (row, 1);
  act->user = g_strdup (cc_statement_text (row, 2));
  act->name = g_strdup (cc_statement_text (row, 3));
  act->n_changes = cc_statement_int64 (row, 4);
  return act;
}

CcHistoryAct *
cc_history_get (CcConnection *connection, gint64 seq, GError **error)
{
  g_autoptr (CcHistoryAct) act = NULL;
  g_autoptr (CcStatement) find = NULL;
  gboolean has_row;

  find = cc_connection_prepare (connection,
                                "SELECT seq, time, user, act, n FROM audit WHERE seq = ?1", error);
  if (find == NULL)
    return NULL;
  cc_statement_bind_int64 (find, 1, seq);
  if (!cc_statement_step (find, &has_row, error))
    return NULL;
  if (!has_row)
    {
      g_set_error (error, CC_ERROR, CC_ERROR_NOT_FOUND,
                   "The history of this case file has no act number %" G_GINT64_FORMAT ".", seq);
      return NULL;
    }
  act = read_act (find);
  return cc_history_act_complete (connection, act, error) ? g_steal_pointer (&act) : NULL;
}

/* The words wanted, as one text between bars: a list of bound values has no fixed length. */
static char *
join_names (const char *const *names)
{
  g_autofree char *joined = NULL;

  if (names == NULL || names[0] == NULL)
    return NULL;
  joined = g_strjoinv ("|", (GStrv) names);
  return g_strdup_printf ("|%s|", joined);
}

/* A person is found in whatever function (cc-user.h); a bracket that ends before the last one is
 * part of another name. A delivery is found by its sender and its file, not by how its columns were
 * read or by its state; so are those that a merge brought, and its agencies. What is noted for
 * machines is not searched, and of what was handed in only the name of its file is. */
#define UNSEARCHED                                                                                 \
  "'record', 'said', 'profile_version', 'link_model', 'link_run', 'send_back',"                    \
  " 'proposal', '" CC_SEAL_TABLE "'"

#define RELEASED_FILE                                                                              \
  "substr (c.after, instr (c.after, char (10) || 'file=') + 6,"                                    \
  " instr (substr (c.after, instr (c.after, char (10) || 'file=') + 6), char (10)) - 1)"

#define FILTERED                                                                                   \
  " FROM audit WHERE (?1 IS NULL OR instr (?1, '|' || act || '|') > 0)"                            \
  " AND (?2 IS NULL OR user = ?2 OR (substr (user, 1, length (?2) + 2) = ?2 || ' ('"               \
  "  AND substr (user, -1) = ')' AND instr (substr (user, length (?2) + 3), ') (') = 0))"          \
  " AND time >= ?3 AND time < ?4"                                                                  \
  " AND (?5 IS NULL OR (?6 AND instr (lower (act), lower (?5)) > 0)"                               \
  "  OR instr (lower (user), lower (?5)) > 0 OR EXISTS (SELECT 1 FROM audit_change c"              \
  "  WHERE c.seq = audit.seq AND CASE"                                                             \
  "   WHEN c.tbl = 'submission' THEN EXISTS"                                                       \
  "    (SELECT 1 FROM submission s JOIN entity e ON e.id = s.entity"                               \
  "     WHERE s.id = CAST (c.key AS INTEGER) AND (instr (lower (e.name), lower (?5)) > 0"          \
  "      OR instr (lower (s.file_name), lower (?5)) > 0))"                                         \
  "   WHEN c.tbl = 'release' THEN instr (lower (" RELEASED_FILE "), lower (?5)) > 0"               \
  "   WHEN c.tbl IN (" UNSEARCHED ") OR substr (c.tbl, 1, 4) = '" CC_ROW_PREFIX "' THEN 0"         \
  "   WHEN c.tbl = 'profile' AND EXISTS (SELECT 1 FROM audit_change d"                             \
  "    WHERE d.seq = c.seq AND d.tbl = 'submission') THEN 0"                                       \
  "   ELSE instr (lower (c.before), lower (?5)) > 0 OR instr (lower (c.after), lower (?5)) > 0"    \
  "    OR instr (lower (c.key), lower (?5)) > 0 END)"                                              \
  "  OR (act = 'merge' AND EXISTS (SELECT 1 FROM audit_change c JOIN entity e"                     \
  "   ON e.id = CASE c.tbl WHEN '" CC_ROW_PREFIX "entity' THEN CAST (c.key AS INTEGER)"            \
  "    ELSE (SELECT entity FROM submission WHERE id = CAST (c.key AS INTEGER)) END"                \
  "   WHERE c.seq = audit.seq AND c.tbl IN ('" CC_ROW_PREFIX "entity', '" CC_ROW_PREFIX            \
  "submission') AND c.before IS NULL AND (instr (lower (e.name), lower (?5)) > 0"                  \
  "    OR instr (lower (c.after), lower (?5)) > 0))))"

static void
bind_filter (CcStatement *statement, const CcHistoryFilter *filter)
{
  static const CcHistoryFilter all = { 0 };
  const CcHistoryFilter       *chosen = filter != NULL ? filter : &all;
  g_autofree char             *names = join_names (chosen->names);

  cc_statement_bind_text (statement, 1, names);
  cc_statement_bind_text (statement, 2, chosen->user);
  /* A clock that is wrong by decades notes times before 1970. */
  cc_statement_bind_int64 (statement, 3, chosen->since != 0 ? chosen->since : G_MININT64);
  cc_statement_bind_int64 (statement, 4, chosen->before != 0 ? chosen->before : G_MAXINT64);
  cc_statement_bind_text (statement, 5,
                          chosen->text != NULL && *chosen->text != '\0' ? chosen->text : NULL);
  cc_statement_bind_int64 (statement, 6, !chosen->not_in_word);
}

GPtrArray *
cc_history_list (CcConnection          *connection,
                 const CcHistoryFilter *filter,
                 guint                  offset,
                 guint                  limit,
                 GError               **error)
{
  g_autoptr (GPtrArray) acts =
      g_ptr_array_new_with_free_func ((GDestroyNotify) cc_history_act_free);
  g_autoptr (CcStatement) rows = NULL;
  gboolean has_row = TRUE;

  rows = cc_connection_prepare (connection,
                                "SELECT seq, time, user, act, n" FILTERED
                                " ORDER BY seq DESC LIMIT ?7 OFFSET ?8",
                                error);
  if (rows == NULL)
    return NULL;
  bind_filter (rows, filter);
  cc_statement_bind_int64 (rows, 7, limit != 0 ? (gint64) limit : -1);
  cc_statement_bind_int64 (rows, 8, offset);
  while (has_row)
    {
      if (!cc_statement_step (rows, &has_row, error))
        return NULL;
      if (has_row)
        g_ptr_array_add (acts, read_act (rows));
    }
  for (guint i = 0; i < acts->len; i++)
    if (!cc_history_act_complete (connection, g_ptr_array_index (acts, i), error))
      return NULL;
  return g_steal_pointer (&acts);
}

GArray *
cc_history_find (CcConnection *connection, const CcHistoryFilter *filter, GError **error)
{
  g_autoptr (GArray) acts = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (CcStatement) rows =
      cc_connection_prepare (connection, "SELECT seq" FILTERED " ORDER BY seq DESC", error);
  gboolean has_row = TRUE;

  if (rows == NULL)
    return NULL;
  bind_filter (rows, filter);
  while (has_row)
    {
      gint64 seq;

      if (!cc_statement_step (rows, &has_row, error))
        return NULL;
      seq = has_row ? cc_statement_int64 (rows, 0) : 0;
      if (has_row)
        g_array_append_val (acts, seq);
    }
  return g_steal_pointer (&acts);
}

static GStrv
list_texts (CcConnection *connection, const char *sql, GError **error)
{
  g_autoptr (GStrvBuilder) texts = g_strv_builder_new ();
  g_autoptr (CcStatement) rows = cc_connection_prepare (connection, sql, error);
  gboolean has_row = TRUE;

  if (rows == NULL)
    return NULL;
  while (has_row)
    {
      if (!cc_statement_step (rows, &has_row, error))
        return NULL;
      if (has_row)
        g_strv_builder_add (texts, cc_statement_text (rows, 0));
    }
  return g_strv_builder_end (texts);
}

GStrv
cc_history_list_names (CcConnection *connection, GError **error)
{
  return list_texts (connection, "SELECT DISTINCT act FROM audit ORDER BY act", error);
}

GStrv
cc_history_list_users (CcConnection *connection, GError **error)
{
  g_auto (GStrv) signatures =
      list_texts (connection, "SELECT DISTINCT user FROM audit WHERE user <> '' ORDER BY user",
                  error);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  if (signatures == NULL)
    return NULL;
  for (guint i = 0; signatures[i] != NULL; i++)
    {
      g_autofree char *name = NULL;

      cc_user_split (signatures[i], &name, NULL);
      if (!g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL))
        g_ptr_array_add (names, g_steal_pointer (&name));
    }
  g_ptr_array_add (names, NULL);
  return (GStrv) g_ptr_array_free (g_steal_pointer (&names), FALSE);
}

/* "12:VI03" is about a variable of a record; memberships, too, are noted by their record. */
static void
read_key (CcHistoryChange *change)
{
  const char *colon = change->key != NULL ? strchr (change->key, ':') : NULL;

  if (colon != NULL && colon > change->key
      && strspn (change->key, "0123456789") == (gsize) (colon - change->key))
    {
      change->record = g_ascii_strtoll (change->key, NULL, 10);
      change->variable = g_strdup (colon + 1);
    }
  else if (strcmp (change->table, "record") == 0 || strcmp (change->table, "membership") == 0)
    change->record = g_ascii_strtoll (change->key != NULL ? change->key : "", NULL, 10);
}

static CcHistoryChange *
read_change (CcStatement *row)
{
  CcHistoryChange *change = g_new0 (CcHistoryChange, 1);

  change->table = g_strdup (cc_statement_text (row, 0));
  change->key = g_strdup (cc_statement_text (row, 1));
  change->before = g_strdup (cc_statement_text (row, 2));
  change->after = g_strdup (cc_statement_text (row, 3));
  change->purged = cc_statement_is_null (row, 4);
  read_key (change);
  return change;
}

static gint64
find_number (const char *image, const char *column)
{
  g_autoptr (GPtrArray) cells = cc_row_cells_parse (image);

  for (guint i = 0; i < cells->len; i++)
    {
      const CcRowCell *cell = g_ptr_array_index (cells, i);

      if (g_strcmp0 (cell->column, column) == 0)
        return g_ascii_strtoll (cell->literal, NULL, 10);
    }
  return 0;
}

/* The pair of a decision: as it stands, else as the act keeps it that made or removed it. */
static gboolean
read_pair (CcConnection *connection, gint64 seq, CcHistoryChange *change, GError **error)
{
  g_autoptr (CcStatement) find = NULL;
  g_autoptr (CcStatement) kept = NULL;
  gboolean has_row;

  find = cc_connection_prepare (connection,
                                "SELECT a, b FROM pair_decision WHERE id = CAST (?1 AS INTEGER)",
                                error);
  kept = find != NULL
             ? cc_connection_prepare (connection,
                                      "SELECT ifnull (before, after) FROM audit_change"
                                      " WHERE tbl = '" CC_ROW_PREFIX "pair_decision' AND key = ?1"
                                      " AND seq = ?2 AND " CC_CHANGE_INDEXED,
                                      error)
             : NULL;
  if (kept == NULL)
    return FALSE;
  cc_statement_bind_text (find, 1, change->key);
  if (!cc_statement_step (find, &has_row, error))
    return FALSE;
  if (has_row)
    {
      change->record = cc_statement_int64 (find, 0);
      change->other = cc_statement_int64 (find, 1);
      return TRUE;
    }
  cc_statement_bind_text (kept, 1, change->key);
  cc_statement_bind_int64 (kept, 2, seq);
  if (!cc_statement_step (kept, &has_row, error))
    return FALSE;
  if (has_row && cc_statement_text (kept, 0) != NULL)
    {
      change->record = find_number (cc_statement_text (kept, 0), "a");
      change->other = find_number (cc_statement_text (kept, 0), "b");
    }
  return TRUE;
}

/* Which kind of record each change is about. */
static gboolean
read_units (CcConnection *connection, gint64 seq, GPtrArray *changes, GError **error)
{
  g_autoptr (CcStatement) find =
      cc_connection_prepare (connection, "SELECT unit FROM record WHERE id = ?1", error);

  for (guint i = 0; find != NULL && i < changes->len; i++)
    {
      CcHistoryChange *change = g_ptr_array_index (changes, i);
      gboolean         has_row;

      if (strcmp (change->table, "pair_decision") == 0
          && !read_pair (connection, seq, change, error))
        return FALSE;
      if (change->record == 0)
        continue;
      cc_statement_reset (find);
      cc_statement_bind_int64 (find, 1, change->record);
      if (!cc_statement_step (find, &has_row, error))
        return FALSE;
      if (has_row)
        change->unit = g_strdup (cc_statement_text (find, 0));
    }
  return find != NULL;
}

GPtrArray *
cc_history_list_changes (CcConnection *connection,
                         gint64        seq,
                         guint         offset,
                         guint         limit,
                         GError      **error)
{
  g_autoptr (GPtrArray) changes =
      g_ptr_array_new_with_free_func ((GDestroyNotify) cc_history_change_free);
  g_autoptr (CcHistoryAct) act = cc_history_get (connection, seq, error);
  g_autoptr (CcStatement) rows = NULL;
  gboolean has_row = TRUE;
  gint64   first;

  if (act == NULL)
    return NULL;
  rows = cc_connection_prepare (connection,
                                "SELECT tbl, key, before, after, salt FROM audit_change"
                                " WHERE seq = ?1 AND n >= ?2 AND n < ?3 ORDER BY n",
                                error);
  if (rows == NULL)
    return NULL;
  first = act->undoes != 0;
  cc_statement_bind_int64 (rows, 1, seq);
  cc_statement_bind_int64 (rows, 2, first + offset);
  cc_statement_bind_int64 (rows, 3,
                           first
                               + (limit != 0 ? MIN (act->n_changes, (gint64) offset + limit)
                                             : act->n_changes));
  while (has_row)
    {
      if (!cc_statement_step (rows, &has_row, error))
        return NULL;
      if (has_row)
        g_ptr_array_add (changes, read_change (rows));
    }
  return read_units (connection, seq, changes, error) ? g_steal_pointer (&changes) : NULL;
}

gint64
cc_history_count_new_records (CcConnection *connection, const CcHistoryAct *act, GError **error)
{
  gint64 n = 0;

  if (act->has_images
      && !get_number (connection,
                      "SELECT count (*) FROM audit_change WHERE seq = ?1 AND n >= ?2"
                      " AND tbl = '" CC_ROW_PREFIX "record' AND before IS NULL",
                      act->seq, act->n_changes, &n, error))
    return -1;
  return n;
}

/* The first delivery that an act names is the one it is about. */
static gboolean
find_submission (CcConnection *connection, gint64 seq, gint64 *submission, GError **error)
{
  return get_number (connection,
                     "SELECT CAST (key AS INTEGER) FROM audit_change WHERE seq = ?1"
                     " AND n >= ?2 AND tbl = 'submission' ORDER BY n LIMIT 1",
                     seq, 0, submission, error);
}

CcHistoryDelivery *
cc_history_get_delivery (CcConnection *connection, gint64 seq, GError **error)
{
  g_autoptr (CcStatement) find = NULL;
  CcHistoryDelivery *delivery;
  gboolean           has_row;
  gint64             submission;

  if (!find_submission (connection, seq, &submission, error) || submission == 0)
    return NULL;
  find = cc_connection_prepare (connection,
                                "SELECT e.name, s.file_name, s.first, s.last, s.rows, s.nil,"
                                " s.accepted, s.parked"
                                " FROM submission s JOIN entity e ON e.id = s.entity"
                                " WHERE s.id = ?1",
                                error);
  if (find == NULL)
    return NULL;
  cc_statement_bind_int64 (find, 1, submission);
  if (!cc_statement_step (find, &has_row, error) || !has_row)
    return NULL;
  delivery = g_new0 (CcHistoryDelivery, 1);
  delivery->submission = submission;
  delivery->agency = g_strdup (cc_statement_text (find, 0));
  delivery->file_name = g_strdup (cc_statement_text (find, 1));
  delivery->period.first = cc_read_day (find, 2);
  delivery->period.last = cc_read_day (find, 3);
  delivery->rows = cc_statement_int64 (find, 4);
  delivery->nil = cc_statement_int64 (find, 5) != 0;
  delivery->accepted = cc_statement_int64 (find, 6);
  delivery->parked = cc_statement_int64 (find, 7);
  return delivery;
}
