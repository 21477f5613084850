/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-emptied-private.h"
#include "cc-history-private.h"
#include "cc-purge-private.h"
#include "cc-seal-private.h"

/* A removal may empty hundreds of thousands of changes, so a list is short: "12:3,1*40;15:7" names
 * change 2 of act 12, the 40 after it, and change 6 of act 15. Each number is the step from the
 * change before, the first from before the act's first; a star repeats it. Before the list stand
 * the number of its changes and its hash. */

/* Characters of a list after which the next one begins. */
#define CHUNK 32768

#define NAMES                                                                                      \
  "tbl = '" CC_SEAL_TABLE "' AND key >= '" CC_EMPTIED_KEY                                          \
  "' AND key < 'emptied;' AND salt IS NOT NULL AND " CC_CHANGE_INDEXED

struct _CcEmptied
{
  GPtrArray *notes;
  GString   *list;
  CcDigest  *digest;
  gint64     n;   /* changes in the list */
  gint64     seq; /* the act that is being named */
  gint64     last;
  gint64     step;
  gint64     repeats;
};

CcEmptied *
cc_emptied_new (void)
{
  CcEmptied *self = g_new0 (CcEmptied, 1);

  self->notes = g_ptr_array_new_with_free_func (g_free);
  self->list = g_string_new (NULL);
  self->digest = cc_digest_new ();
  return self;
}

void
cc_emptied_free (CcEmptied *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->notes);
  g_string_free (self->list, TRUE);
  cc_digest_free (self->digest);
  g_free (self);
}

/* What a place adds to the hash of its list. */
static void
add_place (CcDigest *digest, gint64 seq, gint64 n, const char *table, const char *key)
{
  cc_digest_add_int64 (digest, seq);
  cc_digest_add_int64 (digest, n);
  cc_digest_add_text (digest, table);
  cc_digest_add_text (digest, key);
}

static void
end_run (CcEmptied *self)
{
  if (self->repeats == 0)
    return;
  if (self->list->str[self->list->len - 1] != ':')
    g_string_append_c (self->list, ',');
  g_string_append_printf (self->list, "%" G_GINT64_FORMAT, self->step);
  if (self->repeats > 1)
    g_string_append_printf (self->list, "*%" G_GINT64_FORMAT, self->repeats);
  self->repeats = 0;
}

static void
end_list (CcEmptied *self)
{
  g_autofree char *hash = NULL;

  end_run (self);
  hash = cc_digest_end_hex (self->digest);
  g_ptr_array_add (self->notes, g_strdup_printf (CC_EMPTIED_KEY "%u", self->notes->len / 2));
  g_ptr_array_add (self->notes,
                   g_strdup_printf ("%" G_GINT64_FORMAT " %s %s", self->n, hash, self->list->str));
  cc_digest_begin (self->digest);
  g_string_truncate (self->list, 0);
  self->n = 0;
  self->seq = 0;
}

void
cc_emptied_add (CcEmptied *self, gint64 seq, gint64 n, const char *table, const char *key)
{
  if (self->list->len >= CHUNK)
    end_list (self);
  if (seq != self->seq)
    {
      end_run (self);
      g_string_append_printf (self->list, "%s%" G_GINT64_FORMAT ":", self->list->len > 0 ? ";" : "",
                              seq);
      self->seq = seq;
      self->last = -1;
    }
  if (n - self->last != self->step)
    end_run (self);
  self->step = n - self->last;
  self->repeats++;
  self->last = n;
  self->n++;
  add_place (self->digest, seq, n, table, key);
}

GPtrArray *
cc_emptied_end (CcEmptied *self)
{
  if (self->n > 0 || self->notes->len == 0)
    end_list (self);
  return self->notes;
}

static gboolean
get_number (CcConnection *connection, const char *sql, gint64 *number, GError **error)
{
  GError *problem = NULL;

  *number = cc_connection_get_int64 (connection, sql, 0, &problem);
  if (problem != NULL)
    g_propagate_error (error, problem);
  return problem == NULL;
}

/* What removals that name nothing may have emptied stands before this act; 0: nothing. */
static gboolean
find_nameless (CcConnection *connection, gint64 *before, GError **error)
{
  return get_number (connection,
                     "SELECT CASE WHEN EXISTS (SELECT 1 FROM audit_change WHERE " NAMES ") THEN 0"
                     " ELSE (SELECT max (seq) FROM audit WHERE act = '" CC_PURGE_ACT "') END",
                     before, error);
}

gboolean
cc_emptied_take_over (CcEmptied *self, CcConnection *connection, GError **error)
{
  g_autoptr (CcStatement) rows = NULL;
  gboolean has_row = TRUE;
  gint64   before;

  if (!find_nameless (connection, &before, error))
    return FALSE;
  if (before == 0)
    return TRUE;
  rows = cc_connection_prepare (connection,
                                "SELECT seq, n, tbl, key FROM audit_change WHERE salt IS NULL"
                                " AND seq < ?1 ORDER BY seq, n",
                                error);
  if (rows == NULL)
    return FALSE;
  cc_statement_bind_int64 (rows, 1, before);
  while (has_row)
    {
      if (!cc_statement_step (rows, &has_row, error))
        return FALSE;
      if (has_row)
        cc_emptied_add (self, cc_statement_int64 (rows, 0), cc_statement_int64 (rows, 1),
                        cc_statement_text (rows, 2), cc_statement_text (rows, 3));
    }
  /* What the act itself empties stands among these, and a list goes forward. */
  if (self->n > 0)
    end_list (self);
  return TRUE;
}

gboolean
cc_emptied_begin (CcConnection *connection, GPtrArray *notes, GError **error)
{
  g_autoptr (CcEmptied) self = cc_emptied_new ();
  GPtrArray *names;
  gint64     named;

  if (!get_number (connection, "SELECT EXISTS (SELECT 1 FROM audit_change WHERE " NAMES ")", &named,
                   error))
    return FALSE;
  if (named != 0)
    return TRUE;
  if (!cc_emptied_take_over (self, connection, error))
    return FALSE;
  names = cc_emptied_end (self);
  for (guint i = 0; i < names->len; i++)
    g_ptr_array_add (notes, g_strdup (g_ptr_array_index (names, i)));
  return TRUE;
}

gboolean
cc_emptied_count_nameless (CcConnection *connection, gint64 *n, GError **error)
{
  return get_number (connection,
                     "SELECT count (*) FROM audit WHERE act = '" CC_PURGE_ACT "' AND seq NOT IN"
                     " (SELECT seq FROM audit_change WHERE " NAMES ")",
                     n, error);
}

/* ---- reading ---- */

typedef struct
{
  gint64 seq;
  gint64 n;
  guint  list;
} Place;

typedef struct
{
  gint64    act;
  char     *hash; /* NULL: the list cannot be read */
  CcDigest *digest;
} List;

typedef struct
{
  GArray *lists;  /* List */
  GArray *places; /* Place */
  gint64  most;   /* places that a list can name */
} Names;

static void
list_clear (gpointer data)
{
  List *self = data;

  g_free (self->hash);
  cc_digest_free (self->digest);
}

static void
names_clear (Names *self)
{
  g_array_unref (self->lists);
  g_array_unref (self->places);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Names, names_clear)

/* A number from 1, and what ends it. */
static gboolean
read_number (const char **at, gint64 *number)
{
  char *end;

  if (!g_ascii_isdigit (**at))
    return FALSE;
  *number = g_ascii_strtoll (*at, &end, 10);
  *at = end;
  return *number > 0 && *number < G_MAXINT32;
}

static gboolean
read_run (Names *self, const char **at, Place *place, gint64 *left)
{
  gint64 step;
  gint64 repeats = 1;

  if (!read_number (at, &step))
    return FALSE;
  if (**at == '*')
    {
      (*at)++;
      if (!read_number (at, &repeats))
        return FALSE;
    }
  if (repeats > *left)
    return FALSE;
  *left -= repeats;
  for (; repeats > 0; repeats--)
    {
      place->n += step;
      g_array_append_val (self->places, *place);
    }
  return TRUE;
}

static gboolean
read_places (Names *self, const char *at, gint64 act, gint64 n)
{
  Place  place = { 0, 0, self->lists->len };
  gint64 seq;

  while (*at != '\0')
    {
      if (!read_number (&at, &seq) || *at != ':' || seq <= place.seq || seq >= act)
        return FALSE;
      place.seq = seq;
      place.n = -1;
      do
        {
          at++;
          if (!read_run (self, &at, &place, &n))
            return FALSE;
        }
      while (*at == ',');
      if (*at == ';')
        at++;
      else if (*at != '\0')
        return FALSE;
    }
  return n == 0;
}

/* "41 HASH 12:3,1*40" */
static void
read_list (Names *self, gint64 act, const char *text)
{
  List        list = { .act = act };
  const guint before = self->places->len;
  g_auto (GStrv) parts = g_strsplit (text != NULL ? text : "", " ", 3);

  if (g_strv_length (parts) == 3)
    {
      const gint64 n = g_ascii_strtoll (parts[0], NULL, 10);

      if (n >= 0 && n <= self->most && read_places (self, parts[2], act, n))
        {
          list.hash = g_strdup (parts[1]);
          list.digest = cc_digest_new ();
        }
      else
        g_array_set_size (self->places, before);
    }
  g_array_append_val (self->lists, list);
}

static int
compare_places (gconstpointer a, gconstpointer b)
{
  const Place *x = a;
  const Place *y = b;

  if (x->seq != y->seq)
    return (x->seq > y->seq) - (x->seq < y->seq);
  return (x->n > y->n) - (x->n < y->n);
}

static gboolean
read_names (Names *self, CcConnection *connection, GError **error)
{
  g_autoptr (CcStatement) rows = NULL;
  gboolean has_row = TRUE;

  if (!get_number (connection, "SELECT count (*) FROM audit_change", &self->most, error))
    return FALSE;
  rows =
      cc_connection_prepare (connection,
                             "SELECT seq, after FROM audit_change WHERE " NAMES " ORDER BY seq, n",
                             error);
  while (rows != NULL && has_row)
    {
      if (!cc_statement_step (rows, &has_row, error))
        return FALSE;
      if (has_row)
        read_list (self, cc_statement_int64 (rows, 0), cc_statement_text (rows, 1));
    }
  g_array_sort (self->places, compare_places);
  return rows != NULL;
}

/* Gives a change that is empty to the lists that name it. FALSE: none does */
static gboolean
take_empty (Names *self, guint *at, const Place *place, const char *table, const char *key)
{
  gboolean named = FALSE;

  for (; *at < self->places->len; (*at)++)
    {
      const Place *next = &g_array_index (self->places, Place, *at);
      const int    order = compare_places (next, place);

      if (order > 0)
        break;
      if (order < 0)
        continue;
      add_place (g_array_index (self->lists, List, next->list).digest, place->seq, place->n, table,
                 key);
      named = TRUE;
    }
  return named;
}

static gboolean
compare_all (Names        *self,
             CcConnection *connection,
             gint64        nameless,
             gint64       *n,
             gint64       *first,
             GError      **error)
{
  g_autoptr (CcStatement) rows =
      cc_connection_prepare (connection,
                             "SELECT seq, n, tbl, key FROM audit_change WHERE salt IS NULL"
                             " ORDER BY seq, n",
                             error);
  gboolean has_row = TRUE;
  guint    at = 0;

  *n = 0;
  while (rows != NULL && has_row)
    {
      Place place;

      if (!cc_statement_step (rows, &has_row, error))
        return FALSE;
      if (!has_row)
        break;
      place = (Place){ cc_statement_int64 (rows, 0), cc_statement_int64 (rows, 1), 0 };
      if (take_empty (self, &at, &place, cc_statement_text (rows, 2), cc_statement_text (rows, 3))
          || place.seq < nameless)
        continue;
      *first = *n == 0 ? place.seq : *first;
      (*n)++;
    }
  return rows != NULL;
}

gboolean
cc_emptied_check (CcConnection *connection, GPtrArray *problems, GError **error)
{
  g_auto (Names) names = { g_array_new (FALSE, FALSE, sizeof (List)),
                           g_array_new (FALSE, FALSE, sizeof (Place)), 0 };
  gint64 nameless, n;
  gint64 first = 0;
  gint64 told = 0;

  g_array_set_clear_func (names.lists, list_clear);
  if (!find_nameless (connection, &nameless, error) || !read_names (&names, connection, error)
      || !compare_all (&names, connection, nameless, &n, &first, error))
    return FALSE;
  if (n > 0)
    g_ptr_array_add (problems,
                     g_strdup_printf (CC_VERIFY_HISTORY "the words of %" G_GINT64_FORMAT
                                                        " changes are gone, the first in act "
                                                        "%" G_GINT64_FORMAT
                                                        ", and no removal has taken them out.",
                                      n, first));
  for (guint i = 0; i < names.lists->len; i++)
    {
      const List      *list = &g_array_index (names.lists, List, i);
      g_autofree char *hash = list->hash != NULL ? cc_digest_end_hex (list->digest) : NULL;

      if ((hash != NULL && g_strcmp0 (hash, list->hash) == 0) || list->act == told)
        continue;
      told = list->act;
      g_ptr_array_add (problems,
                       g_strdup_printf (CC_VERIFY_HISTORY
                                        "what stands empty is not what act %" G_GINT64_FORMAT
                                        " has taken out of the history.",
                                        list->act));
    }
  return TRUE;
}
