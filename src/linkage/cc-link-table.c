/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-link-table-private.h"

#include "cc-link-order-private.h"
#include "cc-link-word-private.h"

#include <string.h>

/* A source whose share of ages divisible by five, or of first days of January or July, lies above
 * these is taken to round or to write them for "year only". By chance they are 0.2 and 1/365; the
 * reference method says twice expectation for days, and a fixed number of cases guards against
 * tiny files. */
#define ROUNDING_SHARE    0.30
#define DEFAULT_DAY_SHARE (2.0 / 365.25)
#define DEFAULT_DAY_CASES 2

/**
 * cc_link_table_new:
 *
 * Returns: (transfer full): an empty table; free with cc_link_table_free()
 */
CcLinkTable *
cc_link_table_new (void)
{
  CcLinkTable *self = g_new0 (CcLinkTable, 1);

  self->pool = g_string_new (NULL);
  g_string_append_c (self->pool, '\0');
  self->tokens_by_text = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->skeletons_by_text = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->tokens = g_array_new (FALSE, TRUE, sizeof (CcLinkToken));
  self->blooms = g_byte_array_new ();
  g_array_set_size (self->tokens, 1);
  self->citizenship = -1;
  self->rows = g_array_new (FALSE, TRUE, sizeof (CcLinkRow));
  self->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->n_threads = g_get_num_processors ();
  return self;
}

/**
 * cc_link_table_free:
 * @self: (nullable): a table
 *
 * Frees a table. What it held of names and numbers is overwritten first.
 */
void
cc_link_table_free (CcLinkTable *self)
{
  if (!self)
    return;
  for (guint i = 0; i < self->n_columns; i++)
    {
      g_free (self->columns[i].name);
      g_hash_table_unref (self->columns[i].ids);
      g_array_unref (self->columns[i].values);
    }
  explicit_bzero (self->pool->str, self->pool->len);
  g_string_free (self->pool, TRUE);
  g_hash_table_unref (self->tokens_by_text);
  g_hash_table_unref (self->skeletons_by_text);
  g_array_unref (self->tokens);
  g_byte_array_unref (self->blooms);
  g_free (self->bearers);
  g_array_unref (self->rows);
  g_array_unref (self->ids);
  g_clear_object (&self->cancellable);
  g_free (self->positions);
  g_free (self->row_at);
  g_free (self);
}

static guint32
intern_skeleton (CcLinkTable *self, const char *text)
{
  gpointer found = g_hash_table_lookup (self->skeletons_by_text, text);

  if (found)
    return GPOINTER_TO_UINT (found);
  self->n_skeletons++;
  g_hash_table_insert (self->skeletons_by_text, g_strdup (text),
                       GUINT_TO_POINTER (self->n_skeletons));
  return self->n_skeletons;
}

static guint32
letters_of (const char *text)
{
  guint32 letters = 0;

  for (; *text; text++)
    letters |= 1u << ((guchar) *text & 31);
  return letters;
}

static guint32
add_token (CcLinkTable *self, GArray *tokens, const char *text, const char *skeleton)
{
  gsize       length = MIN (strlen (text), 255);
  CcLinkToken token = { .text = self->pool->len,
                        .length = length,
                        .letters = letters_of (text),
                        .start = cc_link_word_start (text) };

  g_string_append_len (self->pool, text, length);
  g_string_append_c (self->pool, '\0');
  token.skeleton = intern_skeleton (self, skeleton && *skeleton ? skeleton : text);
  g_array_append_val (tokens, token);
  return tokens->len - 1;
}

/**
 * cc_link_table_find_token:
 *
 * Returns: the id of a word interned before, 0 where it was not
 */
guint32
cc_link_table_find_token (CcLinkTable *self, const char *text)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (self->tokens_by_text, text));
}

/**
 * cc_link_table_intern_token:
 * @text: one folded word of a name; must not be empty
 * @skeleton: (nullable): its consonant skeleton, the word itself where it has none
 * @groups: (array length=n_groups) (nullable): ids of the spelling variant groups it belongs to;
 *   groups are not transitive: words of one group may be variants, words of two are not
 *
 * Returns: the word's id, the same for the same text; the skeleton and groups of the first call
 *   stand
 */
guint32
cc_link_table_intern_token (CcLinkTable   *self,
                            const char    *text,
                            const char    *skeleton,
                            const guint32 *groups,
                            guint          n_groups)
{
  gpointer     found = g_hash_table_lookup (self->tokens_by_text, text);
  guint32      id;
  CcLinkToken *token;

  if (found)
    return GPOINTER_TO_UINT (found);
  id = add_token (self, self->tokens, text, skeleton);
  token = &g_array_index (self->tokens, CcLinkToken, id);
  token->n_groups = MIN (n_groups, CC_LINK_MAX_GROUPS);
  for (guint i = 0; i < token->n_groups; i++)
    token->groups[i] = groups[i];
  g_hash_table_insert (self->tokens_by_text, g_strdup (text), GUINT_TO_POINTER (id));
  return id;
}

void
cc_link_table_set_bloom (CcLinkTable *self, guint32 token, const guint8 *filter)
{
  CcLinkToken *word = &g_array_index (self->tokens, CcLinkToken, token);

  if (word->bloom != 0)
    return;
  g_byte_array_append (self->blooms, filter, CC_LINK_BLOOM_BYTES);
  word->bloom = self->blooms->len / CC_LINK_BLOOM_BYTES;
}

/**
 * cc_link_table_add_column:
 * @name: what the column is called in the model, such as "document"
 * @kind: how its values are compared
 *
 * Returns: the column's number; at most %CC_LINK_MAX_COLUMNS columns can be added
 */
guint
cc_link_table_add_column (CcLinkTable *self, const char *name, CcLinkColumnKind kind)
{
  CcLinkColumn *column = &self->columns[self->n_columns];

  g_return_val_if_fail (self->n_columns < CC_LINK_MAX_COLUMNS, 0);
  column->name = g_strdup (name);
  column->kind = kind;
  column->ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  column->values = g_array_new (FALSE, TRUE, sizeof (CcLinkToken));
  g_array_set_size (column->values, 1);
  if (kind == CC_LINK_COLUMN_CITIZENSHIP)
    self->citizenship = (int) self->n_columns;
  return self->n_columns++;
}

/**
 * cc_link_table_intern_value:
 * @text: a folded value; must not be empty. Numbers without blanks and marks, phones as their last
 *   eight digits
 * @skeleton: (nullable): its skeleton, for places and texts
 *
 * Returns: the value's id within the column
 */
guint32
cc_link_table_intern_value (CcLinkTable *self, guint column, const char *text, const char *skeleton)
{
  CcLinkColumn *target = &self->columns[column];
  gpointer      found = g_hash_table_lookup (target->ids, text);
  guint32       id;

  if (found)
    return GPOINTER_TO_UINT (found);
  id = add_token (self, target->values, text, skeleton);
  g_hash_table_insert (target->ids, g_strdup (text), GUINT_TO_POINTER (id));
  return id;
}

/**
 * cc_link_table_add_record:
 * @id: the caller's id of the record: of two that say the same the one with the smaller id goes
 *   first
 *
 * The order of records matters to nothing but the positions of the result.
 */
void
cc_link_table_add_record (CcLinkTable *self, gint64 id)
{
  g_array_set_size (self->rows, self->rows->len + 1);
  g_array_append_val (self->ids, id);
}

static CcLinkRow *
last_row (CcLinkTable *self)
{
  g_assert (self->rows->len > 0);
  return &g_array_index (self->rows, CcLinkRow, self->rows->len - 1);
}

static void
add_unique (guint32 *list, guint8 *n, guint max, guint32 token)
{
  for (guint i = 0; i < *n; i++)
    if (list[i] == token)
      return;
  if (*n < max)
    list[(*n)++] = token;
}

/**
 * cc_link_table_add_name:
 * @role: which field the word comes from
 * @token: its id
 *
 * Words beyond the sixth name, third alias and second father's name are not compared.
 */
void
cc_link_table_add_name (CcLinkTable *self, CcLinkName role, guint32 token)
{
  CcLinkRow *row = last_row (self);
  guint      before = row->n_names;

  if (role == CC_LINK_NAME_ALIAS)
    add_unique (row->aliases, &row->n_aliases, CC_LINK_MAX_ALIASES, token);
  else if (role == CC_LINK_NAME_FATHER)
    add_unique (row->fathers, &row->n_fathers, CC_LINK_MAX_FATHERS, token);
  else
    {
      add_unique (row->names, &row->n_names, CC_LINK_MAX_NAMES, token);
      if (row->n_names > before)
        row->roles[before] = role;
    }
}

/**
 * cc_link_table_set_birth:
 * @interval: first and last possible day of birth, as stated, without any widening
 * @age: the stated age in completed years where @kind is %CC_LINK_BIRTH_AGE, else 0
 */
void
cc_link_table_set_birth (CcLinkTable *self, CcLinkBirth kind, CcInterval interval, int age)
{
  CcLinkRow *row = last_row (self);

  if (kind == CC_LINK_BIRTH_NONE || !cc_interval_is_known (interval))
    return;
  row->stated = kind;
  row->birth_first = interval.first;
  row->birth_last = MAX (interval.first, interval.last);
  row->age = CLAMP (age, 0, 200);
}

/**
 * cc_link_table_set_sex:
 */
void
cc_link_table_set_sex (CcLinkTable *self, CcLinkSex sex)
{
  last_row (self)->sex = sex;
}

/**
 * cc_link_table_set_source:
 * @entity: number of the reporting entity, 1 to 65535; 0 where not known
 * @delivery: number of the delivery, 0 where not known
 * @event: number of the case the source states, 0 where none. Two rows of one delivery that name
 *   one case are two people: this counts against a match.
 * @own_number: the entity's own number of the person, interned by the caller; 0 where none
 */
void
cc_link_table_set_source (CcLinkTable *self,
                          guint32      entity,
                          guint32      delivery,
                          guint32      event,
                          guint32      own_number)
{
  CcLinkRow *row = last_row (self);

  row->entity = entity;
  row->delivery = delivery;
  row->event = event;
  row->own_number = own_number;
}

/**
 * cc_link_table_set_value:
 */
void
cc_link_table_set_value (CcLinkTable *self, guint column, guint32 value)
{
  last_row (self)->values[column] = value;
}

typedef struct
{
  guint days;
  guint januaries;
  guint julies;
  guint ages;
  guint fives;
} SourceHabits;

static gboolean
is_default_day (gint32 day, int month)
{
  int y, m, d;

  cc_day_to_ymd (day, &y, &m, &d);
  return m == month && d == 1;
}

static void
observe_habits (const CcLinkRow *row, SourceHabits *habits)
{
  if (row->stated == CC_LINK_BIRTH_AGE)
    {
      habits->ages++;
      if (row->age % 5 == 0)
        habits->fives++;
    }
  else if (row->stated == CC_LINK_BIRTH_DAY)
    {
      habits->days++;
      if (is_default_day (row->birth_first, 1))
        habits->januaries++;
      else if (is_default_day (row->birth_first, 7))
        habits->julies++;
    }
}

static gboolean
writes_default (guint n, guint days)
{
  return n >= DEFAULT_DAY_CASES && n > DEFAULT_DAY_SHARE * days;
}

static void
widen_to_year (CcLinkRow *row)
{
  CcInterval year = cc_interval_year (cc_day_year (row->birth_first));

  row->birth_first = year.first;
  row->birth_last = year.last;
}

static void
settle_precision (CcLinkRow *row, const SourceHabits *habits)
{
  static const guint8 plain[] = {
    [CC_LINK_BIRTH_NONE] = CC_LINK_PRECISION_NONE,
    [CC_LINK_BIRTH_DAY] = CC_LINK_PRECISION_DAY,
    [CC_LINK_BIRTH_MONTH] = CC_LINK_PRECISION_MONTH,
    [CC_LINK_BIRTH_YEAR] = CC_LINK_PRECISION_YEAR,
    [CC_LINK_BIRTH_AGE] = CC_LINK_PRECISION_AGE,
    [CC_LINK_BIRTH_RANGE] = CC_LINK_PRECISION_ROUNDED,
  };

  row->precision = plain[row->stated];
  if (row->stated == CC_LINK_BIRTH_DAY
      && ((is_default_day (row->birth_first, 1) && writes_default (habits->januaries, habits->days))
          || (is_default_day (row->birth_first, 7)
              && writes_default (habits->julies, habits->days))))
    {
      row->precision = CC_LINK_PRECISION_YEAR;
      widen_to_year (row);
    }
  else if (row->stated == CC_LINK_BIRTH_AGE && row->age % 5 == 0 && row->age >= 10
           && habits->fives > ROUNDING_SHARE * habits->ages)
    {
      row->precision = CC_LINK_PRECISION_ROUNDED;
      row->birth_first = cc_day_add_years (row->birth_first, -2);
      row->birth_last = cc_day_add_years (row->birth_last, 2);
    }
}

static guint32
pack_day (gint32 day)
{
  int y, m, d;

  cc_day_to_ymd (day, &y, &m, &d);
  return (guint32) (y * 10000 + m * 100 + d);
}

/**
 * cc_link_table_finish:
 *
 * Puts the records in an order that depends on what they say only, looks at the habits of each
 * source (1 January or 1 July for "year only", ages rounded to five)
 * and settles how exactly each birth is known. Must be called once, after the last record.
 */
void
cc_link_table_finish (CcLinkTable *self)
{
  g_autofree SourceHabits *habits = g_new0 (SourceHabits, G_MAXUINT16 + 1);

  cc_link_order_table (self);
  /* Nothing is looked up by its text any more. */
  g_hash_table_remove_all (self->tokens_by_text);
  for (guint i = 0; i < self->n_columns; i++)
    g_hash_table_remove_all (self->columns[i].ids);
  if (cc_link_table_is_cancelled (self))
    return;
  self->bearers = g_new0 (guint32, self->n_skeletons + 1);
  for (guint i = 0; i < self->rows->len && !cc_link_table_stops (self, i); i++)
    {
      const CcLinkRow *row = cc_link_table_row (self, i);

      observe_habits (row, &habits[row->entity]);
      for (guint k = 0; k < row->n_names; k++)
        self->bearers[cc_link_table_token (self, row->names[k])->skeleton]++;
    }
  for (guint i = 0; i < self->rows->len && !cc_link_table_stops (self, i); i++)
    {
      CcLinkRow *row = &g_array_index (self->rows, CcLinkRow, i);

      settle_precision (row, &habits[row->entity]);
      if (row->precision != CC_LINK_PRECISION_NONE)
        row->birth_ymd = pack_day (row->birth_first);
    }
}

/**
 * cc_link_table_set_cancellable:
 * @cancellable: (nullable): what cancels the work on this table
 *
 * Finishing and linking the table leave off soon after it is cancelled; what they made is then good
 * for nothing but being freed.
 */
void
cc_link_table_set_cancellable (CcLinkTable *self, GCancellable *cancellable)
{
  g_set_object (&self->cancellable, cancellable);
}

/**
 * cc_link_table_get_n_records:
 */
guint
cc_link_table_get_n_records (CcLinkTable *self)
{
  return self->rows->len;
}

/**
 * cc_link_table_get_record_id:
 *
 * Returns: the caller's id of the record at @index
 */
gint64
cc_link_table_get_record_id (CcLinkTable *self, guint index)
{
  return g_array_index (self->ids, gint64, index);
}
