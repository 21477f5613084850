/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-said-private.h"
#include "cc-history-private.h"
#include "cc-merge-private.h"
#include "cc-value-private.h"

#include <string.h>

#define GONE "-"

typedef struct
{
  GString    *text;
  GHashTable *identifiers; /* variable id to image */
} Sides;

/* "p 12 15", "VI03 [...]" ...: what the record hangs on and its values in the pack's order;
 * identifiers stand behind the others. */
static void
describe (CcRecord *record, GPtrArray *lines, GPtrArray *identifiers)
{
  g_autoptr (GPtrArray) stated = cc_record_get_stated (record);

  g_ptr_array_add (lines, g_strdup_printf ("p %" G_GINT64_FORMAT " %" G_GINT64_FORMAT,
                                           record->parents[0], record->parents[1]));
  for (guint i = 0; i < stated->len;)
    {
      const CcVariable *variable = ((CcValue *) g_ptr_array_index (stated, i))->variable;
      g_autoptr (GPtrArray) values = g_ptr_array_new ();
      g_autofree char *image = NULL;

      for (; i < stated->len && ((CcValue *) g_ptr_array_index (stated, i))->variable == variable;
           i++)
        g_ptr_array_add (values, g_ptr_array_index (stated, i));
      image = cc_values_to_image (values);
      g_ptr_array_add (variable->storage == CC_STORAGE_IDENTIFIER ? identifiers : lines,
                       g_strconcat (variable->id, " ", image, NULL));
    }
}

GPtrArray *
cc_said_describe (CcRecord *record)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) identifiers = g_ptr_array_new ();

  describe (record, lines, identifiers);
  for (guint i = 0; i < identifiers->len; i++)
    g_ptr_array_add (lines, g_ptr_array_index (identifiers, i));
  return lines;
}

gboolean
cc_said_lines_equal (GPtrArray *a, GPtrArray *b)
{
  if (a == NULL || b == NULL || a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    if (strcmp (g_ptr_array_index (a, i), g_ptr_array_index (b, i)) != 0)
      return FALSE;
  return TRUE;
}

/* Returns: (transfer full): what the lines say; without what the pack does not know any more */
CcRecord *
cc_said_build (CcPack *pack, const CcUnit *unit, GPtrArray *lines)
{
  CcRecord *record = cc_record_new (unit);

  for (guint i = 0; i < lines->len; i++)
    {
      const char       *line = g_ptr_array_index (lines, i);
      const char       *image = strchr (line, ' ');
      g_autofree char  *name = image != NULL ? g_strndup (line, (gsize) (image - line)) : NULL;
      const CcVariable *variable = NULL;
      g_autoptr (GPtrArray) values = NULL;

      if (name == NULL)
        continue;
      if (strcmp (name, "p") == 0)
        {
          char *second = NULL;

          record->parents[0] = g_ascii_strtoll (image, &second, 10);
          record->parents[1] = g_ascii_strtoll (second, NULL, 10);
          continue;
        }
      variable = cc_pack_find_variable (pack, name);
      if (variable != NULL)
        values = cc_values_from_image (pack, variable, image + 1);
      for (guint j = 0; values != NULL && j < values->len; j++)
        cc_record_take (record, cc_value_copy (g_ptr_array_index (values, j)));
    }
  return record;
}

static char *
write_side (const CcSaidSide *side, GPtrArray *identifiers)
{
  GString *text;

  if (side == NULL)
    return NULL;
  text = g_string_new (NULL);
  g_string_append_printf (text, "%" G_GINT64_FORMAT ":%" G_GINT64_FORMAT, side->submission,
                          side->source_row);
  if (side->gone)
    g_string_append (text, "\n" GONE);
  else if (side->record != NULL)
    {
      g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);

      describe (side->record, lines, identifiers);
      for (guint i = 0; i < lines->len; i++)
        g_string_append_printf (text, "\n%s", (const char *) g_ptr_array_index (lines, i));
    }
  return g_string_free (text, FALSE);
}

static const char *
find_identifier (GPtrArray *identifiers, const char *variable)
{
  const gsize length = strlen (variable);

  for (guint i = 0; i < identifiers->len; i++)
    {
      const char *line = g_ptr_array_index (identifiers, i);

      if (strncmp (line, variable, length) == 0 && line[length] == ' ')
        return line + length + 1;
    }
  return NULL;
}

static gboolean
note_identifiers (CcAct *act, gint64 record, GPtrArray *before, GPtrArray *after, GError **error)
{
  for (guint side = 0; side < 2; side++)
    {
      GPtrArray *own = side == 0 ? before : after;

      for (guint i = 0; i < own->len; i++)
        {
          const char      *line = g_ptr_array_index (own, i);
          g_autofree char *name = g_strndup (line, strcspn (line, " "));
          g_autofree char *key = g_strdup_printf ("%" G_GINT64_FORMAT ":%s", record, name);

          /* What both sides have was noted with the first. */
          if (side == 1 && find_identifier (before, name) != NULL)
            continue;
          if (!cc_act_log (act, CC_SAID_TABLE, key, find_identifier (before, name),
                           find_identifier (after, name), error))
            return FALSE;
        }
    }
  return TRUE;
}

gboolean
cc_said_note (CcAct            *act,
              gint64            record,
              const CcSaidSide *before,
              const CcSaidSide *after,
              GError          **error)
{
  g_autoptr (GPtrArray) own = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) other = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *first = write_side (before, own);
  g_autofree char *second = write_side (after, other);
  char             key[24];

  g_snprintf (key, sizeof key, "%" G_GINT64_FORMAT, record);
  return cc_act_log (act, CC_SAID_TABLE, key, first, second, error)
         && note_identifiers (act, record, own, other, error);
}

static void
clear_image (gpointer data)
{
  g_clear_pointer (&((CcSaidImage *) data)->lines, g_ptr_array_unref);
}

static void
drop_image (CcSaid *said)
{
  if (said->image != NULL)
    g_rc_box_release_full (said->image, clear_image);
  said->image = NULL;
}

static void
free_said (gpointer data)
{
  drop_image (data);
  g_free (data);
}

void
cc_said_reader_free (CcSaidReader *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->changes, cc_statement_release);
  g_clear_pointer (&self->head, cc_statement_release);
  g_clear_pointer (&self->left, cc_statement_release);
  g_clear_pointer (&self->by_delivery, g_hash_table_unref);
  g_clear_pointer (&self->deliveries, g_hash_table_unref);
  g_clear_pointer (&self->undone, g_hash_table_unref);
  g_free (self);
}

/* The third part is what deliveries noted before statements were kept: where the record stood. */
#define CHANGES                                                                                    \
  "SELECT seq, n, key, before, after FROM audit_change WHERE tbl = '" CC_SAID_TABLE                \
  "' AND key = ?1 AND NOT (tbl = 'record' AND before IS NULL)"                                     \
  " UNION ALL SELECT seq, n, key, before, after FROM audit_change WHERE tbl = '" CC_SAID_TABLE     \
  "' AND key > ?1 || ':' AND key < ?1 || ';' AND NOT (tbl = 'record' AND before IS NULL)"          \
  " UNION ALL SELECT c.seq, c.n, NULL, w.submission, w.id FROM audit_change c JOIN source_row w"   \
  " ON w.id = CAST (substr (c.before, 12) AS INTEGER) WHERE c.tbl = 'record' AND c.key = ?1"       \
  " AND c.before LIKE 'source_row:%' AND NOT (c.tbl = 'record' AND c.before IS NULL)"              \
  " ORDER BY 1, 2"

static gboolean
read_undone (CcSaidReader *self, GError **error)
{
  g_autoptr (CcStatement) rows =
      cc_connection_prepare (self->act->connection, "SELECT seq FROM audit WHERE act = 'merge'",
                             error);
  g_autoptr (GArray) merges = rows != NULL ? cc_statement_list_ids (rows, error) : NULL;

  for (guint i = 0; merges != NULL && i < merges->len; i++)
    {
      const gint64 seq = g_array_index (merges, gint64, i);
      gint64       undone_by;

      if (!cc_history_find_undone_by (self->act->connection, seq, &undone_by, error))
        return FALSE;
      if (undone_by != 0)
        g_hash_table_add (self->undone, g_memdup2 (&seq, sizeof seq));
    }
  return merges != NULL;
}

CcSaidReader *
cc_said_reader_new (CcAct *act, GError **error)
{
  g_autoptr (CcSaidReader) self = g_new0 (CcSaidReader, 1);

  self->act = act;
  self->deliveries = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  self->undone = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->by_delivery = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->changes = cc_connection_prepare (act->connection, CHANGES, error);
  if (self->changes == NULL || !read_undone (self, error))
    return NULL;
  self->head = cc_connection_prepare (act->connection,
                                      "SELECT submission, source_row, state, unit, uuid"
                                      " FROM record WHERE id = ?1",
                                      error);
  if (self->head == NULL)
    return NULL;
  self->left = cc_connection_prepare (act->connection,
                                      "SELECT max (seq) FROM audit_change WHERE tbl = 'record'"
                                      " AND key = CAST (?1 AS TEXT) AND before = 'live'"
                                      " AND after = 'withdrawn'"
                                      " AND NOT (tbl = 'record' AND before IS NULL)",
                                      error);
  if (self->left == NULL || !cc_said_reader_load (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

/* Whether a delivery that stands has taken the place of this one, itself or through others. */
static gboolean
is_replaced (CcSaidReader *self, gint64 submission, guint depth)
{
  GHashTableIter iter;
  gpointer       id, other;

  g_hash_table_iter_init (&iter, self->deliveries);
  while (depth < 1000 && g_hash_table_iter_next (&iter, &id, &other))
    {
      const CcSaidDelivery *delivery = other;

      if (delivery->replaces == submission && *(gint64 *) id != submission
          && (delivery->live || is_replaced (self, *(gint64 *) id, depth + 1)))
        return TRUE;
    }
  return FALSE;
}

gboolean
cc_said_reader_load (CcSaidReader *self, GError **error)
{
  g_autoptr (CcStatement) rows = NULL;
  gboolean       has_row = TRUE;
  GHashTableIter iter;
  gpointer       id, delivery;

  rows = cc_connection_prepare (self->act->connection,
                                "SELECT id, received, replaces, state = 'live' FROM submission",
                                error);
  if (rows == NULL)
    return FALSE;
  g_hash_table_remove_all (self->deliveries);
  while (has_row)
    {
      CcSaidDelivery *row;
      gint64          number;

      if (!cc_statement_step (rows, &has_row, error))
        return FALSE;
      if (!has_row)
        break;
      row = g_new0 (CcSaidDelivery, 1);
      number = cc_statement_int64 (rows, 0);
      row->received = cc_statement_int64 (rows, 1);
      row->replaces = cc_statement_int64 (rows, 2);
      row->live = cc_statement_int64 (rows, 3) != 0;
      g_hash_table_insert (self->deliveries, g_memdup2 (&number, sizeof number), row);
    }
  g_hash_table_iter_init (&iter, self->deliveries);
  while (g_hash_table_iter_next (&iter, &id, &delivery))
    ((CcSaidDelivery *) delivery)->counts =
        ((CcSaidDelivery *) delivery)->live && !is_replaced (self, *(gint64 *) id, 0);
  return TRUE;
}

GArray *
cc_said_reader_list_records (CcSaidReader *self, gint64 submission, GError **error)
{
  g_autoptr (CcStatement) rows = NULL;

  rows = cc_connection_prepare (
      self->act->connection,
      "SELECT id FROM record WHERE submission = ?1"
      " UNION SELECT CAST (key AS INTEGER) FROM audit_change WHERE tbl = '" CC_SAID_TABLE "'"
      "  AND NOT (tbl = 'record' AND before IS NULL)"
      "  AND (CAST (before AS INTEGER) = ?1 OR CAST (after AS INTEGER) = ?1)"
      " UNION SELECT CAST (c.key AS INTEGER) FROM audit_change c"
      "  JOIN source_row w ON w.id = CAST (substr (c.before, 12) AS INTEGER)"
      "  WHERE c.tbl = 'record' AND c.before LIKE 'source_row:%' AND w.submission = ?1"
      "  AND NOT (c.tbl = 'record' AND c.before IS NULL)"
      " ORDER BY 1",
      error);
  if (rows == NULL)
    return NULL;
  cc_statement_bind_int64 (rows, 1, submission);
  return cc_statement_list_ids (rows, error);
}

static CcSaid *
find (GPtrArray *all, gint64 submission)
{
  for (guint i = 0; i < all->len; i++)
    if (((CcSaid *) g_ptr_array_index (all, i))->submission == submission)
      return g_ptr_array_index (all, i);
  return NULL;
}

static CcSaid *
ensure (GPtrArray *all, gint64 submission, gint64 source_row)
{
  CcSaid *said = find (all, submission);

  if (said == NULL)
    {
      said = g_new0 (CcSaid, 1);
      said->submission = submission;
      g_ptr_array_add (all, said);
    }
  said->source_row = source_row;
  return said;
}

static CcSaidImage *
ensure_image (CcSaid *said)
{
  if (said->image == NULL)
    said->image = g_rc_box_new0 (CcSaidImage);
  return said->image;
}

static GPtrArray *
split_lines (const char *rest)
{
  g_auto (GStrv) parts = g_strsplit (rest, "\n", -1);
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; parts[i] != NULL; i++)
    g_ptr_array_add (lines, g_strdup (parts[i]));
  return lines;
}

static CcSaid *
read_side (GPtrArray *all, const char *text, const char **rest)
{
  char        *end = NULL;
  const gint64 submission = g_ascii_strtoll (text, &end, 10);
  const gint64 source_row = *end == ':' ? g_ascii_strtoll (end + 1, &end, 10) : 0;

  *rest = *end == '\n' ? end + 1 : NULL;
  return ensure (all, submission, source_row);
}

/* The images that the lines of identifiers behind a change belong to. */
typedef struct
{
  CcSaidImage *before;
  CcSaidImage *after;
} Open;

static void
take_change (GPtrArray *all, const char *before, const char *after, Open *open)
{
  CcSaid     *first = NULL;
  CcSaid     *second = NULL;
  const char *rest = NULL;

  open->before = open->after = NULL;
  if (before != NULL)
    {
      first = read_side (all, before, &rest);
      (void) ensure_image (first);
      if (rest != NULL)
        {
          g_clear_pointer (&first->image->lines, g_ptr_array_unref);
          first->image->lines = split_lines (rest);
          open->before = first->image;
        }
    }
  if (after == NULL)
    return;
  second = read_side (all, after, &rest);
  second->gone = g_strcmp0 (rest, GONE) == 0;
  if (rest == NULL && (first == NULL || first == second))
    {
      (void) ensure_image (second);
      return;
    }
  drop_image (second);
  if (second->gone)
    return;
  if (rest == NULL)
    {
      second->image = g_rc_box_acquire (first->image);
      return;
    }
  open->after = ensure_image (second);
  open->after->lines = split_lines (rest);
}

static void
take_identifier (const char *variable, const char *before, const char *after, Open *open)
{
  if (before != NULL && open->before != NULL)
    g_ptr_array_add (open->before->lines, g_strconcat (variable, " ", before, NULL));
  if (after != NULL && open->after != NULL)
    g_ptr_array_add (open->after->lines, g_strconcat (variable, " ", after, NULL));
}

static gint
compare_age (gconstpointer a, gconstpointer b, gpointer data)
{
  CcSaidReader         *self = data;
  const CcSaid         *x = *(CcSaid *const *) a;
  const CcSaid         *y = *(CcSaid *const *) b;
  const CcSaidDelivery *first = g_hash_table_lookup (self->deliveries, &x->submission);
  const CcSaidDelivery *second = g_hash_table_lookup (self->deliveries, &y->submission);
  const gint64          early = first != NULL ? first->received : 0;
  const gint64          late = second != NULL ? second->received : 0;

  if (early != late)
    return early < late ? -1 : 1;
  return (x->submission > y->submission) - (x->submission < y->submission);
}

GPtrArray *
cc_said_reader_read (CcSaidReader *self,
                     gint64        record,
                     gint64        owner,
                     gint64        source_row,
                     GError      **error)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (free_said);
  g_autofree char *key = g_strdup_printf ("%" G_GINT64_FORMAT, record);
  Open             open = { NULL, NULL };
  gboolean         has_row = TRUE;

  cc_statement_reset (self->changes);
  cc_statement_bind_text (self->changes, 1, key);
  while (has_row)
    {
      const char *variable;
      gint64      seq;

      if (!cc_statement_step (self->changes, &has_row, error))
        return NULL;
      if (!has_row)
        break;
      seq = cc_statement_int64 (self->changes, 0);
      if (g_hash_table_contains (self->undone, &seq))
        continue;
      if (cc_statement_is_null (self->changes, 2))
        {
          const gint64 submission = cc_statement_int64 (self->changes, 3);

          if (find (all, submission) == NULL)
            (void) ensure_image (ensure (all, submission, cc_statement_int64 (self->changes, 4)));
          continue;
        }
      variable = strchr (cc_statement_text (self->changes, 2), ':');
      if (variable != NULL)
        take_identifier (variable + 1, cc_statement_text (self->changes, 3),
                         cc_statement_text (self->changes, 4), &open);
      else
        take_change (all, cc_statement_text (self->changes, 3),
                     cc_statement_text (self->changes, 4), &open);
    }
  cc_statement_reset (self->changes);
  ensure_image (ensure (all, owner, source_row))->current = TRUE;
  g_ptr_array_sort_with_data (all, compare_age, self);
  return g_steal_pointer (&all);
}
