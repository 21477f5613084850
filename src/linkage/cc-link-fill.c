/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/linkage/cc-link-fill.h>

#include <cc/base/cc-text.h>
#include <cc/model/cc-names.h>
#include <cc/model/cc-words.h>

#include <string.h>

/* Phones are compared by their last digits: the country code is written in three ways or not. */
#define PHONE_DIGITS   8
#define PHONE_LEAST    6
#define DOCUMENT_LEAST 4

/* A range of ages wider than this says too little to be compared. */
#define MAX_AGE_RANGE 6

/* Births before this are defaults of some program ("01/01/1900"). */
#define FIRST_YEAR 1901

/* Places and free texts remembered as they were written: the common ones come early. */
#define MOST_TEXTS 65536

struct _CcLinkFill
{
  CcPack      *pack;
  CcLinkTable *table;
  GHashTable  *words;      /* text -> GArray of token ids */
  GHashTable  *texts;      /* text as written -> Written */
  GHashTable  *numbers;    /* of entities' own numbers */
  GHashTable  *entities;   /* id of the caller -> number from 1 */
  GHashTable  *deliveries; /* the same */
  GHashTable  *events;
  guint        citizenship;
  guint        place;
  guint        document;
  guint        phone;
  guint        email;
};

static void
unref_array (gpointer data)
{
  g_array_unref (data);
}

/* A text without blanks and marks, and its skeleton; NULL where it says nothing. */
typedef struct
{
  char *joined;
  char *skeleton;
} Written;

static void
free_written (gpointer data)
{
  Written *self = data;

  g_free (self->joined);
  g_free (self->skeleton);
  g_free (self);
}

/**
 * cc_link_fill_new:
 * @pack: whose normalising tables are used
 *
 * Returns: (transfer full): a filler with an empty table
 */
CcLinkFill *
cc_link_fill_new (CcPack *pack)
{
  CcLinkFill *self = g_new0 (CcLinkFill, 1);

  self->pack = cc_pack_ref (pack);
  self->table = cc_link_table_new ();
  self->words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, unref_array);
  self->texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_written);
  self->numbers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->entities = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->deliveries = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->events = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->citizenship =
      cc_link_table_add_column (self->table, "citizenship", CC_LINK_COLUMN_CITIZENSHIP);
  self->place = cc_link_table_add_column (self->table, "birth-place", CC_LINK_COLUMN_PLACE);
  self->document = cc_link_table_add_column (self->table, "document", CC_LINK_COLUMN_NUMBER);
  self->phone = cc_link_table_add_column (self->table, "phone", CC_LINK_COLUMN_PHONE);
  self->email = cc_link_table_add_column (self->table, "email", CC_LINK_COLUMN_NUMBER);
  return self;
}

/**
 * cc_link_fill_set_cancellable:
 * @cancellable: (nullable): see cc_link_table_set_cancellable()
 */
void
cc_link_fill_set_cancellable (CcLinkFill *self, GCancellable *cancellable)
{
  cc_link_table_set_cancellable (self->table, cancellable);
}

/**
 * cc_link_fill_finish:
 *
 * Returns: (transfer full): the finished table; nothing can be added any more
 */
CcLinkTable *
cc_link_fill_finish (CcLinkFill *self)
{
  CcLinkTable *table = g_steal_pointer (&self->table);

  cc_link_table_finish (table);
  return table;
}

/**
 * cc_link_fill_free:
 */
void
cc_link_fill_free (CcLinkFill *self)
{
  if (!self)
    return;
  cc_pack_unref (self->pack);
  cc_link_table_free (self->table);
  g_hash_table_unref (self->words);
  g_hash_table_unref (self->texts);
  g_hash_table_unref (self->numbers);
  g_hash_table_unref (self->entities);
  g_hash_table_unref (self->deliveries);
  g_hash_table_unref (self->events);
  g_free (self);
}

/**
 * cc_link_fill_add_column:
 *
 * Returns: the number of a further column of free text, for cc_link_fill_set_text()
 */
guint
cc_link_fill_add_column (CcLinkFill *self, const char *name)
{
  return cc_link_table_add_column (self->table, name, CC_LINK_COLUMN_TEXT);
}

/**
 * cc_link_fill_add_record:
 * @id: see cc_link_table_add_record(). The functions below fill the record added last; absent
 *   values are %NULL, "" or unknown and are simply not set.
 */
void
cc_link_fill_add_record (CcLinkFill *self, gint64 id)
{
  cc_link_table_add_record (self->table, id);
}

static GArray *
read_words (CcLinkFill *self, const char *text)
{
  g_auto (GStrv) tokens = cc_names_tokenise (self->pack, text);
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (guint32));

  for (guint i = 0; tokens[i]; i++)
    {
      guint32 id = cc_link_table_find_token (self->table, tokens[i]);

      if (id == 0)
        {
          g_autofree char *skeleton = cc_names_skeleton (self->pack, tokens[i]);
          GArray          *groups = cc_names_variant_groups (self->pack, tokens[i]);

          id = cc_link_table_intern_token (self->table, tokens[i], skeleton,
                                           groups ? (const guint32 *) groups->data : NULL,
                                           groups ? groups->len : 0);
        }
      g_array_append_val (ids, id);
    }
  return ids;
}

/**
 * cc_link_fill_add_name:
 */
void
cc_link_fill_add_name (CcLinkFill *self, CcLinkName role, const char *text)
{
  GArray *ids;

  if (!text || !*text)
    return;
  ids = g_hash_table_lookup (self->words, text);
  if (!ids)
    {
      ids = read_words (self, text);
      g_hash_table_insert (self->words, g_strdup (text), ids);
    }
  for (guint i = 0; i < ids->len; i++)
    cc_link_table_add_name (self->table, role, g_array_index (ids, guint32, i));
}

/**
 * cc_link_fill_set_sex:
 * @code: (nullable): a code of list SEX
 */
void
cc_link_fill_set_sex (CcLinkFill *self, const CcCode *code)
{
  if (!code || *code->code == '_')
    return;
  cc_link_table_set_sex (self->table, *code->code == 'F'   ? CC_LINK_SEX_FEMALE
                                      : *code->code == 'M' ? CC_LINK_SEX_MALE
                                                           : CC_LINK_SEX_OTHER);
}

/**
 * cc_link_fill_set_birth:
 * @interval: when the person was born, as stated
 */
void
cc_link_fill_set_birth (CcLinkFill *self, CcInterval interval)
{
  gint32 days;

  if (!cc_interval_is_known (interval) || cc_day_year (interval.first) < FIRST_YEAR)
    return;
  days = interval.last - interval.first;
  cc_link_table_set_birth (self->table,
                           days == 0    ? CC_LINK_BIRTH_DAY
                           : days <= 31 ? CC_LINK_BIRTH_MONTH
                                        : CC_LINK_BIRTH_YEAR,
                           interval, 0);
}

/**
 * cc_link_fill_set_age:
 * @min: completed years
 * @max: completed years, below @min where open
 * @day: the day the age holds for
 *
 * Sets when the person was born from an age; has no effect where the range is wide or the day is
 * not known.
 */
void
cc_link_fill_set_age (CcLinkFill *self, int min, int max, CcInterval day)
{
  CcInterval birth;

  if (min < 0 || max < min || max - min > MAX_AGE_RANGE || max > 120 || !cc_interval_is_known (day))
    return;
  birth.first = cc_day_add_years (day.first, -(max + 1)) + 1;
  birth.last = cc_day_add_years (day.last, -min);
  cc_link_table_set_birth (self->table, min == max ? CC_LINK_BIRTH_AGE : CC_LINK_BIRTH_RANGE, birth,
                           min);
}

static guint32
number_id (GHashTable *numbers, gint64 id)
{
  gpointer found;

  if (id == 0)
    return 0;
  found = g_hash_table_lookup (numbers, &id);
  if (found)
    return GPOINTER_TO_UINT (found);
  found = GUINT_TO_POINTER (g_hash_table_size (numbers) + 1);
  g_hash_table_insert (numbers, g_memdup2 (&id, sizeof id), found);
  return GPOINTER_TO_UINT (found);
}

static guint32
number_text (GHashTable *numbers, const char *text)
{
  gpointer found;

  if (!text || !*text)
    return 0;
  found = g_hash_table_lookup (numbers, text);
  if (found)
    return GPOINTER_TO_UINT (found);
  found = GUINT_TO_POINTER (g_hash_table_size (numbers) + 1);
  g_hash_table_insert (numbers, g_strdup (text), found);
  return GPOINTER_TO_UINT (found);
}

/**
 * cc_link_fill_set_source:
 * @entity: id of the reporting entity, 0 where not known
 * @delivery: id of the delivery, 0 where entered by hand
 * @event: id of the event the source states, 0 where none
 * @own_number: (nullable): the entity's own number of the person
 */
void
cc_link_fill_set_source (CcLinkFill *self,
                         gint64      entity,
                         gint64      delivery,
                         gint64      event,
                         const char *own_number)
{
  cc_link_table_set_source (self->table, MIN (number_id (self->entities, entity), G_MAXUINT16),
                            number_id (self->deliveries, delivery), number_id (self->events, event),
                            number_text (self->numbers, own_number));
}

static void
set_value (CcLinkFill *self, guint column, const char *text, const char *skeleton)
{
  cc_link_table_set_value (self->table, column,
                           cc_link_table_intern_value (self->table, column, text, skeleton));
}

/**
 * cc_link_fill_set_citizenship:
 * @code: (nullable): a country's alpha-3 code
 */
void
cc_link_fill_set_citizenship (CcLinkFill *self, const char *code)
{
  if (code && *code && *code != '_')
    set_value (self, self->citizenship, code, NULL);
}

/**
 * cc_link_fill_set_place:
 */
void
cc_link_fill_set_place (CcLinkFill *self, const char *text)
{
  cc_link_fill_set_text (self, self->place, text);
}

/* (transfer full) */
static Written *
read_text (CcLinkFill *self, const char *text)
{
  Written *written = g_new0 (Written, 1);
  g_auto (GStrv) tokens = NULL;
  g_autofree char *folded = NULL;
  g_autofree char *joined = NULL;

  if (cc_pack_match_token (self->pack, "unknown", text))
    return written;
  tokens = cc_names_tokenise (self->pack, text);
  /* House numbers and codes hold no word. */
  if (!*tokens)
    {
      folded = cc_text_fold (text);
      g_strfreev (tokens);
      tokens = g_strsplit (folded, " ", -1);
    }
  joined = g_strjoinv ("", tokens);
  if (*joined == '\0')
    return written;
  written->skeleton = cc_names_skeleton (self->pack, joined);
  written->joined = g_steal_pointer (&joined);
  return written;
}

/**
 * cc_link_fill_set_text:
 * @column: from cc_link_fill_add_column()
 */
void
cc_link_fill_set_text (CcLinkFill *self, guint column, const char *text)
{
  Written *written;
  Written *read = NULL;

  if (!text || !*text)
    return;
  written = g_hash_table_lookup (self->texts, text);
  if (!written)
    written = read = read_text (self, text);
  if (written->joined)
    set_value (self, column, written->joined, written->skeleton);
  if (!read)
    return;
  if (g_hash_table_size (self->texts) < MOST_TEXTS)
    g_hash_table_insert (self->texts, g_strdup (text), read);
  else
    free_written (read);
}

/* Letters and digits alone; NULL for what stands for no number: too short, or one character only
 * ("00000000", "XXXX"). */
static char *
normal_number (const char *text, gboolean digits_only, guint least)
{
  g_autofree char *folded = cc_text_fold (text);
  GString         *number = g_string_new (NULL);
  gboolean         varies = FALSE;

  for (const char *p = folded; *p; p++)
    if (*p != ' ' && (!digits_only || g_ascii_isdigit (*p)))
      {
        varies |= number->len > 0 && *p != number->str[0];
        g_string_append_c (number, *p);
      }
  return g_string_free (number, !varies || number->len < least);
}

/**
 * cc_link_fill_set_document:
 */
void
cc_link_fill_set_document (CcLinkFill *self, const char *text)
{
  g_autofree char *number = text ? normal_number (text, FALSE, DOCUMENT_LEAST) : NULL;

  if (number && !cc_pack_match_token (self->pack, "unknown", text))
    set_value (self, self->document, number, NULL);
}

/**
 * cc_link_fill_set_phone:
 */
void
cc_link_fill_set_phone (CcLinkFill *self, const char *text)
{
  g_autofree char *number = text ? normal_number (text, TRUE, PHONE_LEAST) : NULL;
  gsize            length = number ? strlen (number) : 0;

  if (number)
    set_value (self, self->phone, number + (length > PHONE_DIGITS ? length - PHONE_DIGITS : 0),
               NULL);
}

/**
 * cc_link_fill_set_email:
 */
void
cc_link_fill_set_email (CcLinkFill *self, const char *text)
{
  g_autofree char *address = text && strchr (text, '@') ? normal_number (text, FALSE, 5) : NULL;

  if (address)
    set_value (self, self->email, address, NULL);
}
