/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Different spellings of what seems to be one text nobody knows: first by key (letters folded,
 * words in the order of the alphabet, each once), then by distance. One question for all of them;
 * nothing is ever taken in silence. */
#include "cc-value-plan-private.h"

#include <cc/base/cc-text.h>

#include <stdlib.h>
#include <string.h>

#include "cc-map-private.h"

/* More open texts than this are brought together by key alone: no column of codes has as many, and
 * nobody will answer them. */
#define MOST_BY_DISTANCE 3000

/* One text of a variable, in whichever columns it stands. */
typedef struct
{
  const char *text; /* of the first of the values */
  guint       count;
  GPtrArray  *values; /* CcPlannedValue, borrowed */
  char      **words;  /* folded, in order, each once */
  char       *key;
} Spelling;

static void
free_spelling (gpointer data)
{
  Spelling *self = data;

  g_ptr_array_unref (self->values);
  g_strfreev (self->words);
  g_free (self->key);
  g_free (self);
}

static int
compare_words (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

static char **
list_words (const char *text)
{
  g_autofree char *folded = cc_text_fold_keep (text, "<>+");
  char           **words = g_strsplit (folded, " ", -1);
  guint            n = 0;

  qsort (words, g_strv_length (words), sizeof (char *), compare_words);
  for (guint i = 0; words[i]; i++)
    {
      if (words[i][0] == '\0' || (n > 0 && g_str_equal (words[n - 1], words[i])))
        g_free (words[i]);
      else
        words[n++] = words[i];
    }
  words[n] = NULL;
  return words;
}

static Spelling *
make_spelling (const char *text)
{
  Spelling *self = g_new0 (Spelling, 1);

  self->text = text;
  self->values = g_ptr_array_new ();
  self->words = list_words (text);
  self->key = g_strjoinv (" ", self->words);
  return self;
}

static gboolean
has_digit (const char *word)
{
  return strpbrk (word, "0123456789<>+") != NULL;
}

/* A word is another one spelled nearly so: never where it begins otherwise ("legal", "illegal"),
 * where it is short or where it says a number. */
static gboolean
is_near_word (const char *a, const char *b)
{
  const glong length = MIN (g_utf8_strlen (a, -1), g_utf8_strlen (b, -1));
  guint       limit;

  if (g_str_equal (a, b))
    return TRUE;
  if (length < 5 || has_digit (a) || has_digit (b) || g_utf8_get_char (a) != g_utf8_get_char (b))
    return FALSE;
  limit = length < 9 ? 1 : 2;
  return cc_text_edit_distance (a, b, limit) <= limit;
}

static gboolean
is_near (char **a, char **b)
{
  guint n = 0;

  for (; a[n] && b[n]; n++)
    if (!is_near_word (a[n], b[n]))
      return FALSE;
  return n > 0 && !a[n] && !b[n];
}

/* What is near to different codes is not one thing, however alike it looks. */
static gboolean
may_be_one (const Spelling *a, const Spelling *b)
{
  const GPtrArray *x = ((CcPlannedValue *) a->values->pdata[0])->codes;
  const GPtrArray *y = ((CcPlannedValue *) b->values->pdata[0])->codes;

  if (x->len == 0 || y->len == 0)
    return TRUE;
  for (guint i = 0; i < x->len; i++)
    if (g_ptr_array_find ((GPtrArray *) y, x->pdata[i], NULL))
      return TRUE;
  return FALSE;
}

/* The texts of a variable that nobody knows, the most frequent first. */
static gint
compare_spellings (gconstpointer a, gconstpointer b)
{
  const Spelling *x = *(Spelling *const *) a, *y = *(Spelling *const *) b;

  if (x->count != y->count)
    return x->count > y->count ? -1 : 1;
  return strcmp (x->text, y->text);
}

static GPtrArray *
list_spellings (GPtrArray *plans, const CcVariable *variable)
{
  GPtrArray *list = g_ptr_array_new_with_free_func (free_spelling);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < plans->len; i++)
    {
      const CcValuePlan *plan = plans->pdata[i];

      for (guint j = 0; plan->variable == variable && j < plan->values->len; j++)
        {
          CcPlannedValue *value = plan->values->pdata[j];
          Spelling       *spelling = g_hash_table_lookup (seen, value->text);

          if (value->state != CC_VALUE_OPEN)
            continue;
          if (!spelling)
            {
              spelling = make_spelling (value->text);
              g_hash_table_insert (seen, value->text, spelling);
              g_ptr_array_add (list, spelling);
            }
          spelling->count += value->count;
          g_ptr_array_add (spelling->values, value);
        }
    }
  g_ptr_array_sort (list, compare_spellings);
  return list;
}

/* Under what a spelling is looked for: near ones have as many words, which begin alike. */
static char *
make_drawer (char **words)
{
  g_autoptr (GString) drawer = g_string_new (NULL);

  for (guint i = 0; words[i]; i++)
    g_string_append_unichar (drawer, g_utf8_get_char (words[i]));
  return g_string_free (g_steal_pointer (&drawer), FALSE);
}

static void
follow (Spelling *self, Spelling *leader)
{
  for (guint i = 0; i < self->values->len; i++)
    {
      CcPlannedValue *value = self->values->pdata[i];

      value->spelling_of = g_strdup (leader->text);
    }
  for (guint i = 0; i < leader->values->len; i++)
    ((CcPlannedValue *) leader->values->pdata[i])->n_spellings++;
}

static Spelling *
find_near (GHashTable *drawers, const Spelling *self, const char *drawer)
{
  GPtrArray *leaders = g_hash_table_lookup (drawers, drawer);

  for (guint i = 0; leaders && i < leaders->len; i++)
    if (is_near (((Spelling *) leaders->pdata[i])->words, self->words)
        && may_be_one (leaders->pdata[i], self))
      return leaders->pdata[i];
  return NULL;
}

static void
cluster (GPtrArray *spellings)
{
  g_autoptr (GHashTable) keys = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) drawers =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  const gboolean by_distance = spellings->len <= MOST_BY_DISTANCE;

  for (guint i = 0; i < spellings->len; i++)
    {
      Spelling        *spelling = spellings->pdata[i];
      Spelling        *leader = g_hash_table_lookup (keys, spelling->key);
      g_autofree char *drawer = make_drawer (spelling->words);
      GPtrArray       *leaders;

      if (!spelling->words[0])
        continue;
      if (!leader && by_distance)
        leader = find_near (drawers, spelling, drawer);
      if (leader)
        {
          follow (spelling, leader);
          continue;
        }
      g_hash_table_insert (keys, spelling->key, spelling);
      leaders = g_hash_table_lookup (drawers, drawer);
      if (!leaders)
        {
          leaders = g_ptr_array_new ();
          g_hash_table_insert (drawers, g_steal_pointer (&drawer), leaders);
        }
      g_ptr_array_add (leaders, spelling);
    }
}

/* Codes that were said for a text spelled nearly so, for a person to confirm. */
static void
add_said (CcPack *pack, const CcVariable *variable, Spelling *spelling, const char *codes)
{
  g_auto (GStrv) parts = g_strsplit_set (codes, ";,", -1);

  for (guint i = 0; parts[i]; i++)
    {
      const CcCode *code = cc_pack_find_code (pack, variable->list, g_strstrip (parts[i]));

      for (guint j = 0; code && j < spelling->values->len; j++)
        {
          CcPlannedValue *value = spelling->values->pdata[j];

          if (!g_ptr_array_find (value->codes, code, NULL))
            g_ptr_array_add (value->codes, (gpointer) code);
        }
    }
}

static void
suggest_said (GPtrArray *spellings, CcPack *pack, CcMap *map, const CcVariable *variable)
{
  for (guint i = 0; i < map->values->len; i++)
    {
      const CcMapValues *values = map->values->pdata[i];

      if (cc_map_find_value_variable (pack, values->variable) != variable)
        continue;
      for (guint t = 0; t < MIN (values->texts->len, MOST_BY_DISTANCE); t++)
        {
          g_auto (GStrv) words = list_words (values->texts->pdata[t]);

          for (guint j = 0; j < MIN (spellings->len, MOST_BY_DISTANCE); j++)
            if (is_near (words, ((Spelling *) spellings->pdata[j])->words))
              add_said (pack, variable, spellings->pdata[j], values->codes->pdata[t]);
        }
    }
}

/* The spellings of a text stand behind it. */
static void
put_together (CcValuePlan *plan)
{
  g_autoptr (GHashTable) followers =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_ptr_array_unref);
  g_autoptr (GHashTable) here = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) order = g_ptr_array_new ();

  for (guint i = 0; i < plan->values->len; i++)
    g_hash_table_add (here, ((CcPlannedValue *) plan->values->pdata[i])->text);
  for (guint i = 0; i < plan->values->len; i++)
    {
      CcPlannedValue *value = plan->values->pdata[i];
      GPtrArray      *list;

      if (!value->spelling_of || !g_hash_table_contains (here, value->spelling_of))
        continue;
      list = g_hash_table_lookup (followers, value->spelling_of);
      if (!list)
        {
          list = g_ptr_array_new ();
          g_hash_table_insert (followers, value->spelling_of, list);
        }
      g_ptr_array_add (list, value);
    }
  for (guint i = 0; i < plan->values->len; i++)
    {
      CcPlannedValue *value = plan->values->pdata[i];
      GPtrArray      *list = g_hash_table_lookup (followers, value->text);

      if (value->spelling_of && g_hash_table_contains (here, value->spelling_of))
        continue;
      g_ptr_array_add (order, value);
      for (guint j = 0; list && j < list->len; j++)
        g_ptr_array_add (order, list->pdata[j]);
    }
  memcpy (plan->values->pdata, order->pdata, order->len * sizeof (gpointer));
}

void
cc_value_plans_cluster (GPtrArray *plans, CcPack *pack, CcMap *map)
{
  g_autoptr (GHashTable) done = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < plans->len; i++)
    {
      const CcValuePlan *plan = plans->pdata[i];
      g_autoptr (GPtrArray) spellings = NULL;

      if (plan->n_open == 0 || !g_hash_table_add (done, (gpointer) plan->variable))
        continue;
      spellings = list_spellings (plans, plan->variable);
      suggest_said (spellings, pack, map, plan->variable);
      cluster (spellings);
    }
  for (guint i = 0; i < plans->len; i++)
    put_together (plans->pdata[i]);
}
