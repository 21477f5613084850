/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <cc/linkage/cc-link-encode.h>

#include <cc/base/cc-error.h>
#include <cc/base/cc-secret.h>
#include <cc/model/cc-names.h>

#include <string.h>

#include "cc-link-encode-private.h"
#include "cc-link-file-private.h"

#define KEY_BYTES   8
#define GRAM_HASHES 10

typedef struct
{
  CcLinkTable *table;
  const char  *secret;
  char       **skeletons; /* by id */
  GHashTable  *words;     /* token id -> its code */
} Encoder;

static void
hash_text (const char *secret, const char *field, const char *text, gsize size, guint8 digest[32])
{
  GHmac *hmac = g_hmac_new (G_CHECKSUM_SHA256, (const guchar *) secret, strlen (secret));
  gsize  length = 32;

  /* The field and its end go first, so that the same text in two fields has two codes. */
  g_hmac_update (hmac, (const guchar *) field, (gssize) strlen (field) + 1);
  g_hmac_update (hmac, (const guchar *) text, (gssize) size);
  g_hmac_get_digest (hmac, digest, &length);
  g_hmac_unref (hmac);
}

static void
append_key (GString *out, const Encoder *self, const char *field, const char *text)
{
  guint8 digest[32];

  hash_text (self->secret, field, text, strlen (text), digest);
  for (guint i = 0; i < KEY_BYTES; i++)
    g_string_append_printf (out, "%02x", digest[i]);
}

char *
cc_link_secret_id (const char *secret, GError **error)
{
  GString *id;
  Encoder  self = { .secret = secret };

  if (strlen (secret) < CC_LINK_LEAST_SECRET)
    {
      g_set_error (error, CC_ERROR, CC_ERROR_USAGE,
                   "The secret has %u characters. It needs at least %u, drawn by chance: whoever "
                   "guesses it can find out the names. Nothing was written.",
                   (guint) strlen (secret), (guint) CC_LINK_LEAST_SECRET);
      return NULL;
    }
  id = g_string_new (NULL);
  append_key (id, &self, "secret", "casecount keys");
  return g_string_free (id, FALSE);
}

/* Pairs of letters with a blank before and after, each setting bits that the secret chooses. */
static void
append_filter (GString *out, const Encoder *self, const char *text)
{
  guint8           bits[CC_LINK_BLOOM_BYTES] = { 0 };
  g_autofree char *padded = g_strdup_printf (" %s ", text);
  const gsize      length = strlen (padded);

  for (gsize i = 0; i + 1 < length; i++)
    {
      guint8 digest[32];

      hash_text (self->secret, "gram", padded + i, 2, digest);
      for (guint k = 0; k < GRAM_HASHES; k++)
        {
          const guint bit =
              (digest[2 * k] | (guint) digest[2 * k + 1] << 8) % (8 * CC_LINK_BLOOM_BYTES);

          bits[bit / 8] |= (guint8) (1u << bit % 8);
        }
    }
  for (guint i = 0; i < CC_LINK_BLOOM_BYTES; i++)
    g_string_append_printf (out, "%02x", bits[i]);
  cc_secret_wipe_text (padded);
}

/* spelling.skeleton.groups.filter */
static const char *
encode_word (Encoder *self, guint32 id)
{
  const CcLinkToken *word = cc_link_table_token (self->table, id);
  const char        *text = cc_link_table_text (self->table, word);
  char              *known = g_hash_table_lookup (self->words, GUINT_TO_POINTER (id));
  GString           *code;

  if (known)
    return known;
  code = g_string_new (NULL);
  append_key (code, self, "word", text);
  g_string_append_c (code, '.');
  append_key (code, self, "skeleton", self->skeletons[word->skeleton]);
  g_string_append_c (code, '.');
  for (guint i = 0; i < word->n_groups; i++)
    {
      g_autofree char *group = g_strdup_printf ("%u", word->groups[i]);

      if (i > 0)
        g_string_append_c (code, '+');
      append_key (code, self, "group", group);
    }
  g_string_append_c (code, '.');
  append_filter (code, self, text);
  known = g_string_free (code, FALSE);
  g_hash_table_insert (self->words, GUINT_TO_POINTER (id), known);
  return known;
}

static void
append_words (GString *out, Encoder *self, const guint32 *words, const guint8 *roles, guint n)
{
  g_string_append_c (out, ',');
  for (guint i = 0; i < n; i++)
    g_string_append_printf (out, "%s%u.%s", i > 0 ? " " : "", roles ? roles[i] : 0,
                            encode_word (self, words[i]));
}

/* How the birth is known after the habits of its source were looked at. */
static CcLinkBirth
birth_of (const CcLinkRow *row)
{
  switch ((CcLinkPrecision) row->precision)
    {
    case CC_LINK_PRECISION_DAY:
      return CC_LINK_BIRTH_DAY;
    case CC_LINK_PRECISION_MONTH:
      return CC_LINK_BIRTH_MONTH;
    case CC_LINK_PRECISION_YEAR:
      return CC_LINK_BIRTH_YEAR;
    case CC_LINK_PRECISION_AGE:
      return CC_LINK_BIRTH_AGE;
    case CC_LINK_PRECISION_ROUNDED:
      return CC_LINK_BIRTH_RANGE;
    case CC_LINK_PRECISION_NONE:
    default:
      return CC_LINK_BIRTH_NONE;
    }
}

static void
append_value (GString *out, Encoder *self, guint column, guint32 id)
{
  const CcLinkToken *value;
  const char        *name = self->table->columns[column].name;

  g_string_append_c (out, ',');
  if (id == 0)
    return;
  value = cc_link_table_value (self->table, column, id);
  switch (self->table->columns[column].kind)
    {
    case CC_LINK_COLUMN_CODE:
    case CC_LINK_COLUMN_CITIZENSHIP:
      g_string_append (out, cc_link_table_text (self->table, value));
      break;
    case CC_LINK_COLUMN_PLACE:
    case CC_LINK_COLUMN_TEXT:
      append_key (out, self, name, cc_link_table_text (self->table, value));
      g_string_append_c (out, '.');
      append_key (out, self, name, self->skeletons[value->skeleton]);
      break;
    case CC_LINK_COLUMN_NUMBER:
    case CC_LINK_COLUMN_PHONE:
    default:
      append_key (out, self, name, cc_link_table_text (self->table, value));
      break;
    }
}

static void
append_cell (GString *out, const char *text)
{
  g_string_append_c (out, '"');
  for (const char *p = text; *p; p++)
    {
      if (*p == '"')
        g_string_append_c (out, '"');
      g_string_append_c (out, *p);
    }
  g_string_append_c (out, '"');
}

static void
append_record (GString *out, Encoder *self, const CcLinkRow *row)
{
  append_words (out, self, row->names, row->roles, row->n_names);
  append_words (out, self, row->aliases, NULL, row->n_aliases);
  append_words (out, self, row->fathers, NULL, row->n_fathers);
  g_string_append_printf (out, ",%u,%u,%d,%d,%u", row->sex, birth_of (row), row->birth_first,
                          row->birth_last, row->age);
  for (guint i = 0; i < self->table->n_columns; i++)
    append_value (out, self, i, row->values[i]);
  g_string_append_c (out, '\n');
}

static char **
list_skeletons (CcLinkTable *table)
{
  char         **texts = g_new0 (char *, table->n_skeletons + 1);
  GHashTableIter iter;
  gpointer       text;
  gpointer       id;

  g_hash_table_iter_init (&iter, table->skeletons_by_text);
  while (g_hash_table_iter_next (&iter, &text, &id))
    texts[GPOINTER_TO_UINT (id)] = text;
  return texts;
}

GString *
cc_link_encode (CcPack      *pack,
                CcLinkTable *table,
                GPtrArray   *ids,
                GPtrArray   *sources,
                const char  *secret,
                GError     **error)
{
  g_autofree char *secret_id = cc_link_secret_id (secret, error);
  Encoder          self = { .table = table, .secret = secret };
  GString         *out;

  if (!secret_id)
    return NULL;
  self.skeletons = list_skeletons (table);
  self.words = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  out = g_string_new (CC_LINK_ENCODED_HEADER);
  for (guint i = 0; i < table->n_columns; i++)
    g_string_append_printf (out, ",%s:%d", table->columns[i].name, (int) table->columns[i].kind);
  g_string_append_c (out, '\n');
  for (guint i = 0; i < table->rows->len; i++)
    {
      g_string_append_printf (out, "%d,%d,%s,", CC_LINK_KEYS_VERSION, cc_names_get_version (pack),
                              secret_id);
      append_cell (out, sources->pdata[i]);
      g_string_append_c (out, ',');
      append_cell (out, ids->pdata[i]);
      append_record (out, &self, cc_link_table_row_at (table, i));
    }
  g_hash_table_unref (self.words);
  g_free (self.skeletons);
  return out;
}

static gboolean
name_records (CcConnection *connection,
              CcLinkTable  *table,
              GPtrArray    *ids,
              GPtrArray    *sources,
              GError      **error)
{
  g_autoptr (CcStatement) find =
      cc_connection_prepare (connection, "SELECT lower (hex (uuid)) FROM record WHERE id = ?1",
                             error);

  if (!find)
    return FALSE;
  for (guint i = 0; i < table->rows->len; i++)
    {
      gboolean has_row;

      cc_statement_bind_int64 (find, 1, cc_link_table_get_record_id (table, i));
      if (!cc_statement_step (find, &has_row, error))
        return FALSE;
      g_ptr_array_add (ids, g_strdup (has_row ? cc_statement_text (find, 0) : ""));
      g_ptr_array_add (sources,
                       g_strdup_printf ("case:%u", cc_link_table_row_at (table, i)->entity));
      cc_statement_reset (find);
    }
  return TRUE;
}

GString *
cc_link_encode_case (CcCaseFile *file,
                     const char *unit,
                     const char *secret,
                     CcProgress *progress,
                     guint      *n_records,
                     GError    **error)
{
  CcConnection *reader = cc_case_file_acquire_reader (file, error);
  g_autoptr (CcLinkTable) table = NULL;
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) sources = g_ptr_array_new_with_free_func (g_free);
  gboolean ok;

  if (!reader)
    return NULL;
  table = cc_link_prepare (file, reader, unit, progress, error);
  ok = table && name_records (reader, table, ids, sources, error);
  cc_case_file_release_reader (file, reader);
  *n_records = table ? table->rows->len : 0;
  return ok ? cc_link_encode (cc_case_file_get_pack (file), table, ids, sources, secret, error)
            : NULL;
}
