/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-pack-private.h"

#include <cc/base/cc-error.h>
#include <cc/model/cc-data-dir.h>

#include <string.h>

#define DEFAULT_PACK "ic-tip-2025-recon"

static GHashTable *
new_index (GDestroyNotify free_value)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_value);
}

static void
unref_array (gpointer data)
{
  g_ptr_array_unref (data);
}

static void
free_unit (gpointer data)
{
  CcUnit *unit = data;

  g_strfreev (unit->parents);
  g_free (unit);
}

static CcPack *
new_pack (const char *directory)
{
  CcPack *self = g_new0 (CcPack, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->directory = g_strdup (directory);
  self->chunk = g_string_chunk_new (64 * 1024);
  self->units = g_ptr_array_new_with_free_func (free_unit);
  self->variables = g_ptr_array_new_with_free_func (g_free);
  self->variables_by_id = new_index (NULL);
  self->variables_by_name = new_index (NULL);
  self->codes = g_ptr_array_new_with_free_func (g_free);
  self->codes_by_key = new_index (NULL);
  self->lists = new_index (unref_array);
  self->country_groups = new_index (NULL);
  self->roll_ups = new_index (NULL);
  self->targets = new_index (unref_array);
  self->schemes = g_ptr_array_new ();
  self->labels = new_index (g_free);
  self->fields = g_ptr_array_new_with_free_func (g_free);
  self->fields_by_key = new_index (NULL);
  return self;
}

static void
free_pack (CcPack *self)
{
  cc_pack_free_words (self);
  cc_pack_free_names (self);
  g_clear_pointer (&self->skips, g_ptr_array_unref);
  g_clear_pointer (&self->retention_dates, g_ptr_array_unref);
  g_clear_pointer (&self->form_parts, g_hash_table_unref);
  g_ptr_array_unref (self->fields);
  g_hash_table_unref (self->fields_by_key);
  g_hash_table_unref (self->labels);
  g_ptr_array_unref (self->schemes);
  g_hash_table_unref (self->targets);
  g_hash_table_unref (self->roll_ups);
  g_hash_table_unref (self->country_groups);
  g_hash_table_unref (self->lists);
  g_hash_table_unref (self->codes_by_key);
  g_ptr_array_unref (self->codes);
  g_hash_table_unref (self->variables_by_name);
  g_hash_table_unref (self->variables_by_id);
  g_ptr_array_unref (self->variables);
  g_ptr_array_unref (self->units);
  g_string_chunk_free (self->chunk);
  g_clear_pointer (&self->key_file, cc_key_file_free);
  g_free (self->checksum);
  g_free (self->directory);
  g_free (self);
}

/**
 * cc_pack_ref:
 *
 * Returns: (transfer full): the pack
 */
CcPack *
cc_pack_ref (CcPack *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * cc_pack_unref:
 */
void
cc_pack_unref (CcPack *self)
{
  if (self && g_atomic_ref_count_dec (&self->ref_count))
    free_pack (self);
}

static gboolean
load_key_file (CcPack *self, GError **error)
{
  g_autofree char  *path = g_build_filename (self->directory, "pack.ini", NULL);
  const char *const required[] = { "id", "version", "normalise-version", "status", "statement" };

  self->key_file = cc_key_file_load (path, error);
  if (!self->key_file)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (required); i++)
    if (!cc_key_file_get (self->key_file, "pack", required[i]))
      {
        g_set_error (error, CC_ERROR, CC_ERROR_INVALID_DATA,
                     "pack.ini, line %u: the key “%s” is missing in [pack].",
                     cc_key_file_get_line (self->key_file, "pack", NULL), required[i]);
        return FALSE;
      }
  return TRUE;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* SHA-256 over the names and contents of all files of the pack, in the order of their names. */
static gboolean
compute_checksum (CcPack *self, GError **error)
{
  g_autoptr (GDir) dir = g_dir_open (self->directory, 0, error);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);

  if (!dir)
    return FALSE;
  for (const char *name = g_dir_read_name (dir); name; name = g_dir_read_name (dir))
    if (g_str_has_suffix (name, ".csv") || g_str_has_suffix (name, ".ini"))
      g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *path = g_build_filename (self->directory, names->pdata[i], NULL);
      g_autofree char *contents = NULL;
      gsize            length = 0;

      if (!g_file_get_contents (path, &contents, &length, error))
        return FALSE;
      g_checksum_update (checksum, names->pdata[i], strlen (names->pdata[i]) + 1);
      g_checksum_update (checksum, (const guchar *) contents, length);
    }
  self->checksum = g_strdup (g_checksum_get_string (checksum));
  return TRUE;
}

/**
 * cc_pack_load:
 * @directory: a folder of data/classification
 *
 * Loads a classification pack and proves it whole: codes unique, parents exist, each code has one
 * target or an explicit "none" per roll-up scheme, labels in six languages, a source for every
 * field of the contract, no code ever shipped missing.
 *
 * Returns: (transfer full): the pack, or %NULL with an error that names file and line
 */
CcPack *
cc_pack_load (const char *directory, GError **error)
{
  g_autoptr (CcPack) self = NULL;

  g_return_val_if_fail (directory != NULL, NULL);

  self = new_pack (directory);
  if (!load_key_file (self, error) || !cc_pack_load_units (self, error)
      || !cc_pack_load_codes (self, error) || !cc_pack_load_countries (self, error)
      || !cc_pack_check_codes_ever (self, error) || !cc_pack_load_variables (self, error)
      || !cc_pack_load_roll_ups (self, error) || !cc_pack_load_labels (self, error)
      || !cc_pack_load_definitions (self, error) || !cc_pack_check_labels (self, error)
      || !cc_pack_load_contract (self, error) || !cc_pack_load_skips (self, error)
      || !cc_pack_load_forms (self, error) || !cc_pack_load_retention_dates (self, error)
      || !cc_pack_load_words (self, error) || !cc_pack_load_names (self, error)
      || !compute_checksum (self, error))
    {
      g_prefix_error (error, "The classification in “%s” cannot be used. ", directory);
      return NULL;
    }
  return g_steal_pointer (&self);
}

/**
 * cc_pack_load_default:
 *
 * Returns: (transfer full): the pack that Casecount ships
 */
CcPack *
cc_pack_load_default (GError **error)
{
  g_autofree char *directory = cc_data_dir_build ("classification", DEFAULT_PACK, NULL);

  return cc_pack_load (directory, error);
}

/**
 * cc_pack_get_id:
 *
 * Returns: the pack's id, such as "ic-tip-2025-recon"
 */
const char *
cc_pack_get_id (CcPack *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return cc_key_file_get (self->key_file, "pack", "id");
}

/**
 * cc_pack_get_version:
 *
 * Returns: the pack's version
 */
int
cc_pack_get_version (CcPack *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return cc_key_file_get_int (self->key_file, "pack", "version", 0);
}

/**
 * cc_pack_get_directory:
 *
 * Returns: the folder it was loaded from, which may be gone since
 */
const char *
cc_pack_get_directory (CcPack *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->directory;
}

/**
 * cc_pack_get_title:
 *
 * Returns: the pack's title in @language
 */
const char *
cc_pack_get_title (CcPack *self, const char *language)
{
  g_return_val_if_fail (self != NULL && language != NULL, NULL);

  return cc_key_file_get_localised (self->key_file, "pack", "title", language);
}

/**
 * cc_pack_get_statement:
 *
 * Returns: what the pack says of itself, to be printed in every metadata sheet
 */
const char *
cc_pack_get_statement (CcPack *self, const char *language)
{
  g_return_val_if_fail (self != NULL && language != NULL, NULL);

  return cc_key_file_get_localised (self->key_file, "pack", "statement", language);
}

/**
 * cc_pack_get_checksum:
 *
 * Returns: (transfer full): SHA-256 of the pack's files in hexadecimal
 */
char *
cc_pack_get_checksum (CcPack *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_strdup (self->checksum);
}
